import { Logger } from '@nestjs/common';
import type { Database } from '@abide/platform';

/** What falls due with an event and not on a day. */
export const openMonth = '9999-01-01';

/**
 * The partitions of a table by `due_month`, the first day of the month in which rows fall due (UTC). They are made ahead by a scheduled task; where
 * one is missing all the same it is made when it is needed. The schema offers `add_month(date)`, since the product's role owns nothing.
 */
export class MonthPartitions {
  private readonly logger = new Logger('MonthPartitions');
  private readonly known = new Set<string>();

  constructor(
    private readonly db: Database,
    private readonly schema: string,
  ) {}

  /** Which of these months have no partition, as far as this process knows. */
  missingAmong(months: Iterable<string>): string[] {
    return [...new Set(months)].filter((month) => !this.known.has(month));
  }

  /** Makes whichever of these is missing, in a transaction of its own each. */
  async ensure(months: Iterable<string>): Promise<void> {
    for (const month of this.missingAmong(months)) {
      const [row] = await this.db.outside(() =>
        this.db.query<{ made: boolean }>(`SELECT ${this.schema}.add_month($1::date) AS made`, [month]),
      );
      this.known.add(month);
      if (row?.made) this.logger.log(`Made the partition of ${this.schema} for what falls due in ${month.slice(0, 7)}`);
    }
  }

  /** A partition turned out not to be there: the next look asks the database. */
  forget(): void {
    this.known.clear();
  }
}

const dayMilliseconds = 86_400_000;
const mostDays = 5000;
const endOfMonths = Date.parse(`${openMonth}T00:00:00Z`);
const monthsByDay = new Map<number, string>();

/** The first day of the month of an instant (epoch milliseconds, UTC); null falls due with an event, and nobody has to make room for what is as far away. */
export function monthOf(dueAt: number | null): string {
  if (dueAt === null || dueAt >= endOfMonths) return openMonth;
  const day = Math.floor(dueAt / dayMilliseconds);
  const known = monthsByDay.get(day);
  if (known !== undefined) return known;
  const month = `${new Date(dueAt).toISOString().slice(0, 7)}-01`;
  if (monthsByDay.size >= mostDays) monthsByDay.clear();
  monthsByDay.set(day, month);
  return month;
}

const monthsByDueDates = new WeakMap<readonly (number | null)[], ReadonlySet<string>>();

/** The months of these due dates. Remembered by the array itself, which is not to be changed. */
export function monthsOf(dueDates: readonly (number | null)[]): ReadonlySet<string> {
  const known = monthsByDueDates.get(dueDates);
  if (known) return known;
  const months = new Set(dueDates.map(monthOf));
  monthsByDueDates.set(dueDates, months);
  return months;
}

/** For a migration: makes `add_month` of a schema whose `table` is partitioned by `due_month`. Attaching does not stop who writes meanwhile. */
export function addMonthSql(schema: string, table: string): string {
  return `
    CREATE FUNCTION ${schema}.add_month(month date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
    DECLARE
      first date := date_trunc('month', month)::date;
      name text := '${table}_' || to_char(first, 'YYYY_MM');
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('${schema}.add_month'));
      IF to_regclass(format('${schema}.%I', name)) IS NOT NULL OR first >= DATE '${openMonth}' THEN RETURN false; END IF;
      EXECUTE format('CREATE TABLE ${schema}.%I (LIKE ${schema}.${table} INCLUDING ALL)', name);
      EXECUTE format('ALTER TABLE ${schema}.${table} ATTACH PARTITION ${schema}.%I FOR VALUES FROM (%L) TO (%L)', name, first, (first + interval '1 month')::date);
      RETURN true;
    END $body$;
    REVOKE ALL ON FUNCTION ${schema}.add_month(date) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ${schema}.add_month(date) TO abide_app;`;
}

/** For a migration: the key of a table by `due_month` answers what somebody has, of which kinds, since when and until when, without the rows. */
export function countedByKeySql(table: string, id: string): string {
  const [, name] = table.split('.');
  return `
    ALTER TABLE ${table} DROP CONSTRAINT ${name}_pkey;
    ALTER TABLE ${table} ADD CONSTRAINT ${name}_pkey PRIMARY KEY (subject_id, ${id}, due_month)
      INCLUDE (category, service, received_at, retain_until);`;
}

/** For a migration: what a batch held, so that its id stands for nothing else; null of those that were answered before. */
export function batchContentSql(schema: string): string {
  return `ALTER TABLE ${schema}.batches ADD COLUMN content_hash bytea CHECK (octet_length(content_hash) = 32)`;
}

/** For a migration: the answers of batches, and the counts by the minute, of a schema that takes batches in. */
export function ingestTablesSql(schema: string): string {
  return `
    CREATE TABLE ${schema}.batches (
      owner text NOT NULL,
      batch_id uuid NOT NULL,
      received_at timestamptz NOT NULL,
      accepted integer NOT NULL,
      already_stored integer NOT NULL,
      refused jsonb NOT NULL,
      kept_until timestamptz,
      PRIMARY KEY (owner, batch_id)
    );
    CREATE INDEX batches_kept_until ON ${schema}.batches (kept_until) WHERE kept_until IS NOT NULL;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${schema}.batches TO abide_app;

    CREATE TABLE ${schema}.ingest_counts (
      minute timestamptz NOT NULL,
      category text NOT NULL,
      code text NOT NULL,
      items bigint NOT NULL,
      lag_ms bigint NOT NULL,
      PRIMARY KEY (minute, category, code)
    );
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${schema}.ingest_counts TO abide_app;`;
}
