import type { HoldingSummary } from '@abide/platform';
import { compile, offlineRegistry, type PolicyDocument } from '@abide/rulebook';
import fc from 'fast-check';
import { holdingsOf } from './holding.rules.js';

const words = (text: string) => ({ 'zh-CN': text, en: text });
const clause = (id: string, terms: PolicyDocument['clauses'][number]['terms']) => ({ id, heading: words(id), body: words(id), terms });
const collects = (category: string, purposes: string[], services?: string[]) => ({ type: 'collection' as const, categories: [category], purposes, basis: 'contract' as const, ...(services ? { services } : {}) });
const keeps = (category: string, period: string, services?: string[]) => ({ type: 'retention' as const, categories: [category], period, then: 'delete' as const, ...(services ? { services } : {}) });

const base = { title: words('Policy'), contact: words('Customer service'), glossary: [], definitions: [], recipients: [] };
const general: PolicyDocument = {
  ...base, policy: 'privacy', kind: 'general', services: ['ticketing', 'signing'],
  clauses: [
    clause('collect', [collects('log.network', ['security.protection']), collects('log.browsing', ['product.improvement'], ['signing'])]),
    clause('keep', [keeps('log.network', 'P1Y'), keeps('log.browsing', 'P1Y', ['signing']), { type: 'retention', categories: ['registration.name'], until: 'accountClosure', then: 'delete' }]),
    clause('changes', [{ type: 'change', notice: { leadDays: 7, channels: ['inApp'] }, acceptance: 'continuedUse' }]),
  ],
};
const ticketing: PolicyDocument = {
  ...base, policy: 'ticketing', kind: 'service', service: 'ticketing', services: ['ticketing'],
  clauses: [clause('tickets', [collects('log.network', ['security.protection', 'security.fraud']), keeps('log.network', 'P6M')])],
};

const { rulebook, problems } = compile([{ document: general, revision: 4 }, { document: ticketing, revision: 2 }], offlineRegistry());
if (!rulebook) throw new Error(`The example does not compile: ${JSON.stringify(problems)}`);

const summary = (more: Partial<HoldingSummary> = {}): HoldingSummary => ({ category: 'log.network', count: 1, since: new Date(0), ...more });
const only = (...summaries: HoldingSummary[]) => {
  const [holding, ...more] = holdingsOf(summaries, rulebook);
  if (!holding || more.length > 0) throw new Error('One category was expected');
  return holding;
};

describe('what is held, put together', () => {
  it('rests on what holds for every service where no service is named', () => {
    expect(only(summary())).toMatchObject({
      clauses: [{ policy: 'privacy', revision: 4, clauseId: 'collect', purposes: ['security.protection'] }],
      retention: [{ policy: 'privacy', period: 'P1Y' }],
    });
  });

  it('rests on the service’s own clauses where it was collected in a service that has some', () => {
    expect(only(summary({ service: 'ticketing' }))).toMatchObject({
      clauses: [{ policy: 'ticketing', revision: 2, clauseId: 'tickets', purposes: ['security.fraud', 'security.protection'] }],
      retention: [{ policy: 'ticketing', period: 'P6M' }],
    });
  });

  it('rests on whichever service’s clause collects it where none does for all', () => {
    expect(only(summary({ category: 'log.browsing' }))).toMatchObject({ clauses: [{ clauseId: 'collect', purposes: ['product.improvement'] }], retention: [{ service: 'signing' }] });
    expect(only(summary({ category: 'log.browsing', service: 'ticketing' }))).toMatchObject({ clauses: [], retention: [] });
  });

  it('names the promise of each service that keeps it differently', () => {
    expect(only(summary({ service: 'ticketing' }), summary({ service: 'signing' })).retention.map(({ period }) => period)).toEqual(['P6M', 'P1Y']);
  });

  it('takes the lineage of the rows before the clauses in force', () => {
    const ground = { policy: 'privacy', revision: 1, clauseId: 'old', purpose: 'security.protection' };
    expect(only(summary({ grounds: [ground, ground] })).clauses).toEqual([{ policy: 'privacy', revision: 1, clauseId: 'old', purposes: ['security.protection'] }]);
    expect(only(summary({ grounds: [] })).clauses).toEqual([]);
  });

  it('stays until an event where the promise names one and the rows have no date', () => {
    const name = { category: 'registration.name' };
    expect(only(summary(name)).isOpenEnded).toBe(true);
    expect(only(summary({ ...name, until: new Date(1) })).isOpenEnded).toBe(false);
    expect(only(summary({ ...name, until: new Date(1), isOpenEnded: true })).isOpenEnded).toBe(true);
    expect(only(summary()).isOpenEnded).toBe(false);
  });

  it('loses no record, whatever the holders say and in whichever order', () => {
    const date = fc.option(fc.date({ noInvalidDate: true }));
    const summaries = fc.array(fc.record({ category: fc.constantFrom('log.network', 'registration.name', 'none'), count: fc.integer({ min: 1, max: 1000 }), since: date, until: date }), { maxLength: 12 });
    fc.assert(fc.property(summaries, (said) => {
      const holdings = holdingsOf(said, rulebook);
      expect(holdings.map(({ category }) => category)).toEqual([...new Set(said.map(({ category }) => category))].sort());
      for (const { category, count, since, until } of holdings) {
        const parts = said.filter((one) => one.category === category);
        const times = (which: 'since' | 'until') => parts.flatMap((one) => one[which]?.getTime() ?? []);
        expect(count).toBe(parts.reduce((sum, one) => sum + one.count, 0));
        expect(since?.getTime()).toBe(times('since').sort((one, other) => one - other)[0]);
        expect(until?.getTime()).toBe(times('until').sort((one, other) => other - one)[0]);
      }
      expect(holdingsOf([...said].reverse(), rulebook)).toEqual(holdings);
    }));
  });
});
