import fc from 'fast-check';
import { allowedThroughout, consentsThen } from './collected.js';
import type { CategoryDecision, ConsentFact, Decision, PurposeLineage } from './facts.js';

const precisions = ['exact', 'truncated', { h3: 5 }, { h3: 7 }] as const;

function aPurpose(purpose: string, changes: Partial<PurposeLineage> = {}): PurposeLineage {
  return {
    purpose,
    policy: 'privacy',
    revision: 2,
    clauseId: `use.${purpose}`,
    basis: 'consent',
    consentEventId: 'now',
    precision: 'exact',
    ...changes,
  };
}

function aDecision(purposes: readonly PurposeLineage[]): Decision {
  const allowed = purposes.length > 0;
  const result: CategoryDecision = {
    category: 'log.search',
    allowed,
    code: allowed ? null : 'consent.missing',
    policy: 'privacy',
    revision: 2,
    clauseId: 'use.a',
    basis: 'consent',
    consentEventId: allowed ? 'now' : null,
    fallback: null,
    ifWithheld: null,
    minimumGroup: null,
    precision: allowed ? 'exact' : null,
    storage: null,
    purposes,
  };
  return { allowed, results: [result] };
}

const lineage = fc
  .uniqueArray(
    fc.record({
      purpose: fc.constantFrom('a', 'b', 'c'),
      precision: fc.constantFrom(...precisions),
      consentEventId: fc.constantFrom('one', 'two', null),
    }),
    { selector: ({ purpose }) => purpose },
  )
  .map((all) => all.map(({ purpose, ...changes }) => aPurpose(purpose, changes)));

describe('what came about earlier and is collected now', () => {
  it('carries no purpose that was not allowed at both times, and is refused where none was', () => {
    fc.assert(
      fc.property(lineage, lineage, (now, then) => {
        const {
          allowed,
          results: [result],
        } = allowedThroughout(aDecision(now), aDecision(then));
        const both = now.map(({ purpose }) => purpose).filter((one) => then.some(({ purpose }) => purpose === one));
        expect(result?.purposes.map(({ purpose }) => purpose)).toEqual(both);
        expect(allowed).toBe(both.length > 0);
        expect(result?.code).toBe(
          both.length > 0 ? null : now.length > 0 ? 'collected.beforeAllowed' : 'consent.missing',
        );
      }),
    );
  });

  it('is refused as a whole where one category is, and where nothing was asked', () => {
    const [allowed, refused] = [aDecision([aPurpose('a')]), aDecision([])];
    const both = (one: Decision, other: Decision): Decision => ({
      allowed: one.allowed && other.allowed,
      results: [...one.results, ...other.results],
    });
    const of = (now: Decision, then: Decision) => {
      const { allowed, results } = allowedThroughout(now, then);
      return [allowed, ...results.map(({ code }) => code)];
    };
    expect(of(both(allowed, allowed), both(allowed, allowed))).toEqual([true, null, null]);
    expect(of(both(allowed, allowed), both(allowed, refused))).toEqual([false, null, 'collected.beforeAllowed']);
    expect(of(both(refused, allowed), both(allowed, allowed))).toEqual([false, 'consent.missing', null]);
    const nothing = { allowed: false, results: [] };
    expect(of(nothing, nothing)).toEqual([false]);
  });

  it('is kept no more exactly than either time allows, and rests on the consent of then', () => {
    const {
      results: [result],
    } = allowedThroughout(
      aDecision([aPurpose('a')]),
      aDecision([aPurpose('a', { consentEventId: 'then', precision: { h3: 7 } })]),
    );
    expect(result).toMatchObject({
      allowed: true,
      precision: { h3: 7 },
      consentEventId: 'then',
      purposes: [{ revision: 2, consentEventId: 'then', precision: { h3: 7 } }],
    });
  });

  it('needs no consent where none is needed now, and the present one where none was needed then', () => {
    const consentOf = (now: string | null, then: string | null) =>
      allowedThroughout(
        aDecision([aPurpose('a', { consentEventId: now })]),
        aDecision([aPurpose('a', { consentEventId: then })]),
      ).results[0]?.consentEventId;
    expect([consentOf(null, 'then'), consentOf('now', null)]).toEqual([null, 'now']);
  });

  it('counts what was withdrawn since as withdrawn then, and no grant as given earlier than it was', () => {
    const said = (state: ConsentFact['state'], at: number): ConsentFact => ({ state, at, purpose: 'a' });
    expect(
      consentsThen([said('granted', 1), said('withdrawn', 2), said('withdrawn', 9), said('granted', 10)], 5).map(
        ({ at }) => at,
      ),
    ).toEqual([1, 2, 5, 10]);
  });
});
