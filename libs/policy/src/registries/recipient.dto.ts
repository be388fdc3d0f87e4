import { Day, Flag, LocalizedText, Nested, OneOf, Text } from '@abide/platform';
import { recipientKinds, type RecipientKind } from '@abide/rulebook';
import type { Recipient } from './registry-entries.entity.js';
import { RegistryEntryDto, toCommonFields } from './registry-entry.dto.js';

const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const regionPattern = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/;

export class NewRecipient {
  @Text({ max: 60, pattern: slugPattern, example: 'map-provider' }) readonly slug: string = '';
  @OneOf(recipientKinds) readonly kind: RecipientKind = 'processor';
  @Nested(() => LocalizedText) readonly name: LocalizedText = new LocalizedText();
  @Text({ max: 6, pattern: regionPattern, example: 'CN' }) readonly region: string = '';
  @Text({ max: 300, optional: true, nullable: true }) readonly contact: string | null = null;
  @Nested(() => LocalizedText, { optional: true, nullable: true }) readonly purpose: LocalizedText | null = null;
  @Day({ optional: true, nullable: true, description: 'Last day of the contract; null where none is needed' })
  readonly contractUntil: string | null = null;
}

export class RecipientChanges {
  @OneOf(recipientKinds, { optional: true }) readonly kind?: RecipientKind;
  @Nested(() => LocalizedText, { optional: true }) readonly name?: LocalizedText;
  @Text({ max: 6, pattern: regionPattern, optional: true }) readonly region?: string;
  @Text({ max: 300, optional: true, nullable: true }) readonly contact?: string | null;
  @Nested(() => LocalizedText, { optional: true, nullable: true }) readonly purpose?: LocalizedText | null;
  @Day({ optional: true, nullable: true }) readonly contractUntil?: string | null;
  @Flag({ optional: true }) readonly active?: boolean;
}

export class RecipientDto extends RegistryEntryDto {
  @Text({ max: 60 }) readonly slug: string = '';
  @OneOf(recipientKinds) readonly kind: RecipientKind = 'processor';
  @Text({ max: 6 }) readonly region: string = '';
  @Text({ max: 300, nullable: true }) readonly contact: string | null = null;
  @Nested(() => LocalizedText, { nullable: true }) readonly purpose: LocalizedText | null = null;
  @Day({ nullable: true }) readonly contractUntil: string | null = null;
  @Flag() readonly active: boolean = true;
}

export function toRecipient(entry: Recipient): RecipientDto {
  const { code, kind, name, region, contact, purpose, contractUntil, isActive } = entry;
  return {
    ...toCommonFields(entry),
    slug: code,
    kind,
    name,
    region,
    contact,
    purpose,
    contractUntil,
    active: isActive,
  };
}
