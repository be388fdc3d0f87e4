/*
 * The ten rules of deciding, gone through literally over everything that ever happened: plain, slow, and written from the rules
 * alone. It shares no code with the rulebook, so that the two can be held against each other.
 */

import type {
  NaiveAnswer,
  NaiveAtom,
  NaiveBasis,
  NaiveChange,
  NaiveConsent,
  NaiveInstallation,
  NaivePerson,
  NaiveQuestion,
  NaiveRecipient,
  NaiveRevision,
} from './naive-facts.js';

const dayInMilliseconds = 86_400_000;
const withoutConsent: readonly NaiveBasis[] = ['legalObligation', 'publicInterest', 'vitalInterest'];

/** Every answer that the rules allow: where several statements serve equally well, any of them may be cited. */
export function naiveAnswers(
  installation: NaiveInstallation,
  person: NaivePerson,
  question: NaiveQuestion,
): NaiveAnswer[] {
  const purposes = question.purpose === null ? installation.purposes : [question.purpose];
  const judged = purposes.flatMap((purpose) => judgeTwice(installation, person, { ...question, purpose }));
  const allowed = judged.filter((answer) => answer.allowed);
  if (allowed.length > 0) return allowed;
  const furthest = Math.max(...judged.map(({ rule }) => rule ?? 0));
  return judged.filter(({ rule }) => rule === furthest);
}

/** What is collected has to be allowed now, and to have been allowed when it came about, on consents that nothing withdrew since. */
function judgeTwice(
  installation: NaiveInstallation,
  person: NaivePerson,
  question: NaiveQuestion & { readonly purpose: string },
): NaiveAnswer[] {
  const now = new NaiveGate(installation, person, question).judge();
  const { occurredAt, at } = question;
  if (question.action !== 'collect' || occurredAt === null || occurredAt >= at) return now;
  const heard = person.consents.filter((one) => one.recordedAt <= at && (!one.isGrant || one.occurredAt <= occurredAt));
  const consents = heard.map((one) => ({
    ...one,
    recordedAt: -Infinity,
    occurredAt: Math.min(one.occurredAt, occurredAt),
  }));
  const then = new NaiveGate(
    installation,
    { ...person, consents, positioning: [{ isOn: true, at: -Infinity }] },
    { ...question, at: occurredAt, hasSignal: false },
  )
    .judge()
    .filter(({ allowed }) => allowed);
  return now.flatMap((answer): NaiveAnswer[] => {
    if (!answer.allowed) return [answer];
    if (then.length === 0)
      return [{ ...answer, allowed: false, rule: 11, code: 'collected.beforeAllowed', consentEventId: null }];
    return then.map(({ consentEventId }) => ({
      ...answer,
      consentEventId: answer.consentEventId && (consentEventId ?? answer.consentEventId),
    }));
  });
}

/** One question with one purpose, looked at from the instant it asks about. */
class NaiveGate {
  private readonly at: number;

  constructor(
    private readonly installation: NaiveInstallation,
    private readonly person: NaivePerson,
    private readonly question: NaiveQuestion & { readonly purpose: string },
  ) {
    this.at = question.at;
  }

  judge(): NaiveAnswer[] {
    const unregistered = this.unregistered();
    if (unregistered !== null)
      return [{ allowed: false, rule: 1, code: unregistered, atom: null, consentEventId: null }];
    const atoms = this.matching();
    if (atoms.length === 0) return [{ allowed: false, rule: 3, code: 'clause.none', atom: null, consentEventId: null }];
    return atoms.map((atom) => this.judgeBy(atom));
  }

  private judgeBy(atom: NaiveAtom): NaiveAnswer {
    const rules: readonly [number, string | null][] = [
      [4, this.restricted(atom)],
      [5, this.withoutGuardian(atom)],
      [6, this.unlocated()],
      [7, this.unshareable(atom)],
      [8, this.optedOut()],
      [9, this.stale(atom)],
      [10, this.withoutBasis(atom)],
    ];
    const refusal = rules.find(([, code]) => code !== null);
    if (refusal) return { allowed: false, rule: refusal[0], code: refusal[1], atom, consentEventId: null };
    return {
      allowed: true,
      rule: null,
      code: null,
      atom,
      consentEventId: this.isOnConsent(atom) ? (this.decisive(atom)?.id ?? null) : null,
    };
  }

  /** Rule 1b. */
  private unregistered(): string | null {
    const { services, purposes, categories, countries } = this.installation.registered;
    const { service, across, purpose, category, action, recipient, region } = this.question;
    if ((service !== null && !services.includes(service)) || (across !== null && !services.includes(across.from)))
      return 'question.unknownService';
    if (!purposes.includes(purpose)) return 'question.unknownPurpose';
    if (!categories.includes(category)) return 'question.unknownCategory';
    if ((recipient !== null || action === 'share') && !this.recipient()) return 'recipient.unknown';
    return region === null || countries.includes(region.split('-')[0] ?? '') ? null : 'question.unknownRegion';
  }

