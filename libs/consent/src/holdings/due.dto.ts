import { Instant, Whole, type DueRecords } from '@abide/platform';

/** What is over its time and still stored. */
export class DueDto {
  @Whole({ min: 1, max: Number.MAX_SAFE_INTEGER, description: 'How many records' }) readonly count: number = 0;
  @Instant({ description: 'When the first of them fell due' }) readonly since: string = '';
}

export function toDue(due: DueRecords | null): DueDto | null {
  return due && { count: due.count, since: due.since.toISOString() };
}
