import type { Proposal } from './imports.queries.js';

/** A piece of a paragraph: whether it belongs to the sentence of a proposal, and to the words that led to it. */
export interface Piece {
  readonly text: string;
  readonly mark: 'none' | 'sentence' | 'words';
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What is marked of a clause: words that a term stands on, and those that led to it. */
export type Marked = Pick<Proposal, 'paragraph' | 'start' | 'end' | 'evidence'>;

/** A paragraph cut where the sentence of a proposal and the words that led to it begin and end; a sentence may lean on words of another paragraph. */
export function markedPieces(text: string, paragraph: number, marked: Marked | null): Piece[] {
  const sentences: Span[] = marked?.paragraph === paragraph ? [marked] : [];
  const words = marked?.evidence.filter((one) => (one.paragraph ?? marked.paragraph) === paragraph) ?? [];
  const isIn = (places: readonly Span[], at: number) => places.some(({ start, end }) => start <= at && at < end);
  const cuts = [...sentences, ...words].flatMap(({ start, end }) => [start, end]);
  const edges = [...new Set([0, ...cuts, text.length])]
    .filter((edge) => edge >= 0 && edge <= text.length)
    .toSorted((one, other) => one - other);
  return edges.slice(0, -1).map((from, index) => ({
    text: text.slice(from, edges[index + 1]),
    mark: isIn(words, from) ? 'words' : isIn(sentences, from) ? 'sentence' : 'none',
  }));
}
