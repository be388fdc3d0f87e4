import { ApiProperty } from '@nestjs/swagger';
import { buckets, Flag, Instant, ListOf, OneOf, Text, Whole, type Bucket } from '@abide/platform';
import type { IngestSummary } from './ingest-statistics.queries.js';

const code = { max: 100 };
const count = { min: 0, max: Number.MAX_SAFE_INTEGER };

export class IngestSummaryQuery {
  @Instant({ optional: true, description: 'A day before `to` when left out' }) readonly from?: string;
  @Instant({ optional: true, description: 'Now when left out' }) readonly to?: string;
}

class IngestPointDto {
  @Instant({ description: 'The beginning of the step' }) readonly at: string = '';
  @Whole({ ...count, description: 'Stored for the first time; an event of a batch that is repeated counts once' })
  readonly accepted: number = 0;
  @Whole({ ...count, description: 'Refused, by whichever check' }) readonly refused: number = 0;
  @Whole({
    ...count,
    nullable: true,
    description: 'How long ago what was accepted had occurred, on average; null where nothing was',
  })
  readonly lagMilliseconds: number | null = null;
}

class ReasonSeriesDto {
  @Text({ ...code, example: 'consent.withdrawn' }) readonly code: string = '';
  @Whole(count) readonly events: number = 0;
  @ApiProperty({ type: [Number], description: 'As many as `points`, in their order' })
  readonly perPoint: readonly number[] = [];
}

class CategoryFiguresDto {
  @Text({ ...code, min: 0, description: 'Empty for what nobody registered' }) readonly category: string = '';
  @Flag({ description: 'The category is sensitive' }) readonly sensitive: boolean = false;
  @Whole(count) readonly accepted: number = 0;
  @Whole(count) readonly refused: number = 0;
}

/** What came in in a span of time, counted without anybody's name. */
export class IngestSummaryResponse {
  @Instant() readonly from: string = '';
  @Instant() readonly to: string = '';
  @OneOf(buckets, { description: 'How far apart the points are' }) readonly step: Bucket = 'hour';
  @ApiProperty({ example: 8, description: 'The zone whose days a step of a day is, in hours ahead of UTC' })
  readonly utcOffsetHours: number = 8;
  @Whole({
    ...count,
    description: 'Events that had been stored before and came again in another batch: neither accepted nor refused',
  })
  readonly alreadyStored: number = 0;
  @ListOf(() => IngestPointDto, { max: 500 }) readonly points: readonly IngestPointDto[] = [];
  @ListOf(() => ReasonSeriesDto, { max: 100, description: 'The most frequent reason first' })
  readonly byReason: readonly ReasonSeriesDto[] = [];
  @ListOf(() => CategoryFiguresDto, { max: 5000, description: 'The most frequent first' })
  readonly byCategory: readonly CategoryFiguresDto[] = [];
  @ApiProperty({
    example: 12.5,
    description: 'Events a second that came over the last complete minute, whatever became of them',
  })
  readonly perSecond: number = 0;
}

export function toIngestSummary({ from, to, points, ...summary }: IngestSummary): IngestSummaryResponse {
  return {
    ...summary,
    from: from.toISOString(),
    to: to.toISOString(),
    points: points.map(({ at, ...point }) => ({ at: at.toISOString(), ...point })),
  };
}
