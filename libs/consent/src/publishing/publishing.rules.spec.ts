import { locales } from '@abide/kernel';
import { catalogue, type Atom } from '@abide/rulebook';
import fc from 'fast-check';
import { publishingWarnings, type PublishingFacts, type Upload } from './publishing.rules.js';

const nothing: Upload = { categories: [], hasPlace: false, hasTime: false, hasFaces: false };
const { categories } = catalogue;
const facts = (more: Partial<PublishingFacts> = {}): PublishingFacts => ({
  categories,
  atoms: [],
  isUnder14: false,
  locale: 'en',
  ...more,
});
const codesOf = (upload: Partial<Upload>, more: Partial<PublishingFacts> = {}) =>
  publishingWarnings({ ...nothing, ...upload }, facts(more)).map(({ code, category }) => `${code} ${category}`);
const atomOf = (basis: Atom['basis']) => ({ category: 'usage.habit', basis }) as Atom;

describe('what an upload may reveal', () => {
  it('is nothing where there is nothing in it', () => {
    expect(codesOf({})).toEqual([]);
    expect(codesOf({ categories: ['feedback.opinion'] })).toEqual([]);
  });

  it('is where and when it was made, and who is in it', () => {
    expect(codesOf({ hasPlace: true, hasTime: true, hasFaces: true })).toEqual([
      'place content.metadata',
      'time content.metadata',
      'faces registration.biometric',
    ]);
  });

  it('is whatever the registry has as sensitive, a place named as one', () => {
    fc.assert(
      fc.property(fc.subarray(categories.map(({ code }) => code)), (contained) => {
        const sensitive = categories.filter(({ code, isSensitive }) => isSensitive && contained.includes(code));
        const found = publishingWarnings({ ...nothing, categories: contained }, facts());
        expect(found.map(({ category }) => category).sort()).toEqual(sensitive.map(({ code }) => code).sort());
        for (const { code, category } of found) expect(code === 'place').toBe(category.startsWith('location.'));
      }),
    );
  });

  it('is whatever the policy asks a consent of its own for', () => {
    const contained = { categories: ['usage.habit'] };
    expect(codesOf(contained, { atoms: [atomOf('separateConsent')] })).toEqual(['sensitive usage.habit']);
    expect(codesOf(contained, { atoms: [atomOf('separateConsent'), atomOf('contract')] })).toEqual([]);
  });

  it('is everything of a child, and said in the language asked for', () => {
    expect(codesOf({}, { isUnder14: true })).toEqual(['minor content.sharedToOthers']);
    const upload = { categories: ['special.health'], hasPlace: true, hasTime: true, hasFaces: true };
    for (const locale of locales)
      for (const { text } of publishingWarnings(upload, facts({ locale, isUnder14: true })))
        expect(/\p{Script=Han}/u.test(text)).toBe(locale === 'zh-CN');
  });
});
