import type { Atom } from '../atoms.js';
import type { CategoryEntry } from '../catalogue.js';
import { gatherStatements } from '../compile.js';
import type { PolicyDocument } from '../document.js';
import { lookupFor } from '../lookup.js';
import type { Profile } from '../profiles.js';
import type { RulebookRegistry } from '../registry.js';
import { effectiveAtoms, type Rulebook } from '../rulebook.js';
import { isThirdParty, statementKey, statementOf, topicOf, type Statement } from '../statements.js';
import type { Term } from '../terms.js';

/** A revision under comparison and the other policies in force beside it: the general one beneath a service policy, or the service policies over a general one. */
export interface CompareSide {
  readonly document: PolicyDocument;
  readonly others?: readonly PolicyDocument[];
}

export interface SettingTerm<T extends Term = Term> {
  readonly term: T;
  readonly clauseId: string;
  readonly path: string;
  /** Set for a term of a service policy: it holds there alone. */
  readonly ownService: string | null;
}

/** What a side says as a whole: the effective atoms and promises of each service, and the terms of the document under comparison. */
export interface SideView {
  readonly rulebook: Omit<Rulebook, 'index'>;
  readonly document: PolicyDocument | null;
  /** The document's own terms and, for a service policy, those of the general policy that it leaves standing. */
  readonly terms: readonly SettingTerm[];
  /** What an atom of the rulebook states, and on what topic. */
  stated(atom: Atom): StatedAtom;
  /** What `'*'` stands for. */
  readonly categories: ReadonlyMap<string, CategoryEntry>;
}

export interface StatedAtom {
  readonly topic: string;
  readonly key: string;
  readonly statement: Statement;
}

export function viewOf(
  document: PolicyDocument | null,
  others: readonly PolicyDocument[],
  registry: RulebookRegistry,
): SideView {
  const documents = document ? [document, ...others] : others;
  const rulebook = gatherStatements(
    documents.map((one) => ({ document: one, revision: 0 })),
    registry,
  );
  if (!rulebook) throw new RangeError('The terms expand to too many statements to be compared.');
  const own = document ? settingsOf(document) : [];
  const beneath =
    document === null || document.kind === 'service'
      ? others.filter((one) => one.kind === 'general').flatMap(settingsOf)
      : [];
  return {
    rulebook,
    document,
    terms: [...own, ...beneath],
    stated: statedBy(registry.profile),
    categories: lookupFor({}, registry).categories,
  };
}

/** The services of both sides; null stands for questions that name none. */
export function servicesOf(...views: readonly SideView[]): readonly (string | null)[] {
  const codes = views.flatMap(({ rulebook, document }) => [
    ...rulebook.atoms.flatMap((atom) => [atom.service, atom.fromService]),
    ...rulebook.promises.map((promise) => promise.service),
    ...rulebook.policies.map((policy) => policy.service),
    ...(document?.services ?? []),
  ]);
  return [null, ...new Set(codes.filter((code) => code !== null))];
}

/** What holds in a service (null: where none is named); a third party's must be named by the term itself. */
export function atomsIn(view: SideView, service: string | null): readonly Atom[] {
  const atoms = effectiveAtoms(view.rulebook.atoms, service, view.rulebook.policies);
  return isThirdParty(service) ? atoms.filter((atom) => atom.service !== null) : atoms;
}

function statedBy(profile: Profile): SideView['stated'] {
  const known = new Map<Atom, StatedAtom>();
  return (atom) => {
    const kept = known.get(atom);
    if (kept) return kept;
    const statement = statementOf(atom, profile);
    const stated = { topic: topicOf(atom), key: statementKey(statement), statement };
    known.set(atom, stated);
    return stated;
  };
}

export function termsOfType<T extends Term['type']>(
  view: SideView,
  type: T,
): readonly SettingTerm<Extract<Term, { type: T }>>[] {
  return view.terms.filter((at): at is SettingTerm<Extract<Term, { type: T }>> => at.term.type === type);
}

function settingsOf(document: PolicyDocument): SettingTerm[] {
  const ownService = document.kind === 'service' ? (document.service ?? null) : null;
  return document.clauses.flatMap((clause, index) =>
    clause.terms.map((term, position) => ({
      term,
      clauseId: clause.id,
      path: `clauses[${index}].terms[${position}]`,
      ownService,
    })),
  );
}
