import { Database } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { EffectiveRulebook } from '../effective/effective-rulebook.js';
import { PolicyStaff } from '../testing/policy-staff.js';
import { aClause, aPolicy } from '../testing/documents.js';
import { aSignedInOperator, createPolicyApp, type TestConsole } from '../testing/app.js';

const name = (en: string) => ({ 'zh-CN': en, en });

const text = { type: 'string', maxLength: 200 };

const sharingClause = aClause({
  id: 'share',
  terms: [
    {
      type: 'sharing',
      categories: ['log.browsing'],
      recipients: ['partner'],
      purposes: ['advertising.relevant'],
      basis: 'separateConsent',
    },
    {
      type: 'sharing',
      categories: ['registration.phone'],
      recipients: ['authority'],
      purposes: ['legal.compliance'],
      basis: 'legalObligation',
    },
    { type: 'use', categories: ['*'], purposes: ['security.fraud'], basis: 'legalObligation' },
    { type: 'collection', categories: ['vehicle.plate'], purposes: ['parking'], basis: 'separateConsent' },
    {
      type: 'collection',
      categories: ['vehicle.plate'],
      purposes: ['security.fraud'],
      basis: 'separateConsent',
      storage: 'onDevice',
    },
    { type: 'retention', categories: ['vehicle.plate'], period: 'P1M', then: 'delete' },
  ],
});

