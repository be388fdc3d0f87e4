import { anOperator } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database, HolderRegistry } from '@abide/platform';
import { laterBy, type TestAnswer, type TestApp } from '@abide/platform/testing';
import { aClause, PolicyStaff } from '@abide/policy/testing';
import { addDuration, parseDuration, type Duration } from '@abide/rulebook';
import { Vault } from '@abide/vault';
import { aSignedInOperator, createConsentApp, type TestConsole } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy, advertisingClause } from '../testing/policies.js';
import { TestTraces } from '../testing/traces.js';
import { HoldingsQueries } from './holdings.queries.js';

const hour = 3_600_000;
const signInClause = aClause({
  id: 'keep.signIns',
  terms: [
    { type: 'collection', categories: ['client.signIn'], purposes: ['security.protection'], basis: 'legalObligation' },
    { type: 'retention', categories: ['client.signIn'], period: 'P1Y', then: 'delete' },
  ],
});

describe('what is held about a subject', () => {
  let test: TestApp;
  let db: Database;
  let staff: PolicyStaff;
  let revisionId: string;
  let traces: TestTraces;
  let person: TestSubject;
  let agent: TestConsole;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    staff = await PolicyStaff.open(test);
    revisionId = await staff.inForce(aConsentPolicy({ clauses: [signInClause] }));
    traces = TestTraces.join(test);
    agent = await aSignedInOperator(test, 'supportAgent');
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const holdings = async (who = person): Promise<any> => (await who.app.send('GET', 'me/holdings')).body;
  const itemOf = ({ items }: any, category: string): any =>
    items.find((item: { category: string }) => item.category === category);
  const asOperator = (subjectId = person.id, by = agent): Promise<TestAnswer> =>
    by.get(`operator/subjects/${subjectId}/holdings`);
  const aDevice = async (): Promise<{ subjectId: string; token: string }> =>
    (await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [revisionId] } })).body;
  const link = async (device: { token: string }, who = person): Promise<Date> =>
    new Date((await who.app.send('POST', 'me/devices', { deviceToken: device.token })).body.linkedAt);

  it('cites the clause and the purposes that it rests on, and until what it stays', async () => {
    const name = itemOf(await holdings(), 'registration.name');
    expect(name).toEqual({
      category: 'registration.name',
      name: { 'zh-CN': '姓名', en: 'name' },
      sensitive: false,
      count: 1,
      since: expect.any(String),
      until: null,
      openEnded: true,
      due: null,
      purposes: [{ code: 'service.provision', name: { 'zh-CN': expect.any(String), en: expect.any(String) } }],
      clauses: [
        {
          policy: 'privacy',
          revision: 1,
          revisionId,
          clauseId: 'collect.registration',
          heading: { 'zh-CN': '注册信息', en: 'Registration' },
          purposes: ['service.provision'],
        },
      ],
      retention: [
        {
          policy: 'privacy',
          revision: 1,
          revisionId,
          clauseId: 'keep.periods',
          heading: { 'zh-CN': '保存期限', en: 'How long we keep it' },
          service: null,
          purposes: null,
          period: null,
          until: 'accountClosure',
          then: 'delete',
          minimumPeriod: null,
        },
      ],
    });
  });

  it('says honestly of proof that it rests on no clause', async () => {
    await person.grant('advertising.relevant');
    const { items } = await holdings();
    expect(items.find((item: { category: string }) => item.category === 'client.instruction')).toMatchObject({
      count: 2,
      purposes: [],
      clauses: [],
      retention: [],
      until: null,
      openEnded: false,
    });
    expect(items.find((item: { category: string }) => item.category === 'none')).toMatchObject({
      name: null,
      sensitive: false,
      clauses: [],
    });
  });

  it('says of a kind that somebody outside keeps on which clauses in force it rests', async () => {
    const { own } = await test
      .get(HoldingsQueries)
      .of(person.id, ['registration.name', 'client.signIn', 'special.health']);
    const clausesOf = (code: string) =>
      own.find(({ category }) => category === code)?.clauses.map((one) => one.clauseId);
    expect(clausesOf('client.signIn')).toEqual(['keep.signIns']);
    expect(clausesOf('special.health')).toEqual([]);
    expect(own.filter(({ category }) => category === 'registration.name')).toHaveLength(1);
  });

  it('puts together what several holders have of one category, and lists the categories in order', async () => {
    const { items } = await holdings();
    expect(items.find((item: { category: string }) => item.category === 'registration.email')).toMatchObject({
      count: 2,
      retention: [{ clauseId: 'keep.traces', until: 'accountClosure' }],
    });
    const categories = items.map(({ category }: { category: string }) => category);
    expect(categories).toEqual([...new Set(categories)].sort());
  });

  it('says when the last of it falls due, and which of it is sensitive', async () => {
    const [first, last] = [new Date('2026-03-01T00:00:00.000Z'), new Date('2026-09-01T00:00:00.000Z')];
    traces.keep({
      subjectId: person.id,
      category: 'location.gps',
      at: new Date('2026-02-01T00:00:00.000Z'),
      until: last,
      service: 'ticketing',
    });
    traces.keep({
      subjectId: person.id,
      category: 'location.gps',
      at: new Date('2026-01-01T00:00:00.000Z'),
      until: first,
      service: 'ticketing',
    });
    expect(itemOf(await holdings(), 'location.gps')).toMatchObject({
      count: 2,
      sensitive: true,
      since: '2026-01-01T00:00:00.000Z',
      until: last.toISOString(),
      openEnded: false,
      purposes: [],
      clauses: [],
      retention: [{ clauseId: 'keep.traces', period: 'P6M', then: 'delete' }],
    });
  });

  it('names only purposes that hold for this person, where the rows do not say why they are kept', async () => {
    traces.keep({ subjectId: person.id, category: 'log.browsing', at: new Date() });
    const other = await TestSubject.register(test, [revisionId]);
    traces.keep({ subjectId: other.id, category: 'log.browsing', at: new Date() });
    await other.grant('product.improvement');
    expect(itemOf(await holdings(), 'log.browsing')).toMatchObject({ count: 1, purposes: [], clauses: [] });
    expect(itemOf(await holdings(other), 'log.browsing')).toMatchObject({
      purposes: [{ code: 'product.improvement' }],
      clauses: [{ clauseId: 'use.advertising', purposes: ['product.improvement'] }],
    });
    await other.withdraw('product.improvement');
    expect(itemOf(await holdings(other), 'log.browsing')).toMatchObject({ purposes: [], clauses: [] });
    await other.grant('product.improvement');
    await db.query('UPDATE identity.subjects SET is_restricted = true WHERE subject_id = $1', [other.id]);
    expect(itemOf((await asOperator(other.id)).body, 'log.browsing').purposes).toMatchObject([
      { code: 'product.improvement' },
    ]);
  });

  it('says of sign-ins when they fall due, and of those whose time is over that they are due and since when', async () => {
    const [{ at }] = await db.query<any>('SELECT at FROM identity.sign_ins WHERE subject_id = $1', [person.id]);
    const inAYear = laterBy(at, { years: 1 });
    expect(itemOf(await holdings(), 'client.signIn')).toMatchObject({
      count: 1,
      until: inAYear.toISOString(),
      due: null,
      openEnded: false,
      purposes: [{ code: 'security.protection' }],
      retention: [{ clauseId: 'keep.signIns', period: 'P1Y' }],
    });
    const longAgo = new Date('2024-05-05T05:05:05.000Z');
    await db.query(
      "INSERT INTO identity.sign_ins SELECT (jsonb_populate_record(s, jsonb_build_object('id', $2::text, 'at', $3::text))).* FROM identity.sign_ins s WHERE subject_id = $1",
      [person.id, newId(), longAgo.toISOString()],
    );
    const said = {
      count: 2,
      since: longAgo.toISOString(),
      until: inAYear.toISOString(),
      due: { count: 1, since: '2025-05-05T05:05:05.000Z' },
    };
    expect(itemOf(await holdings(), 'client.signIn')).toMatchObject(said);
    expect(itemOf((await asOperator()).body, 'client.signIn')).toMatchObject(said);
  });

  describe('record by record', () => {
    const rows = async (path: string): Promise<TestAnswer> => person.app.send('GET', `me/holdings/${path}`);

    it('rests on the promises and clauses in force where records do not say more', async () => {
      const [{ at }] = await db.query<any>('SELECT at FROM identity.sign_ins WHERE subject_id = $1', [person.id]);
      const inAYear = laterBy(at, { years: 1 });
      const ground = { policy: 'privacy', revision: 1, revisionId, clauseId: 'keep.signIns' };
      expect((await rows('client.signIn/rows')).body).toMatchObject({
        items: [
          {
            at: at.toISOString(),
            service: null,
            dueAt: inAYear.toISOString(),
            grounds: [{ ...ground, purpose: { code: 'security.protection' }, consentEventId: null }],
          },
        ],
        nextCursor: null,
      });
      expect((await rows('registration.name/rows')).body.items).toMatchObject([
        { dueAt: null, grounds: [{ clauseId: 'collect.registration' }] },
      ]);
    });

    it('comes in pages, with nothing twice', async () => {
      for (const state of ['grant', 'withdraw', 'grant', 'withdraw'] as const)
        await person[state]('advertising.relevant');
      const all = (await rows('client.instruction/rows')).body.items.map(({ at }: { at: string }) => at);
      expect(all).toHaveLength(5);
      const paged: string[] = [];
      for (let next: string | null = ''; next !== null;) {
        const { body }: TestAnswer = await rows(`client.instruction/rows?limit=2${next && `&cursor=${next}`}`);
        paged.push(...body.items.map(({ at }: { at: string }) => at));
        next = body.nextCursor;
      }
      expect(paged).toEqual(all);
    });

    it('refuses a cursor of no page', async () => {
      const made = (text: string) => Buffer.from(text).toString('base64url');
      for (const cursor of ['nonsense', made('nobody|0|1'), made('identity|x|1'), made('identity|-1|1')])
        expect((await rows(`registration.name/rows?cursor=${cursor}`)).body).toMatchObject({
          status: 400,
          code: 'request.bad_cursor',
        });
      expect((await rows('unheard.of/rows')).body).toEqual({ items: [], nextCursor: null });
    });
  });

  it('counts everything about a child as sensitive', async () => {
    await db.query("UPDATE identity.subjects SET minor_status = 'under14' WHERE subject_id = $1", [person.id]);
    expect(itemOf(await holdings(), 'registration.name').sensitive).toBe(true);
  });

  describe('on linked devices', () => {
    const collected = (deviceId: string, category: string, at: Date) =>
      traces.keep({ subjectId: deviceId, category, at });

    it('is shown from the own link on', async () => {
      const device = await aDevice();
      collected(device.subjectId, 'log.search', new Date(Date.now() - hour));
      const linkedAt = await link(device);
      const ground = { policy: 'privacy', revision: 1, clauseId: 'use.advertising', purpose: 'product.improvement' };
      traces.keep({
        subjectId: device.subjectId,
        category: 'log.browsing',
        at: new Date(Date.now() + hour),
        grounds: [ground],
      });
      const { devices } = await holdings();
      expect(devices).toEqual([
        {
          deviceId: device.subjectId,
          linkedAt: linkedAt.toISOString(),
          endedAt: null,
          items: [expect.objectContaining({ category: 'log.browsing', count: 1 })],
        },
      ]);
      expect(devices[0].items[0].clauses).toMatchObject([
        { clauseId: 'use.advertising', purposes: ['product.improvement'] },
      ]);
    });

    it('is shown to each for the span of their own link alone: the next one’s begins where theirs ends, and nobody’s consents move', async () => {
      const device = await aDevice();
      await person.grant('advertising.relevant');
      await link(device);
      collected(device.subjectId, 'log.search', new Date());
      await new Promise((resolve) => setTimeout(resolve, 5));
      const housemate = await TestSubject.register(test, [revisionId]);
      await link(device, housemate);
      collected(device.subjectId, 'log.browsing', new Date(Date.now() + hour));
      const categoriesFor = async (who: TestSubject) =>
        (await holdings(who)).devices[0].items.map(({ category }: { category: string }) => category);
      expect(await categoriesFor(person)).toEqual(['log.search']);
      expect((await holdings()).devices[0].endedAt).toBe((await holdings(housemate)).devices[0].linkedAt);
      expect(await categoriesFor(housemate)).toEqual(['log.browsing']);
      expect(await housemate.preference('advertising.relevant')).toMatchObject({ state: 'none' });
      const onDevice = (await test.request({ method: 'GET', path: 'me/consents', token: device.token })).body.items;
      expect(onDevice.find(({ purpose }: { purpose: string }) => purpose === 'advertising.relevant')).toMatchObject({
        state: 'none',
      });
    });

    it('is not shown to whoever has not linked the device, or not any more', async () => {
      const device = await aDevice();
      await link(device);
      collected(device.subjectId, 'log.browsing', new Date(Date.now() + hour));
      expect((await holdings(await TestSubject.register(test, [revisionId]))).devices).toEqual([]);
      await person.app.send('DELETE', `me/devices/${device.subjectId}`);
      expect((await holdings()).devices).toEqual([]);
    });

    it('starts anew with a new link', async () => {
      const device = await aDevice();
      await link(device);
      await person.app.send('DELETE', `me/devices/${device.subjectId}`);
      collected(device.subjectId, 'log.browsing', new Date());
      await new Promise((resolve) => setTimeout(resolve, 5));
      await link(device);
      expect((await holdings()).devices).toMatchObject([{ items: [] }]);
    });

    it('is told to the device itself, with whatever it never told anybody', async () => {
      const device = await aDevice();
      collected(device.subjectId, 'log.search', new Date(0));
      const { body } = await test.request({ method: 'GET', path: 'me/holdings', token: device.token });
      expect(itemOf(body, 'log.search')).toMatchObject({ count: 1, since: new Date(0).toISOString() });
      expect(body.devices).toEqual([]);
    });
  });

  describe('for operators', () => {
    it('is the same as the subject sees', async () => {
      const device = await aDevice();
      await link(device);
      const own = await holdings();
      const { status, body } = await asOperator();
      expect(status).toBe(200);
      expect(body).toEqual(own);
    });

    it('is what stays, once the subject is erased: evidence, and sign-ins for the six months that the law has logs kept', async () => {
      const [signIn] = await db.query<{ at: Date }>('SELECT at FROM identity.sign_ins WHERE subject_id = $1', [
        person.id,
      ]);
      const sixMonthsOn = new Date(
        addDuration(signIn?.at.getTime() ?? 0, parseDuration('P6M') as Duration, 8),
      ).toISOString();
      await db.transaction(async () => {
        for (const holder of test.get(HolderRegistry).all()) await holder.erase(person.id);
        await test.get(Vault).destroyKeys(person.id, 'ordinary');
      });
      expect((await asOperator()).body).toEqual({
        items: [
          expect.objectContaining({ category: 'client.instruction', count: 1, clauses: [] }),
          expect.objectContaining({ category: 'client.signIn', count: 1, clauses: [], until: sixMonthsOn }),
          expect.objectContaining({ category: 'log.network', count: 1, clauses: [], until: sixMonthsOn }),
        ],
        devices: [],
      });
    });

    it('is not found for a subject that nobody knows', async () => {
      expect((await asOperator(newId())).body).toMatchObject({ status: 404, code: 'subject.not_found' });
    });

    it('is closed to operators who may not read subjects', async () => {
      const editor = await anOperator(test, 'policyEditor');
      await editor.signIn();
      expect((await asOperator(person.id, editor)).body).toMatchObject({ status: 403, code: 'operator.forbidden' });
    });
  });

  it('keeps citing the revision under which a record was collected', async () => {
    const ground = { policy: 'privacy', clauseId: 'use.advertising', purpose: 'product.improvement' };
    const next = await staff.inForce(
      aConsentPolicy({
        clauses: [signInClause],
        contact: { 'zh-CN': '客服热线 400-000-0001', en: 'Customer service 400-000-0001' },
      }),
    );
    traces.keep({
      subjectId: person.id,
      category: 'log.browsing',
      at: new Date(),
      grounds: [
        { ...ground, revision: 1 },
        { ...ground, revision: 2 },
        { ...ground, purpose: 'survey.participation', revision: 2 },
      ],
    });
    expect(itemOf(await holdings(), 'log.browsing').clauses).toEqual([
      { ...citation(1, revisionId), purposes: ['product.improvement'] },
      { ...citation(2, next), purposes: ['product.improvement', 'survey.participation'] },
    ]);
  });

  function citation(revision: number, id: string) {
    return {
      policy: 'privacy',
      revision,
      revisionId: id,
      clauseId: advertisingClause.id,
      heading: advertisingClause.heading,
    };
  }
});
