/**
 * One row where the subject may give consent, by themselves or through a guardian, and none where the account is closed or restricted or somebody
 * that young does not speak alone. Held in a statement that writes, it stays true until the end of the transaction: what would change it waits.
 * Both parameters are SQL.
 */
export function lockedGiver({ subjectId, isGuardian }: { subjectId: string; isGuardian: string }): string {
  return `SELECT FROM identity.subjects WHERE subject_id = ${subjectId} AND status NOT IN ('deceased', 'closed') AND NOT is_restricted
    AND (${isGuardian} OR (status <> 'pendingGuardian' AND minor_status <> 'under14')) FOR SHARE`;
}

/** SQL: the subject had no account yet at that instant. Both are SQL expressions. */
export function isRegisteredAfter(subjectId: string, at: string): string {
  return `EXISTS (SELECT FROM identity.subjects registered WHERE registered.subject_id = ${subjectId} AND registered.registered_at > ${at})`;
}
