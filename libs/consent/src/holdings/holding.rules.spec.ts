import type { HoldingSummary } from '@abide/platform';
import { compile, offlineRegistry, type PolicyDocument } from '@abide/rulebook';
import fc from 'fast-check';
import { holdingsOf, servicesToAsk } from './holding.rules.js';

const words = (text: string) => ({ 'zh-CN': text, en: text });
const clause = (id: string, terms: PolicyDocument['clauses'][number]['terms']) => ({
  id,
  heading: words(id),
  body: words(id),
  terms,
});
const collects = (category: string, purposes: string[], services?: string[]) => ({
  type: 'collection' as const,
  categories: [category],
  purposes,
  basis: 'contract' as const,
  ...(services ? { services } : {}),
});
const keeps = (category: string, period: string, services?: string[], purposes?: string[]) => ({
  type: 'retention' as const,
  categories: [category],
  period,
  then: 'delete' as const,
  ...(services ? { services } : {}),
  ...(purposes ? { purposes } : {}),
});

const base = {
  title: words('Policy'),
  contact: words('Customer service'),
  glossary: [],
  definitions: [],
  recipients: [],
};
const general: PolicyDocument = {
  ...base,
  policy: 'privacy',
  kind: 'general',
  services: ['ticketing', 'signing'],
  clauses: [
    clause('collect', [
      collects('log.network', ['security.protection']),
      collects('log.browsing', ['product.improvement'], ['signing']),
      collects('log.appUsage', ['product.improvement', 'personalisation']),
      { ...collects('log.search', ['product.improvement']), storage: 'onDevice' },
    ]),
    clause('keep', [
      keeps('log.network', 'P1Y'),
      keeps('log.browsing', 'P1Y', ['signing']),
      keeps('log.appUsage', 'P1Y'),
      keeps('log.appUsage', 'P30D', undefined, ['personalisation']),
      { type: 'retention', categories: ['registration.name'], until: 'accountClosure', then: 'delete' },
    ]),
    clause('changes', [{ type: 'change', notice: { leadDays: 7, channels: ['inApp'] }, acceptance: 'continuedUse' }]),
  ],
};
const ticketing: PolicyDocument = {
  ...base,
  policy: 'ticketing',
  kind: 'service',
  service: 'ticketing',
  services: ['ticketing'],
  clauses: [
    clause('tickets', [
      collects('log.network', ['security.protection', 'security.fraud']),
      keeps('log.network', 'P6M'),
    ]),
  ],
};

const { rulebook, problems } = compile(
  [
    { document: general, revision: 4 },
    { document: ticketing, revision: 2 },
  ],
  offlineRegistry(),
);
if (!rulebook) throw new Error(`The example does not compile: ${JSON.stringify(problems)}`);

const at = new Date('2026-11-29T04:00:00Z');
const summary = (more: Partial<HoldingSummary> = {}): HoldingSummary => ({
  category: 'log.network',
  count: 1,
  since: new Date(0),
  ...more,
});
const only = (...summaries: HoldingSummary[]) => {
  const [holding, ...more] = holdingsOf(summaries, rulebook, at);
  if (!holding || more.length > 0) throw new Error('One category was expected');
  return holding;
};

