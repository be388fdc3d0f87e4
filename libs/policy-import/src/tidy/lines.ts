import { widthOf } from '../clauses/blocks.js';
import { startsAnew } from '../clauses/numbering.js';

const pageMark =
  /\[bookmark:[^\]\n]*\]|^\s*(?:-\s*\d{1,4}\s*-|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|page\s+\d+(?:\s*(?:of|\/)\s*\d+)?|\d{1,4}\s*\/\s*\d{1,4})\s*$/giu;

/** Marks of pages taken out: bookmarks anywhere, `- 4 -`, `第 4 页`, `Page 4 of 12` where they fill a line. */
export function withoutPageMarks(line: string, count: () => void): string {
  return line.replaceAll(pageMark, () => (count(), ''));
}

/** A page holds no more columns; text with longer lines is not broken by a page's edge. */
const widestPage = 130;
const end = /[。！？；：.!?;:|…][”’"'）)】\]》]*$/u;

/**
 * Lines that a page's edge broke in two joined again: where all lines are as narrow as a page and one goes nearly as far
 * as the widest without ending a sentence, the next belongs to it. `null` stands for a page mark that filled its line.
 */
export function joinBroken(lines: readonly (string | null)[], count: () => void): string[] {
  const widest = Math.max(...lines.map((line) => widthOf(line ?? '')));
  const isBroken = (line: string) => widest <= widestPage && widthOf(line) >= widest * 0.8 && !end.test(line);
  const joined: string[] = [];
  let isAfterPageMark = false;
  for (const line of lines) {
    if (line === null) {
      isAfterPageMark = true;
      continue;
    }
    if (isAfterPageMark && line === '') continue;
    while (isAfterPageMark && joined.at(-1) === '') joined.pop();
    const before = joined.at(-1);
    if (before && line !== '' && isBroken(before.slice(before.lastIndexOf('\n') + 1)) && !startsAnew(line)) {
      count();
      joined[joined.length - 1] = `${before}\n${line}`;
    } else joined.push(line);
    isAfterPageMark = false;
  }
  return joined.map((line) => line.split('\n').reduce(joinTwo));
}

/** Chinese without a space, a word that was divided without its hyphen. */
function joinTwo(before: string, after: string): string {
  if (/\p{L}-$/u.test(before) && /^\p{Ll}/u.test(after)) return before.slice(0, -1) + after;
  const isChinese =
    /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]$/u.test(before) &&
    /^[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(after);
  return isChinese ? before + after : `${before} ${after}`;
}
