import { Clock } from '@abide/kernel';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aClause, PolicyStaff } from '@abide/policy/testing';
import { aServiceToken, createConsentApp } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy, partnerClause } from '../testing/policies.js';
import { DecisionCounts } from './decision-counts.js';
import { Gate } from './gate.service.js';
import { SharingGrounds } from './sharing-grounds.js';

const advertising = { purpose: 'advertising.relevant', categories: ['log.browsing'] };

const addressClause = aClause({
  id: 'collect.address',
  terms: [
    { type: 'collection', categories: ['log.network'], purposes: ['security.protection'], basis: 'legalObligation' },
    {
      type: 'collection',
      categories: ['log.network'],
      purposes: ['product.improvement'],
      basis: 'consent',
      precision: 'truncated',
    },
    {
      type: 'use',
      categories: ['location.gps'],
      purposes: ['safety.protection'],
      basis: 'vitalInterest',
      precision: { h3: 7 },
    },
    { type: 'retention', categories: ['log.network'], period: 'P6M', then: 'delete' },
    {
      type: 'collection',
      categories: ['log.appInventory'],
      purposes: ['security.fraud'],
      basis: 'legalObligation',
      storage: 'onDevice',
    },
  ],
});

const authorityClause = aClause({
  id: 'share.authorities',
  terms: [
    {
      type: 'sharing',
      categories: ['log.network'],
      recipients: ['authority'],
      purposes: ['authority.assistance'],
      basis: 'legalObligation',
      regions: ['CN'],
    },
    {
      type: 'sharing',
      categories: ['location.gps'],
      recipients: ['processor'],
      purposes: ['service.provision'],
      basis: 'separateConsent',
      regions: ['CN'],
    },
  ],
});

