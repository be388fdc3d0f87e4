import { dayInMilliseconds } from '@abide/kernel';
import {
  standingOf,
  type Choice,
  type ChoiceStanding,
  type ConsentFact,
  type Instant,
  type Rulebook,
} from '@abide/rulebook';
import type { KnownSubject } from '../gate/facts/subject-facts.loader.js';

export const preferenceStates = ['granted', 'partly', 'stale', 'expired', 'withdrawn', 'none'] as const;
/** `partly`: some of the choices are carried. `stale`: what was consented to has changed since. */
export type PreferenceState = (typeof preferenceStates)[number];

/** One choice that has to be named by itself, and where the subject stands with it. */
export interface SeparateChoice {
  readonly choice: Choice;
  readonly state: Exclude<PreferenceState, 'partly'>;
  readonly consentEventId: string | null;
}

/** Where a subject stands with a purpose, and whether they may be asked for it. */
export interface Preference {
  readonly purpose: string;
  readonly state: PreferenceState;
  readonly consent: ConsentFact | null;
  readonly choices: readonly Choice[];
  readonly separately: readonly SeparateChoice[];
  readonly isStoppedByGpc: boolean;
  readonly mayAsk: boolean;
  /** Epoch milliseconds; null where nothing keeps from asking, or there is nothing to ask. */
  readonly askAgainAt: Instant | null;
}

export interface PreferenceFacts {
  readonly rulebook: Rulebook;
  readonly known: KnownSubject;
  readonly purpose: string;
  readonly choices: readonly Choice[];
  readonly shownAt: Date | null;
  readonly at: Instant;
  /** Who is asked is the guardian of somebody too young to decide. */
  readonly asGuardian?: boolean;
}

/** Derives a preference from the events of the subject and the clauses in force (rules.md, Decide; NDSR art. 22(5)). */
export function preferenceOf({
  rulebook,
  known,
  purpose,
  choices,
  shownAt,
  at,
  asGuardian = false,
}: PreferenceFacts): Preference {
  const standings = choices.map((choice) => ({ choice, standing: standingOf(rulebook, known.facts, { choice, at }) }));
  const states = standings.map(({ standing }) => stateOf(standing, known.facts.consents ?? [], purpose));
  const state = overall(states);
  const waits =
    state === 'granted' ? null : askAgainAt(rulebook, known.facts.consents ?? [], { purpose, shownAt, state });
  const mayDecide =
    known.status === 'active' && (asGuardian || known.minorStatus !== 'under14') && known.facts.isRestricted !== true;
  const isStoppedByGpc = standings.some(({ standing }) => standing.code === 'gpc.optOut');
  return {
    purpose,
    state,
    choices,
    isStoppedByGpc,
    consent: standings.find(({ standing }) => standing.consent)?.standing.consent ?? null,
    separately: standings.flatMap(({ choice, standing }, index) =>
      choice.isSeparate
        ? [
            {
              choice,
              state: (states[index] ?? 'none') as SeparateChoice['state'],
              consentEventId: standing.consent?.id ?? null,
            },
          ]
        : [],
    ),
    mayAsk:
      mayDecide && choices.length > 0 && state !== 'granted' && !isStoppedByGpc && (waits === null || waits <= at),
    askAgainAt: waits !== null && waits > at ? waits : null,
  };
}

function stateOf(
  { code, consent }: ChoiceStanding,
  consents: readonly ConsentFact[],
  purpose: string,
): PreferenceState {
  if (code === null) return 'granted';
  if (code === 'consent.stale') return 'stale';
  if (code === 'consent.expired') return 'expired';
  if (code === 'consent.withdrawn') return 'withdrawn';
  if (
    consent === null &&
    code === 'gpc.optOut' &&
    consents.some((one) => one.purpose === purpose && one.state === 'withdrawn')
  )
    return 'withdrawn';
  return 'none';
}

function overall(states: readonly PreferenceState[]): PreferenceState {
  if (states.length === 0) return 'none';
  if (states.every((state) => state === 'granted')) return 'granted';
  if (states.includes('stale')) return 'stale';
  if (states.includes('granted')) return 'partly';
  return (['expired', 'withdrawn'] as const).find((state) => states.includes(state)) ?? 'none';
}

/** A no keeps for as long as the profile says; a question left open, for a day. What changed since a yes may be asked at once. */
function askAgainAt(
  rulebook: Rulebook,
  consents: readonly ConsentFact[],
  { purpose, shownAt, state }: { purpose: string; shownAt: Date | null; state: PreferenceState },
): Instant | null {
  const own = consents.filter((one) => one.purpose === purpose);
  const last = own.reduce<ConsentFact | null>(
    (latest, one) => (latest === null || one.at > latest.at ? one : latest),
    null,
  );
  const refused =
    last?.state === 'withdrawn' && state !== 'stale'
      ? last.at + rulebook.profile.rules.askAgainAfterDays.value * dayInMilliseconds
      : null;
  const isUnanswered = shownAt !== null && (last === null || last.at < shownAt.getTime());
  const unanswered = isUnanswered ? shownAt.getTime() + dayInMilliseconds : null;
  if (refused === null || unanswered === null) return refused ?? unanswered;
  return Math.max(refused, unanswered);
}
