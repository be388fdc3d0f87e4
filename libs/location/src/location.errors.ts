import { DomainError, type DomainErrorDetails, type ErrorKind } from '@abide/kernel';

/** Every refusal this module makes, with the kind that decides its status. */
const kinds = {
  'location.too_much': 'invalid',
} as const satisfies Record<string, ErrorKind>;

export type LocationErrorCode = keyof typeof kinds;

/** The refusal `code` as the error that the HTTP filter understands. */
export function refusal(code: LocationErrorCode, details: DomainErrorDetails = {}): DomainError {
  return new DomainError(kinds[code], code, details);
}
