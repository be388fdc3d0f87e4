import { Flag, JsonObject, LocalizedText, Nested, Text } from '@abide/platform';
import { EventFieldsDto } from './event-fields.dto.js';
import type { Category } from './registry-entries.entity.js';
import { codePattern, RegistryEntryDto, toCommonFields } from './registry-entry.dto.js';

const eventFieldsOptions = {
  shape: () => EventFieldsDto,
  nullable: true,
  description: 'What an event of this category may hold, beside what the product knows of it; null: nothing more',
} as const;

export class NewCategory {
  @Text({ max: 80, pattern: codePattern, example: 'vehicle.plate' }) readonly code: string = '';
  @Nested(() => LocalizedText) readonly name: LocalizedText = new LocalizedText();
  @Flag({ description: 'Needs separate consent where the profile demands it' }) readonly sensitive: boolean = false;
  @Flag({ optional: true, description: 'Collected only while positioning is on' }) readonly location: boolean = false;
  @JsonObject({ ...eventFieldsOptions, optional: true }) readonly eventFields?: EventFieldsDto | null;
}

export class CategoryChanges {
  @Nested(() => LocalizedText, { optional: true }) readonly name?: LocalizedText;
  @Flag({ optional: true }) readonly sensitive?: boolean;
  @Flag({ optional: true }) readonly location?: boolean;
  @JsonObject({ ...eventFieldsOptions, optional: true }) readonly eventFields?: EventFieldsDto | null;
}

export class CategoryDto extends RegistryEntryDto {
  @Text({ max: 80 }) readonly code: string = '';
  @Flag() readonly sensitive: boolean = false;
  @Flag() readonly location: boolean = false;
  @Flag({ description: 'Comes with the product' }) readonly seed: boolean = false;
  @JsonObject(eventFieldsOptions) readonly eventFields: EventFieldsDto | null = null;
}

export function toCategory(entry: Category): CategoryDto {
  const { code, label, isSensitive, isLocation, isSeed, eventFields } = entry;
  return {
    ...toCommonFields(entry),
    code,
    name: label,
    sensitive: isSensitive,
    location: isLocation,
    seed: isSeed,
    eventFields,
  };
}
