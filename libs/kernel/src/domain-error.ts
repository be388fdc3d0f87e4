export const errorKinds = ['invalid', 'unauthenticated', 'forbidden', 'notFound', 'conflict', 'tooMany'] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** One offending place in an input: `pointer` is an RFC 6901 JSON Pointer into the body or a dotted policy path. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

export interface DomainErrorDetails {
  /** What happened, what was kept, what to do; shown to people. Never contains personal data. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Further machine-readable members of the problem document, for example `missing` or `retryAfterSeconds`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/**
 * A refusal that the caller can understand. `code` is stable and namespaced by module (`policy.stale_edit`);
 * the HTTP filter turns `kind` into a status and the whole into RFC 9457 problem+json.
 */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly details: DomainErrorDetails = {},
  ) {
    super(details.detail ?? code);
    this.name = 'DomainError';
  }
}
