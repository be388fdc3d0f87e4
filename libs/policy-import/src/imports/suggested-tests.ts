import type { Locale } from '@abide/kernel';
import { consentTests, type Catalogue, type PolicyDocument, type TestedPermission } from '@abide/rulebook';

/** For each category and purpose that rests on a consent and is wanted: not without it, and with it. Null where there is none. */
export function suggestedTests(given: {
  readonly document: PolicyDocument;
  readonly revision: number;
  readonly day: string;
  readonly locale: Locale;
  readonly catalogue: Catalogue;
  /** Left out: all of them. */
  readonly wanted?: readonly TestedPermission[] | undefined;
}): string | null {
  const { document, revision, day, locale, catalogue, wanted } = given;
  const nameOf = (entries: Catalogue['categories'] | Catalogue['purposes'], code: string) =>
    entries.find((entry) => entry.code === code)?.label[locale] ?? code;
  const about = ({ category, purpose }: { readonly category: string; readonly purpose: string }) => {
    const [what, why] = [nameOf(catalogue.categories, category), nameOf(catalogue.purposes, purpose)];
    return locale === 'en' ? `${what}, for ${why}` : `${what}（${why}）`;
  };
  const names =
    locale === 'en'
      ? { without: 'Not without consent', withIt: 'With consent' }
      : { without: '未经同意不允许', withIt: '同意后允许' };
  return consentTests({
    document,
    revision,
    day,
    isWanted: ({ clause, category, purpose }) =>
      wanted?.some((one) => one.clause === clause && one.category === category && one.purpose === purpose) ?? true,
    names: {
      without: (permission) => `${names.without}: ${about(permission)}`,
      withIt: (permission) => `${names.withIt}: ${about(permission)}`,
    },
  });
}
