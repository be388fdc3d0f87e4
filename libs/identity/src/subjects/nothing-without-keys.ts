import { DomainError } from '@abide/kernel';

/** For `catch`: of a subject whose keys are destroyed there is nothing left to read. */
export function nothingWithoutKeys<Nothing>(nothing: Nothing): (error: unknown) => Nothing {
  return (error) => {
    if (error instanceof DomainError && error.code.startsWith('vault.key')) return nothing;
    throw error;
  };
}
