import { canonicalJson } from '@abide/rulebook';
import { newId } from '@abide/kernel';
import type { ImportedClause, PartialTerm, Proposal } from '../document.js';
import { refusal } from '../policy-import.errors.js';
import { unsaid } from '../proposals/draft.js';
import type { Decisions, Interpretation } from './decisions.js';

/** A term that a person writes where no sentence was understood so. */
export interface AddedTerm {
  readonly clauseId: string;
  /** Which of the clause's paragraphs it stands on, from 0. */
  readonly paragraph: number;
  /** Of the words, in UTF-16 units of the paragraph's text, the end not included; left out, all of it. */
  readonly start?: number;
  readonly end?: number;
  readonly term: PartialTerm;
}

const mostProposals = 20_000;

/**
 * The proposals with the added term among them where it stands, accepted as it is written. One that stands there already
 * is accepted again, so that the same twice changes nothing.
 * @throws DomainError `import.unknown_place`, `import.edit_impossible`
 */
export function withAddedTerm(before: Interpretation, added: AddedTerm): Omit<Interpretation, 'clauses'> {
  const place = placeOf(before.clauses, added);
  const { term } = added;
  const known = before.proposals.find((one) => one.isAdded && isAt(one, place) && isSame(one.term, term));
  const { id = newId() } = known ?? {};
  const decisions: Decisions = { ...before.decisions, [id]: { decision: 'accepted', term } };
  if (known) return { proposals: before.proposals, decisions };
  if (before.proposals.length >= mostProposals)
    throw refusal('import.edit_impossible', {
      detail: `An import holds ${mostProposals} terms at most. Nothing was changed.`,
    });
  const proposal: Proposal = {
    id,
    ...place,
    term,
    evidence: [],
    open: unsaid(term.type, membersOf(term)),
    isAdded: true,
  };
  return { proposals: placed(before.clauses, before.proposals, [proposal]), decisions };
}

/**
 * Where the added terms of clauses that were changed now stand. Whose words are still there stands on them, wherever they
 * are; else the term stays with its clause, as it was accepted last, on the paragraph in its place. Those of clauses that
 * are no longer there are left out.
 */
export function movedTerms(before: Interpretation, after: readonly ImportedClause[]): Proposal[] {
  const changed = after.filter((clause) => !before.clauses.includes(clause));
  return before.proposals
    .filter(
      (one) => one.isAdded && !after.some((clause) => clause.id === one.clauseId && before.clauses.includes(clause)),
    )
    .flatMap((one) => {
      const place = foundAgain(wordsOf(before.clauses, one), one, changed) ?? placeLeft(one, before.clauses, after);
      if (!place) return [];
      const decision = 'lost' in place ? before.decisions[one.id] : undefined;
      const { clauseId, paragraph, start, end } = place;
      return [
        {
          ...one,
          clauseId,
          paragraph,
          start,
          end,
          term: (decision && 'term' in decision && decision.term) || one.term,
        },
      ];
    });
}

/** `added` among the others, in the order of the clauses and of the places in them. */
export function placed(
  clauses: readonly ImportedClause[],
  proposals: readonly Proposal[],
  added: readonly Proposal[],
): Proposal[] {
  const order = new Map(clauses.map(({ id }, index) => [id, index]));
  const isLater = (one: Proposal, other: Proposal): boolean =>
    compared(
      [order.get(one.clauseId) ?? 0, one.paragraph, one.start],
      [order.get(other.clauseId) ?? 0, other.paragraph, other.start],
    ) > 0;
  return added.reduce<Proposal[]>(
    (all, one) => {
      const at = all.findIndex((other) => isLater(other, one));
      return at < 0 ? [...all, one] : all.toSpliced(at, 0, one);
    },
    [...proposals],
  );
}

type Place = Pick<Proposal, 'clauseId' | 'paragraph' | 'start' | 'end'>;

function placeOf(clauses: readonly ImportedClause[], { clauseId, paragraph, start = 0, end }: AddedTerm): Place {
  const text = clauses.find(({ id }) => id === clauseId)?.paragraphs[paragraph]?.text;
  const last = end ?? text?.length ?? 0;
  if (text === undefined || start >= last || last > text.length) throw refusal('import.unknown_place');
  return { clauseId, paragraph, start, end: last };
}

/** In the same clause and paragraph first, then in the same clause, then in any that was changed. */
function foundAgain(
  words: string,
  { clauseId, paragraph, start }: Place,
  changed: readonly ImportedClause[],
): Place | null {
  const places = changed.flatMap((clause) =>
    clause.paragraphs.flatMap(({ text }, index) => {
      const at = text.startsWith(words, start) ? start : text.indexOf(words);
      return at < 0 ? [] : [{ clauseId: clause.id, paragraph: index, start: at, end: at + words.length }];
    }),
  );
  const isHere = (place: Place) => place.clauseId === clauseId;
  return (
    places.find((place) => isHere(place) && place.paragraph === paragraph) ?? places.find(isHere) ?? places[0] ?? null
  );
}

/** Where the clause is that it stood in, if only its words are others now. */
function placeLeft(
  { clauseId, paragraph }: Place,
  before: readonly ImportedClause[],
  after: readonly ImportedClause[],
): (Place & { readonly lost: true }) | null {
  const at = before.findIndex(({ id }) => id === clauseId);
  const clause = after.find(({ id }) => id === clauseId) ?? (before.length === after.length ? after[at] : undefined);
  const index = Math.min(paragraph, (clause?.paragraphs.length ?? 0) - 1);
  const text = clause?.paragraphs[index]?.text;
  return clause && text ? { clauseId: clause.id, paragraph: index, start: 0, end: text.length, lost: true } : null;
}

function wordsOf(clauses: readonly ImportedClause[], { clauseId, paragraph, start, end }: Place): string {
  return clauses.find(({ id }) => id === clauseId)?.paragraphs[paragraph]?.text.slice(start, end) ?? '';
}

function membersOf(term: PartialTerm): string[] {
  return Object.entries(term).flatMap(([name, value]) =>
    name === 'notice' ? Object.keys(value as object).map((inner) => `${name}.${inner}`) : [name],
  );
}

function isAt(one: Place, other: Place): boolean {
  return (['clauseId', 'paragraph', 'start', 'end'] as const).every((member) => one[member] === other[member]);
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function compared(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
