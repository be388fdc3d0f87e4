import type { TestedPermission } from '@abide/rulebook';
import type { LocalizedText } from '../../../api/types.js';
import type { PolicyKind, PolicySummary } from '../policies.types.js';
import type { Intended, WantedDraft } from './imports.queries.js';
import { testKey } from './suggested-tests.js';

export const policyKinds: readonly PolicyKind[] = ['general', 'service', 'agreement', 'guide'];

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
  /** The keys of the suggested tests that are wanted. */
  readonly tests?: readonly string[];
}

interface Hashed {
  readonly contentHash: string;
}

interface Known {
  readonly intended: Intended;
  /** The policy that it becomes the next text of. */
  readonly existing: PolicySummary | undefined;
  /** What that policy has already and what is written over. */
  readonly suggested: readonly TestedPermission[];
  readonly there: { readonly draft: Hashed | null; readonly tests: Hashed | null };
}

export function wantedDraft(given: NewPolicy, { intended, existing, there, suggested }: Known): WantedDraft {
  const { titleZh, titleEn, contactZh = '', contactEn = '' } = given;
  const { kind, service } = existing ?? intended;
  const tests = suggested.filter((one) => given.tests?.includes(testKey(one)));
  const withTests = tests.length > 0;
  const contact = { 'zh-CN': contactZh.trim() || contactEn.trim(), en: contactEn.trim() || contactZh.trim() };
  return {
    slug: existing?.slug ?? given.slug ?? '',
    kind,
    ...(service ? { service } : {}),
    title: whole({ 'zh-CN': titleZh, en: titleEn }),
    ...(contact.en ? { contact: whole(contact) } : {}),
    withTests,
    ...(withTests ? { tests: tests.map(({ clause: clauseId, ...about }) => ({ clauseId, ...about })) } : {}),
    ...(there.draft ? { replacesDraft: there.draft.contentHash } : {}),
    ...(withTests && there.tests ? { replacesTests: there.tests.contentHash } : {}),
  };
}

function whole(text: Required<LocalizedText>): Required<LocalizedText> {
  return { 'zh-CN': text['zh-CN'].trim(), en: text.en.trim() };
}
