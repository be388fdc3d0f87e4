import { DomainError } from '@abide/kernel';

/** The refusal of a change whose ground has moved since it was proposed. */
export function staleChange(): DomainError {
  return new DomainError('conflict', 'change.stale', {
    detail:
      'What it is about, or what it would open, has changed since it was proposed. Nothing was changed; reject it, and propose it anew if it is still wanted.',
  });
}
