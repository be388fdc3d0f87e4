import type { PolicyDocument } from '@abide/rulebook';

/** Whether a clause of the texts in force gives the right to correction, and none asks for evidence. */
export function givesCorrectionWithoutEvidence(documents: readonly PolicyDocument[]): boolean {
  const proofs = documents
    .flatMap(({ clauses }) => clauses.flatMap(({ terms }) => terms))
    .flatMap((term) => (term.type === 'right' && term.rights.includes('correction') ? [term.verification] : []));
  return proofs.length > 0 && !proofs.includes('evidence');
}
