import type { Atom } from '../atoms.js';
import type { Candidate, Rulebook } from '../rulebook.js';
import type { Ask } from './ask.js';
import { isPositioningOff, isRestricted, isTooYoung, lacksGuardian, recipientRefusal } from './conditions.js';
import { carriedBy, carriedSinceChanges, isObjectedTo, isOptedOut, passesWithoutConsent } from './consents.js';
import type { ConsentFact, RefusalCode, SubjectFacts } from './facts.js';

/** One statement of a policy that speaks of what is asked. */
export interface Considered {
  readonly rulebook: Rulebook;
  readonly facts: SubjectFacts;
  readonly ask: Ask;
  readonly candidate: Candidate;
}

/** What a statement that passes carries: as it has stood since changes that want a new consent, and the consent behind it. */
export interface Carried {
  atom: Atom;
  consent: ConsentFact | null;
}

/** Answers why it refuses, null where it lets pass, undefined where it has nothing to ask. Writes what it found out into `carried`. */
type CandidateRule = (considered: Considered, carried: Carried) => RefusalCode | null | undefined;

const refusedIf = (refuses: boolean, code: RefusalCode): RefusalCode | null => (refuses ? code : null);

/** The number of the first of them. */
export const firstCandidateRule = 4;

/** Rules 4 to 10 (rules.md, Decide) for one statement, in their order: the first that refuses wins. */
export const candidateRules: readonly CandidateRule[] = [
  ({ facts, ask, candidate: { atom } }) =>
    atom.basis === 'legalObligation' ? undefined : refusedIf(isRestricted(facts, ask.category), 'subject.restricted'),

  ({ rulebook, facts, ask, candidate: { atom } }) => {
    if (atom.basis === 'legalObligation') return undefined;
    if (isTooYoung(rulebook, facts, ask.at)) return 'minor.notAllowed';
    return refusedIf(lacksGuardian(rulebook, facts, { basis: atom.basis, at: ask.at }), 'minor.guardianRequired');
  },

  ({ rulebook, facts, ask }) =>
    ask.action === 'collect' && rulebook.locationCategories.has(ask.category)
      ? refusedIf(isPositioningOff(facts, ask), 'location.off')
      : undefined,

  ({ rulebook, facts, ask, candidate: { atom } }) =>
    ask.action === 'share' ? recipientRefusal({ rulebook, facts }, ask, atom) : undefined,

  ({ rulebook, facts, ask }) => refusedIf(isOptedOut(rulebook, facts, ask), 'gpc.optOut'),

  ({ rulebook, facts, ask, candidate }, carried) => {
    if (candidate.marks.length === 0) return undefined;
    const sinceChanges = carriedSinceChanges(rulebook, facts, { candidate, ask });
    if (sinceChanges === null) return 'consent.stale';
    carried.atom = sinceChanges;
    return null;
  },

  ({ rulebook, facts, ask, candidate: { atom } }, carried) => {
    if (isObjectedTo(facts, atom)) return 'objection.stands';
    if (passesWithoutConsent(rulebook, atom)) return undefined;
    const consent = carriedBy(rulebook, facts, { atom, ask });
    if (typeof consent === 'string') return consent;
    carried.consent = consent;
    return null;
  },
];
