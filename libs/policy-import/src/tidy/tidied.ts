import { withoutHidden } from '@abide/kernel';
import { doubledCharacters, withoutDoubled } from './doubled.js';
import { joinBroken, withoutPageMarks } from './lines.js';
import { hasStrewnSpaces, withoutStrewnSpaces } from './spaces.js';
import { withoutTwins } from './twins.js';

/** Text whose defects are mended, and how many there were. */
export interface Tidied {
  readonly text: string;
  readonly repairs: number;
}

/**
 * A text without the defects that it has when it comes out of a PDF: spaces strewn between Chinese characters, characters
 * doubled or replaced by a look-alike, letters of full width, signs that nobody sees, page marks, lines broken at the
 * page's edge. What it says and how stays as it was. One line of the outcome is one paragraph.
 */
export function tidied(text: string): Tidied {
  const mender = menderOf(text);
  const lines = text.split(/\r\n|[\n\r\f\u2028\u2029]/).map((line) => {
    const unmarked = withoutPageMarks(line, mender.count);
    return line.trim() !== '' && unmarked.trim() === '' ? null : mender.mend(unmarked);
  });
  const joined = joinBroken(lines, mender.count);
  return { text: joined.join('\n'), repairs: mender.repairs() };
}

/** The lines of one document, each mended by what all of them show of its defects, none joined. */
export function tidiedLines(lines: readonly string[]): { readonly lines: readonly string[]; readonly repairs: number } {
  const mender = menderOf(lines.join('\n'));
  return {
    lines: lines.map((line) => mender.mend(withoutPageMarks(line, mender.count))),
    repairs: mender.repairs(),
  };
}

function menderOf(text: string) {
  let repairs = 0;
  const count = () => void (repairs += 1);
  const ignore = () => undefined;
  const plain = withoutTwins(inOneWidth(text, ignore), ignore);
  const doubled = doubledCharacters(plain);
  const areStrewn = hasStrewnSpaces(withoutDoubled(plain, doubled, ignore));
  const mend = (line: string) => {
    const seen = withoutUnseen(line, count);
    const single = withoutDoubled(withoutTwins(inOneWidth(seen, count), count), doubled, count);
    return withoutStrewnSpaces(single.replaceAll(/\s+/g, ' ').trim(), areStrewn, count);
  };
  return { mend, count, repairs: () => repairs };
}

function withoutUnseen(line: string, count: () => void): string {
  const seen = withoutHidden(line);
  if (seen !== line) count();
  return seen;
}

/** Latin letters and digits of full width in half width; signs stay as they were, since Chinese has them wide. */
function inOneWidth(text: string, count: () => void): string {
  return text.replaceAll(/[０-９Ａ-Ｚａ-ｚ]+/g, (wide) => (count(), wide.normalize('NFKC')));
}
