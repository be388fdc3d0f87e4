import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, dayInMilliseconds, newId } from '@abide/kernel';
import { Jobs, summedCounts, type HolderAnswer } from '@abide/platform';
import { Vault } from '@abide/vault';
import { Repository } from 'typeorm';
import type { Decided } from '../findings/finding.rules.js';
import { isAboutHeldData, isIrrevocable, isLeftToAPerson, isOwed, stateAfter } from '../request-kinds.js';
import { RequestSettingsService } from '../settings/request-settings.service.js';
import { queueFulfilment } from './fulfilment-job.js';
import { RequestClosing } from './request-closing.js';
import { RequestDecision, RequestHolder } from './request-parts.entities.js';
import { decisionReasonPlace, RequestRecords } from './request-records.js';
import { RequestTelling } from './request-telling.js';
import type { SubjectRequest } from './request.entity.js';
import { UpheldObjections } from './upheld-objections.js';

/** What follows from a decision, whoever made it. */
@Injectable()
export class RequestDecisions {
  constructor(
    @InjectRepository(RequestDecision) private readonly decisionRepository: Repository<RequestDecision>,
    @InjectRepository(RequestHolder) private readonly holderRepository: Repository<RequestHolder>,
    private readonly clock: Clock,
    private readonly records: RequestRecords,
    private readonly telling: RequestTelling,
    private readonly closing: RequestClosing,
    private readonly objections: UpheldObjections,
    private readonly vault: Vault,
    private readonly jobs: Jobs,
    private readonly settings: RequestSettingsService,
  ) {}

  /** The decision, category by category, and who has to carry it out: as its scope was fixed, not as it is now. */
  async keep(request: SubjectRequest, decided: readonly Decided[]): Promise<void> {
    const { subjectId, id: requestId, round } = request;
    for (const { reason, ...item } of decided) {
      const place = decisionReasonPlace({ subjectId, requestId, round, ...item });
      await this.decisionRepository.insert({
        subjectId,
        requestId,
        round,
        ...item,
        reason: reason ? await this.vault.seal(place, reason) : null,
      });
    }
    if (isAboutHeldData(request.type) && request.outcome !== 'refused') await this.expectAnswers(request);
  }

  /** What was decided in this round. */
  of({ subjectId, id: requestId, round }: SubjectRequest): Promise<RequestDecision[]> {
    return this.decisionRepository.findBy({ subjectId, requestId, round });
  }

  /** The kinds of data that were granted, of what one holder keeps. */
  async grantedTo(request: SubjectRequest, holder: string): Promise<string[]> {
    return (await this.of(request))
      .filter((one) => one.holder === holder && one.outcome === 'grant')
      .map(({ category }) => category);
  }

  /** Whether a holder still has to answer; ask under the lock of the request, since another run may have noted its answer meanwhile. */
  async owes({ subjectId, id: requestId, round }: SubjectRequest, holder: string): Promise<boolean> {
    const row = await this.holderRepository.findOneBy({ subjectId, requestId, round, holder });
    return row !== null && isOwed(row.outcome);
  }

  /** What each holder answered in this round, and who has yet to. */
  answersTo({ subjectId, id: requestId, round }: SubjectRequest): Promise<RequestHolder[]> {
    return this.holderRepository.findBy({ subjectId, requestId, round });
  }

  /** What a holder did of it, in the open transaction. `fileId`: where what it exported lies. */
  async noteAnswer(
    { subjectId, id: requestId, round }: SubjectRequest,
    holder: string,
    { outcome, counts, retained }: HolderAnswer,
    fileId: string | null = null,
  ): Promise<void> {
    await this.holderRepository.update(
      { subjectId, requestId, round, holder },
      {
        outcome,
        counts: [...counts],
        retained: [...retained],
        answeredAt: this.clock.now(),
        taskId: isLeftToAPerson(outcome) ? newId() : null,
        fileId,
      },
    );
  }

  /** What a holder erased beside what it had before; it has the last word on what stays. Whoever was not expected is noted by nobody. */
  async addAnswer(request: SubjectRequest, holder: string, answer: HolderAnswer): Promise<void> {
    const { subjectId, id: requestId, round } = request;
    const before = await this.holderRepository.findOneBy({ subjectId, requestId, round, holder });
    const counts = summedCounts([...(before?.counts ?? []), ...answer.counts]);
    const outcome = answer.outcome === 'nothing' && counts.length > 0 ? 'done' : answer.outcome;
    await this.noteAnswer(request, holder, { ...answer, outcome, counts } as HolderAnswer);
  }

  /** What was decided in this round is not, and nobody was answered. */
  async forget(request: SubjectRequest): Promise<void> {
    const { subjectId, id: requestId, round } = request;
    request.answer = null;
    await this.decisionRepository.delete({ subjectId, requestId, round });
    await this.holderRepository.delete({ subjectId, requestId, round });
  }

  /** What takes something away for good waits until the subject could take it back; anything else is carried out, or is an answer already. */
  async goOn(request: SubjectRequest): Promise<void> {
    if (request.type === 'objection' && request.outcome === 'granted') await this.objections.carryOut(request);
    const next = stateAfter(request.type, request.outcome ?? 'granted');
    if (next === 'closed') return this.closing.close(request, (await this.allStays(request)) ? 'kept' : 'answered');
    if (next === 'waiting') {
      const { waitingDays } = await this.settings.current();
      request.waitUntil(new Date(this.clock.now().getTime() + waitingDays * dayInMilliseconds));
      return this.telling.tell(request, 'waiting');
    }
    request.waitFor('fulfilling');
    await queueFulfilment(this.jobs, request);
  }

  /** Who has to carry out what was granted in this round. */
  private async expectAnswers(request: SubjectRequest): Promise<void> {
    const { subjectId, id: requestId, round } = request;
    const { holders } = await this.records.scope(request);
    for (const { name, phase } of holders)
      await this.holderRepository.insert({
        subjectId,
        requestId,
        round,
        holder: name,
        phase,
        outcome: null,
        counts: [],
        retained: [],
        answeredAt: null,
        taskId: null,
        fileId: null,
        copyIds: [],
      });
  }

  /** All that was to go has to stay. */
  private async allStays(request: SubjectRequest): Promise<boolean> {
    if (!isIrrevocable(request.type)) return false;
    const decided = await this.of(request);
    return decided.length > 0 && decided.every(({ outcome }) => outcome === 'keep');
  }
}
