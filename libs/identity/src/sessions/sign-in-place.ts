import type { Place } from '@abide/vault';

/** Where a sealed value of a sign-in lives. */
export function signInPlace(
  { subjectId, id }: { readonly subjectId: string; readonly id: string },
  column: 'address' | 'client',
): Place {
  return { subjectId, table: 'identity.sign_ins', column, rowId: id };
}
