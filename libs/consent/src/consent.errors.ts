import { DomainError, type DomainErrorDetails, type ErrorKind } from '@abide/kernel';

/** Every refusal this module makes, with the kind that decides its status. */
const kinds = {
  'question.unknownService': 'invalid',
  'question.unknownPurpose': 'invalid',
  'question.unknownCategory': 'invalid',
  'question.unknownRegion': 'invalid',
  'recipient.unknown': 'invalid',
  'consent.unknown_purpose': 'notFound',
  'consent.unknown_category': 'invalid',
  'consent.unknown_service': 'invalid',
  'consent.unknown_recipient': 'invalid',
  'consent.unknown_region': 'invalid',
  'consent.unknown_revision': 'invalid',
  'consent.unknown_clause': 'invalid',
  'consent.no_clause': 'conflict',
  'consent.too_many': 'conflict',
  'consent.in_future': 'invalid',
  'consent.too_old': 'invalid',
  'consent.before_registration': 'invalid',
  'consent.guardian_needed': 'forbidden',
  'consent.cooling_off': 'conflict',
  'consent.nothing_to_ask': 'conflict',
  'consent.no_objection': 'notFound',
  'consent.receipt_not_found': 'notFound',
  'consent.event_not_found': 'notFound',
  'consent.no_evidence': 'notFound',
  'consent.reminder_not_found': 'notFound',
  'consent.reminded_lately': 'conflict',
  'subject.unknown': 'notFound',
  'subject.not_found': 'notFound',
  'subject.closed': 'conflict',
  'subject.restricted': 'conflict',
} as const satisfies Record<string, ErrorKind>;

export type ConsentErrorCode = keyof typeof kinds;

/** The refusal `code` as the error that the HTTP filter understands. */
export function refusal(code: ConsentErrorCode, details: DomainErrorDetails = {}): DomainError {
  return new DomainError(kinds[code], code, details);
}
