import { bearsSensitive, type CategoryDecision, type Decision } from '@abide/rulebook';

/** A collection of something that the subject says is sensitive: only purposes that may carry that are left. */
export function bearingSensitive({ results }: Decision): Decision {
  const bearing = results.map(bearingOf);
  return { allowed: bearing.length > 0 && bearing.every(({ allowed }) => allowed), results: bearing };
}

function bearingOf(result: CategoryDecision): CategoryDecision {
  const purposes = result.purposes.filter(({ basis }) => bearsSensitive(basis));
  if (!result.allowed || purposes.length > 0) return { ...result, purposes };
  return {
    ...result,
    allowed: false,
    code: 'consent.separateMissing',
    consentEventId: null,
    precision: null,
    storage: null,
    purposes,
  };
}
