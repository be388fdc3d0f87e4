import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, dayInMilliseconds, type Page } from '@abide/kernel';
import {
  bucketFor,
  bucketOfMinute,
  bucketParameters,
  bucketsOf,
  Database,
  readCursor,
  ScheduledTasks,
  toPage,
  type Bucket,
  type PageQuery,
  type Span,
} from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { DecisionCounts } from '../gate/decision-counts.js';
import { seriesOf, type CodeSeries } from './decision-statistics.rules.js';

/** How many decisions came out how, of one purpose and category. */
export interface CountedDecisions {
  readonly purpose: string;
  readonly category: string;
  readonly code: string;
  readonly decisions: number;
}

export interface DecisionSummary extends Span {
  readonly bucket: Bucket;
  readonly utcOffsetHours: number;
  readonly instants: readonly Date[];
  readonly codes: readonly CodeSeries[];
  readonly counts: readonly CountedDecisions[];
}

/** A refusal that was kept as an example of its kind: of nobody. */
export interface SampledRefusal {
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly purpose: string;
  readonly category: string;
  readonly service: string | null;
  readonly recipient: string | null;
  readonly region: string | null;
  readonly code: string;
  readonly policy: string | null;
  readonly revision: number | null;
  readonly clauseId: string | null;
}

export interface RefusalFilter {
  readonly purpose?: string;
  readonly category?: string;
  readonly code?: string;
  readonly from?: string;
  readonly to?: string;
}

const keepCountsDays = 400;
const keepSamplesDays = 30;
const mostCounts = 1000;

/** What the gate decided, in figures and examples that lead to nobody; what is too old is deleted. */
@Injectable()
export class DecisionStatistics implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
    private readonly rulebooks: EffectiveRulebook,
    private readonly counts: DecisionCounts,
  ) {}

  onModuleInit(): void {
    this.tasks.every(3600, 'consent.decision_figures', () => this.sweep());
  }

  /** Buckets by day are days of the country whose law is in force. What other processes counted may come a few seconds later. */
  async summary(span: Span, purpose: string | null): Promise<DecisionSummary> {
    await this.counts.flush();
    const bucket = bucketFor(span);
    const { utcOffsetHours } = (await this.rulebooks.current()).rulebook.profile;
    const instants = bucketsOf(span, { bucket, utcOffsetHours });
    const [from = span.from] = instants;
    const rows = await this.db.query<{ at: Date; code: string; decisions: number }>(
      `SELECT ${bucketOfMinute} AS at, code, sum(decisions)::float8 AS decisions FROM consent.decision_counts
       WHERE minute >= $3 AND minute < $4 AND ($5::text IS NULL OR purpose = $5) GROUP BY 1, 2`,
      [...bucketParameters(bucket, utcOffsetHours), from, span.to, purpose],
    );
    return {
      ...span,
      bucket,
      utcOffsetHours,
      instants,
      codes: seriesOf(rows, instants),
      counts: await this.countsOf({ from, to: span.to }, purpose),
    };
  }

  async refusals({ limit, cursor }: PageQuery, filter: RefusalFilter): Promise<Page<SampledRefusal>> {
    await this.counts.flush();
    const after = readCursor(cursor);
    const { purpose = null, category = null, code = null, from = null, to = null } = filter;
    const rows = await this.db.query<SampledRefusal>(
      `SELECT id, at, action, purpose, category, service, recipient, region, code, policy, revision, clause_id AS "clauseId" FROM consent.refusal_samples
       WHERE ($1::timestamptz IS NULL OR (at, id) < ($1, $2::uuid)) AND ($3::text IS NULL OR purpose = $3) AND ($4::text IS NULL OR category = $4)
         AND ($5::text IS NULL OR code = $5) AND ($6::timestamptz IS NULL OR at >= $6) AND ($7::timestamptz IS NULL OR at < $7)
       ORDER BY at DESC, id DESC LIMIT $8`,
      [after?.at ?? null, after?.id ?? null, purpose, category, code, from, to, limit + 1],
    );
    return toPage(
      rows,
      limit,
      ({ at, id }) => ({ at, id }),
      (row) => row,
    );
  }

  private countsOf({ from, to }: Span, purpose: string | null): Promise<CountedDecisions[]> {
    return this.db.query<CountedDecisions>(
      `SELECT purpose, category, code, sum(decisions)::float8 AS decisions FROM consent.decision_counts
       WHERE minute >= $1 AND minute < $2 AND ($3::text IS NULL OR purpose = $3)
       GROUP BY purpose, category, code ORDER BY decisions DESC, purpose, category, code LIMIT ${mostCounts}`,
      [from, to, purpose],
    );
  }

  private async sweep(): Promise<void> {
    const daysAgo = (days: number) => new Date(this.clock.now().getTime() - days * dayInMilliseconds);
    await this.db.execute('DELETE FROM consent.decision_counts WHERE minute < $1', [daysAgo(keepCountsDays)]);
    await this.db.execute('DELETE FROM consent.refusal_samples WHERE at < $1', [daysAgo(keepSamplesDays)]);
  }
}