  /** Rule 3. */
  private matching(): NaiveAtom[] {
    const inForce = this.inForce();
    const own = inForce
      .filter(({ service }) => service !== null && service === this.question.service)
      .flatMap(({ atoms }) => atoms);
    const general = inForce.filter(({ service }) => service === null).flatMap(({ atoms }) => atoms);
    const speaking = own.filter((atom) => this.isSpokenOf(atom));
    return (speaking.length > 0 ? speaking : general.filter((atom) => this.isSpokenOf(atom))).filter((atom) =>
      this.isFor(atom),
    );
  }

  private isSpokenOf({ action, category, purpose }: NaiveAtom): boolean {
    const { across, action: asked, service } = this.question;
    const wanted = across !== null && across.from !== service ? 'crossServiceUse' : asked;
    return action === wanted && category === this.question.category && purpose === this.question.purpose;
  }

  private isFor({ services, recipient, pair }: NaiveAtom): boolean {
    const { service, across } = this.question;
    if (pair !== null) {
      if (across === null || service === null) return false;
      const isPair = pair.from.includes(across.from) && pair.to.includes(service) && pair.form === across.form;
      return isPair && (pair.form !== 'aggregated' || across.groupSize >= pair.minimumGroup);
    }
    if (services !== null && (service === null || !services.includes(service))) return false;
    const registered = this.recipient();
    return recipient === null || recipient === registered?.kind || recipient === `recipient:${registered?.slug}`;
  }

  private restricted({ basis }: NaiveAtom): string | null {
    return latest(this.person.restrictions, this.at)?.isOn && basis !== 'legalObligation' ? 'subject.restricted' : null;
  }

  private withoutGuardian({ basis }: NaiveAtom): string | null {
    const { birthDate, guardians } = this.person;
    if (birthDate === null || basis === 'legalObligation' || ageAt(birthDate, this.at) >= 14) return null;
    const words = guardians.map(({ adultFrom, said }) => ({
      isAdult: adultFrom !== null && adultFrom <= this.at,
      last: latest(said, this.at),
    }));
    if (words.some(({ last }) => last?.isOn === false)) return 'minor.guardianRequired';
    return words.some(({ isAdult, last }) => isAdult && last?.isOn) ? null : 'minor.guardianRequired';
  }

  private unlocated(): string | null {
    const { action, category, occurredAt } = this.question;
    if (action !== 'collect' || !category.startsWith('location.')) return null;
    const turns = this.person.positioning;
    return latest(turns, this.at)?.isOn && latest(turns, occurredAt ?? this.at)?.isOn ? null : 'location.off';
  }

  private unshareable({ regions }: NaiveAtom): string | null {
    if (this.question.action !== 'share') return null;
    const recipient = this.recipient();
    if (!recipient?.isActive) return 'recipient.inactive';
    if (recipient.contractUntil < this.at) return 'recipient.contractExpired';
    if (!this.regions().every((place) => regions.some((region) => isWithin(place, region)))) return 'region.notCovered';
    return recipient.kind === 'authority' ? 'order.missing' : null;
  }

  private optedOut(): string | null {
    const isWithPartner = this.question.action === 'share' && this.recipient()?.kind === 'partner';
    if (!this.installation.optOutPurposes.includes(this.question.purpose) && !isWithPartner) return null;
    const seen = this.question.hasSignal ? [{ act: 'seen' as const, at: this.at }] : [];
    const since = signalSince([...this.person.privacyControl.filter(({ at }) => at <= this.at), ...seen]);
    if (since === null) return null;
    const covering = latest(this.covering(), Infinity);
    const isNamed =
      covering !== undefined &&
      covering.isGrant &&
      covering.occurredAt >= since &&
      (!isWithPartner || covering.recipient !== null);
    return isNamed ? null : 'gpc.optOut';
  }

  private stale(atom: NaiveAtom): string | null {
    const changes = this.known().filter(
      ({ policy, freshConsent }) =>
        policy === atom.policy && freshConsent.some((change) => this.isChangeOf(change, atom)),
    );
    return changes.some(({ policy, number }) => !this.isAgreedTo(policy, number)) ? 'consent.stale' : null;
  }

  private isChangeOf(change: NaiveChange, { action, category, purpose, basis }: NaiveAtom): boolean {
    const isSame = change.action === action && change.category === category && change.purpose === purpose;
    return isSame && (!withoutConsent.includes(basis) || change.isWeakened === true);
  }

  private isAgreedTo(policy: string, number: number): boolean {
    const accepted = this.person.acceptances.some(
      (one) => one.policy === policy && one.number >= number && one.isExplicit && one.at <= this.at,
    );
    return accepted || this.standingGrants().some((consent) => this.numberShown(consent, policy) >= number);
  }

  /** The grants that no withdrawal has ended since. */
  private standingGrants(): NaiveConsent[] {
    const covering = this.covering();
    return covering.filter(
      (grant) => grant.isGrant && !covering.some((one) => !one.isGrant && one.occurredAt >= grant.occurredAt),
    );
  }

