import { Flag, LocalizedText, Nested, Text } from '@abide/platform';
import type { Service } from './registry-entries.entity.js';
import { codePattern, RegistryEntryDto, toCommonFields } from './registry-entry.dto.js';

export class NewService {
  @Text({ max: 80, pattern: codePattern, example: 'ticketing' }) readonly code: string = '';
  @Nested(() => LocalizedText) readonly name: LocalizedText = new LocalizedText();
  @Nested(() => LocalizedText, { optional: true, nullable: true }) readonly purpose: LocalizedText | null = null;
  @Flag({ optional: true }) readonly locationBased: boolean = false;
}

export class ServiceChanges {
  @Nested(() => LocalizedText, { optional: true }) readonly name?: LocalizedText;
  @Nested(() => LocalizedText, { optional: true, nullable: true }) readonly purpose?: LocalizedText | null;
  @Flag({ optional: true }) readonly locationBased?: boolean;
  @Flag({ optional: true }) readonly active?: boolean;
}

export class ServiceDto extends RegistryEntryDto {
  @Text({ max: 80 }) readonly code: string = '';
  @Nested(() => LocalizedText, { nullable: true }) readonly purpose: LocalizedText | null = null;
  @Flag() readonly locationBased: boolean = false;
  @Flag() readonly active: boolean = true;
}

export function toService(entry: Service): ServiceDto {
  const { code, name, purpose, isLocationBased, isActive } = entry;
  return { ...toCommonFields(entry), code, name, purpose, locationBased: isLocationBased, active: isActive };
}
