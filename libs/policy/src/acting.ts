import { DomainError } from '@abide/kernel';
import { requestContext, type OperatorPrincipal } from '@abide/platform';

/** Who acts on a revision: an operator, a service client pushing policy-as-code, or a job. */
export interface Acting {
  readonly kind: 'operator' | 'client' | 'system';
  readonly id: string;
}

/** The principal of the request; `system` where there is none, as in jobs. */
export function acting(): Acting {
  const principal = requestContext()?.principal;
  if (!principal) return { kind: 'system', id: 'system' };
  if (principal.kind === 'operator') return { kind: 'operator', id: principal.operatorId };
  if (principal.kind === 'client') return { kind: 'client', id: principal.clientId };
  throw new DomainError('forbidden', 'access.operator_only');
}

/** The operator of the request. @throws DomainError where somebody else asks */
export function actingOperator(): OperatorPrincipal {
  const principal = requestContext()?.principal;
  if (principal?.kind !== 'operator') throw new DomainError('forbidden', 'access.operator_only');
  return principal;
}
