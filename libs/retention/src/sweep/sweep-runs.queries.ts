import { Injectable } from '@nestjs/common';
import { newId } from '@abide/kernel';
import { Database, type Position } from '@abide/platform';

export const runStates = ['asked', 'running', 'waiting', 'done', 'approved', 'superseded'] as const;
export const runReasons = ['schedule', 'operator', 'overdue', 'approval'] as const;

/** A look at what is due (dry), or its deletion. */
export interface SweepRun {
  readonly id: string;
  readonly isDry: boolean;
  readonly state: (typeof runStates)[number];
  /** `overdue`: so much was due that somebody is to look first. `approval`: somebody did. */
  readonly reason: (typeof runReasons)[number];
  readonly askedAt: Date;
  /** The operator who asked for it; null where nobody did. */
  readonly askedBy: string | null;
  /** What fell due at or before this instant. */
  readonly dueAt: Date;
  readonly endedAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  /** The dry run that this one does for real. */
  readonly dryRunId: string | null;
  /** The holders that could not be swept. */
  readonly failed: readonly string[];
}

/** How much of a category went, or would, and how much stays though it is due, since a hold covers it. */
export interface RunCount {
  readonly holder: string;
  readonly category: string;
  /** `schema.table`; empty where the holder names none. */
  readonly table: string;
  readonly records: number;
  readonly spared: number;
}

export interface NewRun extends Pick<SweepRun, 'isDry' | 'reason' | 'askedAt' | 'dueAt'> {
  readonly state: 'asked' | 'running';
  readonly askedBy?: string;
  readonly dryRunId?: string;
}

const columns = `id, is_dry AS "isDry", state, reason, asked_at AS "askedAt", asked_by AS "askedBy", due_at AS "dueAt", ended_at AS "endedAt",
  approved_by AS "approvedBy", approved_at AS "approvedAt", dry_run_id AS "dryRunId", failed`;

/** The runs of the sweeper and what they counted. */
@Injectable()
export class SweepRuns {
  constructor(private readonly db: Database) {}

  async insert({ isDry, state, reason, askedAt, dueAt, askedBy, dryRunId }: NewRun, id = newId()): Promise<string> {
    await this.db.execute(
      `INSERT INTO retention.runs (id, is_dry, state, reason, asked_at, asked_by, due_at, dry_run_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (id) DO NOTHING`,
      [id, isDry, state, reason, askedAt, askedBy ?? null, dueAt, dryRunId ?? null],
    );
    return id;
  }

  /** Asked for or under way: the oldest. */
  async next(): Promise<SweepRun | null> {
    return this.first(`WHERE state IN ('asked', 'running') ORDER BY asked_at, id LIMIT 1`);
  }

  /** The dry run that waits for somebody to look at it. */
  async waiting(): Promise<SweepRun | null> {
    return this.first(`WHERE state = 'waiting' ORDER BY asked_at DESC, id DESC LIMIT 1`);
  }

  async find(id: string): Promise<SweepRun | null> {
    return this.first('WHERE id = $1', [id]);
  }

  /** The same, kept as it is until the open transaction ends. */
  async lock(id: string): Promise<SweepRun | null> {
    return this.first('WHERE id = $1 FOR UPDATE', [id]);
  }

  /** Newest first, one more than `limit`. */
  list({ limit, after }: { readonly limit: number; readonly after: Position | null }): Promise<SweepRun[]> {
    return this.db.query<SweepRun>(
      `SELECT ${columns} FROM retention.runs WHERE $1::timestamptz IS NULL OR (asked_at, id) < ($1, $2::uuid)
       ORDER BY asked_at DESC, id DESC LIMIT $3`,
      [after?.at ?? null, after?.id ?? null, limit + 1],
    );
  }

  async begin(id: string): Promise<void> {
    await this.db.execute("UPDATE retention.runs SET state = 'running' WHERE id = $1 AND state = 'asked'", [id]);
  }

  /** What waited before is no longer what would go. */
  async end(id: string, state: 'done' | 'waiting', at: Date): Promise<void> {
    if (state === 'waiting')
      await this.db.execute("UPDATE retention.runs SET state = 'superseded' WHERE state = 'waiting'");
    await this.db.execute('UPDATE retention.runs SET state = $2, ended_at = $3 WHERE id = $1', [id, state, at]);
  }

  async approve(id: string, by: string, at: Date): Promise<void> {
    await this.db.execute(
      "UPDATE retention.runs SET state = 'approved', approved_by = $2, approved_at = $3 WHERE id = $1",
      [id, by, at],
    );
  }

  async noteFailed(id: string, holder: string): Promise<void> {
    await this.db.execute(
      'UPDATE retention.runs SET failed = array_append(array_remove(failed, $2), $2) WHERE id = $1',
      [id, holder],
    );
  }

  /** Adds what went to what had gone. */
  async addCounts(id: string, counts: readonly RunCount[]): Promise<void> {
    await this.write(id, counts, 'records = known.records + excluded.records');
  }

  /** What a look found at a holder, in place of what it had found before it was ended midway. */
  async setCounts(id: string, counts: readonly RunCount[]): Promise<void> {
    await this.write(id, counts, 'records = excluded.records, spared = excluded.spared');
  }

  /** What of these stays though it is due. */
  async setSpared(id: string, counts: readonly RunCount[]): Promise<void> {
    const spared = counts.map((count) => ({ ...count, records: 0 }));
    await this.write(id, spared, 'spared = excluded.spared');
  }

  countsOf(ids: readonly string[]): Promise<(RunCount & { readonly runId: string })[]> {
    return this.db.query(
      `SELECT run_id AS "runId", holder, category, table_name AS table, records::float8 AS records, spared::float8 AS spared
       FROM retention.run_counts WHERE run_id = ANY($1::uuid[]) AND records + spared > 0 ORDER BY records DESC, holder, category, table_name`,
      [ids],
    );
  }

  private async write(id: string, counts: readonly RunCount[], where: string): Promise<void> {
    await this.db.execute(
      `INSERT INTO retention.run_counts AS known (run_id, holder, category, table_name, records, spared)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])
       ON CONFLICT (run_id, holder, category, table_name) DO UPDATE SET ${where}`,
      [id, ...columnsOf(counts)],
    );
  }

  private async first(rest: string, parameters: readonly unknown[] = []): Promise<SweepRun | null> {
    const [run] = await this.db.query<SweepRun>(`SELECT ${columns} FROM retention.runs ${rest}`, parameters);
    return run ?? null;
  }
}

function columnsOf(counts: readonly RunCount[]): unknown[][] {
  return [
    counts.map(({ holder }) => holder),
    counts.map(({ category }) => category),
    counts.map(({ table }) => table),
    counts.map(({ records }) => records),
    counts.map(({ spared }) => spared),
  ];
}
