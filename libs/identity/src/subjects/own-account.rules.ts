import { DomainError } from '@abide/kernel';
import type { SubjectPrincipal } from '@abide/platform';

/** @throws DomainError `subject.device_only` when a device asks for what only an account has. */
export function requireAccount({ subjectKind }: SubjectPrincipal): 'person' | 'enterprise' {
  if (subjectKind === 'device') throw new DomainError('forbidden', 'subject.device_only', { detail: 'A device has no account. Sign in first.' });
  return subjectKind;
}
