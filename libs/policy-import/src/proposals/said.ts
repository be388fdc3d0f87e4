import type { Match, Matcher, Span } from '../lexicon/matcher.js';
import type { WordKind } from '../lexicon/words.js';

/** A match with the paragraph of the clause in which it stands. */
export interface Found extends Match {
  readonly paragraph: number;
}

/** What a sentence says, by kind; what it denies is left out. */
export interface Said extends Span {
  readonly paragraph: number;
  readonly text: string;
  readonly found: readonly Found[];
  readonly isDenied: boolean;
  readonly hasException: boolean;
}

/** Kinds that a `we do not` takes away. */
const deniable: ReadonlySet<WordKind> = new Set(['category', 'purpose', 'recipient', 'act', 'source', 'generic']);
/** Acts that are denied; a right, a change or an exclusion may say `not`. */
const deniableActs: ReadonlySet<string> = new Set(['collection', 'use', 'sharing', 'retention', 'crossServiceUse']);

export function saidIn(matcher: Matcher, text: string, place: Span & { readonly paragraph: number }): Said {
  const { start, end, paragraph } = place;
  const sentence = text.slice(start, end);
  const moved = (span: Span) => ({ start: span.start + start, end: span.end + start });
  const matches = matcher(sentence);
  const denied = matches.filter(({ kind }) => kind === 'negation').map((match) => scopeOf(match, sentence));
  const isDenied = ({ kind, code, start: from, end: to }: Match) =>
    deniable.has(kind) &&
    (kind !== 'act' || deniableActs.has(code)) &&
    denied.some((scope) => scope.start < to && from < scope.end);
  return {
    start,
    end,
    paragraph,
    text: sentence,
    found: matches
      .filter((match) => !isDenied(match))
      .map((match) => ({ ...match, ...moved(match), pieces: match.pieces.map(moved), paragraph })),
    isDenied: denied.length > 0,
    hasException: matches.some(({ kind }) => kind === 'exception'),
  };
}

const turns = {
  han: /[：]|，(?!(?:包括|例如|比如|譬如|如|即|也|或|以及|和|亦|更)(?!果))/u,
  latin: /, (?:and|but) (?:we|you|it|they)\b|\bbut\b(?! not limited)|:/,
} as const;

/** How far a denial goes: in Chinese to the next comma, unless examples follow; in English to where the sentence turns. */
function scopeOf({ start, end }: Match, sentence: string): Span {
  const isHan = /\p{Script=Han}/u.test(sentence.slice(start, end));
  const stop = sentence.slice(end).search(isHan ? turns.han : turns.latin);
  return { start, end: stop < 0 ? sentence.length : end + stop };
}

/** What was found of one kind, in the order of the sentence. */
export function ofKind(said: Pick<Said, 'found'>, kind: WordKind): Found[] {
  return said.found.filter((match) => match.kind === kind);
}

export function codesOf(matches: readonly Found[]): string[] {
  return [...new Set(matches.map(({ code }) => code))];
}

export function hasAct(said: Pick<Said, 'found'>, ...acts: readonly string[]): boolean {
  return said.found.some(({ kind, code }) => kind === 'act' && acts.includes(code));
}
