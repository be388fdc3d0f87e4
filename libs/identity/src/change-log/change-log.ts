import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, ScheduledTasks } from '@abide/platform';

/** How far a process has read a log: everything that a snapshot of the database saw. */
export interface Seen {
  /** Of no transaction with this number or a later one did the snapshot see anything. */
  readonly next: string;
  /** The numbers before it of which it saw nothing either: their transactions were under way. */
  readonly open: readonly string[];
  /** Which server and table answered, since which start or recovery: another may have lost what this one had, and gives numbers anew. */
  readonly source: string;
}

export interface Changes {
  readonly seen: Seen;
  /** The subjects of which something was changed since, those that the open transaction changed included; null when not all can be named. */
  readonly changed: readonly string[] | null;
  /** The subjects of which the open transaction itself changed something. */
  readonly own: readonly string[];
}

interface ChangesRow {
  readonly next: string;
  readonly open: string[] | null;
  readonly own_number: string | null;
  readonly source: string;
  readonly is_pruned: boolean;
  readonly changed: string[] | null;
  readonly own: string[] | null;
}

const mostNamed = 20_000;
const keptSeconds = 3600;
const pruneSeconds = 1800;

// Recovery after a crash starts no new postmaster, but discards the statistics.
const source = `concat_ws(' ', pg_postmaster_start_time(), pg_stat_get_bgwriter_stat_reset_time(), 'identity.changed_subjects'::regclass::oid, (SELECT oid FROM pg_database WHERE datname = current_database()))`;

const look = `
  SELECT pg_snapshot_xmax(snapshot.now)::text AS next, (SELECT array_agg(number::text) FROM pg_snapshot_xip(snapshot.now) AS number) AS open,
    pg_current_xact_id_if_assigned()::text AS own_number, ${source} AS source,
    EXISTS (SELECT 1 FROM identity.changed_subjects_horizon WHERE pruned > $1::xid8 OR pruned > ANY($2::xid8[])) AS is_pruned,
    (SELECT array_agg(subject_id::text) FROM (
      SELECT subject_id FROM identity.changed_subjects WHERE xid >= $1::xid8
      UNION ALL SELECT subject_id FROM identity.changed_subjects WHERE xid = ANY($2::xid8[]) AND xid < $1::xid8
      LIMIT ${mostNamed + 1}) AS change) AS changed,
    (SELECT array_agg(subject_id::text) FROM identity.changed_subjects WHERE xid = pg_current_xact_id_if_assigned()) AS own
  FROM (SELECT pg_current_snapshot() AS now) AS snapshot`;

/**
 * Which subjects something was changed of, written down by triggers of whichever modules follow their tables, in the transaction of the change. A look at it costs as much as has
 * changed since the last one, however many subjects there are, and misses nothing: it asks for what the last look's snapshot
 * did not see, whichever order transactions end in (PostgreSQL manual, "Functions and Operators", Transaction ID and Snapshot Information).
 */
@Injectable()
export class ChangeLog implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly tasks: ScheduledTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(pruneSeconds, 'identity.prune_changed_subjects', () => this.prune());
  }

  /** What was changed since an earlier look; nothing is named to the first. For READ COMMITTED: a transaction that sees less than what is committed is told less. */
  async since(seen: Seen | null): Promise<Changes> {
    const [row] = await this.db.prepared<ChangesRow>('identity.changed_since', look, [
      seen?.next ?? null,
      seen?.open ?? null,
    ]);
    if (!row) throw new Error('The log of changes gave no answer');
    const { next, is_pruned: isPruned, own_number: ownNumber, own } = row;
    const changed = row.changed ?? [];
    const open = ownNumber === null ? (row.open ?? []) : [...(row.open ?? []), ownNumber];
    const isNameable = changed.length <= mostNamed && seen?.source === row.source && !isPruned;
    return { seen: { next, open, source: row.source }, changed: isNameable ? changed : null, own: own ?? [] };
  }

  /** Deletes what ended before the horizon, which is an hour old at least, and what a copy of another server's log would say of numbers to come. */
  async prune(): Promise<void> {
    const isOld = `noted_at < clock_timestamp() - interval '${keptSeconds} seconds'`;
    const isOurs = `source = ${source}`;
    await this.db.transaction(async () => {
      await this.db.execute(
        `DELETE FROM identity.changed_subjects WHERE xid < (SELECT min(oldest) FROM identity.changed_subjects_horizon WHERE ${isOurs} AND ${isOld}) OR xid >= pg_snapshot_xmax(pg_current_snapshot())`,
      );
      await this.db.execute(
        `UPDATE identity.changed_subjects_horizon SET pruned = CASE WHEN ${isOurs} THEN oldest ELSE '0' END, oldest = pg_snapshot_xmin(pg_current_snapshot()),
           source = ${source}, noted_at = clock_timestamp() WHERE NOT (${isOurs}) OR ${isOld}`,
      );
    });
  }
}
