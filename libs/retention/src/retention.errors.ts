import { DomainError, type DomainErrorDetails, type ErrorKind } from '@abide/kernel';

/** Every refusal this module makes, with the kind that decides its status and the words people see. */
const refusals = {
  'hold.not_found': ['notFound', 'There is no such hold.'],
  'hold.unknown_subject': ['invalid', 'There is no such account. Nothing was placed.'],
  'hold.unknown_category': ['invalid', 'There is no such kind of data. Nothing was placed.'],
  'hold.bad_end': ['invalid', 'A hold ends in the future, and within ten years. Nothing was placed.'],
  'hold.bad_period': ['invalid', 'The period ends after it begins. Nothing was placed.'],
  'hold.over': ['conflict', 'The hold has ended already. Nothing was changed.'],
  'retention.run_not_found': ['notFound', 'There is no such run.'],
  'retention.run_under_way': ['conflict', 'A run is asked for or under way already. Nothing was asked for.'],
  'retention.awaits_approval': [
    'conflict',
    'A dry run waits for somebody to look at it. Until it is approved nothing is deleted.',
  ],
  'retention.not_waiting': ['conflict', 'This run waits for nobody any more. Nothing was changed.'],
} as const satisfies Record<string, readonly [ErrorKind, string]>;

export type RetentionErrorCode = keyof typeof refusals;

/** The refusal `code` as the error that the HTTP filter understands. */
export function refusal(code: RetentionErrorCode, details: Partial<DomainErrorDetails> = {}): DomainError {
  const [kind, detail] = refusals[code];
  return new DomainError(kind, code, { detail, ...details });
}
