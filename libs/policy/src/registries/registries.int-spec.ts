import { Database } from '@abide/platform';
import { aSubject } from '@abide/identity/testing';
import type { TestApp } from '@abide/platform/testing';
import { catalogue } from '@abide/rulebook';
import { EffectiveRulebook } from '../effective/effective-rulebook.js';
import { aClause, aPolicy, registrationClause, withClause } from '../testing/documents.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { aSignedInOperator, createPolicyApp, type TestConsole } from '../testing/app.js';
import { Registries } from './registries.js';

const name = { 'zh-CN': '名称', en: 'Name' };

describe('the registries that clauses refer to', () => {
  let test: TestApp;
  let administrator: TestConsole;
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    administrator = await aSignedInOperator(test, 'administrator');
  });
  afterAll(() => test.close());

  const change = (path: string, body: object, headers: Record<string, string> = {}) =>
    administrator.request({ method: 'PATCH', path: `operator/${path}`, body, headers });
  const all = async (path: string): Promise<any[]> => {
    const items: any[] = [];
    for (let cursor = ''; ;) {
      const { body } = await administrator.get(`operator/${path}?limit=10${cursor}`);
      items.push(...body.items);
      if (!body.nextCursor) return items;
      cursor = `&cursor=${body.nextCursor}`;
    }
  };

  it('begin with the catalogue of the product, read page by page', async () => {
    expect((await all('categories')).map((one) => one.code)).toEqual(catalogue.categories.map((one) => one.code));
    expect((await all('purposes')).map((one) => one.code)).toEqual(catalogue.purposes.map((one) => one.code));
    expect((await administrator.get('operator/categories/location.gps')).body).toMatchObject({
      name: { en: 'location by GPS' },
      sensitive: true,
      location: true,
      seed: true,
    });
  });

  it('are seeded once and keep what an operator changed', async () => {
    await change('categories/log.device', { name });
    const version = await test.get(Registries).version();
    await test.get(Registries).seed();
    expect((await administrator.get('operator/categories/log.device')).body.name).toEqual(name);
    expect(await test.get(Registries).version()).toBe(version);
  });

  it('carry the legal numbers with their articles, China by default', async () => {
    const { items } = (await administrator.get('operator/profiles')).body;
    expect(items.find((one: { default: boolean }) => one.default)).toMatchObject({
      code: 'cn-pipl',
      version: 1,
      rules: { minimumLeadDays: { value: 7, article: 'E-commerce Law 34' } },
    });
    expect(items).toHaveLength(3);
    const first = (await administrator.get('operator/profiles?limit=2')).body;
    const rest = (await administrator.get(`operator/profiles?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...rest.items]).toEqual(items);
    expect(rest.nextCursor).toBeNull();
    expect((await administrator.get('operator/profiles?cursor=nonsense')).body).toMatchObject({
      status: 400,
      code: 'request.bad_cursor',
    });
  });

  it('say which fields of a profile only privacy officers may see', async () => {
    const { subjectId } = await aSubject(test, { profile: { federatedAccount: 'ex-0042' } });
    const agent = await aSignedInOperator(test, 'supportAgent');
    const reveal = () =>
      agent.post(`operator/subjects/${subjectId}/reveal`, { fields: ['federatedAccount'], reason: '核对来电人身份' });
    expect((await reveal()).status).toBe(200);
    expect((await change('categories/registration.federatedAccount', { sensitive: true })).status).toBe(200);
    expect((await reveal()).body).toMatchObject({
      status: 403,
      code: 'operator.forbidden',
      permission: 'subject.revealSensitive',
    });
  });

  it('take new categories and purposes, which policies may then name', async () => {
    const policy = aPolicy({
      clauses: [
        aClause({
          id: 'plates',
          terms: [{ type: 'use', categories: ['vehicle.plate'], purposes: ['parking'], basis: 'contract' }],
        }),
      ],
    });
    expect((await administrator.post('operator/policies/check', { document: policy })).body.valid).toBe(false);
    expect(
      (await administrator.post('operator/categories', { code: 'vehicle.plate', name, sensitive: false })).status,
    ).toBe(201);
    expect((await administrator.post('operator/purposes', { code: 'parking', name })).status).toBe(201);
    expect((await administrator.post('operator/policies/check', { document: policy })).body.valid).toBe(true);
    expect((await administrator.get('operator/categories/vehicle.plate')).body).toMatchObject({
      sensitive: false,
      location: false,
      seed: false,
    });
  });

  it.each([
    [
      'services',
      { code: 'parking', name, locationBased: true },
      { code: 'parking', active: true, locationBased: true, purpose: null },
    ],
    [
      'recipients',
      { slug: 'map-provider', kind: 'processor', name, region: 'CN', contractUntil: '2027-12-31' },
      { slug: 'map-provider', active: true, contractUntil: '2027-12-31', contact: null },
    ],
    [
      'third-party-services',
      { slug: 'blue-pass', name, policyLink: 'https://blue-pass.example/privacy', use: 'signIn' },
      { slug: 'blue-pass', active: true, use: 'signIn' },
    ],
  ] as const)('take an entry of %s and refuse its code a second time', async (path, entry, expected) => {
    expect((await administrator.post(`operator/${path}`, entry)).body).toMatchObject(expected);
    expect((await administrator.post(`operator/${path}`, entry)).body).toMatchObject({
      status: 409,
      code: 'registry.code_taken',
    });
    const key = 'code' in entry ? entry.code : entry.slug;
    const changed = await change(`${path}/${key}`, { active: false });
    expect(changed.body).toMatchObject({ ...expected, active: false });
    expect((await administrator.get(`operator/${path}/${key}`)).headers['etag']).toBe(changed.headers['etag']);
  });

  it('leave alone what a change does not name, and clear what it sets to null', async () => {
    await change('recipients/map-provider', { contact: 'dpo@map-provider.example' });
    const changed = await change('recipients/map-provider', { contractUntil: null });
    expect(changed.body).toMatchObject({ contact: 'dpo@map-provider.example', contractUntil: null, kind: 'processor' });
  });

  it('refuse a change made on an older state', async () => {
    const { headers } = await administrator.get('operator/recipients/map-provider');
    const etag = { 'if-match': String(headers['etag']) };
    expect((await change('recipients/map-provider', { region: 'SG' }, etag)).status).toBe(200);
    expect((await change('recipients/map-provider', { region: 'US' }, etag)).body).toMatchObject({
      status: 412,
      code: 'policy.stale_edit',
    });
  });

  it.each([
    ['UK', 'GB'],
    ['EU', 'DE, FR, IT'],
    ['XX', 'CN, CN-44'],
    ['CN-99', 'CN'],
  ])('take no recipient in %s, which is no region, and say to write %s', async (region, instead) => {
    const refused = {
      status: 400,
      code: 'registry.unknown_region',
      errors: [{ pointer: '/region', message: expect.stringContaining(`Write for example ${instead}.`) }],
    };
    const entry = { slug: 'nowhere', kind: 'processor', name, region };
    expect((await administrator.post('operator/recipients', entry)).body).toMatchObject(refused);
    expect((await administrator.post('operator/recipients?dryRun=true', entry)).body).toMatchObject(refused);
    expect((await administrator.get('operator/recipients/nowhere')).status).toBe(404);
    expect((await change('recipients/map-provider', { region })).body).toMatchObject(refused);
  });

  it('keep what an earlier version let be registered in no region readable, warn of it, and mend it with the next change', async () => {
    await test
      .get(Database)
      .execute(
        `INSERT INTO policy.recipients (id, code, kind, name, region, is_active, contract_until, created_at, updated_at) VALUES (gen_random_uuid(), 'old-host', 'processor', '{"zh-CN":"某","en":"Some"}', 'UK', true, '2099-12-31', now(), now())`,
      );
    await test.get(Database).execute('UPDATE policy.registry_state SET version = version + 1');
    expect((await administrator.get('operator/recipients/old-host')).body).toMatchObject({
      region: 'UK',
      active: true,
    });
    const sharing = (recipients: string[]) =>
      aPolicy({
        services: [],
        clauses: [
          aClause({
            id: 'share',
            terms: [
              {
                type: 'sharing',
                categories: ['log.browsing'],
                recipients,
                purposes: ['service.provision'],
                basis: 'separateConsent',
              },
            ],
          }),
        ],
      });
    for (const named of ['recipient:old-host', 'processor']) {
      const { body } = await administrator.post('operator/policies/check', { document: sharing([named]) });
      expect(body).toMatchObject({
        valid: true,
        problems: [
          { code: 'policy.recipientRegionUnknown', severity: 'warning', path: 'clauses[3].terms[0].recipients[0]' },
        ],
      });
    }
    for (const body of [{ contact: 'dpo@old-host.example' }, { active: true }, { region: 'EU' }])
      expect((await change('recipients/old-host', body)).body.code).toBe('registry.unknown_region');
    expect((await change('recipients/old-host', { active: false })).status).toBe(200);
    expect((await change('recipients/old-host', { region: 'GB', contact: 'dpo@old-host.example' })).body).toMatchObject(
      { region: 'GB', active: false },
    );
  });

  it('never make what ships as sensitive, located or covered by Global Privacy Control less protected', async () => {
    for (const [path, body] of [
      ['categories/registration.idNumber', { sensitive: false }],
      ['categories/location.gps', { location: false }],
      ['purposes/marketing.push', { coveredByGpc: false }],
    ] as const) {
      expect((await change(path, body)).body).toMatchObject({ status: 409, code: 'registry.seed_protected' });
    }
    expect((await change('categories/vehicle.plate', { sensitive: true })).status).toBe(200);
    expect((await change('categories/vehicle.plate', { sensitive: false })).status).toBe(200);
  });

  it('answer that a code is not registered', async () => {
    expect((await administrator.get('operator/services/nothing')).body).toMatchObject({
      status: 404,
      code: 'registry.not_found',
    });
    expect((await change('services/nothing', { active: false })).body).toMatchObject({
      status: 404,
      code: 'registry.not_found',
    });
  });

  it('name the fields that cannot be accepted', async () => {
    const answer = await administrator.post('operator/recipients', {
      slug: 'Not A Slug',
      kind: 'friend',
      name,
      region: 'CN',
    });
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual(['/kind', '/slug']);
    expect(
      (
        await administrator.post('operator/third-party-services', {
          slug: 'x',
          name,
          policyLink: 'javascript:alert(1)',
          use: 'link',
        })
      ).status,
    ).toBe(400);
  });

  it('are changed only by who may, with an audit entry for every change', async () => {
    const editor = await aSignedInOperator(test, 'policyEditor');
    expect((await editor.post('operator/services', { code: 'other', name })).body).toMatchObject({
      status: 403,
      code: 'operator.forbidden',
      permission: 'registry.edit',
    });
    expect((await editor.get('operator/services')).status).toBe(200);
    const agent = await aSignedInOperator(test, 'supportAgent');
    expect((await agent.get('operator/services')).body).toMatchObject({ permission: 'registry.read' });
    const { items } = (await administrator.get('operator/audit/entries?objectType=recipient&objectId=map-provider'))
      .body;
    expect(items.map((one: { act: string }) => one.act).sort()).toEqual([
      'registry.entry_added',
      'registry.entry_changed',
      'registry.entry_changed',
      'registry.entry_changed',
      'registry.entry_changed',
    ]);
  });
});

describe('what an event of a category may hold', () => {
  let test: TestApp;
  let administrator: TestConsole;
  const eventFields = {
    attributes: {
      bay: { type: 'string', enum: ['north', 'south'] },
      minutes: { type: 'integer', minimum: 0, maximum: 1440 },
    },
    personal: { plate: { type: 'string', maxLength: 12, description: 'As written on the vehicle' } },
  };
  const path = 'operator/categories/vehicle.plate';
  const change = (body: object, headers: Record<string, string> = {}) =>
    administrator.request({ method: 'PATCH', path, body, headers });
  const inForce = async () => (await test.get(EffectiveRulebook).current()).eventFields;
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    administrator = await aSignedInOperator(test, 'administrator');
    await administrator.post('operator/categories', { code: 'vehicle.plate', name, sensitive: false });
  });
  afterAll(() => test.close());

  it('is nothing more than the product knows until an operator says so', async () => {
    expect((await administrator.get('operator/categories/log.device')).body.eventFields).toBeNull();
    expect((await administrator.get(path)).body.eventFields).toBeNull();
    expect((await inForce()).size).toBe(0);
  });

  it('is kept as it was said, when a category is registered and when it is changed', async () => {
    const added = await administrator.post('operator/categories', {
      code: 'vehicle.entry',
      name,
      sensitive: false,
      eventFields,
    });
    expect(added).toMatchObject({ status: 201, body: { eventFields } });
    expect((await change({ eventFields })).body.eventFields).toEqual(eventFields);
    expect((await administrator.get(path)).body.eventFields).toEqual(eventFields);
    expect(
      (await administrator.get('operator/categories?limit=100')).body.items.filter(
        (one: { eventFields: unknown }) => one.eventFields !== null,
      ),
    ).toHaveLength(2);
  });

  it('is at hand beside the rulebook in force at once', async () => {
    const before = await inForce();
    expect(before.get('vehicle.plate')).toEqual(eventFields);
    expect((await test.get(Registries).snapshot()).eventFields.get('vehicle.entry')).toEqual(eventFields);
    await change({ eventFields: { personal: eventFields.personal } });
    expect((await inForce()).get('vehicle.plate')).toEqual({ personal: eventFields.personal });
    expect((await test.get(EffectiveRulebook).asOf(new Date())).eventFields.get('vehicle.plate')).toEqual({
      personal: eventFields.personal,
    });
  });

  it('stays when a change does not name it, and is cleared by null or by no field at all', async () => {
    expect((await change({ sensitive: true })).body.eventFields).toEqual({ personal: eventFields.personal });
    expect((await change({ eventFields: null })).body).toMatchObject({ sensitive: true, eventFields: null });
    await change({ eventFields });
    expect((await change({ eventFields: { attributes: {}, personal: {} } })).body.eventFields).toBeNull();
    expect((await inForce()).has('vehicle.plate')).toBe(false);
  });

  it('is not replaced by a change made on an older state', async () => {
    const { headers } = await administrator.get(path);
    const changed = await change({ eventFields }, { 'if-match': String(headers['etag']) });
    expect(changed.status).toBe(200);
    expect(changed.headers['etag']).not.toBe(headers['etag']);
    expect((await change({ eventFields: null }, { 'if-match': String(headers['etag']) })).body).toMatchObject({
      status: 412,
      code: 'policy.stale_edit',
    });
    expect((await administrator.get(path)).body.eventFields).toEqual(eventFields);
  });

  it('is refused with the place of what is wrong, and nothing is changed', async () => {
    const wrong = {
      attributes: { Bay: { type: 'boolean' }, toString: { type: 'boolean' } },
      personal: { plate: { type: 'string', pattern: '(a+)+$' } },
      more: 1,
    };
    const answer = await change({ eventFields: wrong, sensitive: false });
    expect(answer.body).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(
      answer.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`),
    ).toEqual([
      '/eventFields/more unknown',
      '/eventFields/attributes/Bay name',
      '/eventFields/attributes/toString name',
      '/eventFields/personal/plate/pattern unknown',
    ]);
    const post = (odd: unknown) =>
      administrator.post('operator/categories', { code: 'vehicle.odd', name, sensitive: false, eventFields: odd });
    for (const odd of [[], 'x', 7, { attributes: null }, { attributes: { valueOf: 1 } }])
      expect([odd, (await post(odd)).status]).toEqual([odd, 400]);
    expect((await administrator.get(path)).body).toMatchObject({ sensitive: true, eventFields });
    expect((await administrator.get('operator/categories/vehicle.odd')).status).toBe(404);
  });

  it('is changed only by who may, and every change is written down', async () => {
    const editor = await aSignedInOperator(test, 'policyEditor');
    expect((await editor.request({ method: 'PATCH', path, body: { eventFields: null } })).body).toMatchObject({
      status: 403,
      permission: 'registry.edit',
    });
    await change({ eventFields: null });
    const { items } = (await administrator.get('operator/audit/entries?objectType=category&objectId=vehicle.plate'))
      .body;
    expect(items[0]).toMatchObject({ act: 'registry.entry_changed', details: { fields: 'eventFields' } });
  });
});

