import type { SubjectKey } from '../api/types.js';

/** What a text in the search box can be looked up as, exactly. */
export type SearchTerm =
  | { readonly kind: 'subject'; readonly by: SubjectKey; readonly value: string }
  | { readonly kind: 'request'; readonly number: string }
  | { readonly kind: 'revision'; readonly id: string }
  | { readonly kind: 'revisionNumber'; readonly slug: string; readonly number: number };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const mainlandPhone = /^(?:\+?86)?(1[3-9]\d{9})$/;
const foreignPhone = /^\+\d{7,15}$/;
const residentId = /^\d{17}[\dXx]$/;
const requestNumber = /^\d{6}-[0-9A-Z]{7}$/;
const revisionNumber = /^([a-z][a-z0-9-]*)(?:\s+|\s*[/#@]\s*)(?:v|r)?(\d{1,6})$/i;

/** Recognises what was typed: a phone or ID number in any spacing, an email, an id, the number of a request, `privacy 3`; a page name is none of these. */
export function searchTermsOf(typed: string): readonly SearchTerm[] {
  const text = typed.trim();
  const digits = text.replaceAll(/[\s-]/g, '');
  if (uuid.test(text))
    return [
      { kind: 'subject', by: 'id', value: text.toLowerCase() },
      { kind: 'revision', id: text.toLowerCase() },
    ];
  if (requestNumber.test(text.toUpperCase())) return [{ kind: 'request', number: text.toUpperCase() }];
  if (email.test(text)) return [{ kind: 'subject', by: 'email', value: text }];
  const phone = mainlandPhone.exec(digits)?.[1] ?? foreignPhone.exec(digits)?.[0];
  if (phone) return [{ kind: 'subject', by: 'phone', value: phone }];
  if (residentId.test(digits)) return [{ kind: 'subject', by: 'idNumber', value: digits.toUpperCase() }];
  const [, slug, number] = revisionNumber.exec(text) ?? [];
  return slug && number ? [{ kind: 'revisionNumber', slug: slug.toLowerCase(), number: Number(number) }] : [];
}