describe('what is held, put together', () => {
  it('is promised what holds for every service where no service is named', () => {
    expect(only(summary())).toMatchObject({ retention: [{ policy: 'privacy', period: 'P1Y' }] });
    expect(servicesToAsk(summary(), rulebook)).toEqual([null]);
  });

  it('is promised what the service’s own policy says where it was collected in a service that has one', () => {
    expect(only(summary({ service: 'ticketing' }))).toMatchObject({
      retention: [{ policy: 'ticketing', period: 'P6M' }],
    });
    expect(servicesToAsk(summary({ service: 'ticketing' }), rulebook)).toEqual(['ticketing']);
  });

  it('may rest on whichever service’s clause collects it where none does for all', () => {
    expect(servicesToAsk(summary({ category: 'log.browsing' }), rulebook)).toEqual(['signing']);
    expect(servicesToAsk(summary({ category: 'log.browsing', service: 'ticketing' }), rulebook)).toEqual(['ticketing']);
    expect(servicesToAsk(summary({ category: 'registration.name' }), rulebook)).toEqual([]);
    expect(servicesToAsk(summary({ category: 'log.search' }), rulebook)).toEqual([]);
    expect(only(summary({ category: 'log.browsing' }))).toMatchObject({ retention: [{ service: 'signing' }] });
    expect(only(summary({ category: 'log.browsing', service: 'ticketing' }))).toMatchObject({ retention: [] });
  });

  it('names the promise of each service that keeps it differently', () => {
    expect(
      only(summary({ service: 'ticketing' }), summary({ service: 'signing' })).retention.map(({ period }) => period),
    ).toEqual(['P6M', 'P1Y']);
  });

  it('is promised what is said of the purposes that it is held for', () => {
    const held = (...purposes: string[]) =>
      only(
        summary({
          category: 'log.appUsage',
          occurredAt: [new Date('2026-01-31T04:00:00Z')],
          grounds: purposes.map((purpose) => ({ policy: 'privacy', revision: 4, clauseId: 'collect', purpose })),
        }),
      );
    const periods = ({ retention }: ReturnType<typeof held>) => retention.map(({ period }) => period);
    expect([periods(held('personalisation')), held('personalisation').until]).toEqual([
      ['P30D'],
      new Date('2026-03-02T04:00:00Z'),
    ]);
    const both = held('personalisation', 'product.improvement');
    expect([periods(both), both.until]).toEqual([['P30D', 'P1Y'], new Date('2027-01-31T04:00:00Z')]);
    expect(periods(held())).toEqual(['P1Y', 'P30D']);
    expect(periods(held('gone.purpose'))).toEqual(['P1Y']);
  });

  it('rests on the grounds that are given and on no clause for being in force', () => {
    const ground = { policy: 'privacy', revision: 1, clauseId: 'old', purpose: 'security.protection' };
    expect(only(summary({ grounds: [ground, ground] })).clauses).toEqual([
      { policy: 'privacy', revision: 1, clauseId: 'old', purposes: ['security.protection'] },
    ]);
    expect(only(summary({ grounds: [] })).clauses).toEqual([]);
    expect(only(summary())).toMatchObject({ clauses: [], purposes: [] });
  });

  it('stays until an event where the promise names one and the rows have no date', () => {
    const name = { category: 'registration.name' };
    expect(only(summary(name)).isOpenEnded).toBe(true);
    expect(only(summary({ ...name, until: new Date(1) })).isOpenEnded).toBe(false);
    expect(only(summary({ ...name, until: new Date(1), isOpenEnded: true })).isOpenEnded).toBe(true);
    expect(only(summary()).isOpenEnded).toBe(false);
  });

  it('falls due as the promise has it where the rows say when they occurred, in months of the law’s zone', () => {
    const [first, last] = [new Date('2026-02-28T17:00:00Z'), new Date('2026-08-30T17:00:00Z')];
    const times = { service: 'ticketing', count: 2, since: first, occurredAt: [first, last] };
    expect(only(summary(times))).toMatchObject({
      until: new Date('2027-02-27T17:00:00Z'),
      due: { count: 1, since: new Date('2026-08-31T17:00:00Z') },
    });
    expect(only(summary({ ...times, service: 'signing' }))).toMatchObject({
      until: new Date('2027-08-30T17:00:00Z'),
      due: null,
    });
    expect(only(summary({ ...times, category: 'registration.name' }))).toMatchObject({
      until: null,
      isOpenEnded: true,
      due: null,
    });
    expect(only(summary({ ...times, category: 'log.browsing' }))).toMatchObject({ until: null, due: null });
  });

  it('is due from the very instant at which its time is over', () => {
    const occurred = new Date('2026-05-29T04:00:00Z');
    const dueAt = (now: Date) =>
      holdingsOf([summary({ service: 'ticketing', occurredAt: [occurred] })], rulebook, now)[0]?.due;
    expect(dueAt(new Date(at.getTime() - 1))).toBeNull();
    expect(dueAt(at)).toEqual({ count: 1, since: at });
  });

  it('adds up what is due, since the first of it', () => {
    expect(
      only(
        summary({ count: 3, due: { count: 2, since: new Date(7) } }),
        summary({ due: null }),
        summary({ count: 9, due: { count: 5, since: new Date(3) } }),
      ).due,
    ).toEqual({ count: 7, since: new Date(3) });
  });

  it('loses no record, whatever the holders say and in whichever order', () => {
    const date = fc.option(fc.date({ noInvalidDate: true }));
    const summaries = fc.array(
      fc.record({
        category: fc.constantFrom('log.network', 'registration.name', 'none'),
        count: fc.integer({ min: 1, max: 1000 }),
        since: date,
        until: date,
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(summaries, (said) => {
        const holdings = holdingsOf(said, rulebook, at);
        expect(holdings.map(({ category }) => category)).toEqual(
          [...new Set(said.map(({ category }) => category))].sort(),
        );
        for (const { category, count, since, until } of holdings) {
          const parts = said.filter((one) => one.category === category);
          const times = (which: 'since' | 'until') => parts.flatMap((one) => one[which]?.getTime() ?? []);
          expect(count).toBe(parts.reduce((sum, one) => sum + one.count, 0));
          expect(since?.getTime()).toBe(times('since').sort((one, other) => one - other)[0]);
          expect(until?.getTime()).toBe(times('until').sort((one, other) => other - one)[0]);
        }
        expect(holdingsOf([...said].reverse(), rulebook, at)).toEqual(holdings);
      }),
    );
  });
});
