import { ApiProperty } from '@nestjs/swagger';
import { buckets, Id, Instant, ListOf, OneOf, PageQuery, Text, Whole, type Bucket } from '@abide/platform';
import type { DecisionSummary, SampledRefusal } from './decision-statistics.queries.js';

const code = { max: 100 };
const most = Number.MAX_SAFE_INTEGER;

export class DecisionSummaryQuery {
  @Instant({ optional: true, description: 'A day before `to` when left out' }) readonly from?: string;
  @Instant({ optional: true, description: 'Now when left out' }) readonly to?: string;
  @Text({ ...code, optional: true }) readonly purpose?: string;
}

class CodeSeriesDto {
  @Text({ ...code, description: '`allowed`, or why not' }) readonly code: string = '';
  @Whole({ min: 0, max: most }) readonly decisions: number = 0;
  @ApiProperty({ type: [Number], description: 'As many as `instants`, in their order' })
  readonly perBucket: readonly number[] = [];
}

class CountedDecisionsDto {
  @Text({ ...code, min: 0, description: 'Empty where a collection named none' }) readonly purpose: string = '';
  @Text(code) readonly category: string = '';
  @Text(code) readonly code: string = '';
  @Whole({ min: 0, max: most }) readonly decisions: number = 0;
}

/** What the gate decided in a span of time, counted without anybody's name. */
export class DecisionSummaryResponse {
  @Instant() readonly from: string = '';
  @Instant() readonly to: string = '';
  @OneOf(buckets) readonly bucket: Bucket = 'hour';
  @ApiProperty({ example: 8, description: 'The zone whose days a bucket of a day is, in hours ahead of UTC' })
  readonly utcOffsetHours: number = 8;
  @ApiProperty({ type: [String], description: 'The beginnings of the buckets' }) readonly instants: readonly string[] =
    [];
  @ListOf(() => CodeSeriesDto, { max: 100, description: 'The most frequent outcome first' })
  readonly codes: readonly CodeSeriesDto[] = [];
  @ListOf(() => CountedDecisionsDto, { max: 1000, description: 'The most frequent first' })
  readonly counts: readonly CountedDecisionsDto[] = [];
}

export class RefusalQuery extends PageQuery {
  @Text({ ...code, optional: true }) readonly purpose?: string;
  @Text({ ...code, optional: true }) readonly category?: string;
  @Text({ ...code, optional: true }) readonly code?: string;
  @Instant({ optional: true }) readonly from?: string;
  @Instant({ optional: true }) readonly to?: string;
}

export class SampledRefusalDto {
  @Id() readonly id: string = '';
  @Instant() readonly at: string = '';
  @Text({ max: 20 }) readonly action: string = '';
  @Text({ ...code, min: 0 }) readonly purpose: string = '';
  @Text(code) readonly category: string = '';
  @Text({ ...code, nullable: true }) readonly service: string | null = null;
  @Text({ ...code, nullable: true }) readonly recipient: string | null = null;
  @Text({ max: 10, nullable: true }) readonly region: string | null = null;
  @Text(code) readonly code: string = '';
  @Text({ max: 60, nullable: true, description: 'The policy whose clause came nearest' }) readonly policy:
    string | null = null;
  @Whole({ min: 1, max: 1_000_000, nullable: true }) readonly revision: number | null = null;
  @Text({ max: 80, nullable: true }) readonly clauseId: string | null = null;
}

export function toDecisionSummary({ from, to, instants, ...summary }: DecisionSummary): DecisionSummaryResponse {
  return {
    ...summary,
    from: from.toISOString(),
    to: to.toISOString(),
    instants: instants.map((at) => at.toISOString()),
  };
}

export function toSampledRefusal({ at, ...refusal }: SampledRefusal): SampledRefusalDto {
  return { ...refusal, at: at.toISOString() };
}
