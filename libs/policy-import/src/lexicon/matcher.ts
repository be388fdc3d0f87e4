import { folded, isLetter } from './folded.js';
import { piecesOf, type Pieces } from './pattern.js';
import type { Lexicon, WordKind } from './words.js';

/** A place in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Words of a text that stand for something. */
export interface Match extends Span {
  readonly kind: WordKind;
  readonly code: string;
  /** The pieces that were looked for, without what stands between them. */
  readonly pieces: readonly Span[];
  readonly length: number;
}

/** Finds the words of a lexicon in texts. */
export type Matcher = (text: string) => Match[];

/** How much may stand between two pieces: of Chinese, and of English. */
const gapHan = 14;
const gapLatin = 45;
const stop = /[。；！？;!?\n]|\.\s/;

/** Every match of the lexicon in a text, the longest where one lies within another, in the order of the text. */
export function matcherOf(lexicon: Lexicon): Matcher {
  const letters = treeOf(lexicon);
  return (text) => {
    const { text: plain, at } = folded(text);
    const found: Match[] = [];
    for (let index = 0; index < plain.length; index += 1) {
      if (isLetter(plain[index]) && isLetter(plain[index - 1])) continue;
      let letter = letters.get(plain.charCodeAt(index));
      for (let next = index + 1; letter !== undefined; next += 1) {
        const end = letter.node === null ? null : endOf(letter.node.piece, plain, index);
        if (letter.node !== null && end !== null) collect(letter.node, [{ start: index, end }], { plain, at, found });
        letter = letter.after.get(plain.charCodeAt(next));
      }
    }
    return longest(found);
  };
}

/** What begins with the same pieces, so that each is looked for once. */
interface Node {
  readonly piece: string;
  readonly entries: { readonly kind: WordKind; readonly code: string }[];
  readonly next: Map<string, Node>;
}

/** First pieces by their letters. */
interface Letter {
  node: Node | null;
  readonly after: Letters;
}
type Letters = Map<number, Letter>;

function treeOf(lexicon: Lexicon): Letters {
  const root: Node = { piece: '', entries: [], next: new Map() };
  for (const [kind, byCode] of Object.entries(lexicon) as [WordKind, NonNullable<Lexicon[WordKind]>][]) {
    for (const [code, words] of Object.entries(byCode)) {
      for (const pieces of piecesOf(words)) {
        const plain = pieces.map((piece) => folded(piece).text);
        if (plain.every((piece) => piece !== '')) add(root, plain, { kind, code });
      }
    }
  }
  const letters: Letters = new Map();
  for (const node of root.next.values()) spell(letters, node);
  return letters;
}

function add(root: Node, pieces: Pieces, entry: Node['entries'][number]): void {
  let node = root;
  for (const piece of pieces) {
    const next = node.next.get(piece) ?? { piece, entries: [], next: new Map() };
    node.next.set(piece, next);
    node = next;
  }
  if (!node.entries.some(({ kind, code }) => kind === entry.kind && code === entry.code)) node.entries.push(entry);
}

function spell(letters: Letters, node: Node): void {
  let among = letters;
  let letter: Letter | null = null;
  for (let index = 0; index < node.piece.length; index += 1) {
    const code = node.piece.charCodeAt(index);
    letter = among.get(code) ?? { node: null, after: new Map() };
    among.set(code, letter);
    among = letter.after;
  }
  if (letter) letter.node = node;
}

interface Search {
  readonly plain: string;
  readonly at: readonly number[];
  readonly found: Match[];
}

function collect(node: Node, spans: readonly Span[], search: Search): void {
  for (const entry of node.entries) search.found.push(matchOf(entry, spans, search.at));
  if (node.next.size === 0) return;
  const from = spans.at(-1)?.end ?? 0;
  const reach = search.plain.slice(from, from + gapLatin + 40);
  const end = reach.search(stop);
  const within = end < 0 ? reach : reach.slice(0, end);
  for (const next of node.next.values()) {
    const span = pieceWithin(next.piece, within, { plain: search.plain, from });
    if (span) collect(next, [...spans, span], search);
  }
}

