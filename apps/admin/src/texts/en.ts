/** The texts are found by their place, so that a feature brings its own. */
const found = import.meta.glob<object>(['../i18n/en.ts', '../features/*/texts/en.ts'], { eager: true });

export const texts: readonly object[] = Object.values(found);
