import type { Localized } from '@abide/kernel';
import type { CategoryEntry, PurposeEntry } from './catalogue.js';
import type { RecipientEntry } from './document.js';
import type { Profile } from './profiles.js';
import type { RulebookRegistry } from './registry.js';
import type { RecipientKind } from './vocabulary.js';

/** The registry as one document sees it, ready to be asked. `null` where offline and the file says nothing. */
export interface Lookup {
  readonly categories: ReadonlyMap<string, CategoryEntry>;
  readonly purposes: ReadonlyMap<string, PurposeEntry>;
  readonly services: ReadonlySet<string>;
  /** The registered ones and those that the file itself describes; the registry decides where both do. */
  readonly recipients: ReadonlyMap<string, RecipientEntry>;
  readonly registeredRecipients: ReadonlySet<string> | null;
  readonly thirdPartyServices: ReadonlySet<string> | null;
  readonly profile: Profile;
  readonly today: string | null;
}

export interface LookupSource {
  readonly service?: string;
  readonly services?: readonly string[];
  readonly recipients?: readonly RecipientEntry[];
}

export function lookupFor(document: LookupSource, registry: RulebookRegistry): Lookup {
  const ownServices = [...(document.services ?? []), ...(document.service === undefined ? [] : [document.service])];
  return {
    categories: new Map(registry.catalogue.categories.map((entry) => [entry.code, entry])),
    purposes: new Map(registry.catalogue.purposes.map((entry) => [entry.code, entry])),
    services: new Set(registry.services ?? ownServices),
    recipients: new Map(
      [...(document.recipients ?? []), ...(registry.recipients ?? [])].map((entry) => [entry.slug, entry]),
    ),
    registeredRecipients: registry.recipients && new Set(registry.recipients.map((entry) => entry.slug)),
    thirdPartyServices: registry.thirdPartyServices && new Set(registry.thirdPartyServices),
    profile: registry.profile,
    today: registry.today ?? null,
  };
}

/** What people call a kind of data or a purpose; the code itself where the registry does not know it. */
export function nameOf(code: string, entries: ReadonlyMap<string, { readonly label: Localized }>): Localized {
  if (code === '*') return { 'zh-CN': '全部信息', en: 'all data' };
  return entries.get(code)?.label ?? { 'zh-CN': code, en: code };
}

/** The slug behind `recipient:<slug>`; null for a kind. */
export function namedRecipient(reference: string): string | null {
  return reference.startsWith('recipient:') ? reference.slice('recipient:'.length) : null;
}

/** The kind that a reference in a sharing term stands for; null when the recipient is not known. */
export function kindOf(reference: string, recipients: ReadonlyMap<string, RecipientEntry>): RecipientKind | null {
  const slug = namedRecipient(reference);
  if (slug === null) return reference as RecipientKind;
  return recipients.get(slug)?.kind ?? null;
}

/** `'*'` stands for every category of the catalogue. */
export function expandCategories(
  codes: readonly string[],
  categories: ReadonlyMap<string, CategoryEntry>,
): readonly string[] {
  return codes.includes('*') ? [...categories.keys()] : [...new Set(codes)];
}

const openEndedCode = /(?:^|\.)(?:\*|other|others|any|anything|etc|misc|unspecified)$/;

/** Whether a purpose has no bounds (`*`, `other`, `service.other`): such wording permits nothing (register of promises, U1). */
export function isOpenEnded(purpose: string): boolean {
  return openEndedCode.test(purpose);
}

export function boundedPurposes(purposes: readonly string[]): readonly string[] {
  return [...new Set(purposes)].filter((purpose) => !isOpenEnded(purpose));
}
