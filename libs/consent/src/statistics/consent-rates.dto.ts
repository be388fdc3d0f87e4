import { Day, Instant, ListOf, LocalizedText, Nested, Text, Whole } from '@abide/platform';
import type { PurposeRates } from './purpose-rates.js';

const people = { min: 0, max: 2_147_483_647 };

export class RatesQuery {
  @Text({ max: 80, optional: true, description: 'Only this purpose' }) readonly purpose?: string;
  @Day({ optional: true, description: 'The first day; counted back from the last by `days` when left out' })
  readonly from?: string;
  @Day({ optional: true, description: 'The last day; today when left out. At most 366 days after the first' })
  readonly to?: string;
  @Whole({
    min: 1,
    max: 366,
    default: 30,
    optional: true,
    description: 'How many days up to the last, where `from` is left out',
  })
  readonly days: number = 30;
}

class RatePoint {
  @Day() readonly day: string = '';
  @Whole({ ...people, description: 'Subjects whose grant stands' }) readonly granted: number = 0;
  @Whole({ ...people, description: 'Subjects whose withdrawal stands' }) readonly withdrawn: number = 0;
  @Whole({ ...people, description: 'Active subjects' }) readonly subjects: number = 0;
}

class PurposeRatesDto {
  @Text({ max: 80 }) readonly purpose: string = '';
  @Nested(() => LocalizedText) readonly name: LocalizedText = new LocalizedText();
  @ListOf(() => RatePoint, { max: 366, description: 'At the end of each day; today so far' })
  readonly points: readonly RatePoint[] = [];
}

export class ConsentRatesResponse {
  @ListOf(() => PurposeRatesDto, { max: 5000 }) readonly items: readonly PurposeRatesDto[] = [];
  @Whole({ min: -12, max: 14, description: 'The zone whose calendar days are meant, in hours ahead of UTC' })
  readonly utcOffsetHours: number = 0;
  @Instant({ nullable: true, description: 'When the newest figures were counted' }) readonly asOf: string | null = null;
}

export function toConsentRates({
  items,
  utcOffsetHours,
  asOf,
}: {
  items: readonly PurposeRates[];
  utcOffsetHours: number;
  asOf: Date | null;
}): ConsentRatesResponse {
  return { items, utcOffsetHours, asOf: asOf?.toISOString() ?? null };
}
