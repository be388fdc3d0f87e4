import { DomainError, type DomainErrorDetails, type ErrorKind } from '@abide/kernel';

/** Every refusal this module makes, with the kind that decides its status. */
const kinds = {
  'telemetry.event_not_found': 'notFound',
  'telemetry.field_not_found': 'notFound',
} as const satisfies Record<string, ErrorKind>;

export type TelemetryErrorCode = keyof typeof kinds;

/** The refusal `code` as the error that the HTTP filter understands. */
export function refusal(code: TelemetryErrorCode, details: DomainErrorDetails = {}): DomainError {
  return new DomainError(kinds[code], code, details);
}
