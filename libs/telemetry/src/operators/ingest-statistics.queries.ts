import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { alreadyStoredCode } from '@abide/ingest';
import {
  bucketFor,
  bucketOfMinute,
  bucketParameters,
  bucketsOf,
  Database,
  type Bucket,
  type Span,
} from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { EventCounts } from '../batches/ingest-counts.js';
import {
  pointsOf,
  reasonsOf,
  type CountedOutcome,
  type IngestPoint,
  type ReasonSeries,
} from './ingest-statistics.rules.js';

/** What came in of one category; it is empty for what nobody registered. */
export interface CategoryFigures {
  readonly category: string;
  readonly sensitive: boolean;
  readonly accepted: number;
  readonly refused: number;
}

export interface IngestSummary extends Span {
  readonly step: Bucket;
  readonly utcOffsetHours: number;
  /** Events that had been stored before and came again in another batch: neither accepted nor refused. */
  readonly alreadyStored: number;
  readonly points: readonly IngestPoint[];
  readonly byReason: readonly ReasonSeries[];
  readonly byCategory: readonly CategoryFigures[];
  /** Events a second that came over the last complete minute, whatever became of them. */
  readonly perSecond: number;
}

const minute = 60_000;

/** What came in and what became of it, in figures that lead to nobody. */
@Injectable()
export class IngestStatistics {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
    private readonly counts: EventCounts,
  ) {}

  /** Steps of a day are days of the country whose law is in force. What other processes counted may come a few seconds later. */
  async summary(span: Span): Promise<IngestSummary> {
    await this.counts.flush();
    const step = bucketFor(span);
    const { rulebook, registry } = await this.rulebooks.current();
    const { utcOffsetHours } = rulebook.profile;
    const instants = bucketsOf(span, { bucket: step, utcOffsetHours });
    const [from = span.from] = instants;
    const counted = await this.db.query<CountedOutcome>(
      `SELECT ${bucketOfMinute} AS at, code, sum(items)::float8 AS events, sum(lag_ms)::float8 AS "lagMilliseconds" FROM telemetry.ingest_counts
       WHERE minute >= $3 AND minute < $4 GROUP BY 1, 2`,
      [...bucketParameters(step, utcOffsetHours), from, span.to],
    );
    const sensitive = new Set(
      registry.catalogue.categories.filter(({ isSensitive }) => isSensitive).map(({ code }) => code),
    );
    const alreadyStored = counted.reduce(
      (sum, { code, events }) => (code === alreadyStoredCode ? sum + events : sum),
      0,
    );
    const byCategory = (await this.byCategory({ from, to: span.to })).map((one) => ({
      ...one,
      sensitive: sensitive.has(one.category),
    }));
    return {
      ...span,
      step,
      utcOffsetHours,
      alreadyStored,
      points: pointsOf(counted, instants),
      byReason: reasonsOf(counted, instants),
      byCategory,
      perSecond: await this.perSecond(),
    };
  }

  private byCategory({ from, to }: Span): Promise<Omit<CategoryFigures, 'sensitive'>[]> {
    return this.db.query(
      `SELECT category, coalesce(sum(items) FILTER (WHERE code = ''), 0)::float8 AS accepted, coalesce(sum(items) FILTER (WHERE code <> ''), 0)::float8 AS refused
       FROM telemetry.ingest_counts WHERE minute >= $1 AND minute < $2 AND code <> $3 GROUP BY category ORDER BY sum(items) DESC, category`,
      [from, to, alreadyStoredCode],
    );
  }

  private async perSecond(): Promise<number> {
    const thisMinute = Math.floor(this.clock.now().getTime() / minute) * minute;
    const [row] = await this.db.query<{ events: number }>(
      'SELECT coalesce(sum(items), 0)::float8 AS events FROM telemetry.ingest_counts WHERE minute = $1',
      [new Date(thisMinute - minute)],
    );
    return (row?.events ?? 0) / 60;
  }
}
