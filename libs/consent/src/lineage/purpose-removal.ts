import { Injectable } from '@nestjs/common';
import { Clock, type ConsentChange } from '@abide/kernel';
import { Database, Jobs } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { retentionFor } from '@abide/rulebook';
import { WithdrawalConsequences } from '../events/withdrawal-consequences.js';
import { countsFrom } from '../operators/consent-state.sql.js';

/**
 * A table of what was collected about subjects, with the columns `subject_id`, the `id` named here, `due_month`, `category`, `service`,
 * `occurred_at`, `retain_until` and `lineage` (a list of `LineageEntry`).
 */
export interface LineageTable {
  /** With its schema. */
  readonly name: string;
  readonly id: string;
  /** Names the jobs, and the schema of `batches`. */
  readonly module: string;
  /** Categories that go in the very transaction of the withdrawal: tags that personalisation is made from (PIPL art. 24). */
  readonly goneAtOnce: readonly string[];
}

/** Makes what is stored of a subject no more exact than the purposes that are left may have it. */
export type Coarsening = (subjectId: string) => Promise<void>;

interface Removal {
  readonly change: ConsentChange;
  /** Every transaction with a lower number may have read what was allowed before; null on the first run. */
  readonly horizon: string | null;
}

interface Removed {
  readonly table: LineageTable;
  readonly change: ConsentChange;
  readonly grants: readonly string[];
  readonly categories: readonly string[] | null;
}

interface Minimum {
  readonly category: string;
  readonly service: string;
  /** ISO 8601, which PostgreSQL reads as an interval. */
  readonly period: string;
}

const rowsPerBatch = 5000;
const lookAgainMilliseconds = 1000;

/**
 * Takes a withdrawn purpose away from every row that was collected on the consent; a row with no purpose left is due at once, or when
 * the law's minimum is over (rules.md, Keep). Runs after the withdrawal, and once more when every transaction has ended that may
 * have decided before it and stored after it.
 */
@Injectable()
export class PurposeRemoval {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly rulebooks: EffectiveRulebook,
    private readonly consequences: WithdrawalConsequences,
  ) {}

  /** Call it while modules initialise. */
  watch(table: LineageTable, coarsen: Coarsening): void {
    const job = `${table.module}-purpose-removal`;
    const run = async (removal: Removal) => {
      if (await this.run(table, removal, job)) await coarsen(removal.change.subjectId);
    };
    this.jobs.subscribe('consent.withdrawn', table.module, (change) => run({ change, horizon: null }));
    this.jobs.define<Removal>(job, run);
    this.consequences.register({
      concerns: (change) => isAboutCollection(change) && table.goneAtOnce.some((category) => change.categories?.includes(category) ?? true),
      draw: (change) => this.removeAtOnce(table, change),
    });
  }

  /** Answers whether it looked through the rows this time: it does so on the first run, and once more when it is settled. */
  private async run(table: LineageTable, { change, horizon }: Removal, job: string): Promise<boolean> {
    if (!isAboutCollection(change)) return false;
    const [now] = await this.db.query<{ oldest: string; next: string }>(
      'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest, pg_snapshot_xmax(pg_current_snapshot())::text AS next',
    );
    if (!now) throw new Error('PostgreSQL did not say which transactions are running');
    const until = horizon ?? now.next;
    const isSettled = BigInt(now.oldest) >= BigInt(until);
    const isDue = horizon === null || isSettled;
    if (isDue) await this.remove({ table, change, grants: await this.grantsEndedBy(change), categories: change.categories });
    if (!isSettled) await this.jobs.send(job, { change, horizon: until } satisfies Removal, { startAfter: new Date(Date.now() + lookAgainMilliseconds) });
    return isDue;
  }

  /** Joins the transaction of the withdrawal. */
  private async removeAtOnce(table: LineageTable, change: ConsentChange): Promise<void> {
    const categories = table.goneAtOnce.filter((category) => change.categories?.includes(category) ?? true);
    await this.remove({ table, change, grants: await this.grantsEndedBy(change), categories });
    await this.db.execute(`DELETE FROM ${table.name} WHERE subject_id = $1 AND category = ANY($2) AND lineage = '[]'`, [change.subjectId, categories]);
  }

  /** The grants of the purpose that the withdrawal is later than. */
  private async grantsEndedBy({ subjectId, purpose, occurredAt }: ConsentChange): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM consent.events event WHERE subject_id = $1 AND purpose = $2 AND state = 'granted' AND ${countsFrom('event')} <= $3`,
      [subjectId, purpose, occurredAt],
    );
    return rows.map(({ id }) => id);
  }

  private async remove(removed: Removed): Promise<void> {
    if (removed.grants.length === 0) return;
    const minimums = await this.minimumsOf(removed);
    while ((await this.removeBatch(removed, minimums)) === rowsPerBatch);
  }

  private removeBatch({ table: { name, id }, change, grants, categories }: Removed, minimums: readonly Minimum[]): Promise<number> {
    const { subjectId, purpose, service } = change;
    return this.db.execute(
      `UPDATE ${name} AS held SET lineage = left_over.lineage,
         retain_until = CASE WHEN left_over.lineage <> '[]' THEN held.retain_until
           ELSE least(coalesce(held.retain_until, 'infinity'), greatest($6::timestamptz, held.occurred_at + least_kept.period::interval)) END
       FROM (
         SELECT row.subject_id, row.${id}, row.due_month, row.category, row.service,
           (SELECT coalesce(jsonb_agg(entry ORDER BY place), '[]') FROM jsonb_array_elements(row.lineage) WITH ORDINALITY AS each (entry, place)
            WHERE NOT (entry->>'purpose' = $2 AND entry->>'consentEvent' = ANY($3::text[]))) AS lineage
         FROM ${name} AS row
         WHERE row.subject_id = $1 AND ($4::text[] IS NULL OR row.category = ANY($4)) AND ($5::text IS NULL OR row.service = $5)
           AND EXISTS (SELECT FROM jsonb_array_elements(row.lineage) AS entry WHERE entry->>'purpose' = $2 AND entry->>'consentEvent' = ANY($3::text[]))
         LIMIT ${rowsPerBatch}
       ) AS left_over
       LEFT JOIN unnest($7::text[], $8::text[], $9::text[]) AS least_kept (category, service, period) ON least_kept.category = left_over.category AND least_kept.service = left_over.service
       WHERE held.subject_id = left_over.subject_id AND held.${id} = left_over.${id} AND held.due_month = left_over.due_month`,
      [
        subjectId, purpose, grants, categories, service, this.clock.now(),
        minimums.map((one) => one.category), minimums.map((one) => one.service), minimums.map((one) => one.period),
      ],
    );
  }

  private async minimumsOf({ table, change: { subjectId } }: Removed): Promise<Minimum[]> {
    const kinds = await this.db.query<{ category: string; service: string }>(`SELECT DISTINCT category, service FROM ${table.name} WHERE subject_id = $1`, [subjectId]);
    const { rulebook } = await this.rulebooks.current();
    return kinds.flatMap(({ category, service }) => {
      const period = retentionFor(rulebook, category, service)?.minimum?.period;
      return period === undefined ? [] : [{ category, service, period }];
    });
  }
}

/** What is withdrawn for a recipient or a region is about sharing, and takes nothing away from why a row is kept. */
function isAboutCollection({ recipient, region }: ConsentChange): boolean {
  return recipient === null && region === null;
}
