import { Flag, LocalizedText, Nested, Text } from '@abide/platform';
import type { Purpose } from './registry-entries.entity.js';
import { codePattern, RegistryEntryDto, toCommonFields } from './registry-entry.dto.js';

export class NewPurpose {
  @Text({ max: 80, pattern: codePattern, example: 'loyalty.points' }) readonly code: string = '';
  @Nested(() => LocalizedText) readonly name: LocalizedText = new LocalizedText();
  @Flag({ optional: true, description: 'Refused under Global Privacy Control' }) readonly coveredByGpc: boolean = false;
}

export class PurposeChanges {
  @Nested(() => LocalizedText, { optional: true }) readonly name?: LocalizedText;
  @Flag({ optional: true }) readonly coveredByGpc?: boolean;
}

export class PurposeDto extends RegistryEntryDto {
  @Text({ max: 80 }) readonly code: string = '';
  @Flag() readonly coveredByGpc: boolean = false;
  @Flag({ description: 'Comes with the product' }) readonly seed: boolean = false;
}

export function toPurpose(entry: Purpose): PurposeDto {
  const { code, label, isCoveredByGpc, isSeed } = entry;
  return { ...toCommonFields(entry), code, name: label, coveredByGpc: isCoveredByGpc, seed: isSeed };
}
