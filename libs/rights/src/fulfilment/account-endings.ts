import { Injectable } from '@nestjs/common';
import { Database, HolderRegistry, type Holder, type HolderAnswer } from '@abide/platform';
import { isOwed } from '../request-kinds.js';
import { RequestClosing } from '../requests/request-closing.js';
import { RequestDecisions } from '../requests/request-decisions.js';
import { RequestRecords } from '../requests/request-records.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { Erasing } from './erasing.js';

/**
 * The end of an account that goes whole: once everybody else has answered, its core, its keys and the request's last words in one
 * transaction. Holders inside are asked once more in it, so that nothing stays that came in while they were asked one by one.
 */
@Injectable()
export class AccountEndings {
  constructor(
    private readonly db: Database,
    private readonly registry: HolderRegistry,
    private readonly records: RequestRecords,
    private readonly decisions: RequestDecisions,
    private readonly closing: RequestClosing,
    private readonly erasing: Erasing,
  ) {}

  /** Does nothing while a holder outside or a person still owes an answer; a hold blocks it. */
  async end({ id, round }: SubjectRequest): Promise<void> {
    await this.db.transaction(async () => {
      const request = await this.records.lock(id);
      if (!request.isCarriedOut(round) || !(await this.isLeft(request))) return;
      const block = await this.erasing.blockOf(request);
      if (block) return this.noteLast(request, block);
      await this.forgetAddresses(request);
      await this.eraseAt(request, ({ phase }) => phase !== 'keys');
      await this.close(id);
      await this.eraseAt(request, ({ phase }) => phase === 'keys');
    });
  }

  /** Whether nothing is left but the core and the keys. */
  private async isLeft(request: SubjectRequest): Promise<boolean> {
    const answers = await this.decisions.answersTo(request);
    return answers
      .filter(({ phase }) => phase === 'outside' || phase === 'dependents')
      .every(({ outcome, taskId }) => !isOwed(outcome) && taskId === null);
  }

  private async noteLast(request: SubjectRequest, answer: HolderAnswer): Promise<void> {
    for (const { holder, phase } of await this.decisions.answersTo(request))
      if (phase === 'core' || phase === 'keys') await this.decisions.noteAnswer(request, holder, answer);
  }

  /** How somebody was known is no evidence of what was done for them. */
  private async forgetAddresses(request: SubjectRequest): Promise<void> {
    const scope = await this.records.scope(request);
    await this.records.seal(request, 'scope', { ...scope, identifiers: [] });
    const content = await this.records.content(request);
    if (content.requester) await this.records.seal(request, 'content', { ...content, requester: null });
    await this.records.save(request);
  }

  private async eraseAt(request: SubjectRequest, isMeant: (holder: Holder) => boolean): Promise<void> {
    for (const holder of this.registry.all().filter(isMeant))
      await this.decisions.addAnswer(request, holder.name, await holder.erase(request.subjectId));
  }

  /** As it was sealed anew meanwhile. Before the keys go: the audit keeps openings of nobody without any. */
  private async close(id: string): Promise<void> {
    const request = await this.records.lock(id);
    await this.records.note(request, 'carriedOut');
    await this.closing.close(request);
    await this.records.save(request);
  }
}
