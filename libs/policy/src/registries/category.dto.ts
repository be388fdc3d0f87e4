import { Flag, LocalizedText, Nested, Text } from '@abide/platform';
import type { Category } from './registry-entries.entity.js';
import { codePattern, RegistryEntryDto, toCommonFields } from './registry-entry.dto.js';

export class NewCategory {
  @Text({ max: 80, pattern: codePattern, example: 'vehicle.plate' }) readonly code: string = '';
  @Nested(() => LocalizedText) readonly name: LocalizedText = new LocalizedText();
  @Flag({ description: 'Needs separate consent where the profile demands it' }) readonly sensitive: boolean = false;
  @Flag({ optional: true, description: 'Collected only while positioning is on' }) readonly location: boolean = false;
}

export class CategoryChanges {
  @Nested(() => LocalizedText, { optional: true }) readonly name?: LocalizedText;
  @Flag({ optional: true }) readonly sensitive?: boolean;
  @Flag({ optional: true }) readonly location?: boolean;
}

export class CategoryDto extends RegistryEntryDto {
  @Text({ max: 80 }) readonly code: string = '';
  @Flag() readonly sensitive: boolean = false;
  @Flag() readonly location: boolean = false;
  @Flag({ description: 'Comes with the product' }) readonly seed: boolean = false;
}

export function toCategory(entry: Category): CategoryDto {
  const { code, label, isSensitive, isLocation, isSeed } = entry;
  return { ...toCommonFields(entry), code, name: label, sensitive: isSensitive, location: isLocation, seed: isSeed };
}
