/** Who asks. `clients` are the platform's back-end services. */
export type Principal = SubjectPrincipal | OperatorPrincipal | ClientPrincipal;

export interface SubjectPrincipal {
  readonly kind: 'subject';
  readonly subjectId: string;
  readonly subjectKind: 'person' | 'enterprise' | 'device';
  readonly sessionId: string;
}

export interface OperatorPrincipal {
  readonly kind: 'operator';
  readonly operatorId: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<string>;
  readonly sessionId: string;
  readonly stepUpUntil: Date | null;
}

export interface ClientPrincipal {
  readonly kind: 'client';
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  readonly bounds: ClientBounds | null;
}

/** The purposes and services that a client is for; null where any is. */
export interface ClientBounds {
  readonly purposes: ReadonlySet<string> | null;
  readonly services: ReadonlySet<string> | null;
}
