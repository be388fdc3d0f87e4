import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, HolderRegistry, type HeldRecord, type Holder, type HoldingSummary } from '@abide/platform';
import { addDuration } from '@abide/rulebook';
import { Registries } from '../registries/registries.js';
import { AcceptanceQueries } from './acceptance.queries.js';

const category = 'client.instruction';
const table = 'policy.acceptances';

/**
 * Answers for the acceptances of a subject. They are evidence of what was agreed: an erasure leaves them, under an id
 * that leads to nobody any more, for as long as records of transactions are kept, and then they go.
 */
@Injectable()
export class AcceptanceHolder implements Holder, OnModuleInit {
  readonly name = 'policy.acceptances';
  readonly tables = [table];

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly queries: AcceptanceQueries,
    private readonly registries: Registries,
    private readonly holders: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.holders.register(this);
  }

  async describe(subjectId: string): Promise<HoldingSummary[]> {
    const [row] = await this.db.query<{ count: number; since: Date | null }>(
      'SELECT count(*)::int AS count, min(at) AS since FROM policy.acceptances WHERE subject_id = $1',
      [subjectId],
    );
    return row && row.count > 0 ? [{ category, count: row.count, since: row.since }] : [];
  }

  async *export(subjectId: string): AsyncIterable<HeldRecord> {
    const rows = await this.queries.all(subjectId);
    for (const { revisionId: id, at: since, policySlug, number, mode } of rows) {
      yield { category, table, id, since, values: { policy: policySlug, revision: number, mode } };
    }
  }

  async correct(): Promise<boolean> {
    return false;
  }

  async erase(subjectId: string): Promise<number> {
    const { registry } = await this.registries.snapshot();
    const { rules, utcOffsetHours } = registry.profile;
    const keptUntil = new Date(
      addDuration(
        this.clock.now().getTime(),
        { months: 12 * rules.transactionRecordsYears.value, days: 0, hours: 0 },
        utcOffsetHours,
      ),
    );
    await this.db.execute(
      'UPDATE policy.acceptances SET kept_until = $2 WHERE subject_id = $1 AND kept_until IS NULL',
      [subjectId, keptUntil],
    );
    return 0;
  }

  async restrict(): Promise<void> {
    return undefined;
  }

  async expire(now: Date, limit: number): Promise<number> {
    return this.db.execute(
      `DELETE FROM policy.acceptances WHERE (subject_id, revision_id, mode) IN (
         SELECT subject_id, revision_id, mode FROM policy.acceptances WHERE kept_until <= $1 ORDER BY kept_until LIMIT $2)`,
      [now, limit],
    );
  }
}