describe('a change of the registers that opens something', () => {
  let test: TestApp;
  let proposer: TestConsole;
  let confirmer: TestConsole;
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    const first = await aSignedInOperator(test, 'administrator');
    for (const code of ['ticketing', 'signing']) await first.post('operator/services', { code, name: name(code) });
    await first.post('operator/categories', {
      code: 'vehicle.plate',
      name: name('Number plate'),
      sensitive: true,
      location: true,
    });
    await first.post('operator/purposes', { code: 'parking', name: name('Parking'), coveredByGpc: true });
    await (await PolicyStaff.open(test)).inForce(aPolicy({ clauses: [sharingClause] }));
  });
  beforeEach(async () => {
    [proposer, confirmer] = [
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
    ];
  });
  afterAll(() => test.close());

  let sequence = 0;
  const aRecipient = (changes = {}) => ({
    slug: `harbour-${(sequence += 1)}`,
    kind: 'partner',
    name: name('Blue Harbour'),
    region: 'CN',
    contractUntil: '2099-12-31',
    ...changes,
  });
  const add = (path: string, body: object, by = proposer): Promise<TestAnswer> => by.post(`operator/${path}`, body);
  const change = (path: string, body: object, by = proposer): Promise<TestAnswer> =>
    by.request({ method: 'PATCH', path: `operator/${path}`, body });
  const confirm = (id: string, by = confirmer): Promise<TestAnswer> =>
    by.post(`operator/changes/${id}/confirmation`, {});
  const stateOf = async (path: string): Promise<any> => (await proposer.get(`operator/${path}`)).body;
  const said = ({ body }: TestAnswer): string[] => (body.change ?? body).opens.map(({ en }: { en: string }) => en);
  /** A partner without a contract receives nothing. */
  const aClosedRecipient = async (): Promise<string> => {
    const entry = aRecipient({ contractUntil: null });
    expect((await add('recipients', entry)).status).toBe(201);
    return `recipients/${entry.slug}`;
  };

  it('does not register a recipient by one administrator alone, where a clause would let it receive', async () => {
    const entry = aRecipient({ kind: 'authority' });
    const answer = await add('recipients', entry);
    expect(answer).toMatchObject({
      status: 202,
      body: {
        change: {
          kind: 'registryAddition',
          state: 'waiting',
          object: { type: 'recipient', id: entry.slug, name: { en: 'Blue Harbour' } },
        },
      },
    });
    expect(said(answer)).toEqual([
      'Phone number may be shared with Blue Harbour (competent authorities, China) for complying with the law, as the law requires.',
    ]);
    expect((await proposer.get(`operator/recipients/${entry.slug}`)).status).toBe(404);
    expect((await confirm(answer.body.change.id, proposer)).status).toBe(403);
    expect((await confirm(answer.body.change.id)).body.state).toBe('confirmed');
    expect((await stateOf(`recipients/${entry.slug}`)).kind).toBe('authority');
  });

  it('does not turn a partner into an authority by one alone', async () => {
    const path = await aClosedRecipient();
    const answer = await change(path, { kind: 'authority' });
    expect([answer.status, said(answer).length]).toEqual([202, 1]);
    expect((await stateOf(path)).kind).toBe('partner');
  });

  it.each([
    ['a contract', { contractUntil: '2099-12-31' }],
    ['activity', { active: true }],
    ['a region', { region: 'CN' }],
    ['a longer contract', { contractUntil: '2098-12-31' }],
  ])('does not give a recipient %s that it receives on by one alone', async (what, body) => {
    const closed = {
      'a contract': { contractUntil: null },
      activity: {},
      'a region': { region: 'SG' },
      'a longer contract': { contractUntil: '2097-12-31' },
    }[what];
    const { change: made } = (await add('recipients', aRecipient(closed))).body;
    if (made) await confirm(made.id);
    const path = `recipients/harbour-${sequence}`;
    if (what === 'activity') expect((await change(path, { active: false })).status).toBe(200);
    const answer = await change(path, body);
    expect([what, answer.status, said(answer)]).toEqual([
      what,
      202,
      [
        'Browsing history may be shared with Blue Harbour (partners, China) for showing more relevant advertisements, with separate consent.',
      ],
    ]);
  });

  it('does not give who receives another name by one alone, and a contact at once', async () => {
    const { body } = await add('recipients', aRecipient());
    const path = `recipients/harbour-${sequence}`;
    await confirm(body.change.id);
    const answer = await change(path, { name: { 'zh-CN': '红港', en: 'Red Harbour' } });
    expect([answer.status, said(answer)]).toEqual([
      202,
      [
        '“Blue Harbour”, which receives by policies in force, would be called “红港 / Red Harbour” wherever it is named.',
      ],
    ]);
    expect((await stateOf(path)).name.en).toBe('Blue Harbour');
    expect((await change(path, { contact: 'dpo@harbour.example', name: name('Blue Harbour') })).status).toBe(200);
    const renamed = (await change(path, { name: name('Red Harbour') })).body.change;
    expect((await confirm(renamed.id)).body.state).toBe('confirmed');
    expect((await stateOf(path)).name.en).toBe('Red Harbour');
  });

  it('names at once who receives nothing', async () => {
    expect((await change(await aClosedRecipient(), { name: name('Red Harbour') })).status).toBe(200);
  });

  it('closes at once', async () => {
    const { body } = await add('recipients', aRecipient());
    await confirm(body.change.id);
    const path = `recipients/harbour-${sequence}`;
    for (const closing of [{ contractUntil: '2099-01-01' }, { region: 'US' }, { active: false }])
      expect((await change(path, closing)).status).toBe(200);
  });

  it('does not lift a protection by one alone, and says what that means', async () => {
    const sensitive = await change('categories/vehicle.plate', { sensitive: false });
    expect([sensitive.status, said(sensitive)[0]]).toEqual([
      202,
      expect.stringContaining('no longer count as sensitive'),
    ]);
    const located = await change('categories/vehicle.plate', { location: false });
    expect([located.status, said(located)]).toEqual([
      202,
      [
        'Number plate could be collected while positioning is switched off.',
        'Number plate may be collected for Parking, with separate consent. Even while positioning is switched off.',
        'Number plate may be read for preventing fraud, with separate consent; only on your device, it is never sent to us. Even while positioning is switched off.',
      ],
    ]);
    const covered = await change('purposes/parking', { coveredByGpc: false });
    expect([covered.status, said(covered)[0]]).toEqual([
      202,
      'Parking would no longer stop at Global Privacy Control.',
    ]);
    expect(
      said(covered)
        .slice(1)
        .every((sentence) => sentence.includes('Even where')),
    ).toBe(true);
    expect(await stateOf('categories/vehicle.plate')).toMatchObject({ sensitive: true, location: true });
  });

  it('does not keep in plain by one alone what is sealed, or was once', async () => {
    const code = 'vehicle.permit';
    const { change: made } = (
      await add('categories', {
        code,
        name: name('Permit'),
        sensitive: false,
        eventFields: { personal: { holder: text, seat: { type: 'integer' } } },
      })
    ).body;
    await confirm(made.id);
    const moved = await change(`categories/${code}`, {
      eventFields: { attributes: { holder: text, seat: { type: 'integer' }, lane: text } },
    });
    expect([moved.status, said(moved).slice(0, 2)]).toEqual([
      202,
      [
        'Permit would keep “holder” in plain from then on, which is sealed.',
        'Permit would keep “seat” in plain from then on, which is sealed.',
      ],
    ]);
    expect((await change(`categories/${code}`, { eventFields: null })).status).toBe(200);
    const later = (await change(`categories/${code}`, { eventFields: { attributes: { holder: text } } })).body.change;
    expect(later.opens[0].en).toContain('“holder”');
    expect((await stateOf(`categories/${code}`)).eventFields).toBeNull();
    expect((await confirm(later.id)).body.state).toBe('confirmed');
    expect(
      (await change(`categories/${code}`, { eventFields: { attributes: { holder: text, lane: text } } })).status,
    ).toBe(200);
  });

  it('does not keep any words in plain by one alone of what is sensitive', async () => {
    const health = (attributes: object) => change('categories/special.health', { eventFields: { attributes } });
    const answer = await health({ diagnosis: text });
    expect([answer.status, said(answer)[0]]).toEqual([
      202,
      expect.stringContaining('is sensitive, and “diagnosis” could keep any words in plain'),
    ]);
    expect((await health({ diagnosis: { ...text, format: 'reference' } })).status).toBe(202);
    for (const type of ['array', 'object'])
      expect((await health({ diagnosis: { type, maxItems: 5, maxLength: 20 } })).status).toBe(202);
    expect(
      (
        await health({
          kind: { type: 'string', enum: ['visit', 'letter'] },
          on: { ...text, format: 'date-time' },
          count: { type: 'integer' },
        })
      ).status,
    ).toBe(200);
    expect((await health({ kind: text })).status).toBe(202);
    const added = await add('categories', {
      code: 'vehicle.accident',
      name: name('Accident'),
      sensitive: true,
      eventFields: { attributes: { cause: text } },
    });
    expect(said(added)[0]).toContain('“cause” could keep any words');
    expect((await stateOf('categories/special.health')).eventFields.attributes.kind.enum).toEqual(['visit', 'letter']);
  });

  it('does not register a category by one alone that a clause about everything covers', async () => {
    const answer = await add('categories', {
      code: `vehicle.colour${(sequence += 1)}`,
      name: name('Colour'),
      sensitive: false,
    });
    expect([answer.status, said(answer)]).toEqual([
      202,
      ['Colour may be used for preventing fraud, as the law requires.'],
    ]);
  });

  it('registers at once what opens nothing', async () => {
    expect((await add('purposes', { code: `loyalty.points${(sequence += 1)}`, name: name('Points') })).status).toBe(
      201,
    );
    expect(
      (
        await add('third-party-services', {
          slug: `pass${(sequence += 1)}`,
          name: name('Pass'),
          policyLink: 'https://pass.example',
          use: 'signIn',
        })
      ).status,
    ).toBe(201);
    expect((await change('categories/vehicle.plate', { name: name('Number plate') })).status).toBe(200);
  });

  it('never makes what comes with the product less protected, also not with two, nor where it was registered before it came with the product', async () => {
    expect((await change('categories/location.gps', { sensitive: false })).body.code).toBe('registry.seed_protected');
    await test.get(Database).execute("UPDATE policy.categories SET is_seed = false WHERE code = 'location.gps'");
    expect((await change('categories/location.gps', { location: false })).body.code).toBe('registry.seed_protected');
  });

  it('is shown beforehand, with a word on whether it waits, and changes nothing then', async () => {
    const entry = aRecipient();
    const tried = await add('recipients?dryRun=true', entry);
    expect(tried).toMatchObject({ status: 200, body: { waits: true, opensMore: 0 } });
    expect(said(tried)).toHaveLength(1);
    expect((await proposer.get(`operator/recipients/${entry.slug}`)).status).toBe(404);
    expect((await change('purposes/parking?dryRun=true', { coveredByGpc: false })).body.opens.length).toBeGreaterThan(
      0,
    );
    expect((await change('purposes/parking?dryRun=true', { name: name('Parking') })).body).toEqual({
      opens: [],
      opensMore: 0,
      waits: false,
    });
  });

  it('needs a fresh sign-in', async () => {
    await test.request({ method: 'POST', path: 'dev/clock', body: { advance: 'PT6M' } });
    expect((await add('recipients', aRecipient())).body.code).toBe('session.step_up_required');
    expect((await change('purposes/parking', { coveredByGpc: false })).body.code).toBe('session.step_up_required');
    expect(
      (await change('categories/special.health', { eventFields: { attributes: { diagnosis: text } } })).body.code,
    ).toBe('session.step_up_required');
    await test.request({ method: 'POST', path: 'dev/clock', body: { reset: true } });
  });

  it('is refused as stale where the entry has changed since, or would open something else', async () => {
    const path = await aClosedRecipient();
    const first = (await change(path, { contractUntil: '2099-12-31' })).body.change;
    await change(path, { contact: 'dpo@harbour.example' });
    expect((await confirm(first.id)).body).toMatchObject({ status: 409, code: 'change.stale' });
    expect((await stateOf(path)).contractUntil).toBeNull();
    const second = (await add('recipients', aRecipient())).body.change;
    await test
      .get(Database)
      .execute(`UPDATE identity.pending_changes SET basis = 'what it would have opened before' WHERE id = $1`, [
        second.id,
      ]);
    expect((await confirm(second.id)).body.code).toBe('change.stale');
  });

  it('is refused at its confirmation where an earlier version took it with a region that is none', async () => {
    const { id } = (await add('recipients', aRecipient())).body.change;
    await test
      .get(Database)
      .execute(
        `UPDATE identity.pending_changes SET proposed = jsonb_set(proposed, '{values,region}', '"UK"') WHERE id = $1`,
        [id],
      );
    expect((await confirm(id)).body).toMatchObject({ status: 400, code: 'registry.unknown_region' });
    expect((await proposer.get(`operator/recipients/harbour-${sequence}`)).status).toBe(404);
  });

  it('is applied once, however many confirm at the same time, and seen by the rulebook at once', async () => {
    const third = await aSignedInOperator(test, 'administrator');
    const entry = aRecipient();
    const { id } = (await add('recipients', entry)).body.change;
    const answers = await Promise.all([confirm(id), confirm(id, third), confirm(id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect((await test.get(EffectiveRulebook).current()).rulebook.recipients.has(entry.slug)).toBe(true);
    const { items } = (await confirmer.get(`operator/audit/entries?objectType=recipient&objectId=${entry.slug}`)).body;
    expect(items).toEqual([
      expect.objectContaining({
        act: 'registry.entry_added',
        details: expect.objectContaining({
          singleHanded: false,
          proposedBy: proposer.operatorId,
          confirmedBy: expect.any(String),
          opens: expect.stringContaining('Browsing history'),
        }),
      }),
    ]);
  });
});

describe('the only administrator there ever was', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    await (
      await PolicyStaff.open(test)
    ).inForce(
      aPolicy({
        clauses: [
          aClause({
            id: 'share',
            terms: [
              {
                type: 'sharing',
                categories: ['log.browsing'],
                recipients: ['partner'],
                purposes: ['advertising.relevant'],
                basis: 'separateConsent',
              },
            ],
          }),
        ],
      }),
    );
  });
  afterAll(() => test.close());

  it('opens at once, and the evidence says what and that nobody confirmed it', async () => {
    const administrator = await aSignedInOperator(test, 'administrator');
    const entry = {
      slug: 'blue-harbour',
      kind: 'partner',
      name: name('Blue Harbour'),
      region: 'CN',
      contractUntil: '2099-12-31',
    };
    expect((await administrator.post('operator/recipients?dryRun=true', entry)).body).toMatchObject({
      waits: false,
      opens: [{ en: expect.stringContaining('Browsing history') }],
    });
    expect((await administrator.post('operator/recipients', entry)).status).toBe(201);
    const { items } = (await administrator.get('operator/audit/entries?objectType=recipient&objectId=blue-harbour'))
      .body;
    expect(items[0].details).toMatchObject({ singleHanded: true, opens: expect.stringContaining('Blue Harbour') });
  });
});
