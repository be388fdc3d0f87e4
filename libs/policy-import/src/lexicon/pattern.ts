import type { Words } from './words.js';

/** One thing that words can look like: pieces that follow each other, with something short between them. */
export type Pieces = readonly string[];

/** `{我们|}收集…{姓名|电话}` as every row of pieces that it stands for. */
function expanded(pattern: string): Pieces[] {
  return alternatives(pattern).map((text) => text.split('…').map((piece) => piece.trim()));
}

function alternatives(pattern: string): string[] {
  const open = pattern.indexOf('{');
  if (open < 0) return [pattern];
  const close = pattern.indexOf('}', open);
  const [before, choices, after] = [pattern.slice(0, open), pattern.slice(open + 1, close), pattern.slice(close + 1)];
  const rest = alternatives(after);
  return choices.split('|').flatMap((choice) => rest.map((end) => before + choice + end));
}

/** What a text of words stands for: Chinese patterns stand apart by spaces, English ones by commas. */
export function piecesOf({ zh = '', en = '', literal = [] }: Words): Pieces[] {
  const patterns = [...zh.split(/\s+/), ...en.split(/,|\n/).map((one) => one.trim())].filter((one) => one !== '');
  return [...patterns.flatMap(expanded), ...literal.map((words) => [words])];
}
