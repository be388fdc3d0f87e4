import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { refusal } from '../retention.errors.js';
import { lockSweeping } from './sweep-lock.js';
import { SweepRuns } from './sweep-runs.queries.js';

/** What operators have the sweeper do; it takes it up within seconds. */
@Injectable()
export class RunRequests {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly runs: SweepRuns,
    private readonly audit: Audit,
  ) {}

  /** Answers the id of the run. @throws DomainError `retention.run_under_way`; of a run that deletes `retention.awaits_approval` */
  async ask(isDry: boolean, by: string): Promise<string> {
    return this.db.transaction(async () => {
      await lockSweeping(this.db, 'alone');
      if (await this.runs.next()) throw refusal('retention.run_under_way');
      if (!isDry && (await this.runs.waiting())) throw refusal('retention.awaits_approval');
      const now = this.clock.now();
      const wanted = { isDry, state: 'asked', reason: 'operator', askedAt: now, dueAt: now, askedBy: by } as const;
      const id = await this.runs.insert(wanted);
      await this.record('retention.runAsked', id, isDry);
      return id;
    });
  }

  /** What a dry run counted is deleted: what fell due until then. @throws DomainError `retention.run_not_found`, `retention.not_waiting` */
  async approve(dryRunId: string, by: string): Promise<string> {
    return this.db.transaction(async () => {
      await lockSweeping(this.db, 'alone');
      const seen = await this.runs.lock(dryRunId);
      if (!seen) throw refusal('retention.run_not_found');
      if (seen.state !== 'waiting') throw refusal('retention.not_waiting');
      const now = this.clock.now();
      await this.runs.approve(dryRunId, by, now);
      const id = await this.runs.insert({
        isDry: false,
        state: 'asked',
        reason: 'approval',
        askedAt: now,
        dueAt: seen.dueAt,
        askedBy: by,
        dryRunId,
      });
      await this.record('retention.runApproved', dryRunId, true);
      return id;
    });
  }

  private record(act: string, id: string, isDry: boolean): Promise<void> {
    return this.audit.record({ act, object: { type: 'retentionRun', id }, details: { isDry } });
  }
}
