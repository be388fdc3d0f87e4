import type { Basis, CategoryDecision, PurposeLineage } from '@abide/rulebook';
import { bearingSensitive } from './sensitive.rules.js';

const lineage = (purpose: string, basis: Basis): PurposeLineage => ({
  purpose,
  policy: 'privacy',
  revision: 1,
  clauseId: purpose,
  basis,
  consentEventId: 'given',
  precision: 'exact',
});

function aResult(...purposes: PurposeLineage[]): CategoryDecision {
  return {
    category: 'content.note',
    allowed: true,
    code: null,
    policy: 'privacy',
    revision: 1,
    clauseId: 'notes',
    basis: 'consent',
    consentEventId: 'given',
    fallback: null,
    ifWithheld: null,
    minimumGroup: null,
    precision: 'exact',
    storage: null,
    purposes,
  };
}

const bearing = (...results: CategoryDecision[]) =>
  bearingSensitive({ allowed: results.every(({ allowed }) => allowed), results });

describe('the collection of what its subject calls sensitive', () => {
  it.each<[Basis, boolean]>([
    ['separateConsent', true],
    ['legalObligation', true],
    ['publicInterest', true],
    ['vitalInterest', true],
    ['consent', false],
    ['contract', false],
  ])('on %s is allowed: %p', (basis, allowed) => {
    expect(bearing(aResult(lineage('support', basis))).allowed).toBe(allowed);
  });

  it('keeps of several purposes those that may carry it', () => {
    const { allowed, results } = bearing(aResult(lineage('support', 'consent'), lineage('safety', 'vitalInterest')));
    expect(allowed).toBe(true);
    expect(results[0]).toMatchObject({ code: null, consentEventId: 'given', precision: 'exact' });
    expect(results[0]?.purposes.map(({ purpose }) => purpose)).toEqual(['safety']);
  });

  it('asks for separate consent where no purpose may carry it, and cites the clause all the same', () => {
    expect(bearing(aResult(lineage('support', 'consent'))).results).toEqual([
      { ...aResult(), allowed: false, code: 'consent.separateMissing', consentEventId: null, precision: null },
    ]);
  });

  it('leaves a refusal as it was', () => {
    const refused: CategoryDecision = { ...aResult(), allowed: false, code: 'location.off', consentEventId: null };
    expect(bearing(refused)).toEqual({ allowed: false, results: [refused] });
  });

  it('is refused as a whole where one category is, and where there is none', () => {
    const [may, mayNot] = [aResult(lineage('safety', 'vitalInterest')), aResult(lineage('support', 'consent'))];
    expect(bearing(may, may).allowed).toBe(true);
    expect(bearing(may, mayNot).allowed).toBe(false);
    expect(bearing().allowed).toBe(false);
  });
});
