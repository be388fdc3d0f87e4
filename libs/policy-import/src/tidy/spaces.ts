import { radicalCharacters } from './twins.js';

const gap = /(?<=(\p{Script=Han})) (?=(\p{Script=Han}))/gu;
const anyGap =
  /(?<=[\p{Script=Han}，。；：！？、）》」』】”’]) (?=[\p{Script=Han}，。；：！？、（《「『【“‘])|(?<=[“‘（《「『【]) | (?=[，。；：！？、）》」』】”’])/gu;
const words = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * Whether a text has spaces strewn between its Chinese characters, as text out of PDFs does: most of them before
 * characters that fonts hold as radicals.
 */
export function hasStrewnSpaces(text: string): boolean {
  const gaps = [...text.matchAll(gap)];
  const beforeRadicals = gaps.filter(([, , character = '']) => radicalCharacters.has(character));
  return beforeRadicals.length >= 3 && beforeRadicals.length > gaps.length * 0.6;
}

/** Spaces between Chinese characters and signs taken out; in a text where they are not strewn, only those within a word. */
export function withoutStrewnSpaces(text: string, areStrewn: boolean, count: () => void): string {
  if (areStrewn) return text.replaceAll(anyGap, () => (count(), ''));
  return text.replaceAll(gap, (space: string, _before: string, _after: string, at: number) => {
    if (!isWithinWord(text, at)) return space;
    count();
    return '';
  });
}

/** Whether a word lies across the space at `at`, once it is gone. */
function isWithinWord(text: string, at: number): boolean {
  const [before = ''] = /\p{Script=Han}{1,6}$/u.exec(text.slice(Math.max(0, at - 12), at)) ?? [];
  const [after = ''] = /^\p{Script=Han}{1,6}/u.exec(text.slice(at + 1, at + 13)) ?? [];
  const across = words.segment(before + after).containing(before.length);
  return across !== undefined && across.index < before.length;
}
