import { dayInMilliseconds, DomainError, type ErrorKind } from '@abide/kernel';

/** The contact person speaks for the enterprise in everything; a member does what the contact person lets them, until a day. */
export const mandateRoles = ['contact', 'member'] as const;
export type MandateRole = (typeof mandateRoles)[number];

/** What a member can be let do for an enterprise. */
export const memberActs = ['askAccess', 'askCorrection', 'readNotices', 'readConsents'] as const;
export type MemberAct = (typeof memberActs)[number];

export const mandateEndReasons = ['replaced', 'ended', 'left', 'endedByOperator'] as const;
export type MandateEndReason = (typeof mandateEndReasons)[number];

export const mandateStates = ['named', 'lapsed', 'acting', 'expired', 'ended'] as const;
export type MandateState = (typeof mandateStates)[number];

/** How long whoever is named can confirm it. */
const namedDays = 30;
export const mostMembers = 20;

/** Whoever was named before this instant and never confirmed it is too late now. */
export function namedTooLongBefore(now: Date): Date {
  return new Date(now.getTime() - namedDays * dayInMilliseconds);
}

const refusals = {
  'mandate.not_found': ['notFound', 'There is no such enterprise that you act for, or nothing to confirm any more.'],
  'mandate.beyond_acts': ['forbidden', 'The contact person has not let you do this. Nothing was changed.'],
  'mandate.contact_only': ['forbidden', 'Only the contact person of the enterprise does this. Nothing was changed.'],
  'mandate.enterprise_only': ['forbidden', 'Only an enterprise has a contact person. Nothing was changed.'],
  'mandate.own_address': ['invalid', 'Name an address of the person’s own, not of the enterprise. Nothing was stored.'],
  'mandate.is_minor': ['conflict', 'Whoever acts for an enterprise is of age. Nothing was changed.'],
  'mandate.too_many': ['conflict', `An enterprise has ${mostMembers} members at most. Nothing was stored.`],
} as const satisfies Record<string, readonly [ErrorKind, string]>;
export type MandateErrorCode = keyof typeof refusals;

export function refusal(code: MandateErrorCode): DomainError {
  const [kind, detail] = refusals[code];
  return new DomainError(kind, code, { detail });
}