describe('what decides how heavy a change of a policy is', () => {
  let test: TestApp;
  let administrator: TestConsole;
  const path = 'operator/recipients/blue-harbour';
  const change = (body: object) => administrator.request({ method: 'PATCH', path, body });
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    administrator = await aSignedInOperator(test, 'administrator');
    await administrator.post('operator/recipients', {
      slug: 'blue-harbour',
      kind: 'partner',
      name,
      region: 'CN',
      contractUntil: '2030-12-31',
    });
  });
  afterAll(() => test.close());

  it('changes only after a fresh sign-in', async () => {
    await test.request({ method: 'POST', path: 'dev/clock', body: { advance: 'PT6M' } });
    for (const body of [{ kind: 'processor' }, { region: 'SG' }, { contractUntil: null }]) {
      expect((await change(body)).body).toMatchObject({ status: 403, code: 'session.step_up_required' });
    }
    expect((await administrator.get(path)).body).toMatchObject({
      kind: 'partner',
      region: 'CN',
      contractUntil: '2030-12-31',
    });
    expect((await change({ kind: 'partner', contact: 'dpo@blue-harbour.example' })).status).toBe(200);
  });

  it('is written down with its old and its new value', async () => {
    await administrator.stepUp();
    expect((await change({ kind: 'processor', region: 'CN', contractUntil: null, contact: null })).status).toBe(200);
    const { items } = (await administrator.get('operator/audit/entries?objectType=recipient&objectId=blue-harbour'))
      .body;
    expect(items[0].details).toEqual({
      fields: 'kind, region, contact, contractUntil',
      'kind.before': 'partner',
      'kind.after': 'processor',
      'contractUntil.before': '2030-12-31',
      'contractUntil.after': null,
    });
  });
});

