import type { ImportedParagraph } from '../document.js';

/** What a policy holds at most (rulebook): clauses, characters of a heading and of a body in one language. */
export const maxClauses = 500;
const maxHeading = 200;
/** Less than the rulebook's 20,000, for the backslashes of Markdown. */
const maxBody = 15_000;

/** A heading of at most 200 characters, `more` included. */
export function shortened(heading: string, more = ''): string {
  const room = maxHeading - more.length;
  return (heading.length <= room ? heading : `${heading.slice(0, room - 1)}…`) + more;
}

/** The first words of a line, as a heading: up to its first stop, or what fits. */
export function firstWords(line: string): string {
  const [first = line] = line.split(/[，。；：！？,;:!?]|\.(?:\s|$)/u, 1);
  const words = first.trim() === '' ? line : first.trim();
  if (/\p{Script=Han}/u.test(words)) return words.length <= 24 ? words : `${words.slice(0, 23)}…`;
  return words.length <= 60 ? words : `${words.slice(0, 60).replace(/\s+\S*$/, '')}…`;
}

/** The lines in parts that fit into a clause each; a line that is longer is cut where a sentence ends. */
export function inParts(paragraphs: readonly ImportedParagraph[]): ImportedParagraph[][] {
  const parts: ImportedParagraph[][] = [[]];
  let length = 0;
  for (const paragraph of paragraphs.flatMap(cut)) {
    if (length > 0 && length + paragraph.text.length > maxBody) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(paragraph);
    length += paragraph.text.length + 2;
  }
  return parts;
}

function cut(paragraph: ImportedParagraph): ImportedParagraph[] {
  const pieces: ImportedParagraph[] = [];
  let rest = paragraph.text;
  while (rest.length > maxBody) {
    const end = Math.max(...['。', '；', '. ', '; '].map((stop) => rest.lastIndexOf(stop, maxBody - 2) + stop.length));
    const at = end > maxBody / 2 ? end : maxBody;
    pieces.push({ ...paragraph, text: rest.slice(0, at).trim() });
    rest = rest.slice(at);
  }
  return [...pieces, { ...paragraph, text: rest.trim() }];
}
