import type { Basis, CategoryDecision, Decision } from '@abide/rulebook';

/** The bases that carry what is sensitive (PIPL art. 29). */
export const bearsSensitive: ReadonlySet<Basis> = new Set([
  'separateConsent',
  'legalObligation',
  'publicInterest',
  'vitalInterest',
]);

/** A collection of something that the subject says is sensitive: only purposes that may carry that are left. */
export function bearingSensitive({ results }: Decision): Decision {
  const bearing = results.map(bearingOf);
  return { allowed: bearing.length > 0 && bearing.every(({ allowed }) => allowed), results: bearing };
}

function bearingOf(result: CategoryDecision): CategoryDecision {
  const purposes = result.purposes.filter(({ basis }) => bearsSensitive.has(basis));
  if (!result.allowed || purposes.length > 0) return { ...result, purposes };
  return {
    ...result,
    allowed: false,
    code: 'consent.separateMissing',
    consentEventId: null,
    precision: null,
    purposes,
  };
}
