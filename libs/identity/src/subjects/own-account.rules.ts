import { DomainError } from '@abide/kernel';
import type { SubjectPrincipal } from '@abide/platform';

/** @throws DomainError `subject.device_only` when a device asks for what only an account has. */
export function requireAccount({ subjectKind }: SubjectPrincipal): 'person' | 'enterprise' {
  if (subjectKind === 'device')
    throw new DomainError('forbidden', 'subject.device_only', { detail: 'A device has no account. Sign in first.' });
  return subjectKind;
}

/** @throws DomainError as `requireAccount`; `profile.field_not_allowed` for an enterprise. */
export function requirePerson(principal: SubjectPrincipal): void {
  if (requireAccount(principal) === 'person') return;
  throw new DomainError('invalid', 'profile.field_not_allowed', {
    detail: 'Only a person has a birth date. Nothing was changed.',
  });
}
