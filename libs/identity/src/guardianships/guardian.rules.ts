import { dayInMilliseconds, DomainError } from '@abide/kernel';
import type { Identifier } from '../subjects/identifier.rules.js';

/** Who answers for a minor, as the minor named them. */
export interface Guardian {
  readonly name?: string;
  readonly identifier: Identifier;
}

export const guardianshipStates = ['pending', 'confirmed', 'ended'] as const;
export type GuardianshipState = (typeof guardianshipStates)[number];

/** Below the age of guardian consent the guardian consents (PIPL art. 31); above it, until 18, the guardian reads along. */
export const guardianshipKinds = ['consent', 'advice'] as const;
export type GuardianshipKind = (typeof guardianshipKinds)[number];

export const endReasons = ['guardianLeft', 'guardianErased', 'cameOfAge', 'refusedByGuardian'] as const;
export type EndReason = (typeof endReasons)[number];

export const consentStates = ['granted', 'withdrawn'] as const;
export type ConsentState = (typeof consentStates)[number];

/** How a guardian is known to be an adult: by the birth date of their account, or by what an officer saw. */
export type KnownBy = 'account' | 'evidence';

/** What an officer decides with evidence: that a guardian is an adult, that a withdrawal stands no more, that a further guardian is one. */
export const decidables = ['age', 'withdrawal', 'addition'] as const;
export type Decidable = (typeof decidables)[number];

/** What a guardianship that its guardian confirmed still waits for. */
export const awaitables = ['otherGuardian', 'age'] as const;
export type Awaitable = (typeof awaitables)[number];

/** How long a guardian whose age nobody asked for before has to prove it. */
export const ageDays = 14;

/** How many guardianships of a minor may be pending or confirmed at the same time. */
export const mostOpen = 5;
/** How long a guardian can be asked for a code, as for a child's registration. */
export const pendingDays = 7;

/** What a guardian is for somebody whose `minorStatus` is this; null when they need none. */
export function kindFor(minorStatus: string): GuardianshipKind | null {
  if (minorStatus === 'under14') return 'consent';
  return minorStatus === 'under18' ? 'advice' : null;
}

export type GuardianshipErrorCode =
  | 'guardianship.not_found'
  | 'guardianship.not_confirmed'
  | 'guardianship.came_of_age'
  | 'guardianship.not_a_minor'
  | 'guardianship.too_many'
  | 'guardianship.already_confirmed'
  | 'guardianship.guardian_is_minor'
  | 'guardianship.age_unknown'
  | 'guardianship.nothing_to_decide';

const details: Readonly<Record<GuardianshipErrorCode, string>> = {
  'guardianship.not_found': 'There is no such guardianship.',
  'guardianship.not_confirmed': 'The guardian has not confirmed with their code yet. Nothing was changed.',
  'guardianship.came_of_age': "The guardian's consent is no longer needed. Nothing was changed.",
  'guardianship.not_a_minor': 'Only a minor has a guardian. Nothing was stored.',
  'guardianship.too_many': `A minor has ${mostOpen} guardianships at most. Nothing was stored.`,
  'guardianship.already_confirmed': 'This guardian has confirmed already. Nothing was changed.',
  'guardianship.guardian_is_minor': 'A guardian is of age. Nothing was changed.',
  'guardianship.age_unknown':
    'It is not known yet that this guardian is an adult. Nothing was changed; the guardian states their birth date in their own account, or shows a privacy officer evidence.',
  'guardianship.nothing_to_decide':
    'There is nothing of this kind to decide about this guardianship. Nothing was changed.',
};

export function refusal(code: GuardianshipErrorCode): DomainError {
  return new DomainError(code === 'guardianship.not_found' ? 'notFound' : 'conflict', code, { detail: details[code] });
}

/** @throws DomainError `registration.guardian_is_registrant` when the address is one of the minor's own. */
export function requireAnother(guardian: Identifier, own: readonly Identifier[]): void {
  if (!own.some(({ type, value }) => type === guardian.type && value === guardian.value)) return;
  throw new DomainError('invalid', 'registration.guardian_is_registrant', {
    detail: 'A guardian has a phone number or e-mail address of their own. Nothing was stored.',
    errors: [
      {
        pointer: '/guardian/identifier/value',
        code: 'registration.guardian_is_registrant',
        message: 'Name the address of the guardian.',
      },
    ],
  });
}

/** What an account proves of a guardian's age at `at`: nothing without an account, or where it says none. */
export function adultFacts(
  account: { readonly minorStatus: string } | null,
  at: Date,
): { adultKnownAt: Date | null; adultBy: KnownBy | null } {
  return account?.minorStatus === 'adult'
    ? { adultKnownAt: at, adultBy: 'account' }
    : { adultKnownAt: null, adultBy: null };
}

/** Until when the consent of a guardian counts whom nobody asked for their age before. */
export function ageGrace(now: Date): Date {
  return new Date(now.getTime() + ageDays * dayInMilliseconds);
}
