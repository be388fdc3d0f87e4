import type { Atom } from './atoms.js';
import { basisStrength } from './basis-strength.js';
import { longestSpanInDays, parseDuration, shortestSpanInDays } from './duration.js';
import type { Profile } from './profiles.js';
import type { Precision } from './terms.js';
import type { Basis, CrossServiceForm, RecipientKind, Storage } from './vocabulary.js';

/** What tells one subject matter from another: the same is done with the same category for the same purpose. */
export function topicOf(atom: Atom): string {
  return [atom.action, atom.category, atom.purpose, atom.fromService ?? '', atom.data ?? ''].join('|');
}

/** What an atom permits on its topic, wherever it stands in its policy. */
export interface Statement {
  readonly policy: string;
  readonly basis: Basis;
  readonly validFor: string | null;
  readonly precision: Precision;
  /** Absent where it may be stored, as in statements that were kept before this word. */
  readonly storage?: Storage;
  /** Collection only; null means from anywhere. */
  readonly sources: readonly string[] | null;
  readonly minimumGroup: number | null;
  readonly form: CrossServiceForm | null;
  readonly recipient: string | null;
  readonly recipientKind: RecipientKind | null;
  /** Sharing only, the profile's own country written out; null otherwise. */
  readonly regions: readonly string[] | null;
}

/** What decides whose acceptance carries a contract. */
export interface Standings {
  /** Contracts rest on an agreement, whichever policy names them. */
  readonly hasAgreement: boolean;
  /** Several general policies stand side by side: the acceptance of any carries what a service policy rests on a contract. */
  readonly hasSeveralGeneral: boolean;
  /** The service that each service policy speaks for. */
  readonly servicePolicies: ReadonlyMap<string, string>;
}

/** Whether the later statement stands in the same policy as the earlier one: a service policy is part of the general ones. */
export function isOfSamePolicy(earlier: Statement, later: Statement, { servicePolicies }: Standings): boolean {
  return earlier.policy === later.policy || (servicePolicies.has(later.policy) && !servicePolicies.has(earlier.policy));
}

/** What a general policy says, as if the service policy that is part of it had: with one general policy its acceptance carries both. */
export function asSaidBy(later: Statement, earlier: Statement, standings: Standings): Statement {
  const isCarried = !standings.hasSeveralGeneral && isOfSamePolicy(earlier, later, standings);
  return isCarried ? { ...earlier, policy: later.policy } : earlier;
}

export function statementOf(atom: Atom, profile: Profile): Statement {
  const { policy, basis, validFor, precision, minimumGroup, form, recipient, recipientKind } = atom;
  return {
    policy,
    basis,
    validFor,
    precision,
    ...(atom.isOnDevice && { storage: 'onDevice' as const }),
    minimumGroup,
    form,
    recipient,
    recipientKind,
    sources: atom.action === 'collect' ? atom.sources : null,
    regions: atom.action === 'share' ? (atom.regions ?? profile.homeRegions) : null,
  };
}

/** One text for every statement that says the same. */
export function statementKey({
  policy,
  basis,
  validFor,
  precision,
  storage,
  sources,
  minimumGroup,
  form,
  recipient,
  recipientKind,
  regions,
}: Statement): string {
  return JSON.stringify([
    policy,
    basis,
    validFor,
    precision,
    storage,
    sources,
    minimumGroup,
    form,
    recipient,
    recipientKind,
    regions,
  ]);
}

/** The statement in its smallest parts: sources and regions that are listed together may have been stated apart before. */
export function partsOf(statement: Statement): readonly Statement[] {
  const bySource = statement.sources?.map((source) => ({ ...statement, sources: [source] })) ?? [statement];
  return bySource.flatMap((part) => part.regions?.map((region) => ({ ...part, regions: [region] })) ?? [part]);
}

/** Whether the earlier statement lets everybody do at least what the later one does: nothing opens where it stood already. */
export function covers(earlier: Statement, later: Statement, standings: Standings): boolean {
  return reaches(earlier, later) && isRecipientWithin(earlier, later) && asksNoMore(earlier, later, standings);
}

