import type { Locale, Localized } from '@abide/kernel';
import type { Audience, PolicyKind, Term } from '@abide/rulebook';
import { acceptedTerms } from './decisions.js';
import { languageOfClauses, type PolicyImport } from './policy-import.entity.js';

/** What a policy is besides its clauses. */
export interface PolicyHead {
  readonly slug: string;
  readonly kind: PolicyKind;
  readonly service?: string;
  readonly title: Localized;
  readonly contact?: Localized;
}

/** A policy in the policy-as-code format as far as the import goes; the format is checked elsewhere. */
export interface DocumentSoFar {
  readonly policy: string;
  readonly kind: PolicyKind;
  readonly service?: string;
  readonly audience?: Audience;
  readonly title: Localized;
  readonly contact?: Localized;
  readonly clauses: readonly {
    readonly id: string;
    readonly heading: Partial<Localized>;
    readonly body: Partial<Localized>;
    readonly terms: readonly Term[];
  }[];
}

/**
 * The clauses with nothing but the terms that were accepted. A language that a clause does not stand in is left out;
 * `asIfTranslated` has the words of the other in its place, so that what else is wrong can be found.
 */
export function documentSoFar(
  imported: PolicyImport,
  { slug, kind, service, title, contact }: PolicyHead,
  { asIfTranslated = false } = {},
): DocumentSoFar {
  const language = languageOfClauses(imported);
  const other: Locale = language === 'en' ? 'zh-CN' : 'en';
  return {
    policy: slug,
    kind,
    ...(service === undefined ? {} : { service }),
    ...(kind === 'guide' ? { audience: 'children' } : {}),
    title,
    ...(contact === undefined ? {} : { contact }),
    clauses: imported.clauses.map(({ id, heading, body }) => {
      const translation = imported.translations[id] ?? (asIfTranslated ? { heading, body } : undefined);
      return {
        id,
        heading: { [language]: heading, ...(translation && { [other]: translation.heading }) },
        body: { [language]: body, ...(translation && { [other]: translation.body }) },
        terms: acceptedTerms(imported, id).map(({ term }) => term),
      };
    }),
  };
}
