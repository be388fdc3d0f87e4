import { Flag, LocalizedText, Nested, OneOf, Text } from '@abide/platform';
import { thirdPartyUses, type ThirdPartyService, type ThirdPartyUse } from './registry-entries.entity.js';
import { codePattern, RegistryEntryDto, toCommonFields } from './registry-entry.dto.js';

const linkPattern = /^https:\/\/\S+$/;

export class NewThirdPartyService {
  @Text({ max: 80, pattern: codePattern, example: 'blue-pass' }) readonly slug: string = '';
  @Nested(() => LocalizedText) readonly name: LocalizedText = new LocalizedText();
  @Text({ max: 500, pattern: linkPattern, format: 'uri' }) readonly policyLink: string = '';
  @OneOf(thirdPartyUses) readonly use: ThirdPartyUse = 'link';
  @Nested(() => LocalizedText, { optional: true, nullable: true }) readonly purpose: LocalizedText | null = null;
}

export class ThirdPartyServiceChanges {
  @Nested(() => LocalizedText, { optional: true }) readonly name?: LocalizedText;
  @Text({ max: 500, pattern: linkPattern, format: 'uri', optional: true }) readonly policyLink?: string;
  @OneOf(thirdPartyUses, { optional: true }) readonly use?: ThirdPartyUse;
  @Nested(() => LocalizedText, { optional: true, nullable: true }) readonly purpose?: LocalizedText | null;
  @Flag({ optional: true }) readonly active?: boolean;
}

export class ThirdPartyServiceDto extends RegistryEntryDto {
  @Text({ max: 80 }) readonly slug: string = '';
  @Text({ max: 500, format: 'uri' }) readonly policyLink: string = '';
  @OneOf(thirdPartyUses) readonly use: ThirdPartyUse = 'link';
  @Nested(() => LocalizedText, { nullable: true }) readonly purpose: LocalizedText | null = null;
  @Flag() readonly active: boolean = true;
}

export function toThirdPartyService(entry: ThirdPartyService): ThirdPartyServiceDto {
  const { code, name, policyLink, use, purpose, isActive } = entry;
  return { ...toCommonFields(entry), slug: code, name, policyLink, use, purpose, active: isActive };
}
