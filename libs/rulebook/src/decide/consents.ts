import { addDuration, parseDuration, type Duration } from '../duration.js';
import type { Atom } from '../atoms.js';
import type { CandidateMark } from '../freshness.js';
import type { Candidate, Rulebook } from '../rulebook.js';
import { isOwedToOthers, isWithin } from '../statements.js';
import type { Basis } from '../vocabulary.js';
import type { ConsentAsk } from './ask.js';
import type { AcceptanceFact, ConsentFact, Instant, RefusalCode, SubjectFacts } from './facts.js';

const none: readonly never[] = [];

/** Whether a consent event speaks about what is asked. A withdrawal reaches further than a grant: doubt counts against us. */
function covers(event: ConsentFact, ask: ConsentAsk): boolean {
  if (event.purpose !== ask.purpose || event.at > ask.at) return false;
  if (event.categories && event.categories.length > 0 && !event.categories.includes(ask.category)) return false;
  if ((event.recipient ?? ask.recipient) !== ask.recipient) return false;
  if (!reachesRegions(event, ask.regions)) return false;
  if ((event.service ?? ask.service) === ask.service) return true;
  return event.state === 'withdrawn' && (ask.service === null || event.service === ask.fromService);
}

/**
 * What is said of a country is said of its parts; what is withdrawn for a part cannot be given to the whole. A grant carries
 * what it reaches all the way; a withdrawal stops what it reaches anywhere.
 */
function reachesRegions({ region: said, state }: ConsentFact, regions: readonly string[]): boolean {
  if (!isNamed(said)) return true;
  if (state === 'withdrawn') return regions.some((region) => isWithin(region, [said]) || isWithin(said, [region]));
  return regions.length > 0 && regions.every((region) => isWithin(region, [said]));
}

/** Whether a grant names the category, and the recipient or region when shared (PIPL 23, 28–31, 39). */
function namesIt(event: ConsentFact, ask: ConsentAsk): boolean {
  if (!event.categories?.includes(ask.category)) return false;
  return ask.action !== 'share' || isNamed(event.recipient) || isNamed(event.region);
}

function isNamed(code: string | null | undefined): code is string {
  return (code ?? null) !== null;
}

interface Standing {
  readonly grant: ConsentFact | null;
  readonly wasWithdrawn: boolean;
}

/** The latest grant that satisfies `isEnough` and that no withdrawal has ended, at the same instant or later. */
function standing(facts: SubjectFacts, ask: ConsentAsk, isEnough: (event: ConsentFact) => boolean): Standing {
  let grant: ConsentFact | null = null;
  let withdrawnAt = -Infinity;
  for (const event of facts.consents ?? none) {
    if (!covers(event, ask)) continue;
    if (event.state === 'withdrawn') withdrawnAt = Math.max(withdrawnAt, event.at);
    else if (isEnough(event) && (grant === null || event.at >= grant.at)) grant = event;
  }
  const stands = grant !== null && grant.at > withdrawnAt;
  return { grant: stands ? grant : null, wasWithdrawn: withdrawnAt > -Infinity };
}

const anyGrant = () => true;

/** Rule 8: Global Privacy Control stands unless a later explicit consent names the purpose, and the partner where it is shared. */
export function isOptedOut(rulebook: Rulebook, facts: SubjectFacts, ask: ConsentAsk): boolean {
  const since = facts.gpcSince ?? Infinity;
  if (since > ask.at) return false;
  const isPartner = ask.action === 'share' && ask.recipientEntry?.kind === 'partner';
  if (!isPartner && !rulebook.gpcPurposes.has(ask.purpose)) return false;
  const { grant } = standing(
    facts,
    ask,
    (event) => event.at > since && (!isPartner || event.recipient === ask.recipient),
  );
  return grant === null;
}

/**
 * Rule 9: what the subject's word carries of the atom since it changed. Null where a change needs an explicit word and
 * none was given; narrower where an older word carries it only as far as what was said before.
 */
export function carriedSinceChanges(
  rulebook: Rulebook,
  facts: SubjectFacts,
  given: { candidate: Candidate; ask: ConsentAsk },
): Atom | null {
  const { candidate, ask } = given;
  let carried = candidate.atom;
  for (const mark of candidate.marks) {
    if (
      !concerns(mark, ask) ||
      !needsExplicit(rulebook, facts, { mark, atom: candidate.atom }) ||
      hasExplicit(rulebook, facts, { mark, atom: candidate.atom, ask })
    )
      continue;
    const before = carriedAsBefore(rulebook, facts, { mark, atom: candidate.atom, ask });
    if (!before) return null;
    if (before.minimumGroup !== null)
      carried = { ...carried, minimumGroup: Math.max(carried.minimumGroup ?? 1, before.minimumGroup) };
  }
  return carried;
}

function concerns({ regions, exceptRegions }: CandidateMark, ask: ConsentAsk): boolean {
  if (regions === null || ask.regions.length === 0) return true;
  return ask.regions.some((region) => isWithin(region, regions) && !isWithin(region, exceptRegions));
}

/** Whoever has said nothing yet is asked for the first time by rule 10, where that asks at all. */
function needsExplicit(
  rulebook: Rulebook,
  facts: SubjectFacts,
  { mark, atom }: { mark: CandidateMark; atom: Atom },
): boolean {
  if (mark.isWeakenedFromConsent || mark.older.length > 0) return true;
  if (isOwedToOthers(atom.basis)) return false;
  if (passesWithoutConsent(rulebook, atom)) return true;
  return (facts.consents ?? none).length > 0 || (facts.acceptances ?? none).length > 0;
}

