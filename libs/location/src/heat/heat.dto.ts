import { DomainError } from '@abide/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { Flag, Instant, ListOf, Text, Whole } from '@abide/platform';
import { cellToBoundary } from 'h3-js';
import { coarseResolution } from '../places/place.rules.js';
import type { Heat } from './heat.rules.js';
import { weekInMilliseconds, weekOf } from './heat-weeks.rules.js';
import type { HeatQuestion } from './heat.service.js';

const longestWeeks = 14;
const coarsest = 2;

export class HeatQuery {
  @Text({ max: 100, example: 'service.provision' }) readonly purpose: string = '';
  @Instant({
    optional: true,
    description:
      'Widened to the beginning of its week, Monday in the zone of the law in force; the week of `to` when left out',
  })
  readonly from?: string;
  @Instant({ optional: true, description: 'Widened to the end of its week; now when left out' }) readonly to?: string;
  @Whole({
    min: coarsest,
    max: coarseResolution,
    default: coarseResolution,
    optional: true,
    description: 'Of the H3 grid: 5 is some 250 km² a cell, 4 some 1,800, 3 some 12,000, 2 some 87,000',
  })
  readonly resolution: number = coarseResolution;
}

class HeatCellDto {
  @Text({ max: 20, description: 'The H3 index', example: '853096a7fffffff' }) readonly cell: string = '';
  @Whole({
    min: 10,
    max: Number.MAX_SAFE_INTEGER,
    description: 'How many different subjects were in it, in the week in which they were the most',
  })
  readonly subjects: number = 0;
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
    description: 'Its corners, [latitude, longitude] each',
  })
  readonly boundary: readonly (readonly [number, number])[] = [];
}

/** A coarse map of where subjects were. */
export class HeatResponse {
  @Text({ max: 100 }) readonly purpose: string = '';
  @Instant() readonly from: string = '';
  @Instant() readonly to: string = '';
  @Whole({ min: coarsest, max: coarseResolution }) readonly resolution: number = coarseResolution;
  @Whole({ min: 10, max: 1_000_000, description: 'Of cells with fewer subjects in every week nothing is told' })
  readonly minimumGroup: number = 20;
  @Flag({ description: 'There are such cells' }) readonly suppressedCells: boolean = false;
  @ListOf(() => HeatCellDto, { max: 5000, description: 'Those with the most subjects first' })
  readonly cells: readonly HeatCellDto[] = [];
}

/**
 * Whole weeks of the law's zone, each counted by itself: what two periods do not have in common is weeks that tell nothing of fewer than the smallest group.
 * @throws DomainError `request.invalid` for a period that ends before it begins or is too long
 */
export function toHeatQuestion(
  { purpose, from, to, resolution }: HeatQuery,
  { now, utcOffsetHours }: { now: Date; utcOffsetHours: number },
): HeatQuestion {
  const end = to === undefined ? now.getTime() : Date.parse(to);
  const last = weekOf(to === undefined ? end : end - 1, utcOffsetHours);
  const first = from === undefined ? last : weekOf(Date.parse(from), utcOffsetHours);
  if (from !== undefined && Date.parse(from) >= end) throw wrongPeriod('/to', 'The period ends before it begins.');
  if (last - first >= longestWeeks * weekInMilliseconds)
    throw wrongPeriod('/from', `The period is longer than ${longestWeeks} weeks.`);
  return { purpose, from: new Date(first), to: new Date(last + weekInMilliseconds), resolution };
}

export function toHeatResponse(
  { purpose, from, to, resolution }: HeatQuestion,
  { cells, isSuppressed, minimumGroup }: Heat & { minimumGroup: number },
): HeatResponse {
  return {
    purpose,
    from: from.toISOString(),
    to: to.toISOString(),
    resolution,
    minimumGroup,
    suppressedCells: isSuppressed,
    cells: cells.map(({ cell, subjects }) => ({ cell, subjects, boundary: cellToBoundary(cell) })),
  };
}

function wrongPeriod(pointer: string, message: string): DomainError {
  return new DomainError('invalid', 'request.invalid', {
    detail: 'Some fields cannot be accepted. Correct them and ask again.',
    errors: [{ pointer, code: 'invalid', message }],
  });
}
