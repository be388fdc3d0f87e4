import { Injectable } from '@nestjs/common';
import { Clock, nilId } from '@abide/kernel';
import {
  answerOf,
  Database,
  deleteCounted,
  isSpared,
  rowsIn,
  sparedParameter,
  summedCounts,
  type AffectedCount,
  type CopiedType,
  type DueCount,
  type DueMonth,
  type Expiry,
  type HeldRow,
  type HolderAnswer,
  type HoldingGround,
  type HoldingScope,
  type HoldingSummary,
  type RetainedCount,
  type RowsPage,
} from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import type { LineageEntry } from '../gate/collection.service.js';
import { legalMinimumsOf, minimumEndOf, minimumValues, type KindMinimum } from './legal-minimums.js';
import type { Kind, LineageTable } from './lineage-tables.js';
import { isOwn, parametersOf, RetainedRows, type OwnRows } from './retained-rows.js';
import { standingLineage } from '../states/standing-lineage.sql.js';

interface CountedRow extends Omit<HoldingSummary, 'grounds' | 'due'> {
  readonly dueCount: number;
  readonly dueSince: Date | null;
}

interface HoldingRow extends CountedRow {
  readonly grounds: readonly (Omit<LineageEntry, 'basis' | 'consentEvent' | 'precision'> & {
    readonly count: number;
  })[];
}

/** A column that is read: SQL for it, and its type. */
type WantedColumn = readonly [sql: string, type: CopiedType];

/** Which rows are read, and as what. */
interface WantedRows {
  readonly subjectId: string;
  readonly categories: readonly string[] | undefined;
  /** The alias of the table, and what is read of it beside why it is kept. */
  readonly row: string;
  readonly columns: Readonly<Record<string, WantedColumn>>;
}

type WithLineage<Row> = Row & { readonly lineage: readonly LineageEntry[] };

interface Page<Row> {
  readonly rows: readonly WithLineage<Row>[];
  /** The key to go on after; null: that was all. */
  readonly last: string | null;
}

/** How many rows of a category stay, and until when. */
interface KeptRows {
  readonly category: string;
  readonly count: number;
  readonly until: Date;
}

const rowsPerPage = 2000;

const sparedRow = (parameter: string) =>
  isSpared({ subjectId: 'held.subject_id', category: 'held.category', occurredAt: 'held.occurred_at' }, parameter);

interface StoredRow extends Omit<HeldRow, 'grounds'> {
  readonly lineage: readonly LineageEntry[];
}