function hasExplicit(
  rulebook: Rulebook,
  facts: SubjectFacts,
  { mark, atom, ask }: { mark: CandidateMark; atom: Atom; ask: ConsentAsk },
): boolean {
  const isSince = (at: Instant) => mark.effectiveAt !== null && at >= mark.effectiveAt;
  const saysIt = (one: AcceptanceFact) =>
    (one.policy === atom.policy && one.revision >= atom.revision) || isPartOf(rulebook, mark.policy, one.policy);
  const accepts = (one: AcceptanceFact) =>
    one.policy === mark.policy ? one.revision >= mark.revision : saysIt(one) && isSince(one.at);
  const isAccepted = (facts.acceptances ?? none).some(
    (one) => one.mode === 'explicit' && one.at <= ask.at && accepts(one),
  );
  if (isAccepted) return true;
  const isLater = (one: ConsentFact) =>
    (one.policy ?? mark.policy) === mark.policy && typeof one.revision === 'number'
      ? one.revision >= mark.revision
      : isSince(one.at);
  return standing(facts, ask, isLater).grant !== null;
}

/** What an older word carried of it, if that word was not wanting itself. */
function carriedAsBefore(
  rulebook: Rulebook,
  facts: SubjectFacts,
  { mark, atom, ask }: { mark: CandidateMark; atom: Atom; ask: ConsentAsk },
): Atom | null {
  for (const { marks, ...word } of mark.older) {
    const carried = carriedSinceChanges(rulebook, facts, { candidate: { atom: { ...atom, ...word }, marks }, ask });
    if (!carried || (ask.groupSize !== null && ask.groupSize < (carried.minimumGroup ?? 0))) continue;
    if (typeof carriedBy(rulebook, facts, { atom: carried, ask }) !== 'string') return carried;
  }
  return null;
}

/** Rule 10: asks nothing of the subject. A legitimate interest does so only under a law that knows it (GDPR art. 6(1)(f)). */
export function passesWithoutConsent({ profile }: Pick<Rulebook, 'profile'>, { basis }: Atom): boolean {
  if (basis === 'legitimateInterest') return profile.rules.legitimateInterest.value;
  return basis === 'publicised' || isOwedToOthers(basis);
}

/** Rule 10: an upheld objection ends what rests on neither a consent, which is withdrawn, nor a duty nor somebody's life (PIPL art. 44, GDPR art. 21). */
export function isObjectedTo({ objectedPurposes = none }: SubjectFacts, { basis, purpose }: Atom): boolean {
  return isObjectable(basis) && objectedPurposes.includes(purpose);
}

function isObjectable(basis: Basis): boolean {
  return basis === 'contract' || basis === 'publicInterest' || basis === 'legitimateInterest' || basis === 'publicised';
}

/** Rule 10: the grant that carries the atom, `null` where none is needed, or why it is refused. */
export function carriedBy(
  rulebook: Rulebook,
  facts: SubjectFacts,
  given: { atom: Atom; ask: ConsentAsk },
): ConsentFact | RefusalCode | null {
  const { atom, ask } = given;
  if (passesWithoutConsent(rulebook, atom)) return null;
  if (atom.basis === 'contract') return isAccepted(rulebook, facts, given) ? null : 'acceptance.missing';
  const isSeparate = atom.basis === 'separateConsent';
  const { grant, wasWithdrawn } = standing(facts, ask, isSeparate ? (event) => namesIt(event, ask) : anyGrant);
  if (grant) return isExpired(grant, given, rulebook.profile) ? 'consent.expired' : grant;
  if (wasWithdrawn) return 'consent.withdrawn';
  return isSeparate ? 'consent.separateMissing' : 'consent.missing';
}

/** A contract rests on the agreement in force, in that revision; where there is none, on the policy, of which a service policy is a part. */
function isAccepted(rulebook: Rulebook, facts: SubjectFacts, { atom, ask }: { atom: Atom; ask: ConsentAsk }): boolean {
  const { agreement } = rulebook;
  const carries = (one: AcceptanceFact) =>
    agreement !== null
      ? one.policy === agreement.policy && one.revision >= agreement.revision
      : one.policy === atom.policy || isPartOf(rulebook, atom.policy, one.policy);
  return (facts.acceptances ?? none).some((one) => one.at <= ask.at && carries(one));
}

/** A service policy is part of the general ones; general policies do not speak for each other. */
function isPartOf(rulebook: Rulebook, policy: string, whole: string): boolean {
  const kindOf = (slug: string) => rulebook.policies.find((one) => one.policy === slug)?.kind;
  return kindOf(policy) === 'service' && kindOf(whole) === 'general';
}

function isExpired(
  grant: ConsentFact,
  { atom, ask }: { atom: Atom; ask: ConsentAsk },
  { utcOffsetHours }: Rulebook['profile'],
): boolean {
  if ((grant.expiresAt ?? Infinity) <= ask.at) return true;
  const validFor = atom.validFor === null ? null : durationOf(atom.validFor);
  return validFor !== null && addDuration(grant.at, validFor, utcOffsetHours) <= ask.at;
}

const durations = new Map<string, Duration | null>();

function durationOf(text: string): Duration | null {
  const known = durations.get(text);
  if (known !== undefined) return known;
  const duration = parseDuration(text);
  if (durations.size < 1000) durations.set(text, duration);
  return duration;
}
