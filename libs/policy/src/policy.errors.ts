import { DomainError, type DomainErrorDetails, type ErrorKind } from '@abide/kernel';

/** Every refusal this module makes, with the kind that decides its status. */
const kinds = {
  'registration.field_required': 'invalid',
  'policy.not_found': 'notFound',
  'policy.no_draft': 'notFound',
  'policy.revision_not_found': 'notFound',
  'policy.invalid': 'invalid',
  'policy.no_tests': 'notFound',
  'policy.tests_invalid': 'invalid',
  'policy.if_match_required': 'invalid',
  'policy.stale_edit': 'conflict',
  'policy.kind_taken': 'conflict',
  'policy.wrong_state': 'conflict',
  'policy.self_approval': 'forbidden',
  'policy.content_changed': 'conflict',
  'policy.not_approved': 'conflict',
  'policy.lead_time_too_short': 'conflict',
  'policy.channel_not_configured': 'conflict',
  'policy.already_scheduled': 'conflict',
  'policy.raise_without_reason': 'invalid',
  'policy.raise_not_upwards': 'conflict',
  'policy.confirmation_missing': 'conflict',
  'policy.conditions_not_met': 'conflict',
  'policy.warnings_unanswered': 'conflict',
  'policy.too_extensive': 'conflict',
  'policy.calculating': 'tooMany',
  'acceptance.missing': 'conflict',
  'acceptance.not_in_force': 'conflict',
  'registry.not_found': 'notFound',
  'registry.code_taken': 'conflict',
  'registry.unknown_region': 'invalid',
  'registry.seed_protected': 'conflict',
  'registry.breaks_policy': 'conflict',
} as const satisfies Record<string, ErrorKind>;

export type PolicyErrorCode = keyof typeof kinds;

/** The refusal `code` as the error that the HTTP filter understands. */
export function refusal(code: PolicyErrorCode, details: DomainErrorDetails = {}): DomainError {
  return new DomainError(kinds[code], code, details);
}
