import type { TermDifference } from '../policies.types.js';

/** Whom a difference reaches, by its class: nobody's rights, all who are told, all who must be told ahead, all who are asked again. */
export function whomItTouches({
  class: weight,
}: Pick<TermDifference, 'class'>): 'nobody' | 'told' | 'toldAhead' | 'askedAgain' {
  return (
    { editorial: 'nobody', informational: 'told', reductionOfRights: 'toldAhead', freshConsent: 'askedAgain' } as const
  )[weight];
}
