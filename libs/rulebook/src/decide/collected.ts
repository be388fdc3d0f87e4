import { coarserOf } from '../terms.js';
import type { CategoryDecision, ConsentFact, Decision, Instant, PurposeLineage } from './facts.js';

/**
 * Whether something may be collected that came about earlier: `now` says what may be stored at present, `then` what might have been collected when it
 * came about. Only purposes that both allow are left, no more exactly than either allows; what none is left for is `collected.beforeAllowed`.
 */
export function allowedThroughout(now: Decision, then: Decision): Decision {
  const results = now.results.map((result, index) => {
    const earlier = then.results[index];
    return result.allowed ? throughout(result, earlier?.allowed ? earlier.purposes : []) : result;
  });
  return { allowed: results.length > 0 && results.every(({ allowed }) => allowed), results };
}

function throughout(result: CategoryDecision, earlier: readonly PurposeLineage[]): CategoryDecision {
  const purposes = result.purposes.flatMap((one) => {
    const before = earlier.find(({ purpose }) => purpose === one.purpose);
    return before ? [restingOn(one, before)] : [];
  });
  const [first] = purposes;
  if (!first)
    return {
      ...result,
      allowed: false,
      code: 'collected.beforeAllowed',
      consentEventId: null,
      precision: null,
      storage: null,
      purposes,
    };
  const { policy, revision, clauseId, basis, consentEventId, precision } = first;
  return { ...result, policy, revision, clauseId, basis, consentEventId, precision, purposes };
}

/** Cites the consent that stood then, so that whatever ends it takes the datum with it, though another was given since. */
function restingOn(now: PurposeLineage, then: PurposeLineage): PurposeLineage {
  const consentEventId = now.consentEventId === null ? null : (then.consentEventId ?? now.consentEventId);
  return { ...now, consentEventId, precision: coarserOf(now.precision, then.precision) };
}

/**
 * The consents that speak of something that came about at `at`: what was withdrawn since is taken back from it as from what was stored at once, so that no
 * later grant gives it again.
 */
export function consentsThen(consents: readonly ConsentFact[], at: Instant): readonly ConsentFact[] {
  return consents.map((one) => (one.state === 'withdrawn' && one.at > at ? { ...one, at } : one));
}
