import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Repository } from 'typeorm';
import { OutreachRun } from './outreach.entity.js';

export const outreachQueue = 'notifications.outreach';

/** The one way an outreach changes: locked, changed, completed when nothing is left, and stored, in one transaction. */
@Injectable()
export class OutreachChanges {
  constructor(
    @InjectRepository(OutreachRun) private readonly outreachRunRepository: Repository<OutreachRun>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** Runs `work` on the locked outreach, in the open transaction or a new one. @throws DomainError `outreach.not_found` */
  async change<T>(outreachId: string, work: (run: OutreachRun) => Promise<T> | T): Promise<T> {
    return this.db.transaction(async () => {
      const run = await this.outreachRunRepository.findOne({
        where: { id: outreachId },
        lock: { mode: 'for_no_key_update' },
      });
      if (!run) throw outreachNotFound();
      const result = await work(run);
      const isCompletedNow = run.completeIfDone(this.clock.now());
      await this.outreachRunRepository.save(run);
      if (isCompletedNow) await this.recordCompletion(run);
      return result;
    });
  }

  /** It completes by itself, also where the last message was dropped by a subject's withdrawal. */
  private async recordCompletion({
    id,
    kind,
    audience,
    notAllowed,
    unreachable,
    sent,
    dropped,
    failed,
  }: OutreachRun): Promise<void> {
    await this.audit.record({
      act: 'outreach.completed',
      actor: { kind: 'system', id: 'system' },
      object: { type: 'outreach', id },
      details: { kind, audience, notAllowed, unreachable, sent, dropped, failed },
    });
  }
}

export function outreachNotFound(): DomainError {
  return new DomainError('notFound', 'outreach.not_found', { detail: 'There is no such outreach.' });
}
