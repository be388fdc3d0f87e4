import type { LocalizedText } from '../../../api/types.js';
import type { PolicyKind, PolicySummary } from '../policies.types.js';
import type { Intended, WantedDraft } from './imports.queries.js';

export const policyKinds: readonly PolicyKind[] = ['general', 'service', 'agreement'];

/** What the import is to become, as the address says. */
export function intendedOf(search: URLSearchParams): Intended {
  const kind = policyKinds.find((one) => one === search.get('kind')) ?? 'general';
  const service = search.get('service');
  return { kind, ...(kind === 'service' && service ? { service } : {}) };
}

/** What is asked for before a draft is saved. */
export interface NewPolicy {
  readonly into: 'new' | 'existing';
  readonly existing?: string;
  readonly slug?: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly contactZh?: string;
  readonly contactEn?: string;
  readonly withTests?: boolean;
}

interface Hashed {
  readonly contentHash: string;
}

interface Known {
  readonly intended: Intended;
  /** The policy that it becomes the next text of. */
  readonly existing: PolicySummary | undefined;
  /** What that policy has already and what is written over. */
  readonly there: { readonly draft: Hashed | null; readonly tests: Hashed | null };
}

export function wantedDraft(given: NewPolicy, { intended, existing, there }: Known): WantedDraft {
  const { titleZh, titleEn, contactZh = '', contactEn = '', withTests = false } = given;
  const { kind, service } = existing ?? intended;
  const contact = { 'zh-CN': contactZh.trim() || contactEn.trim(), en: contactEn.trim() || contactZh.trim() };
  return {
    slug: existing?.slug ?? given.slug ?? '',
    kind,
    ...(service ? { service } : {}),
    title: whole({ 'zh-CN': titleZh, en: titleEn }),
    ...(contact.en ? { contact: whole(contact) } : {}),
    withTests,
    ...(there.draft ? { replacesDraft: there.draft.contentHash } : {}),
    ...(withTests && there.tests ? { replacesTests: there.tests.contentHash } : {}),
  };
}

function whole(text: Required<LocalizedText>): Required<LocalizedText> {
  return { 'zh-CN': text['zh-CN'].trim(), en: text.en.trim() };
}
