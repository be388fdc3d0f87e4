import type { ImportedParagraph } from '../document.js';
import type { Span } from '../lexicon/matcher.js';

const ends = /[。！？；!?\n][”’"'）)」』]*|\.[”’"')\]]*(?=\s|$)/gu;
/** A full stop that ends no sentence. */
const abbreviation = /(?:\b(?:e\.g|i\.e|etc|no|art|inc|ltd|co|vs|cf|approx|[a-z])|^\s*(?:\d+|[a-z]))\.$/iu;

/** Where the sentences of a line stand in it; a row of a table is one. */
export function sentencesOf({ text, isRow }: ImportedParagraph): Span[] {
  if (isRow) return [{ start: 0, end: text.length }];
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(ends)) {
    const end = match.index + match[0].length;
    if (abbreviation.test(text.slice(Math.max(start, end - 8), end))) continue;
    spans.push({ start, end });
    start = end;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans.map(trimmedIn(text)).filter((span) => span.end > span.start);
}

function trimmedIn(text: string) {
  return ({ start, end }: Span): Span => {
    const written = text.slice(start, end);
    const before = written.length - written.trimStart().length;
    return { start: start + before, end: start + before + written.trim().length };
  };
}
