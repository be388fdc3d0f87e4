import { Injectable } from '@nestjs/common';
import { Database, type DueMonth } from '@abide/platform';
import type { RunCount } from './sweep-runs.queries.js';

/** What is older than its term, by who holds it. */
export interface OverdueRecords extends Pick<RunCount, 'holder' | 'category' | 'records'> {
  readonly seenAt: Date;
}

/** What falls due in a month. */
export interface ForecastMonth {
  readonly category: string;
  /** Its first day (UTC). */
  readonly month: string;
  readonly records: number;
}

interface SweeperState {
  /** When it last looked for what is due; null: never. */
  readonly lookedAt: Date | null;
  /** When it last deleted what was due; null: never. */
  readonly sweptAt: Date | null;
}

/** What the sweeper remembers between its turns. */
@Injectable()
export class SweeperStates {
  constructor(private readonly db: Database) {}

  async now(): Promise<SweeperState> {
    const [state] = await this.db.query<SweeperState>(
      'SELECT looked_at AS "lookedAt", swept_at AS "sweptAt" FROM retention.sweeper',
    );
    return state ?? { lookedAt: null, sweptAt: null };
  }

  async looked(at: Date): Promise<void> {
    await this.db.execute('UPDATE retention.sweeper SET looked_at = $1', [at]);
  }

  async swept(at: Date): Promise<void> {
    await this.db.execute('UPDATE retention.sweeper SET swept_at = $1', [at]);
  }

  overdue(): Promise<OverdueRecords[]> {
    return this.db.query<OverdueRecords>(
      `SELECT holder, category, records::float8 AS records, seen_at AS "seenAt" FROM retention.overdue ORDER BY records DESC, holder, category`,
    );
  }

  async setOverdue(counts: readonly RunCount[], seenAt: Date): Promise<void> {
    await this.db.transaction(async () => {
      await this.db.execute('DELETE FROM retention.overdue');
      await this.db.execute(
        `INSERT INTO retention.overdue (holder, category, records, seen_at)
         SELECT holder, category, sum(records), $4 FROM unnest($1::text[], $2::text[], $3::bigint[]) AS due (holder, category, records)
         WHERE records > 0 GROUP BY holder, category`,
        [
          counts.map(({ holder }) => holder),
          counts.map(({ category }) => category),
          counts.map(({ records }) => records),
          seenAt,
        ],
      );
    });
  }

  /** Of every holder together; null where nothing was counted yet. */
  async forecast(): Promise<{ countedAt: Date | null; months: ForecastMonth[] }> {
    const months = await this.db.query<ForecastMonth & { countedAt: Date }>(
      `SELECT category, to_char(month, 'YYYY-MM-DD') AS month, sum(records)::float8 AS records, max(counted_at) AS "countedAt"
       FROM retention.forecast GROUP BY category, month ORDER BY month, category`,
    );
    return { countedAt: months[0]?.countedAt ?? null, months };
  }

  async setForecast(
    counts: readonly { readonly holder: string; readonly months: readonly DueMonth[] }[],
    at: Date,
  ): Promise<void> {
    const rows = counts.flatMap(({ holder, months }) => months.map((month) => ({ holder, ...month })));
    await this.db.transaction(async () => {
      await this.db.execute('DELETE FROM retention.forecast');
      await this.db.execute(
        `INSERT INTO retention.forecast (holder, category, month, records, counted_at)
         SELECT due.*, $5 FROM unnest($1::text[], $2::text[], $3::date[], $4::bigint[]) AS due`,
        [
          rows.map(({ holder }) => holder),
          rows.map(({ category }) => category),
          rows.map(({ month }) => month),
          rows.map(({ count }) => count),
          at,
        ],
      );
    });
  }
}
