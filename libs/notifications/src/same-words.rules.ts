import { locales, type Localized } from '@abide/kernel';

/** How long the same words to the same people are taken for a mistake, unless it is said that they go out once more. */
export const sentLatelyMinutes = 60;

/** Whether people would read the same in every language, spaces and full-width forms aside (Unicode NFKC). */
export function areSameWords(one: readonly Localized[], other: readonly Localized[]): boolean {
  return plainOf(one) === plainOf(other);
}

function plainOf(texts: readonly Localized[]): string {
  return JSON.stringify(
    texts.map((text) => locales.map((locale) => text[locale].normalize('NFKC').replace(/\s+/g, ' ').trim())),
  );
}
