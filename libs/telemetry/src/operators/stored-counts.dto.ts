import { DueDto, toDue } from '@abide/consent';
import { Flag, Instant, ListOf, Nested, Text, Texts, Whole } from '@abide/platform';
import type { StoredVolume } from './stored-counts.js';

const code = { max: 100 };
const count = { min: 0, max: Number.MAX_SAFE_INTEGER };

class KeepingDto {
  @Texts({
    max: 200,
    maxLength: 100,
    nullable: true,
    description: 'The codes of the purposes; null: whatever it is for',
  })
  readonly purposes: readonly string[] | null = null;
  @Text({
    max: 40,
    nullable: true,
    example: 'P6M',
    description: 'From when it occurred (ISO 8601); null: until an event',
  })
  readonly period: string | null = null;
  @Text({ max: 40, nullable: true, description: 'The event until which it is kept' }) readonly until: string | null =
    null;
  @Text({ max: 40, description: 'What happens then: delete, anonymise or restrict' }) readonly then: string = '';
  @Text({ max: 60 }) readonly policy: string = '';
  @Whole({ min: 1, max: 1_000_000 }) readonly revision: number = 1;
  @Text({ max: 80 }) readonly clauseId: string = '';
}

class VolumeDto {
  @Text(code) readonly category: string = '';
  @Text(code) readonly service: string = '';
  @Flag({ description: 'The category is sensitive' }) readonly sensitive: boolean = false;
  @Whole(count) readonly events: number = 0;
  @Whole({ ...count, description: 'Among them: sensitive by category, by the subject’s word or by their age' })
  readonly sensitiveEvents: number = 0;
  @Nested(() => DueDto, {
    nullable: true,
    description:
      'Among them: what was over its time when they were counted and is not swept yet; null where nothing was',
  })
  readonly due: DueDto | null = null;
  @ListOf(() => KeepingDto, {
    max: 100,
    description:
      'How long what comes in now is kept, for the purposes that are told apart; empty where no clause in force says so',
  })
  readonly keepings: readonly KeepingDto[] = [];
}

export class VolumesResponse {
  @ListOf(() => VolumeDto, { max: 1000, description: 'The largest first' }) readonly items: readonly VolumeDto[] = [];
  @Instant({
    nullable: true,
    description: 'When they were counted; null while nothing is stored or nothing was counted yet',
  })
  readonly asOf: string | null = null;
}

export function toVolumes({ items, asOf }: { items: readonly StoredVolume[]; asOf: Date | null }): VolumesResponse {
  return {
    items: items.map(({ due, ...volume }) => ({ ...volume, due: toDue(due) })),
    asOf: asOf?.toISOString() ?? null,
  };
}
