import {
  atLeast,
  noticeTerms,
  type Materiality,
  type NoticeTerms,
  type PolicyDocument,
  type Profile,
} from '@abide/rulebook';

const dayMilliseconds = 24 * 3600 * 1000;
const minuteMilliseconds = 60_000;

/**
 * How far a wish may fall short of the lead time when it is entered: clocks differ a little between machines. The
 * activation gate counts every day in full, so nothing takes effect sooner for it.
 */
export const clockToleranceMilliseconds = 5 * minuteMilliseconds;

/** Whether a change must be announced ahead of its effect. */
export function owesLead(materiality: Materiality): boolean {
  return atLeast(materiality, 'reductionOfRights');
}

/**
 * How a change is announced and accepted: as the text in force promises, else as the general policy in force does that
 * promises the longest notice. Only where nothing is in force does the new text speak for itself (rules.md, Activate:
 * never from the draft).
 */
export function promiseFor(given: {
  inForce: PolicyDocument | null;
  generals: readonly PolicyDocument[];
  next: PolicyDocument;
  profile: Profile;
}): NoticeTerms {
  const { inForce, generals, next, profile } = given;
  const beneath =
    next.kind === 'general'
      ? []
      : generals.toSorted((a, b) => noticeTerms(b, profile).leadDays - noticeTerms(a, profile).leadDays);
  const sources = [...(inForce ? [inForce] : []), ...beneath];
  const speaking = sources.find(saysHowItChanges) ?? sources[0] ?? next;
  return noticeTerms(speaking, profile);
}

/** Days of 24 hours between notice and effect: what was promised, and never under the profile's minimum; none for a change that owes no lead. */
export function requiredLeadDays(materiality: Materiality, promise: NoticeTerms, profile: Profile): number {
  return owesLead(materiality) ? Math.max(promise.leadDays, profile.rules.minimumLeadDays.value) : 0;
}

/** The soonest a change announced at `now` can take effect, on the next full minute, so that the answer can be sent back as it is. */
export function earliestEffectAt(now: Date, leadDays: number): Date {
  const exact = now.getTime() + leadDays * dayMilliseconds;
  return new Date(Math.ceil(exact / minuteMilliseconds) * minuteMilliseconds);
}

export function isAnnouncedInTime(given: { now: Date; effectiveAt: Date; leadDays: number }): boolean {
  const { now, effectiveAt, leadDays } = given;
  return (
    leadDays === 0 || effectiveAt.getTime() + clockToleranceMilliseconds >= now.getTime() + leadDays * dayMilliseconds
  );
}

/** The end of a lead time that began at `startedAt`. */
export function leadEndsAt(startedAt: Date, leadDays: number): Date {
  return new Date(startedAt.getTime() + leadDays * dayMilliseconds);
}

/** The channels a change is announced on: what was promised where it owes a lead, the in-app notice always. A choice with one that is used anyhow is none. */
export function channelsFor(
  materiality: Materiality,
  { channels, anyOf }: NoticeTerms,
): Pick<NoticeTerms, 'channels' | 'anyOf'> {
  if (!owesLead(materiality)) return { channels: ['inApp'], anyOf: [] };
  return {
    channels: [...new Set(['inApp', ...channels] as const)],
    anyOf: anyOf.filter((choice) => !choice.some((channel) => channels.includes(channel))),
  };
}

function saysHowItChanges(document: PolicyDocument): boolean {
  return document.clauses.some((clause) => clause.terms.some((term) => term.type === 'change'));
}