function pieceWithin(
  piece: string,
  within: string,
  text: { readonly plain: string; readonly from: number },
): Span | null {
  const room = isLetter(piece[0]) && within.charCodeAt(0) < 0x2e80 ? gapLatin : gapHan;
  for (let at = within.indexOf(piece); at >= 0 && at <= room; at = within.indexOf(piece, at + 1)) {
    const start = text.from + at;
    if (isLetter(piece[0]) && isLetter(text.plain[start - 1])) continue;
    const end = endOf(piece, text.plain, start);
    if (end !== null) return { start, end };
  }
  return null;
}

/** Where a piece that begins at a place ends, with the ending of a plural; only whole words of Latin letters. */
function endOf(piece: string, text: string, start: number): number | null {
  if (!text.startsWith(piece, start)) return null;
  const end = start + piece.length;
  if (!isLetter(piece.at(-1)) || !isLetter(text[end])) return end;
  const plural = ['s', 'es'].find((ending) => text.startsWith(ending, end) && !isLetter(text[end + ending.length]));
  return plural === undefined ? null : end + plural.length;
}

function matchOf({ kind, code }: Node['entries'][number], spans: readonly Span[], at: readonly number[]): Match {
  const pieces = spans.map(({ start, end }) => ({ start: at[start] ?? 0, end: (at[end - 1] ?? 0) + 1 }));
  return {
    kind,
    code,
    pieces,
    start: pieces[0]?.start ?? 0,
    end: pieces.at(-1)?.end ?? 0,
    length: pieces.reduce((sum, { start, end }) => sum + end - start, 0),
  };
}

/**
 * Without what lies within longer words: of the same kind and another code, of one code all that share a piece; without
 * what another kind of words outweighs, and what words that mean nothing take away.
 */
function longest(matches: readonly Match[]): Match[] {
  const nothing = matches.filter(({ kind }) => kind === 'nothing');
  const stronger = matches.filter(({ kind }) => outweighed[kind] !== undefined);
  const meant = matches.filter(
    (match) =>
      match.kind !== 'nothing' &&
      !nothing.some((one) => takesAway(one, match)) &&
      !stronger.some((one) => outweighs(one, match)),
  );
  const kept: Match[] = [];
  for (const match of meant.toSorted((a, b) => b.length - a.length || a.start - b.start)) {
    if (!kept.some((other) => covers(other, match))) kept.push(match);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function isWithin(outer: Match, piece: Span): boolean {
  return outer.pieces.some(({ start, end }) => start <= piece.start && piece.end <= end);
}

function takesAway(nothing: Match, match: Match): boolean {
  if (nothing.code === 'within') {
    const isData = match.kind === 'category' || match.kind === 'purpose';
    return isData && nothing.start <= match.start && match.end <= nothing.end;
  }
  if (nothing.code !== 'every' && nothing.code !== match.kind) return false;
  return match.pieces.some((piece) => isWithin(nothing, piece));
}

/** What is said where something is withheld is no purpose, a measure no kind of data, and neither is an act: `登录记录`. */
const outweighed: Readonly<Partial<Record<WordKind, readonly WordKind[]>>> = {
  measure: ['category', 'act'],
  withheld: ['purpose'],
  category: ['act'],
};

function outweighs(stronger: Match, match: Match): boolean {
  if (!outweighed[stronger.kind]?.includes(match.kind)) return false;
  return match.pieces.every((piece) => isWithin(stronger, piece));
}

function covers(longer: Match, match: Match): boolean {
  if (longer.end <= match.start || match.end <= longer.start) return false;
  if (longer.kind !== match.kind || (longer.code !== match.code && longer.length <= match.length)) return false;
  const telling = match.pieces.filter(({ start, end }) => end - start > 1);
  return telling.every((piece) => isWithin(longer, piece));
}
