import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Attachments } from '@abide/attachments';
import { Database, Jobs, type OperatorPrincipal } from '@abide/platform';
import { Repository } from 'typeorm';
import { citing } from '../askers/public-request-records.js';
import { queueFulfilment } from '../requests/fulfilment-job.js';
import { RequestDecisions } from '../requests/request-decisions.js';
import { RequestHolder } from '../requests/request-parts.entities.js';
import { RequestRecords } from '../requests/request-records.js';
import { TaskAnswerers } from '../requests/task-answerers.js';
import { isShown, type HandOutcome } from '../request-kinds.js';
import { refusal } from '../rights.errors.js';

export interface DoneByHand {
  readonly outcome: HandOutcome;
  /** What was done and what shows it: kept sealed. */
  readonly evidence: { readonly text: string; readonly attachmentIds: readonly string[] };
  /** Copies of what is held there, for the package of what somebody asked to see. */
  readonly copyIds: readonly string[];
  readonly operator: OperatorPrincipal;
}

/** What a holder cannot do by itself, a person does and says so; then the request goes on. */
@Injectable()
export class ManualTasks {
  constructor(
    @InjectRepository(RequestHolder) private readonly holderRepository: Repository<RequestHolder>,
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly records: RequestRecords,
    private readonly decisions: RequestDecisions,
    private readonly attachments: Attachments,
    private readonly answerers: TaskAnswerers,
  ) {}

  /** @throws DomainError `request.not_found`, `request.over`, `request.state`, `request.no_task`, `request.not_yours_to_do`, `request.still_there`, `request.no_copies_wanted`, `attachment.unusable` */
  async complete(requestId: string, taskId: string, done: DoneByHand): Promise<void> {
    const { outcome, evidence, copyIds, operator } = done;
    await this.db.transaction(async () => {
      const request = await this.records.lock(requestId);
      request.requireState('fulfilling');
      const { subjectId, round } = request;
      const task = await this.holderRepository.findOneBy({ subjectId, requestId, round, taskId });
      if (!task) throw refusal('request.no_task');
      const { holder, counts, retained } = task;
      await this.answerers.require(holder, operator);
      if (outcome === 'withdrawn' && task.outcome !== 'withdrawn') throw refusal('request.still_there');
      if (copyIds.length > 0 && !isShown(request.type)) throw refusal('request.no_copies_wanted');
      await this.decisions.noteAnswer(request, holder, { outcome, counts, retained });
      const settled = { copyIds: [...copyIds], taskId: null };
      await this.holderRepository.update({ subjectId, requestId, round, holder }, settled);
      await this.attachments.cite({
        attachmentIds: [...evidence.attachmentIds, ...copyIds],
        by: citing(requestId),
        uploadedBy: { kind: 'operator', id: operator.operatorId },
        about: subjectId,
      });
      await this.records.note(request, 'doneByHand', { text: evidence.text, details: { holder, outcome } });
      await queueFulfilment(this.jobs, request);
    });
  }
}
