import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import {
  answerOf,
  Database,
  deleteCounted,
  HolderRegistry,
  isAskedFor,
  isSpared,
  nothingToDo,
  sparedParameter,
  type Expiry,
  type HeldRecord,
  type Holder,
  type HolderAnswer,
  type HoldingSummary,
  type RetainedCount,
  type SuppliedRecord,
} from '@abide/platform';
import { EvidenceTerms } from '../registries/evidence-terms.js';
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
  readonly phase = 'dependents';
  readonly tables = [table];

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly queries: AcceptanceQueries,
    private readonly terms: EvidenceTerms,
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

  async *export(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord> {
    if (!isAskedFor(category, categories)) return;
    const rows = await this.queries.all(subjectId);
    for (const { revisionId: id, at: since, policySlug, number, mode } of rows) {
      yield { category, table, id, since, values: { policy: policySlug, revision: number, mode } };
    }
  }

  /** Proof of what was agreed is no data to share. */
  async *supply(): AsyncIterable<SuppliedRecord> {}

  async correct(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  /** While the account goes on they stay as they are, and nothing says until when. */
  async erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    if (!isAskedFor(category, categories)) return nothingToDo;
    return this.db.transaction(async () => {
      if (!categories)
        await this.db.execute(
          'UPDATE policy.acceptances SET kept_until = $2 WHERE subject_id = $1 AND kept_until IS NULL',
          [subjectId, await this.terms.keptUntil(this.clock.now())],
        );
      const kept = await this.staying(subjectId);
      return answerOf([], categories ? kept.map((one) => ({ ...one, until: null })) : kept);
    });
  }

  /** Until when at the latest: from now, where the account was not erased yet. */
  async staying(subjectId: string): Promise<readonly RetainedCount[]> {
    const article = await this.terms.article();
    const [kept] = await this.db.query<{ count: number; until: Date | null }>(
      'SELECT count(*)::int AS count, max(coalesce(kept_until, $2)) AS until FROM policy.acceptances WHERE subject_id = $1',
      [subjectId, await this.terms.keptUntil(this.clock.now())],
    );
    return kept && kept.count > 0 ? [{ category, ...kept, ground: 'evidence', article }] : [];
  }

  /** What was agreed stays agreed; the gate refuses what is restricted. */
  async restrict(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  async expire({ now, limit, except }: Expiry): Promise<HolderAnswer> {
    const over = {
      table,
      category: `'${category}'`,
      where: `(subject_id, revision_id, mode) IN (
        SELECT subject_id, revision_id, mode FROM policy.acceptances AS held WHERE kept_until <= $1
          AND NOT ${isSpared({ subjectId: 'held.subject_id', category: `'${category}'`, occurredAt: 'held.at' }, '$3')}
        ORDER BY kept_until LIMIT $2)`,
    };
    return answerOf(await deleteCounted(this.db, over, [now, limit, sparedParameter(except)]));
  }
}
