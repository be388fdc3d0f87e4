import type { TestApp } from '@abide/platform/testing';
import { aClause, aPolicy, periodsClause } from '../testing/documents.js';
import { Desk } from '../testing/desk.js';
import { createPolicyApp } from '../testing/house.js';
import { EffectiveRulebook } from './effective-rulebook.js';

describe('the rulebook in force', () => {
  let test: TestApp;
  let desk: Desk;
  let rulebooks: EffectiveRulebook;
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    desk = await Desk.open(test);
    rulebooks = test.get(EffectiveRulebook);
  });
  afterAll(() => test.close());

  const searching = aClause({
    id: 'collect.search',
    terms: [
      { type: 'collection', categories: ['log.search'], purposes: ['product.improvement'], basis: 'consent' },
      { type: 'retention', categories: ['log.search'], period: 'P6M', then: 'delete' },
    ],
  });
  const marksOf = (category: string, purpose: string) => {
    const cell = (rulebook: Awaited<ReturnType<EffectiveRulebook['current']>>['rulebook']) => rulebook.index.collect.get(category)?.get(purpose)?.forEveryService ?? [];
    return async () => cell((await rulebooks.current()).rulebook).flatMap((candidate) => candidate.marks);
  };

  it('permits nothing while no policy is in force', async () => {
    expect((await rulebooks.current()).rulebook).toMatchObject({ atoms: [], policies: [] });
  });

  it('follows what takes effect, and nothing that is merely scheduled', async () => {
    const first = await desk.inForce(aPolicy());
    const { rulebook, revisionIds } = await rulebooks.current();
    expect([...revisionIds]).toEqual([['privacy', first]]);
    expect(rulebook.policies).toEqual([{ policy: 'privacy', kind: 'general', service: null, revision: 1 }]);
    const next = await desk.approved(aPolicy({ clauses: [searching] }));
    await desk.schedule(next, { effectiveAt: await desk.inDays(7.01) });
    expect((await rulebooks.current()).rulebook).toBe(rulebook);
    await desk.advance('P8D');
    expect([...(await rulebooks.current()).revisionIds.values()]).toEqual([next]);
  });

  it('marks what needed fresh consent, so that older consents never carry it', async () => {
    const marks = marksOf('log.search', 'product.improvement');
    expect(await marks()).toMatchObject([{ policy: 'privacy', revision: 2, isWeakenedFromConsent: false }]);
    await desk.inForce(aPolicy({ clauses: [searching], glossary: [{ term: { 'zh-CN': '搜索', en: 'search' }, meaning: { 'zh-CN': '查找', en: 'looking up' } }] }));
    expect(await marks()).toMatchObject([{ policy: 'privacy', revision: 2 }]);
    expect(await marksOf('registration.name', 'service.provision')()).toEqual([]);
  });

  it('holds the policies of services together with the general one', async () => {
    const ticketing = aPolicy({ policy: 'ticketing', kind: 'service', service: 'ticketing', services: ['ticketing'], contact: undefined });
    await desk.inForce({ ...ticketing, clauses: [{ ...periodsClause, id: 'ticketing.periods', terms: [{ type: 'retention', categories: ['log.search'], period: 'P1M', then: 'delete' }] }] });
    expect((await rulebooks.current()).rulebook.policies.map((one) => one.policy)).toEqual(['privacy', 'ticketing']);
  });
});
