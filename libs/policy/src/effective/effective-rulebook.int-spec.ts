import { setTimeout } from 'node:timers/promises';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { RegistryHistory1764000512000 } from '../migrations/1764000512000-registry-history.js';
import { Registries } from '../registries/registries.js';
import { aClause, aPolicy, periodsClause } from '../testing/documents.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { createPolicyApp } from '../testing/app.js';
import { EffectiveRulebook } from './effective-rulebook.js';

describe('the rulebook in force', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  let rulebooks: EffectiveRulebook;
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    staff = await PolicyStaff.open(test);
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
  const other = (categories: string[]) =>
    aPolicy({
      policy: 'other-brand',
      clauses: [
        aClause({
          id: 'use.more',
          terms: [{ type: 'use', categories, purposes: ['product.improvement'], basis: 'consent' }],
        }),
      ],
    });
  const marksOf = (category: string, purpose: string) => {
    const cell = (rulebook: Awaited<ReturnType<EffectiveRulebook['current']>>['rulebook']) =>
      rulebook.index.collect.get(category)?.get(purpose)?.forEveryService ?? [];
    return async () => cell((await rulebooks.current()).rulebook).flatMap((candidate) => candidate.marks);
  };

  it('permits nothing while no policy is in force', async () => {
    expect((await rulebooks.current()).rulebook).toMatchObject({ atoms: [], policies: [] });
  });

  it('follows what takes effect, and nothing that is merely scheduled', async () => {
    const first = await staff.inForce(aPolicy());
    const { rulebook, revisionIds } = await rulebooks.current();
    expect([...revisionIds]).toEqual([['privacy', first]]);
    expect(rulebook.policies).toEqual([{ policy: 'privacy', kind: 'general', service: null, revision: 1 }]);
    const next = await staff.approved(aPolicy({ clauses: [searching] }));
    await staff.schedule(next, { effectiveAt: await staff.inDays(7.01) });
    expect((await rulebooks.current()).rulebook).toBe(rulebook);
    await staff.advance('P8D');
    expect([...(await rulebooks.current()).revisionIds.values()]).toEqual([next]);
  });

  it('marks what needed fresh consent, so that older consents never carry it', async () => {
    const marks = marksOf('log.search', 'product.improvement');
    expect(await marks()).toMatchObject([{ policy: 'privacy', revision: 2, isWeakenedFromConsent: false }]);
    await staff.inForce(
      aPolicy({
        clauses: [searching],
        glossary: [{ term: { 'zh-CN': '搜索', en: 'search' }, meaning: { 'zh-CN': '查找', en: 'looking up' } }],
      }),
    );
    expect(await marks()).toMatchObject([{ policy: 'privacy', revision: 2 }]);
    expect(await marksOf('registration.name', 'service.provision')()).toEqual([]);
  });

  it('stands in the past as the registries stood then: recipients, their kinds and contracts, sensitivity, flags', async () => {
    const registries = test.get(Registries);
    const clock = test.get(Clock);
    const turn = async (work: () => Promise<unknown>) => {
      await setTimeout(5);
      const before = clock.now();
      await setTimeout(5);
      await test.get(Database).transaction(work);
      return before;
    };
    const name = { 'zh-CN': '某', en: 'Some' };
    const facts = {
      name,
      kind: 'partner' as const,
      region: 'US',
      contact: null,
      purpose: null,
      contractUntil: '2030-01-01',
      isActive: true,
    };
    const beforeAll = await turn(() => registries.recipients.add({ code: 'late-partner', ...facts }));
    const asPartner = await turn(() =>
      test
        .get(Database)
        .execute(
          `UPDATE policy.recipients SET kind = 'processor', contract_until = '2026-01-01', updated_at = $1 WHERE code = 'late-partner'`,
          [clock.now()],
        ),
    );
    await turn(() =>
      registries.purposes.add({ code: 'late.purpose', label: name, isCoveredByGpc: false, isSeed: false }),
    );
    const recipientAt = async (at: Date) => (await rulebooks.asOf(at)).rulebook.recipients.get('late-partner');
    expect(await recipientAt(beforeAll)).toBeUndefined();
    expect(await recipientAt(asPartner)).toMatchObject({ kind: 'partner', contractUntil: '2030-01-01', region: 'US' });
    expect(await recipientAt(clock.now())).toMatchObject({ kind: 'processor', contractUntil: '2026-01-01' });
    const purposesAt = async (at: Date) =>
      (await rulebooks.asOf(at)).registry.catalogue.purposes.map(({ code }) => code);
    expect(await purposesAt(asPartner)).not.toContain('late.purpose');
    expect(await purposesAt(clock.now())).toContain('late.purpose');
  });

  it('counts what was registered before its history was kept as it stands since it was registered', async () => {
    const db = test.get(Database);
    const history = new RegistryHistory1764000512000();
    await db.execute(
      `INSERT INTO policy.recipients (id, code, kind, name, region, is_active, created_at, updated_at) VALUES (gen_random_uuid(), 'old-partner', 'partner', '{"zh-CN":"某","en":"Some"}', 'CN', true, '2026-02-01', '2026-06-01')`,
    );
    const owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
    await history.down({ query: (sql: string) => owner.query(sql) } as unknown as QueryRunner);
    await history.up({ query: (sql: string) => owner.query(sql) } as unknown as QueryRunner);
    await owner.end();
    await db.execute('UPDATE policy.registry_state SET version = version + 1');
    const isThere = async (day: string) => (await rulebooks.asOf(new Date(day))).rulebook.recipients.has('old-partner');
    expect([await isThere('2026-01-31'), await isThere('2026-02-02')]).toEqual([false, true]);
  });

  it('lets no second general policy do at once what nothing in force allowed', async () => {
    const id = await staff.approved(other(['log.browsing']));
    expect((await staff.editor.get(`operator/revisions/${id}/comparison`)).body).toMatchObject({
      materiality: 'freshConsent',
      differences: [{ rule: 'use.categoryAdded' }, { rule: 'revision.first' }, {}, {}, {}, {}],
    });
    expect((await staff.schedule(id, { effectiveAt: await staff.inDays(0) })).body).toMatchObject({
      code: 'policy.lead_time_too_short',
      requiredLeadDays: 7,
    });
    await staff.schedule(id, { effectiveAt: await staff.inDays(7.01) });
    await staff.advance('P8D');
    expect(await staff.revision(id)).toMatchObject({ state: 'effective', materiality: 'freshConsent' });
    const { rulebook } = await rulebooks.current();
    expect(rulebook.index.use.get('log.browsing')?.get('product.improvement')?.forEveryService).toMatchObject([
      { marks: [{ policy: 'other-brand', revision: 1 }] },
    ]);
  });

  it('leaves what one policy allows unmarked when another one says it later', async () => {
    const before = await marksOf('log.search', 'product.improvement')();
    await staff.inForce(other(['log.browsing', 'log.search']));
    expect(await marksOf('log.search', 'product.improvement')()).toEqual(before);
    const { rulebook } = await rulebooks.current();
    const uses = rulebook.index.use.get('log.search')?.get('product.improvement')?.forEveryService ?? [];
    expect(
      uses.map(({ atom, marks }) => [atom.policy, marks.map(({ policy, revision }) => [policy, revision])]),
    ).toEqual([
      ['other-brand', [['privacy', 2]]],
      ['privacy', [['privacy', 2]]],
    ]);
  });

  it('holds the policies of services together with the general one', async () => {
    const ticketing = aPolicy({
      policy: 'ticketing',
      kind: 'service',
      service: 'ticketing',
      services: ['ticketing'],
      contact: undefined,
    });
    await staff.inForce({
      ...ticketing,
      clauses: [
        {
          ...periodsClause,
          id: 'ticketing.periods',
          terms: [{ type: 'retention', categories: ['log.search'], period: 'P1M', then: 'delete' }],
        },
      ],
    });
    expect((await rulebooks.current()).rulebook.policies.map((one) => one.policy)).toEqual([
      'other-brand',
      'privacy',
      'ticketing',
    ]);
  });
});