describe('the gate', () => {
  let test: TestApp;
  let db: Database;
  let staff: PolicyStaff;
  let revisionId: string;
  let service: string;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    staff = await PolicyStaff.open(test);
    revisionId = await staff.inForce(
      aConsentPolicy({
        clauses: [partnerClause, addressClause, authorityClause],
        recipients: [{ slug: 'map-provider', kind: 'processor', name: 'Example Maps', region: 'CN' }],
      }),
    );
    service = await aServiceToken(test);
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  async function aRecipient(code: string, kind: string, region: string): Promise<void> {
    await db.query(
      `INSERT INTO policy.recipients (id, code, kind, name, region, is_active, contract_until, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, '{"zh-CN":"某","en":"Some"}', $3, true, '2099-12-31', now(), now())`,
      [code, kind, region],
    );
    await db.query('UPDATE policy.registry_state SET version = version + 1');
  }

  const ask = (body: object, token = service, headers: Record<string, string> = {}) =>
    test.request({ method: 'POST', path: 'decisions', body, token, headers });

  it('cites policy, revision, clause and basis, and says what came nearest to a permission', async () => {
    expect(
      (
        await person.decision(service, {
          action: 'collect',
          purpose: 'service.provision',
          categories: ['registration.name'],
        })
      ).results[0],
    ).toEqual({
      category: 'registration.name',
      allowed: true,
      code: null,
      policy: 'privacy',
      revision: 1,
      clauseId: 'collect.registration',
      basis: 'contract',
      consentEventId: null,
      precision: 'exact',
      purposes: [
        expect.objectContaining({ purpose: 'service.provision', clauseId: 'collect.registration', precision: 'exact' }),
      ],
    });
    expect(
      (await person.decision(service, { purpose: 'records.archive', categories: ['log.browsing'] })).results[0],
    ).toMatchObject({ allowed: false, code: 'clause.none', policy: null, precision: null });
  });

  it('says how exactly a datum may be had, for each purpose of a collection by itself', async () => {
    await person.grant('product.improvement');
    const { results } = await person.decision(service, { action: 'collect', categories: ['log.network'] });
    expect(results[0].purposes).toEqual([
      expect.objectContaining({ purpose: 'product.improvement', precision: 'truncated' }),
      expect.objectContaining({ purpose: 'security.protection', precision: 'exact' }),
    ]);
    expect(
      (await person.decision(service, { purpose: 'product.improvement', categories: ['log.network'] })).results[0],
    ).toMatchObject({ allowed: true, precision: 'truncated' });
    expect(
      (await person.decision(service, { purpose: 'safety.protection', categories: ['location.gps'] })).results[0],
    ).toMatchObject({ allowed: true, precision: { h3: 7 } });
  });

  it('lets the device read what stays on it, and nobody store or use it elsewhere', async () => {
    const asked = { purpose: 'security.fraud', categories: ['log.appInventory'] };
    for (const action of ['collect', 'use']) {
      expect((await person.decision(service, { ...asked, action, storage: 'onDevice' })).results[0]).toMatchObject({
        allowed: true,
        storage: 'onDevice',
      });
      const [elsewhere] = (await person.decision(service, { ...asked, action })).results;
      expect(elsewhere).toMatchObject({ allowed: false, code: 'storage.onDeviceOnly', clauseId: 'collect.address' });
      expect(elsewhere).not.toHaveProperty('storage');
    }
    const body = { subjectId: person.id, ...asked, recipientId: 'map-provider', storage: 'onDevice' };
    const shared = await test.request({ method: 'POST', path: 'decisions', token: service, body });
    expect(shared.body).toMatchObject({ code: 'request.invalid', errors: [{ pointer: '/storage' }] });
  });

  it('is allowed when every category is', async () => {
    await person.grant('advertising.relevant', { categories: ['log.browsing'] });
    const both = await person.decision(service, { ...advertising, categories: ['log.browsing', 'log.search'] });
    expect(both).toMatchObject({
      allowed: false,
      results: [
        { category: 'log.browsing', allowed: true },
        { category: 'log.search', allowed: false, code: 'consent.missing' },
      ],
    });
  });

  it('tells a subject that nobody knows from one that was erased', async () => {
    const stranger = '018f0000-0000-7000-8000-000000000001';
    expect((await ask({ subjectId: stranger, ...advertising })).body.results[0].code).toBe('subject.unknown');
    await db.query(
      'INSERT INTO vault.subject_keys (subject_id, kind, created_at, destroyed_at) VALUES ($1, $2, now(), now())',
      [stranger, 'ordinary'],
    );
    expect((await ask({ subjectId: stranger, ...advertising })).body.results[0].code).toBe('subject.suppressed');
    await db.query(`UPDATE identity.subjects SET status = 'closed' WHERE subject_id = $1`, [person.id]);
    expect((await ask({ subjectId: person.id, ...advertising })).body.results[0].code).toBe('subject.closed');
  });

  it('lets nothing but legal duties through for a subject whose data is stored only', async () => {
    await person.grant('advertising.relevant');
    await db.query('UPDATE identity.subjects SET is_restricted = true WHERE subject_id = $1', [person.id]);
    expect((await person.decision(service, advertising)).results[0].code).toBe('subject.restricted');
    expect(
      (
        await person.decision(service, {
          action: 'collect',
          purpose: 'service.provision',
          categories: ['registration.name'],
        })
      ).results[0],
    ).toMatchObject({ code: 'subject.restricted', ifWithheld: 'noRegistration' });
    expect(await person.withdraw('advertising.relevant')).toMatchObject({ status: 200 });
    expect(await person.grant('advertising.relevant')).toMatchObject({
      status: 409,
      body: { code: 'subject.restricted' },
    });
  });

  it('lets nothing but legal duties through for one category that is stored only, and everything for the others', async () => {
    await person.grant('advertising.relevant');
    const turn = (state: 'restricted' | 'lifted') =>
      test
        .get(HolderRegistry)
        .named('identity')
        .restrict(person.id, { category: 'log.browsing', state, at: test.get(Clock).now(), ground: 'disputed' });
    const codes = async () =>
      (await person.decision(service, { ...advertising, categories: ['log.browsing', 'log.search'] })).results.map(
        ({ code }: { code: string | null }) => code,
      );
    const before = await codes();
    expect(before[0]).toBeNull();
    await turn('restricted');
    expect(await codes()).toEqual(['subject.restricted', before[1]]);
    expect(await person.grant('advertising.relevant')).toMatchObject({ status: 200 });
    await turn('lifted');
    expect(await codes()).toEqual(before);
  });

  it('names recipients by slug or by id, and refuses one that is not registered', async () => {
    const share = { purpose: 'service.provision', categories: ['location.gps'] };
    expect(await ask({ subjectId: person.id, ...share, recipientId: 'map-provider' })).toMatchObject({
      status: 400,
      body: { code: 'recipient.unknown', errors: [{ pointer: '/recipientId' }] },
    });
    const officer = await staff.approver.request({ method: 'GET', path: 'operator/recipients' });
    expect(officer.status).toBe(200);
    await db.query(
      `INSERT INTO policy.recipients (id, code, kind, name, region, is_active, contract_until, created_at, updated_at)
       VALUES ('018f0000-0000-7000-8000-0000000000aa', 'map-provider', 'processor', '{"zh-CN":"地图","en":"Maps"}', 'CN', true, '2099-12-31', now(), now())`,
    );
    await db.query('UPDATE policy.registry_state SET version = version + 1');
    expect((await person.decision(service, { ...share, recipientId: 'map-provider' })).results[0].code).toBe(
      'consent.separateMissing',
    );
    await person.grant('service.provision', { categories: ['location.gps'], recipientId: 'map-provider' });
    for (const recipientId of ['map-provider', '018f0000-0000-7000-8000-0000000000AA'])
      expect((await person.decision(service, { ...share, recipientId })).allowed).toBe(true);
    expect(await ask({ subjectId: person.id, ...share, recipientId: 'somebody-else' })).toMatchObject({
      status: 400,
      body: { code: 'recipient.unknown', errors: [{ pointer: '/recipientId' }] },
    });
    expect(await person.grant('service.provision', { recipientId: 'somebody-else' })).toMatchObject({
      status: 400,
      body: { code: 'consent.unknown_recipient' },
    });
  });

  it('takes the region of a recipient from the register, whatever the question says', async () => {
    await aRecipient('far-maps', 'processor', 'US');
    const share = { purpose: 'service.provision', categories: ['location.gps'], recipientId: 'far-maps' };
    await person.grant('service.provision', { categories: ['location.gps'], recipientId: 'far-maps' });
    for (const more of [{}, { region: 'CN' }, { region: 'US' }])
      expect((await person.decision(service, { ...share, ...more })).results[0].code).toBe('region.notCovered');
  });

  it('gives an authority nothing without an order on file, and what is on file to nobody but it', async () => {
    await aRecipient('court', 'authority', 'CN');
    const share = { purpose: 'authority.assistance', categories: ['log.network'], recipientId: 'court' };
    expect((await person.decision(service, share)).results[0]).toMatchObject({
      allowed: false,
      code: 'order.missing',
      clauseId: 'share.authorities',
    });
    const other = await TestSubject.register(test, [revisionId]);
    const orders = new Map([
      [person.id, [{ kind: 'order' as const, recipient: 'court', categories: ['log.network'] }]],
    ]);
    test
      .get(SharingGrounds)
      .register({ groundsFor: async (asked) => asked.map(({ subjectId }) => orders.get(subjectId) ?? []) });
    expect((await person.decision(service, share)).results[0]).toMatchObject({
      allowed: true,
      clauseId: 'share.authorities',
      basis: 'legalObligation',
    });
    expect((await other.decision(service, share)).results[0].code).toBe('order.missing');
    const items = [person, other].map(({ id }) => ({ subjectId: id, ...share }));
    const { body } = await test.request({ method: 'POST', path: 'decisions/batch', token: service, body: { items } });
    expect(body.items.map(({ results }: any) => results[0].code)).toEqual([null, 'order.missing']);
  });

  it('honours Global Privacy Control from the subject’s own requests until a later consent names the purpose', async () => {
    await person.grant('advertising.relevant');
    expect((await person.decision(service, advertising)).allowed).toBe(true);
    await test.request({ method: 'GET', path: 'me/consents', token: person.token, headers: { 'sec-gpc': '1' } });
    expect((await person.decision(service, advertising)).results[0].code).toBe('gpc.optOut');
    expect(await person.preference('advertising.relevant')).toMatchObject({ stoppedByGpc: true, mayAsk: false });
    expect((await person.app.send('GET', 'me/preferences')).body).toMatchObject({
      globalPrivacyControl: true,
      cleared: false,
    });
    expect((await person.grant('advertising.relevant')).body.duplicate).toBe(false);
    expect((await person.decision(service, advertising)).allowed).toBe(true);
    expect((await person.grant('advertising.relevant')).body.duplicate).toBe(true);
  });

  it('keeps Global Privacy Control cleared once the subject says so, whatever the browser sends', async () => {
    await person.grant('advertising.relevant');
    const signal = { method: 'GET' as const, path: 'me/consents', token: person.token, headers: { 'sec-gpc': '1' } };
    await test.request(signal);
    expect((await person.app.send('PUT', 'me/preferences', { globalPrivacyControl: false })).body).toMatchObject({
      globalPrivacyControl: false,
      cleared: true,
    });
    await test.request(signal);
    expect((await person.decision(service, advertising)).allowed).toBe(true);
    expect((await person.decision(service, advertising, { 'sec-gpc': '1' })).allowed).toBe(true);
    await person.app.send('PUT', 'me/preferences', { globalPrivacyControl: true });
    expect((await person.decision(service, advertising)).results[0].code).toBe('gpc.optOut');
    expect((await test.request({ method: 'GET', path: '/.well-known/gpc.json' })).body).toMatchObject({ gpc: true });
  });

  it('lets Global Privacy Control overrule a consent that a faster clock dated ahead', async () => {
    const ahead = { occurredAt: new Date(Date.now() + 120_000).toISOString() };
    await person.grant('advertising.relevant', ahead);
    await person.app.send('PUT', 'me/preferences', { globalPrivacyControl: true });
    expect((await person.decision(service, advertising)).results[0].code).toBe('gpc.optOut');
    const other = await TestSubject.register(test, [revisionId]);
    await other.grant('advertising.relevant', ahead);
    await test.request({ method: 'GET', path: 'me/consents', token: other.token, headers: { 'sec-gpc': '1' } });
    expect((await other.decision(service, advertising)).results[0].code).toBe('gpc.optOut');
    expect((await other.grant('advertising.relevant')).body.duplicate).toBe(false);
    expect((await other.decision(service, advertising)).allowed).toBe(true);
  });

  it('honours the signal of the request that led to a question, and only "1"', async () => {
    await person.grant('advertising.relevant');
    expect((await person.decision(service, advertising, { 'sec-gpc': '1' })).results[0].code).toBe('gpc.optOut');
    expect((await person.decision(service, advertising, { 'sec-gpc': 'true' })).allowed).toBe(true);
    expect((await person.decision(service, advertising)).allowed).toBe(true);
  });

  it('answers for a past instant what was in force and known then', async () => {
    const before = new Date().toISOString();
    await person.grant('advertising.relevant');
    const granted = new Date(Date.now() + 5).toISOString();
    await new Promise((done) => setTimeout(done, 20));
    await person.withdraw('advertising.relevant');
    const at = async (instant: string) => (await person.decision(service, { ...advertising, at: instant })).results[0];
    expect((await at(before)).code).toBe('consent.missing');
    expect(await at(granted)).toMatchObject({ allowed: true, clauseId: 'use.advertising' });
    expect((await at(new Date().toISOString())).code).toBe('consent.withdrawn');
    expect((await at('2020-01-01T00:00:00Z')).code).toBe('subject.unknown');
  });

  it('answers for a past instant whether Global Privacy Control stood then', async () => {
    await person.grant('advertising.relevant');
    const instants: string[] = [];
    const pause = async () => {
      await new Promise((done) => setTimeout(done, 10));
      instants.push(new Date().toISOString());
      await new Promise((done) => setTimeout(done, 10));
    };
    await pause();
    for (const globalPrivacyControl of [true, false, true]) {
      await person.app.send('PUT', 'me/preferences', { globalPrivacyControl });
      await pause();
    }
    const codes = [];
    for (const at of instants) codes.push((await person.decision(service, { ...advertising, at })).results[0].code);
    expect(codes).toEqual([null, 'gpc.optOut', null, 'gpc.optOut']);
    expect((await person.decision(service, { ...advertising, at: instants[2] }, { 'sec-gpc': '1' })).allowed).toBe(
      true,
    );
  });

  it('does not let what was learned later change what is said of the past', async () => {
    await db.query(
      `UPDATE identity.subjects SET registered_at = registered_at - interval '2 days' WHERE subject_id = $1`,
      [person.id],
    );
    await db.query(`UPDATE policy.acceptances SET at = at - interval '2 days' WHERE subject_id = $1`, [person.id]);
    await person.grant('advertising.relevant');
    await new Promise((done) => setTimeout(done, 20));
    const between = new Date().toISOString();
    await new Promise((done) => setTimeout(done, 20));
    await person.withdraw('advertising.relevant', { occurredAt: new Date(Date.parse(between) - 5).toISOString() });
    expect((await person.decision(service, { ...advertising, at: between })).allowed).toBe(true);
    expect((await person.decision(service, advertising)).results[0].code).toBe('consent.withdrawn');
  });

  it('answers many questions in their order', async () => {
    const other = await TestSubject.register(test, [revisionId]);
    await other.grant('advertising.relevant');
    const items = [
      { subjectId: person.id, ...advertising },
      { subjectId: other.id, ...advertising },
      { subjectId: '018f0000-0000-7000-8000-00000000000f', ...advertising },
    ];
    const { status, body } = await test.request({
      method: 'POST',
      path: 'decisions/batch',
      token: service,
      body: { items },
    });
    expect(status).toBe(200);
    expect(body.items.map(({ results }: any) => results[0].code)).toEqual(['consent.missing', null, 'subject.unknown']);
    const tooMany = await test.request({
      method: 'POST',
      path: 'decisions/batch',
      token: service,
      body: { items: Array.from({ length: 1001 }, () => items[0]) },
    });
    expect(tooMany).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  });

  it.each([
    ['no subject', { ...advertising }, '/subjectId'],
    ['a subject that is no id', { subjectId: 'me', ...advertising }, '/subjectId'],
    [
      'no categories',
      { subjectId: '018f0000-0000-7000-8000-00000000000f', purpose: 'advertising.relevant', categories: [] },
      '/categories',
    ],
    [
      'a use without a purpose',
      { subjectId: '018f0000-0000-7000-8000-00000000000f', categories: ['log.browsing'] },
      '/purpose',
    ],
    [
      'a member nobody knows',
      { subjectId: '018f0000-0000-7000-8000-00000000000f', ...advertising, mood: 'good' },
      '/mood',
    ],
    [
      'a datum to come',
      { subjectId: '018f0000-0000-7000-8000-00000000000f', ...advertising, occurredAt: '2199-01-01T00:00:00Z' },
      '/occurredAt',
    ],
    [
      'several purposes beside the one',
      {
        subjectId: '018f0000-0000-7000-8000-00000000000f',
        ...advertising,
        action: 'collect',
        purposes: ['security.fraud'],
      },
      '/purposes',
    ],
    [
      'several purposes of a use',
      { subjectId: '018f0000-0000-7000-8000-00000000000f', ...advertising, purposes: ['security.fraud'] },
      '/purposes',
    ],
    [
      'an instant to come',
      { subjectId: '018f0000-0000-7000-8000-00000000000f', ...advertising, at: '2199-01-01T00:00:00Z' },
      '/at',
    ],
    [
      'an instant that is none',
      { subjectId: '018f0000-0000-7000-8000-00000000000f', ...advertising, at: '2026-02-31T99:00:00Z' },
      '/at',
    ],
    ['no body', undefined, ''],
  ])('refuses %s and points at it', async (_name, body, pointer) => {
    const answer = await ask(body as object);
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  it.each([
    ['service', { ...advertising, service: 'singing' }, 'question.unknownService', '/service'],
    ['service in other letters', { ...advertising, service: 'Signing' }, 'question.unknownService', '/service'],
    [
      'service that data comes from',
      { ...advertising, service: 'signing', fromService: 'tickting' },
      'question.unknownService',
      '/fromService',
    ],
    ['purpose', { ...advertising, purpose: 'advertising.relevent' }, 'question.unknownPurpose', '/purpose'],
    [
      'purpose among others',
      { action: 'collect', categories: ['log.browsing'], purposes: ['product.improvement', 'product.improvment'] },
      'question.unknownPurpose',
      '/purposes/1',
    ],
    [
      'category',
      { ...advertising, categories: ['log.browsing', 'log.borwsing'] },
      'question.unknownCategory',
      '/categories/1',
    ],
    ['recipient', { ...advertising, recipientId: 'map-povider' }, 'recipient.unknown', '/recipientId'],
    ['recipient left out', { ...advertising, action: 'share' }, 'recipient.unknown', '/recipientId'],
    ['region', { ...advertising, region: 'UK' }, 'question.unknownRegion', '/region'],
    [
      'service at an instant in the past',
      { ...advertising, service: 'singing', at: '2026-01-01T00:00:00Z' },
      'question.unknownService',
      '/service',
    ],
  ])('decides nothing about a misspelt %s, and points at it', async (_name, body, code, pointer) => {
    await person.grant('advertising.relevant');
    const answer = await ask({ subjectId: person.id, ...body });
    expect(answer).toMatchObject({ status: 400, body: { code, errors: [{ pointer, code }] } });
  });

  it('refuses the misspelt among many questions, answers the others, and counts it without its words', async () => {
    await person.grant('advertising.relevant');
    const misspelt = [
      { service: 'singing' },
      { purpose: 'call 138-0013-8000' },
      { categories: ['log.borwsing'] },
      { recipientId: 'nobody' },
      { region: 'XX' },
    ];
    const items = [
      advertising,
      ...misspelt.map((change) => ({ ...advertising, ...change })),
      { ...advertising, service: 'signing' },
    ].map((item) => ({ subjectId: person.id, ...item }));
    const { status, body } = await test.request({
      method: 'POST',
      path: 'decisions/batch',
      token: service,
      body: { items },
    });
    expect(status).toBe(200);
    expect(body.items.map(({ results }: any) => results[0].code)).toEqual([
      null,
      'question.unknownService',
      'question.unknownPurpose',
      'question.unknownCategory',
      'recipient.unknown',
      'question.unknownRegion',
      null,
    ]);
    await test.get(DecisionCounts).flush();
    for (const table of ['decision_counts', 'refusal_samples'])
      expect(JSON.stringify(await db.query(`SELECT * FROM consent.${table}`))).not.toMatch(/138-0013|borwsing|singing/);
    const [counted] = await db.query(
      `SELECT sum(decisions)::int AS decisions FROM consent.decision_counts WHERE code = 'question.unknownPurpose' AND purpose = '' AND category = ''`,
    );
    expect(counted).toEqual({ decisions: 1 });
  });

  it('answers services with the scope only', async () => {
    expect(await ask({ subjectId: person.id, ...advertising }, person.token)).toMatchObject({
      status: 403,
      body: { code: 'access.scope_missing' },
    });
    expect(
      (await test.request({ method: 'POST', path: 'decisions', body: { subjectId: person.id, ...advertising } }))
        .status,
    ).toBe(401);
  });

  it('stops answering a client the moment it is revoked', async () => {
    const created = await db.query(
      `INSERT INTO identity.service_clients (id, name, scopes, created_at) VALUES ('short-lived', 'x', '{decisions:read}', now()) RETURNING id`,
    );
    expect(created).toHaveLength(1);
    const { AccessTokens } = await import('../testing/tokens.js');
    const token = await AccessTokens.forClient(test, 'short-lived', 'decisions:read');
    expect((await ask({ subjectId: person.id, ...advertising }, token)).status).toBe(200);
    await db.query(`UPDATE identity.service_clients SET revoked_at = now() WHERE id = 'short-lived'`);
    expect((await ask({ subjectId: person.id, ...advertising }, token)).status).toBe(401);
  });

  it('reads inside a transaction what that transaction has written', async () => {
    const gate = test.get(Gate);
    await db.transaction(async () => {
      await db.query(`UPDATE identity.subjects SET is_restricted = true WHERE subject_id = $1`, [person.id]);
      const { results } = await gate.decide({
        subjectId: person.id,
        action: 'collect',
        purpose: 'service.provision',
        categories: ['registration.name'],
      });
      expect(results[0]?.code).toBe('subject.restricted');
    });
  });

  it('needs consent again for what a later revision changed, from those only who have not given it', async () => {
    await person.grant('advertising.relevant');
    await person.grant('product.improvement');
    const early = await TestSubject.register(test, [revisionId]);
    await early.grant('advertising.relevant');
    const wider = aConsentPolicy({
      clauses: [
        partnerClause,
        aClause({
          id: 'use.advertising.habits',
          terms: [{ type: 'use', categories: ['usage.habit'], purposes: ['advertising.relevant'], basis: 'consent' }],
        }),
      ],
      recipients: [{ slug: 'map-provider', kind: 'processor', name: 'Example Maps', region: 'CN' }],
    });
    const next = await staff.approved(wider);
    const scheduled = await staff.schedule(next, { effectiveAt: await staff.inDays(7.01) });
    expect(scheduled.body).toMatchObject({ state: 'scheduled' });
    await staff.advance('P5D');
    const beforeEffect = await staff.inDays(0);
    await early.app.signIn();
    await early.grant('advertising.relevant', { revisionId: next });
    await staff.advance('P3D');
    revisionId = next;
    service = await aServiceToken(test);
    await person.app.signIn();
    await early.app.signIn();
    const habits = { purpose: 'advertising.relevant', categories: ['usage.habit'] };
    expect((await person.decision(service, habits)).results[0]).toMatchObject({
      allowed: false,
      code: 'consent.stale',
      revision: 2,
    });
    expect((await person.decision(service, advertising)).allowed).toBe(true);
    expect(
      (await person.decision(service, { purpose: 'product.improvement', categories: ['log.search'] })).allowed,
    ).toBe(true);
    expect((await early.decision(service, habits)).allowed).toBe(true);
    expect(await person.preference('advertising.relevant')).toMatchObject({ state: 'stale', mayAsk: true });
    expect((await person.grant('advertising.relevant', { occurredAt: beforeEffect })).body.duplicate).toBe(false);
    expect((await person.decision(service, habits)).results[0].code).toBe('consent.stale');
    expect((await person.grant('advertising.relevant')).body.duplicate).toBe(false);
    expect((await person.decision(service, habits)).allowed).toBe(true);
    await test.request({ method: 'POST', path: 'dev/clock', body: { reset: true } });
  });

  it('counts decisions by purpose, category and code, and samples refusals without saying of whom', async () => {
    const counts = test.get(DecisionCounts);
    await counts.flush();
    await db.query('DELETE FROM consent.decision_counts');
    await db.query('DELETE FROM consent.refusal_samples');
    await person.app.signIn();
    service = await aServiceToken(test);
    for (let n = 0; n < 3; n += 1)
      await person.decision(service, {
        purpose: 'survey.participation',
        categories: ['registration.email'],
        service: 'ticketing',
      });
    await counts.flush();
    const [row] = await db.query<{ decisions: string }>(
      `SELECT sum(decisions) AS decisions FROM consent.decision_counts WHERE purpose = 'survey.participation' AND code = 'consent.missing'`,
    );
    expect(Number(row?.decisions)).toBe(3);
    const samples = await db.query(`SELECT * FROM consent.refusal_samples WHERE purpose = 'survey.participation'`);
    expect(samples.length).toBeGreaterThan(0);
    expect(JSON.stringify(samples)).not.toContain(person.id);
    expect((await test.request({ method: 'GET', path: '/metrics' })).text).toContain(
      'abide_decisions_total{purpose="survey.participation",category="registration.email",code="consent.missing"}',
    );
  });
});
