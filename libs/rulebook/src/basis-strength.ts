import type { Basis } from './vocabulary.js';

const strengths: Readonly<Record<Basis, number>> = {
  separateConsent: 5,
  consent: 4,
  contract: 3,
  publicInterest: 2,
  legitimateInterest: 2,
  publicised: 2,
  vitalInterest: 1,
  legalObligation: 0,
};

/**
 * How much a basis asks of us: separate consent most, then consent, then an accepted agreement. What comes then asks nothing of the
 * subject, whose objection stops it; protecting a life is stopped by a restriction or the want of a guardian alone, and a legal obligation by neither.
 */
export function basisStrength(basis: Basis): number {
  return strengths[basis];
}