/** The same for a further processor of what processors receive already. */
export function coversForProcessors(earlier: Statement, later: Statement, standings: Standings): boolean {
  const isAmongProcessors = earlier.recipientKind === 'processor' && later.recipientKind === 'processor';
  return (
    reaches(earlier, later) &&
    (isAmongProcessors || isRecipientWithin(earlier, later)) &&
    asksNoMore(earlier, later, standings)
  );
}

/**
 * Whether the later statement differs from the earlier one only in which word carries it, how long, and how many people it
 * takes: then it may go on being done as far as it was.
 */
export function differsInWordOnly(earlier: Statement, later: Statement): boolean {
  const isSameForm = earlier.form === later.form || (earlier.form === 'personalised' && later.form === 'aggregated');
  const isStillAsked = earlier.basis === later.basis || (isOnWord(earlier) && isOnConsent(later));
  return isSameForm && isStillAsked && isAsExact(earlier, later) && isRecipientWithin(earlier, later);
}

/** Rests on something that the subject did: an acceptance or a consent. */
export function isOnWord(statement: Pick<Statement, 'basis'>): boolean {
  return statement.basis === 'contract' || isOnConsent(statement);
}

/** A duty, the public or somebody's life: what changes in it waits for nobody's word. */
export function isOwedToOthers(basis: Basis): boolean {
  return basis === 'legalObligation' || basis === 'publicInterest' || basis === 'vitalInterest';
}

export function isOnConsent({ basis }: Pick<Statement, 'basis'>): boolean {
  return basis === 'consent' || basis === 'separateConsent';
}

/** Whether the recipient of the later statement is the one, or of the kind, that the earlier one names. */
export function isRecipientWithin(earlier: Statement, later: Statement): boolean {
  if (earlier.recipientKind !== later.recipientKind) return false;
  return earlier.recipient === later.recipient || earlier.recipient === later.recipientKind;
}

/** Whether what is named among services belongs to somebody else. */
export function isThirdParty(service: string | null): boolean {
  return service?.startsWith('thirdParty:') === true;
}

/** A part of the country lies within the country. */
export function isWithin(region: string, regions: readonly string[]): boolean {
  return regions.some((one) => one === region || region.startsWith(`${one}-`));
}

/** Whether the same word, or none, carries both. */
export function asksNoMore(earlier: Statement, later: Statement, standings: Standings): boolean {
  if (!isOnWord(earlier)) return basisStrength(later.basis) >= basisStrength(earlier.basis);
  if (earlier.basis === 'contract') {
    return later.basis === 'contract' && (standings.hasAgreement || earlier.policy === later.policy);
  }
  if (!isOnConsent(later) || (earlier.basis === 'separateConsent' && later.basis === 'consent')) return false;
  return !canLast(later.validFor, earlier.validFor);
}

/** Whether a consent of the later validity may last longer than one of the earlier, whatever day it was given on. */
export function canLast(later: string | null, earlier: string | null): boolean {
  if (earlier === null || later === earlier) return false;
  const [was, is] = [parseDuration(earlier), later === null ? null : parseDuration(later)];
  if (!was || !is) return true;
  if (is.months <= was.months && is.days <= was.days && is.hours <= was.hours) return false;
  return longestSpanInDays(is) > shortestSpanInDays(was);
}

function reaches(earlier: Statement, later: Statement): boolean {
  return (
    earlier.form === later.form && (earlier.minimumGroup ?? 1) <= (later.minimumGroup ?? 1) && isAsExact(earlier, later)
  );
}

function isAsExact(earlier: Statement, later: Statement): boolean {
  if (earlier.storage !== undefined && later.storage === undefined) return false;
  if (precisionRank(earlier.precision) < precisionRank(later.precision)) return false;
  if (earlier.sources !== null && !(later.sources?.every((source) => earlier.sources?.includes(source)) ?? false))
    return false;
  return later.regions?.every((region) => isWithin(region, earlier.regions ?? [])) ?? true;
}

/** `exact` is 16, finer than any H3 resolution (0 to 15); `truncated` is -1, coarser than all. */
export function precisionRank(precision: Precision): number {
  if (precision === 'exact') return 16;
  return precision === 'truncated' ? -1 : precision.h3;
}
