import { DomainError } from '@abide/kernel';
import { requestContext } from '@abide/platform';

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
