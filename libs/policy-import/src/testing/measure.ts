import type { ImportedClause, Proposal } from '../document.js';
import { tidied } from '../tidy/tidied.js';

/** What the lines of a text list, read and written down by hand; lines that are not blank are counted from 1. */
export interface AnswerKey {
  readonly paragraphs: Readonly<
    Record<
      string,
      {
        readonly categories?: readonly string[];
        readonly purposes?: readonly string[];
        readonly mayAlso?: readonly string[];
      }
    >
  >;
}

/** How many of the codes that a text lists are proposed under their clause, and how many are that it does not list. */
export interface Measured {
  readonly listed: number;
  readonly proposed: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
  /** Shares from 0 to 1. */
  readonly recall: number;
  readonly wrongShare: number;
}

/** Compares proposals with an answer key, a code under a clause counted once. */
export function measured(given: {
  readonly text: string;
  readonly key: AnswerKey;
  readonly clauses: readonly ImportedClause[];
  readonly proposals: readonly Proposal[];
}): Measured {
  const clauseOf = clausesByLine(given.text, given.clauses);
  const under = (codesOf: (entry: AnswerKey['paragraphs'][string]) => readonly string[]) =>
    new Set(
      Object.entries(given.key.paragraphs).flatMap(([line, entry]) =>
        codesOf(entry).map((code) => `${clauseOf.get(Number(line)) ?? '?'} ${code}`),
      ),
    );
  const listed = under(({ categories = [], purposes = [] }) => [...categories, ...purposes]);
  const mayAlso = under(({ mayAlso: codes = [] }) => codes);
  const proposed = new Set(
    given.proposals.flatMap(({ clauseId, term }) => codesIn(term).map((code) => `${clauseId} ${code}`)),
  );
  const missed = [...listed].filter((one) => !proposed.has(one));
  const wrong = [...proposed].filter((one) => !listed.has(one) && !mayAlso.has(one));
  return {
    listed: listed.size,
    proposed: proposed.size,
    missed,
    wrong,
    recall: 1 - missed.length / listed.size,
    wrongShare: wrong.length / Math.max(1, proposed.size),
  };
}

function codesIn(term: Proposal['term']): string[] {
  const { categories = [], purposes = [] } = term as { categories?: readonly string[]; purposes?: readonly string[] };
  return [...categories, ...purposes].filter((code) => code !== '*');
}

/** The clause of each line: clauses have the lines of their text in its order. */
function clausesByLine(text: string, clauses: readonly ImportedClause[]): ReadonlyMap<number, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const tidy = tidied(lines.join('\n\n')).text.split('\n\n').map(letters);
  const found = new Map<number, string>();
  let last = -1;
  for (const { id, heading, paragraphs } of clauses) {
    for (const words of [heading.split(' · ').at(-1) ?? '', ...paragraphs.map((paragraph) => paragraph.text)]) {
      const said = letters(words.replace(/…$/, ''));
      const next = tidy.findIndex((one, index) => index > last && one.includes(said));
      const at = last >= 0 && tidy[last]?.includes(said) && next !== last + 1 ? last : next;
      if (at < 0) continue;
      found.set(at + 1, id);
      last = at;
    }
  }
  return found;
}

function letters(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '');
}
