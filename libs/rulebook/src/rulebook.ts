import type { AnswerPromise } from './answer-promises.js';
import type { Atom, AtomAction } from './atoms.js';
import type { RecipientEntry } from './document.js';
import { marksReader, type CandidateMark, type FreshMark } from './freshness.js';
import type { Profile } from './profiles.js';
import type { RetentionPromise } from './retention-promises.js';
import type { Standings } from './statements.js';
import type { ExclusionScope, PolicyKind } from './vocabulary.js';

/** A revision that a rulebook was compiled from. */
export interface RulebookPolicy {
  readonly policy: string;
  readonly kind: PolicyKind;
  readonly service: string | null;
  readonly revision: number;
}

export interface Exclusion {
  readonly scope: ExclusionScope;
  /** Null stands for every third-party service. */
  readonly thirdPartyServices: readonly string[] | null;
  readonly policy: string;
  readonly revision: number;
  readonly clauseId: string;
}

/** An atom as it holds for one service, with the changes since which consent must be fresh. */
export interface Candidate {
  readonly atom: Atom;
  readonly marks: readonly CandidateMark[];
}

export interface Cell {
  readonly forEveryService: readonly Candidate[];
  readonly byService: ReadonlyMap<string, readonly Candidate[]>;
}

export type AtomIndex = Readonly<Record<AtomAction, ReadonlyMap<string, ReadonlyMap<string, Cell>>>>;

/** The codes that a question may name: what is registered, and what the texts in force name. */
export interface RegisteredCodes {
  readonly services: ReadonlySet<string>;
  readonly purposes: ReadonlySet<string>;
  readonly categories: ReadonlySet<string>;
}

/** The compiled terms of the revisions in force. Immutable; built by `compile`, asked by `decide`. */
export interface Rulebook {
  readonly policies: readonly RulebookPolicy[];
  readonly atoms: readonly Atom[];
  readonly promises: readonly RetentionPromise[];
  readonly exclusions: readonly Exclusion[];
  readonly answers: readonly AnswerPromise[];
  /** The age, in years, under which a guardian must consent: the policy's or the law's, whichever is higher. */
  readonly guardianConsentUnder: number;
  /** The age, in years, under which nobody may use the service; 0 where no policy says so. */
  readonly notAllowedUnder: number;
  readonly agreement: RulebookPolicy | null;
  readonly registered: RegisteredCodes;
  readonly recipients: ReadonlyMap<string, RecipientEntry>;
  readonly locationCategories: ReadonlySet<string>;
  readonly gpcPurposes: ReadonlySet<string>;
  readonly profile: Profile;
  readonly index: AtomIndex;
}

/** Whose acceptance carries a contract, as these policies stand. */
export function standingsOf(policies: readonly RulebookPolicy[]): Standings {
  const ofServices = policies.flatMap(({ policy, kind, service }) =>
    kind === 'service' && service !== null ? [[policy, service] as const] : [],
  );
  return {
    hasAgreement: policies.some(({ kind }) => kind === 'agreement'),
    hasSeveralGeneral: policies.filter(({ kind }) => kind === 'general').length > 1,
    servicePolicies: new Map(ofServices),
  };
}

/** The policies that speak for a service alone and therefore win over the general one in it. */
export function policiesOf(service: string, policies: readonly RulebookPolicy[]): ReadonlySet<string> {
  return new Set(policies.filter((one) => one.kind === 'service' && one.service === service).map((one) => one.policy));
}

/**
 * The atoms that hold in one service (null: where no service is named). Where a service policy has any atom for an
 * action, category and purpose, its atoms alone decide.
 */
export function effectiveAtoms(
  atoms: readonly Atom[],
  service: string | null,
  policies: readonly RulebookPolicy[],
): readonly Atom[] {
  const matching = atoms.filter((atom) => atom.service === null || atom.service === service);
  if (service === null) return matching;
  const own = policiesOf(service, policies);
  if (own.size === 0) return matching;
  const subject = (atom: Atom) => `${atom.action}|${atom.category}|${atom.purpose}`;
  const decided = new Set(matching.filter((atom) => own.has(atom.policy)).map(subject));
  return matching.filter((atom) => own.has(atom.policy) || !decided.has(subject(atom)));
}

/** Nests the atoms by action, category and purpose, already resolved for each service, so that a decision is a few look-ups. */
export function indexAtoms(given: {
  atoms: readonly Atom[];
  services: readonly string[];
  policies: readonly RulebookPolicy[];
  marks: readonly FreshMark[];
  profile: Profile;
}): AtomIndex {
  const marksOn = marksReader(given.marks, { ...standingsOf(given.policies), profile: given.profile });
  const index: Record<AtomAction, MutableIndex> = {
    collect: new Map(),
    use: new Map(),
    share: new Map(),
    crossServiceUse: new Map(),
  };
  for (const service of [null, ...given.services]) {
    for (const atom of effectiveAtoms(given.atoms, service, given.policies)) {
      const candidate = { atom, marks: marksOn(atom, service) };
      const cell = cellOf(index[atom.action], atom);
      if (service === null) cell.forEveryService.push(candidate);
      else listOf(cell.byService, service).push(candidate);
    }
  }
  for (const byCategory of Object.values(index)) sortPurposes(byCategory);
  return index;
}

/** The lineage of a row lists its purposes in one order, whichever policies the rulebook was made from. */
function sortPurposes(byCategory: MutableIndex): void {
  for (const [category, byPurpose] of byCategory) {
    byCategory.set(category, new Map([...byPurpose].sort(([a], [b]) => (a < b ? -1 : 1))));
  }
}

type MutableIndex = Map<string, Map<string, MutableCell>>;

interface MutableCell {
  readonly forEveryService: Candidate[];
  readonly byService: Map<string, Candidate[]>;
}

function cellOf(byCategory: MutableIndex, atom: Atom): MutableCell {
  const byPurpose = byCategory.get(atom.category) ?? new Map<string, MutableCell>();
  byCategory.set(atom.category, byPurpose);
  const cell = byPurpose.get(atom.purpose) ?? { forEveryService: [], byService: new Map<string, Candidate[]>() };
  byPurpose.set(atom.purpose, cell);
  return cell;
}

function listOf(byService: Map<string, Candidate[]>, service: string): Candidate[] {
  const list = byService.get(service) ?? [];
  byService.set(service, list);
  return list;
}