describe('a change of the registries', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  let administrator: TestConsole;
  let draftBefore: string;
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    staff = await PolicyStaff.open(test);
    administrator = await aSignedInOperator(test, 'administrator');
  });
  afterAll(() => test.close());

  it('is refused where a policy in force would become wrong', async () => {
    await staff.inForce(
      withClause(aPolicy(), {
        ...registrationClause,
        terms: [
          ...registrationClause.terms,
          { type: 'collection', categories: ['log.browsing'], purposes: ['product.improvement'], basis: 'consent' },
        ],
      }),
    );
    const answer = await administrator.request({
      method: 'PATCH',
      path: 'operator/categories/log.browsing',
      body: { sensitive: true },
    });
    expect(answer.body).toMatchObject({
      status: 409,
      code: 'registry.breaks_policy',
      errors: [{ pointer: 'privacy: clauses[0].terms[1].categories[0]', code: 'policy.separateConsentRequired' }],
    });
    expect((await administrator.get('operator/categories/log.browsing')).body.sensitive).toBe(false);
  });

  it('may begin a register without breaking what is in force', async () => {
    draftBefore = (await staff.draft(aPolicy({ clauses: [aClause({ id: 'next' })] }))).revisionId;
    const answer = await administrator.post('operator/services', { code: 'signing', name });
    expect(answer.status).toBe(201);
    expect((await test.get(EffectiveRulebook).current()).rulebook.atoms.length).toBeGreaterThan(0);
  });

  it('is seen by the rulebook at once', async () => {
    const before = (await test.get(EffectiveRulebook).current()).rulebook;
    expect((await test.get(EffectiveRulebook).current()).rulebook).toBe(before);
    await administrator.request({
      method: 'PATCH',
      path: 'operator/purposes/personalisation',
      body: { coveredByGpc: true },
    });
    const after = (await test.get(EffectiveRulebook).current()).rulebook;
    expect(before.gpcPurposes.has('personalisation')).toBe(false);
    expect(after.gpcPurposes.has('personalisation')).toBe(true);
  });

  it('is seen by the checks of a draft that was saved before', async () => {
    const { problems } = await staff.revision(draftBefore);
    expect(problems.map((one: { code: string }) => one.code)).toEqual(['policy.unknownService']);
    expect((await staff.submit(draftBefore)).body).toMatchObject({
      status: 400,
      code: 'policy.invalid',
      errors: [{ pointer: 'services[0]', code: 'policy.unknownService' }],
    });
  });
});