/** What the holders of collected rows answer alike: what is held and why, and that it goes. */
@Injectable()
export class LineageRows {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
    private readonly retainedRows: RetainedRows,
  ) {}

  /** By category and service, with the purposes and clauses that the rows carry, of which many rows have the same; what is due is held until it is swept. */
  async describe(
    { name }: LineageTable,
    subjectId: string,
    { since, until }: HoldingScope = {},
  ): Promise<HoldingSummary[]> {
    const held = await this.db.query<HoldingRow>(
      `WITH own AS MATERIALIZED (
         SELECT subject_id, category, service, lineage, count(*) AS count, min(received_at) AS since, max(retain_until) AS until, bool_or(retain_until IS NULL) AS is_open_ended,
           count(*) FILTER (WHERE retain_until <= $2) AS due_count, min(retain_until) FILTER (WHERE retain_until <= $2) AS due_since FROM ${name}
         WHERE subject_id = $1 AND ($3::timestamptz IS NULL OR (occurred_at >= $3 AND received_at >= $3))
           AND ($4::timestamptz IS NULL OR (occurred_at < $4 AND received_at < $4))
         GROUP BY subject_id, category, service, lineage
       ), grounds AS (
         SELECT category, service, entry->>'policy' AS policy, (entry->>'revision')::int AS revision, entry->>'clause' AS clause, entry->>'purpose' AS purpose, sum(count)::int AS count
         FROM own, jsonb_array_elements(${standingLineage('own')}) AS entry GROUP BY 1, 2, 3, 4, 5, 6
       )
       SELECT category, service, sum(count)::int AS count, min(since) AS since, max(until) AS until, bool_or(is_open_ended) AS "isOpenEnded",
         sum(due_count)::int AS "dueCount", min(due_since) AS "dueSince",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('policy', policy, 'revision', revision, 'clause', clause, 'purpose', purpose, 'count', grounds.count)), '[]')
          FROM grounds WHERE grounds.category = own.category AND grounds.service = own.service) AS grounds
       FROM own GROUP BY category, service ORDER BY category, service`,
      [subjectId, this.clock.now(), since ?? null, until ?? null],
    );
    return held.map(({ grounds, ...counted }) => ({
      ...summaryOf(counted),
      grounds: grounds.map(({ clause, ...ground }): HoldingGround => ({ ...ground, clauseId: clause })),
    }));
  }

  /** How much of each category and in which time, from the key and what it includes alone. */
  count({ name }: LineageTable, subjectId: string): Promise<HoldingSummary[]> {
    return this.db.query<HoldingSummary>(
      `SELECT category, count(*)::int AS count, min(received_at) AS since, max(retain_until) AS until
       FROM ${name} WHERE subject_id = $1 GROUP BY category ORDER BY category`,
      [subjectId],
    );
  }

  /** What is due is held until it is swept, and among them. */
  async rows({ name, id }: LineageTable, subjectId: string, { category, after, limit }: RowsPage): Promise<HeldRow[]> {
    const rows = await this.db.query<StoredRow>(
      `SELECT row.${id} AS id, occurred_at AS at, service, retain_until AS "dueAt", ${standingLineage('row')} AS lineage FROM ${name} AS row
       WHERE subject_id = $1 AND category = $2 AND ($3::timestamptz IS NULL OR (occurred_at, ${id}) < ($3, $4::uuid))
       ORDER BY occurred_at DESC, ${id} DESC LIMIT $5`,
      [subjectId, category, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map(({ lineage, ...row }) => ({
      ...row,
      grounds: lineage.map(({ policy, revision, clause, purpose, consentEvent }) => ({
        policy,
        revision,
        clauseId: clause,
        purpose,
        consentEventId: consentEvent,
      })),
    }));
  }

  /**
   * What is kept of a subject, of these kinds or of every one: a page at a time, while the next one is already read. Rows that follow
   * each other and are kept for the same have one `lineage` in common.
   */
  async *pages<Row>(table: LineageTable, wanted: WantedRows): AsyncGenerator<readonly WithLineage<Row>[]> {
    let next: Promise<Page<Row>> | null = this.page<Row>(table, wanted, nilId);
    while (next) {
      const { rows, last }: Page<Row> = await next;
      next = last === null ? null : this.page<Row>(table, wanted, last);
      next?.catch(() => undefined);
      yield rows;
    }
  }

  /** Every row of the subject, or of these kinds, but what the law has kept; with every row the answers of the batches that they sent themselves. */
  async erase(table: LineageTable, subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    return this.db.transaction(async () => {
      const { name } = table;
      const own: OwnRows = { subjectId, categories: categories ?? null };
      const counts = categories ? [] : await this.deleteBatches(table, subjectId);
      const minimums = await this.minimumsOf(table, own);
      if (minimums.length === 0) return answerOf([...counts, ...(await this.deleteOwn(name, own))]);
      const kept = await this.keptUntil(minimums);
      const unkept = {
        table: name,
        category: 'held.category',
        where: `${isOwn} AND NOT coalesce(${kept.sql} > $8, false)`,
      };
      counts.push(
        ...(await deleteCounted(this.db, unkept, [...parametersOf(own), ...kept.parameters, this.clock.now()])),
      );
      counts.push(...(await this.retainedRows.reseal(table, own)));
      await this.db.execute(`UPDATE ${name} AS held SET lineage = '[]', retain_until = ${kept.sql} WHERE ${isOwn}`, [
        ...parametersOf(own),
        ...kept.parameters,
      ]);
      return answerOf(counts, await this.retained(name, own, minimums));
    });
  }

  /** What `erase` would leave, row by row; nothing of it is changed. */
  async staying(table: LineageTable, subjectId: string): Promise<readonly RetainedCount[]> {
    const own: OwnRows = { subjectId, categories: null };
    const minimums = await this.minimumsOf(table, own);
    if (minimums.length === 0) return [];
    const kept = await this.keptUntil(minimums);
    const rows = await this.db.query<KeptRows>(
      `SELECT category, count(*)::int AS count, max(until) AS until
       FROM (SELECT held.category, ${kept.sql} AS until FROM ${table.name} AS held WHERE ${isOwn}) AS kept WHERE until > $8 GROUP BY category ORDER BY category`,
      [...parametersOf(own), ...kept.parameters, this.clock.now()],
    );
    return byLaw(rows, minimums);
  }

  /**
   * What fell due, `limit` rows at most, and is not to be spared: month by month of those in which rows were to fall due, since within one partition
   * rows are found by where they lie, without a join.
   */
  async expire({ name }: LineageTable, { now, limit, except }: Expiry): Promise<HolderAnswer> {
    const isDue = `retain_until <= $1 AND NOT ${sparedRow('$2')}`;
    const counts: AffectedCount[] = [];
    for (let left = limit; left > 0; left = limit - rowsIn(counts)) {
      const [first] = await this.db.query<{ month: string }>(
        `SELECT date_trunc('month', due_month)::date::text AS month FROM ${name} AS held WHERE ${isDue} LIMIT 1`,
        [now, sparedParameter(except)],
      );
      if (!first) break;
      const inMonth = `held.due_month >= $3::date AND held.due_month < ($3::date + interval '1 month')::date`;
      const where = `${inMonth} AND held.ctid = ANY(ARRAY(SELECT held.ctid FROM ${name} AS held WHERE ${inMonth} AND ${isDue} LIMIT $4))`;
      const due = { table: name, category: 'held.category', where };
      const gone = await deleteCounted(this.db, due, [now, sparedParameter(except), first.month, left]);
      if (gone.length === 0) break;
      counts.push(...gone);
    }
    return answerOf(summedCounts(counts));
  }

  /** What is due, and what of it is to be spared. */
  async due({ name: table }: LineageTable, { now, except }: Pick<Expiry, 'now' | 'except'>): Promise<DueCount[]> {
    const counts = await this.db.query<Omit<DueCount, 'table'>>(
      `SELECT category, (count(*) FILTER (WHERE NOT ${sparedRow('$2')}))::float8 AS count, (count(*) FILTER (WHERE ${sparedRow('$2')}))::float8 AS spared
       FROM ${table} AS held WHERE retain_until <= $1 GROUP BY category ORDER BY category`,
      [now, sparedParameter(except)],
    );
    return counts.map((one) => ({ ...one, table }));
  }

  /** What falls due by a date, and when. */
  dueByMonth({ name }: LineageTable): Promise<DueMonth[]> {
    return this.db.query<DueMonth>(
      `SELECT category, to_char(date_trunc('month', retain_until AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS month, count(*)::float8 AS count
       FROM ${name} WHERE retain_until IS NOT NULL GROUP BY 1, 2 ORDER BY 2, 1`,
    );
  }

  /** Read in the order of the key, whatever the statistics of a young partition say: a page that was sorted would read all that is kept, each time. */
  private page<Row>(
    { name, id }: LineageTable,
    { subjectId, categories, row, columns }: WantedRows,
    after: string,
  ): Promise<Page<Row>> {
    const all = {
      ...columns,
      lineage: [`(${standingLineage(row)})`, 'jsonb'],
      lastId: [`${row}.${id}::text`, 'text'],
    } as const;
    const types = Object.fromEntries(Object.entries(all).map(([column, [, type]]) => [column, type]));
    const selected = Object.values(all)
      .map(([sql]) => sql)
      .join(', ');
    return this.db.transaction(async () => {
      await this.db.query('SET LOCAL enable_sort = off');
      const rows = await this.db.copied<WithLineage<Row> & { readonly lastId: string }>(
        types,
        `SELECT ${selected} FROM ${name} AS ${row} WHERE ${row}.subject_id = (SELECT $1::uuid) AND ${row}.${id} > (SELECT $2::uuid)
         ${categories ? `AND ${row}.category = ANY((SELECT $3::text[])::text[])` : ''} ORDER BY ${row}.${id} LIMIT ${rowsPerPage}`,
        [subjectId, after, categories ?? null],
      );
      await this.db.query('SET LOCAL enable_sort = on');
      return { rows, last: rows.length === rowsPerPage ? (rows.at(-1)?.lastId ?? null) : null };
    });
  }

  private deleteBatches({ module }: LineageTable, subjectId: string): Promise<AffectedCount[]> {
    const batches = { table: `${module}.batches`, category: `'none'`, where: 'held.owner = $1' };
    return deleteCounted(this.db, batches, [`subject:${subjectId}`]);
  }

  private async minimumsOf({ name }: LineageTable, own: OwnRows): Promise<KindMinimum[]> {
    const kinds = await this.db.query<Kind>(
      `SELECT DISTINCT category, service FROM ${name} AS held WHERE ${isOwn}`,
      parametersOf(own),
    );
    if (kinds.length === 0) return [];
    return legalMinimumsOf((await this.rulebooks.current()).rulebook, kinds);
  }

  /** SQL: until when `held` has to stay, by `$3` to `$7`; null where it may go. A row is never kept longer than was promised when it was collected. */
  private async keptUntil(minimums: readonly KindMinimum[]): Promise<{ sql: string; parameters: readonly unknown[] }> {
    const { rulebook } = await this.rulebooks.current();
    const end = minimumEndOf('held', 3);
    return {
      sql: `CASE WHEN ${end} IS NOT NULL THEN least(coalesce(held.retain_until, 'infinity'), ${end}) END`,
      parameters: minimumValues(minimums, rulebook),
    };
  }

  private deleteOwn(name: string, own: OwnRows): Promise<AffectedCount[]> {
    return deleteCounted(this.db, { table: name, category: 'held.category', where: isOwn }, parametersOf(own));
  }

  private async retained(name: string, own: OwnRows, minimums: readonly KindMinimum[]): Promise<RetainedCount[]> {
    const kept = await this.db.query<KeptRows>(
      `SELECT category, count(*)::int AS count, max(retain_until) AS until FROM ${name} AS held WHERE ${isOwn} GROUP BY category ORDER BY category`,
      parametersOf(own),
    );
    return byLaw(kept, minimums);
  }
}

function byLaw(kept: readonly KeptRows[], minimums: readonly KindMinimum[]): RetainedCount[] {
  const articlesOf = (of: string) =>
    new Set(minimums.filter(({ category }) => category === of).map(({ article }) => article));
  return kept.map((row) => ({ ...row, ground: 'legalMinimum', article: [...articlesOf(row.category)].join('; ') }));
}

function summaryOf({ dueCount, dueSince, ...summary }: CountedRow): HoldingSummary {
  return { ...summary, due: dueSince && { count: dueCount, since: dueSince } };
}