  private numberShown({ shown, occurredAt }: NaiveConsent, policy: string): number {
    if (shown?.policy === policy) return shown.number;
    return Math.max(
      0,
      ...this.installation.revisions
        .filter((one) => one.policy === policy && one.effectiveAt <= occurredAt)
        .map(({ number }) => number),
    );
  }

  private withoutBasis(atom: NaiveAtom): string | null {
    if (atom.basis === 'contract')
      return this.person.acceptances.some(({ policy, at }) => policy === atom.policy && at <= this.at)
        ? null
        : 'acceptance.missing';
    if (!this.isOnConsent(atom)) return null;
    const decisive = this.decisive(atom);
    if (!decisive) return atom.basis === 'consent' ? 'consent.missing' : 'consent.separateMissing';
    if (!decisive.isGrant) return 'consent.withdrawn';
    const isExpired = atom.validDays !== null && decisive.occurredAt + atom.validDays * dayInMilliseconds <= this.at;
    return isExpired ? 'consent.expired' : null;
  }

  private isOnConsent({ basis }: NaiveAtom): boolean {
    return basis === 'consent' || basis === 'separateConsent';
  }

  /** The last word on a statement: of what covers it, a grant only where it names what separate consent has to name. */
  private decisive({ basis, action }: NaiveAtom): NaiveConsent | undefined {
    const isNamed = ({ categories, recipient, region }: NaiveConsent) =>
      categories !== null && (action !== 'share' || recipient !== null || region !== null);
    return latest(
      this.covering().filter((one) => !one.isGrant || basis === 'consent' || isNamed(one)),
      Infinity,
    );
  }

  /**
   * The consents of that instant that speak of the question. A question without a service asks for all of them at once, and a use
   * across services for both: what is withdrawn for one of them is withdrawn there.
   */
  private covering(): NaiveConsent[] {
    const { purpose, category, service, across } = this.question;
    const isElsewhere = (one: string) => one !== service && service !== null && one !== across?.from;
    return this.person.consents.filter(
      (one) =>
        one.recordedAt <= this.at &&
        one.purpose === purpose &&
        (one.categories === null || one.categories.includes(category)) &&
        (one.service === null || one.service === service || (!one.isGrant && !isElsewhere(one.service))) &&
        (one.recipient === null || one.recipient === this.question.recipient) &&
        (one.region === null ||
          (one.isGrant
            ? this.reachesAll(one.region)
            : this.regions().some((place) => isWithin(place, one.region ?? '') || isWithin(one.region ?? '', place)))),
    );
  }

  private inForce(): NaiveRevision[] {
    return this.known().filter(
      (one) => !this.known().some(({ policy, number }) => policy === one.policy && number > one.number),
    );
  }

  private known(): NaiveRevision[] {
    return this.installation.revisions.filter(({ effectiveAt }) => effectiveAt <= this.at);
  }

  private recipient(): NaiveRecipient | undefined {
    return this.installation.recipients.find(({ slug }) => slug === this.question.recipient);
  }

  private reachesAll(region: string): boolean {
    return this.regions().length > 0 && this.regions().every((place) => isWithin(place, region));
  }

  /** Where the data goes: to where the recipient is, and to where the question says besides. */
  private regions(): string[] {
    return [this.recipient()?.region, this.question.region].filter((place) => typeof place === 'string');
  }
}

/** Since when the signal stands, null where it does not: what the subject clears stays cleared, whatever their browser sends. */
export function signalSince(happened: NaivePerson['privacyControl']): number | null {
  let since: number | null = null;
  let isCleared = false;
  for (const { act, at } of happened) {
    if (act === 'cleared') [since, isCleared] = [null, true];
    if (act === 'set') [since, isCleared] = [since ?? at, false];
    if (act === 'seen' && !isCleared) since ??= at;
  }
  return since;
}

/** The last that had come about by then; of a grant and a withdrawal at one instant, the withdrawal. */
function latest<T extends { at?: number; occurredAt?: number; isGrant?: boolean }>(
  happened: readonly T[],
  by: number,
): T | undefined {
  const timeOf = (one: T) => one.occurredAt ?? one.at ?? 0;
  let last: T | undefined;
  for (const one of happened) {
    if (timeOf(one) > by) continue;
    const isLater =
      !last ||
      timeOf(one) > timeOf(last) ||
      (timeOf(one) === timeOf(last) && (one.isGrant === undefined || !one.isGrant || last.isGrant === true));
    if (isLater) last = one;
  }
  return last;
}

function isWithin(region: string, wider: string): boolean {
  return region === wider || region.startsWith(`${wider}-`);
}

/** Completed years on the day in China. */
export function ageAt(birthDate: string, at: number): number {
  const day = new Date(at + 8 * 3_600_000).toISOString();
  return Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5, 10) < birthDate.slice(5, 10) ? 1 : 0);
}
