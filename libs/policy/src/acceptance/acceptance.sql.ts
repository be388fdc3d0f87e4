/** SQL: the subject had accepted some policy by that instant. Both are SQL expressions. */
export function hasAcceptedBy(subjectId: string, at: string): string {
  return `EXISTS (SELECT FROM policy.acceptances accepted WHERE accepted.subject_id = ${subjectId} AND accepted.at <= ${at})`;
}
