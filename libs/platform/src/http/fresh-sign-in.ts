import { DomainError } from '@abide/kernel';
import type { OperatorPrincipal } from './principal.js';

/** @throws DomainError `session.step_up_required` unless the operator signed in again lately */
export function requireFreshSignIn({ stepUpUntil }: OperatorPrincipal, now: Date): void {
  if (stepUpUntil && stepUpUntil > now) return;
  throw new DomainError('forbidden', 'session.step_up_required', {
    detail: 'Sign in once more to do this; nothing was changed.',
  });
}
