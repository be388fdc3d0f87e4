import type { Atom } from '../atoms.js';
import { isHomeRegion } from '../profiles.js';
import type { Rulebook } from '../rulebook.js';
import { isWithin } from '../statements.js';
import type { Ask } from './ask.js';
import type { Basis, RecipientKind } from '../vocabulary.js';
import type { Instant, RefusalCode, SharingGround, SubjectFacts } from './facts.js';

const hour = 3_600_000;
const day = 24 * hour;

/**
 * Rule 5: somebody under the age of guardian consent whose confirmed guardian has not consented. On a device that is theirs, what was consented to on it
 * is no guardian's word.
 */
export function lacksGuardian(
  rulebook: Rulebook,
  facts: SubjectFacts,
  { basis, at }: { basis: Basis; at: Instant },
): boolean {
  const birthDate = facts.birthDate ?? null;
  if (basis === 'legalObligation' || facts.kind === 'enterprise' || birthDate === null) return false;
  const isOwnWord = facts.kind === 'device' && (basis === 'consent' || basis === 'separateConsent');
  if (facts.guardian?.isConfirmed === true && facts.guardian.hasConsented && !isOwnWord) return false;
  return isUnder(rulebook.guardianConsentUnder, birthDate, { rulebook, at });
}

/** Rule 5: somebody whom no policy lets use the service yet, whatever a guardian says. */
export function isTooYoung(rulebook: Rulebook, { kind, birthDate }: SubjectFacts, at: Instant): boolean {
  if (rulebook.notAllowedUnder === 0 || kind === 'enterprise' || !birthDate) return false;
  return isUnder(rulebook.notAllowedUnder, birthDate, { rulebook, at });
}

/** Of a date that is none, everybody counts as too young. */
function isUnder(years: number, birthDate: string, { rulebook, at }: { rulebook: Rulebook; at: Instant }): boolean {
  return !(at >= birthdayAfter(birthDate, years, rulebook.profile.utcOffsetHours));
}

/** The instant at which somebody born on a day (`YYYY-MM-DD`) turns so many years old, in a zone. */
export function birthdayAfter(birthDate: string, years: number, utcOffsetHours: number): Instant {
  const year = Number(birthDate.slice(0, 4)) + years;
  const month = Number(birthDate.slice(5, 7)) - 1;
  return Date.UTC(year, month, Number(birthDate.slice(8, 10))) - utcOffsetHours * hour;
}

/** Rule 4: everything about the subject is stored only, or the category is. */
export function isRestricted(facts: SubjectFacts, category: string): boolean {
  return facts.isRestricted === true || facts.restrictedCategories?.includes(category) === true;
}

/** Rule 6: positioning must be on now and must have been on when the fix was taken. */
export function isPositioningOff(facts: SubjectFacts, ask: Ask): boolean {
  return !wasOn(facts, ask.at, true) || (ask.occurredAt !== ask.at && !wasOn(facts, ask.occurredAt, false));
}

/** Before the first change the switch stood the other way; without any change it stands as it is said to stand. */
function wasOn(facts: SubjectFacts, at: Instant, isPresent: boolean): boolean {
  if (isPresent && facts.isPositioningOn === false) return false;
  const changes = facts.positioningChanges ?? [];
  let latest: { isOn: boolean; at: Instant } | null = null;
  let first: { isOn: boolean; at: Instant } | null = null;
  for (const change of changes) {
    if (first === null || change.at < first.at) first = change;
    if (change.at <= at && (latest === null || change.at >= latest.at)) latest = change;
  }
  if (latest) return latest.isOn;
  return first ? !first.isOn : facts.isPositioningOn === true;
}

/** Rule 7: the recipient is active, under contract, and the atom covers every region that the data goes to. Rule 1b saw that it is registered. */
export function recipientRefusal(
  { rulebook, facts }: { rulebook: Rulebook; facts: SubjectFacts },
  ask: Ask,
  atom: Atom,
): RefusalCode | null {
  const recipient = ask.recipientEntry;
  if (!recipient) return 'recipient.unknown';
  if (recipient.active === false) return 'recipient.inactive';
  if (isContractOver(recipient.contractUntil, { ask, rulebook }) && recipient.kind !== 'authority')
    return 'recipient.contractExpired';
  if (!ask.regions.every((region) => coversRegion(rulebook, atom, region))) return 'region.notCovered';
  return groundRefusal(facts, ask, recipient.kind);
}

/** An authority needs an order or a standing duty on file (PIPL art. 13(3)), anybody else an agreement that is not suspended. */
function groundRefusal({ grounds }: SubjectFacts, ask: Ask, kind: RecipientKind): RefusalCode | null {
  const needed = kind === 'authority' ? 'order' : 'agreement';
  if (!grounds && needed === 'agreement') return null;
  const covering = (grounds ?? []).filter((one) => one.kind === needed && coversAsk(one, ask));
  if (covering.some(({ isSuspended }) => !isSuspended)) return null;
  if (needed === 'order') return 'order.missing';
  return covering.length > 0 ? 'agreement.suspended' : 'agreement.missing';
}

function coversAsk(
  { recipient, categories, purposes, regions, service, from, until }: SharingGround,
  ask: Ask,
): boolean {
  if (recipient !== ask.recipient || ask.at < (from ?? -Infinity) || ask.at >= (until ?? Infinity)) return false;
  if (!(categories ?? [ask.category]).includes(ask.category) || !(purposes ?? [ask.purpose]).includes(ask.purpose))
    return false;
  return (
    (service ?? ask.service) === ask.service && ask.regions.every((region) => isWithin(region, regions ?? [region]))
  );
}

/** `null` says that there is no contract; `undefined` that it has no end. The last day belongs to the contract. */
function isContractOver(until: string | null | undefined, given: { ask: Ask; rulebook: Rulebook }): boolean {
  if (until === undefined) return false;
  if (until === null) return true;
  return given.ask.at >= birthdayAfter(until, 0, given.rulebook.profile.utcOffsetHours) + day;
}

function coversRegion(rulebook: Rulebook, atom: Atom, region: string): boolean {
  if (atom.regions === null) return isHomeRegion(rulebook.profile, region);
  return isWithin(region, atom.regions);
}
