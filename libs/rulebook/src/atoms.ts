import type { PolicyDocument } from './document.js';
import { boundedPurposes, expandCategories, kindOf, type Lookup } from './lookup.js';
import type { CollectionTerm, CrossServiceUseTerm, Precision, SharingTerm, Term, UseTerm } from './terms.js';
import type {
  Basis,
  CrossServiceData,
  CrossServiceForm,
  Fallback,
  RecipientKind,
  WithheldConsequence,
} from './vocabulary.js';

export type AtomAction = 'collect' | 'use' | 'share' | 'crossServiceUse';

/**
 * The smallest statement that can be true or false, with the clause that makes it. `service` null means every service;
 * for use across services it is the service that the data goes to.
 */
export interface Atom {
  readonly action: AtomAction;
  readonly category: string;
  readonly purpose: string;
  readonly service: string | null;
  readonly basis: Basis;
  readonly policy: string;
  readonly revision: number;
  readonly clauseId: string;
  /** Where the term stands in its document: `clauses[3].terms[0]`. */
  readonly path: string;
  /** A use that follows from a collection term. */
  readonly isImplied: boolean;
  readonly validFor: string | null;
  readonly fallback: Fallback | null;
  readonly precision: Precision;
  /** Collected, or used because it is, on the device and nowhere else. */
  readonly isOnDevice: boolean;
  /** Collection only; null means from anywhere. */
  readonly sources: readonly string[] | null;
  readonly isRequired: boolean;
  readonly ifWithheld: WithheldConsequence | null;
  /** Sharing only: a kind or `recipient:<slug>`. */
  readonly recipient: string | null;
  readonly recipientKind: RecipientKind | null;
  /** Sharing only; null means inside the profile's own country. */
  readonly regions: readonly string[] | null;
  /** Use across services only. */
  readonly fromService: string | null;
  readonly data: CrossServiceData | null;
  readonly form: CrossServiceForm | null;
  readonly minimumGroup: number | null;
}

export interface AtomOrigin {
  readonly policy: string;
  readonly revision: number;
  /** Set in a service policy: its terms hold for that service alone. */
  readonly ownService: string | null;
  readonly clauseId: string;
  readonly path: string;
}

type PermittingTerm = CollectionTerm | UseTerm | CrossServiceUseTerm | SharingTerm;
type Service = string | null;

/** Every atom of a document, with the `'*'` of the catalogue written out; open-ended purposes yield none. */
export function* atomsOf(document: PolicyDocument, revision: number, lookup: Lookup): Generator<Atom> {
  const ownService = document.kind === 'service' ? (document.service ?? null) : null;
  for (const [index, clause] of document.clauses.entries()) {
    for (const [position, term] of clause.terms.entries()) {
      if (!isPermitting(term)) continue;
      const path = `clauses[${index}].terms[${position}]`;
      yield* atomsOfTerm(term, { policy: document.policy, revision, ownService, clauseId: clause.id, path }, lookup);
    }
  }
}

export function isPermitting(term: Term): term is PermittingTerm {
  return (
    term.type === 'collection' || term.type === 'use' || term.type === 'crossServiceUse' || term.type === 'sharing'
  );
}

function* atomsOfTerm(term: PermittingTerm, origin: AtomOrigin, lookup: Lookup): Generator<Atom> {
  const purposes = boundedPurposes(term.purposes);
  for (const category of expandCategories(term.categories, lookup.categories)) {
    for (const purpose of purposes) {
      yield* variantsOf(term, blank({ term, origin, category, purpose }), { origin, lookup });
    }
  }
}

function* variantsOf(term: PermittingTerm, atom: Atom, given: { origin: AtomOrigin; lookup: Lookup }): Generator<Atom> {
  switch (term.type) {
    case 'collection':
      for (const service of servicesOf(term.services, given.origin)) {
        yield { ...atom, action: 'collect', service };
        yield { ...atom, action: 'use', service, isImplied: true };
      }
      return;
    case 'use':
      for (const service of servicesOf(term.services, given.origin)) yield { ...atom, action: 'use', service };
      return;
    case 'sharing':
      yield* sharingVariants(term, atom, given);
      return;
    case 'crossServiceUse':
      for (const fromService of new Set(term.from)) {
        for (const service of new Set(term.to)) yield { ...atom, action: 'crossServiceUse', fromService, service };
      }
  }
}

function* sharingVariants(
  term: SharingTerm,
  atom: Atom,
  given: { origin: AtomOrigin; lookup: Lookup },
): Generator<Atom> {
  for (const service of servicesOf(term.services, given.origin)) {
    for (const recipient of new Set(term.recipients)) {
      yield { ...atom, action: 'share', service, recipient, recipientKind: kindOf(recipient, given.lookup.recipients) };
    }
  }
}

function servicesOf(services: readonly string[] | undefined, origin: AtomOrigin): readonly Service[] {
  if (services) return [...new Set(services)];
  return [origin.ownService];
}

function blank(given: { term: PermittingTerm; origin: AtomOrigin; category: string; purpose: string }): Atom {
  const { term, origin, category, purpose } = given;
  const isCollection = term.type === 'collection';
  const isCross = term.type === 'crossServiceUse';
  return {
    action: 'use',
    category,
    purpose,
    service: null,
    basis: term.basis,
    policy: origin.policy,
    revision: origin.revision,
    clauseId: origin.clauseId,
    path: origin.path,
    isImplied: false,
    validFor: term.validFor ?? null,
    fallback: term.fallback ?? null,
    precision: term.type === 'collection' || term.type === 'use' ? (term.precision ?? 'exact') : 'exact',
    isOnDevice: isCollection && term.storage === 'onDevice',
    sources: isCollection ? (term.sources ?? null) : null,
    isRequired: isCollection && term.required === true,
    ifWithheld: isCollection ? (term.ifWithheld ?? null) : null,
    recipient: null,
    recipientKind: null,
    regions: term.type === 'sharing' ? (term.regions ?? null) : null,
    fromService: null,
    data: isCross ? (term.data ?? 'collected') : null,
    form: isCross ? term.form : null,
    minimumGroup: isCross ? (term.minimumGroup ?? null) : null,
  };
}
