import { aBoundedToken, aServiceToken, TestSubject, moveThePastBack } from '@abide/consent/testing';
import { Database, HolderRegistry } from '@abide/platform';
import { expiredRows, uncoveredPersonalData, type TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { telemetryPersistence } from '../persistence.js';
import { anEvent, createTelemetryApp, send, telemetryPolicy } from '../testing/app.js';

describe('reading events back', () => {
  let test: TestApp;
  let service: string;
  let revisionId: string;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createTelemetryApp({ ABIDE_ROLE: 'web' });
    revisionId = await (await PolicyStaff.open(test)).inForce(telemetryPolicy);
    service = await aServiceToken(test);
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
    await person.grant('personalisation');
    await moveThePastBack(test);
  });
  afterAll(() => test.close());

  const day = 86_400_000;
  const at = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
  const query = (body: object, token = service) =>
    test.request({
      method: 'POST',
      path: 'telemetry/query',
      token,
      body: {
        subjectId: person.id,
        purpose: 'personalisation',
        categories: ['log.browsing'],
        from: at(-7 * day),
        to: at(day),
        ...body,
      },
    });
  const holder = () => test.get(HolderRegistry).named('telemetry');

  it('opens what the gate allows for the purpose, newest first, with the reasons why it is kept', async () => {
    await send(test, service, [
      anEvent(person.id, {
        occurredAt: at(-2000),
        attributes: { page: 'first' },
        personal: { url: 'https://tickets.example/1' },
      }),
      anEvent(person.id, { occurredAt: at(-1000), attributes: { page: 'second' } }),
      anEvent(person.id, { category: 'log.search', personal: { query: 'trains' } }),
    ]);
    const { body, headers } = await query({});
    expect(body.items.map(({ attributes }: any) => attributes.page)).toEqual(['second', 'first']);
    expect(body.items[1]).toMatchObject({
      personal: { url: 'https://tickets.example/1' },
      sensitive: false,
      lineage: [{ purpose: 'personalisation', clause: 'collect.logs' }],
    });
    expect(body.refused).toEqual([]);
    expect(headers['cache-control']).toContain('no-store');
  });

  it('shows a purpose nothing that was promised to be kept no longer for it, though others have it still', async () => {
    await person.grant('product.improvement');
    await send(test, service, [anEvent(person.id, { category: 'log.appUsage' })]);
    const seen = async (purpose: string) =>
      (await query({ purpose, categories: ['log.appUsage'], from: at(-60 * day) })).body.items.length;
    expect([await seen('personalisation'), await seen('product.improvement')]).toEqual([1, 1]);
    await test
      .get(Database)
      .execute(`UPDATE telemetry.events SET occurred_at = occurred_at - interval '30 days' WHERE subject_id = $1`, [
        person.id,
      ]);
    expect([await seen('personalisation'), await seen('product.improvement')]).toEqual([0, 1]);
  });

  it('shows nothing for a purpose that is refused, and says why', async () => {
    await send(test, service, [anEvent(person.id)]);
    expect((await query({ purpose: 'advertising.relevant' })).body).toEqual({
      items: [],
      refused: [{ category: 'log.browsing', service: 'ticketing', code: 'clause.none', fallback: null }],
      nextCursor: null,
    });
    await person.withdraw('personalisation');
    expect((await query({})).body).toMatchObject({ items: [], refused: [{ code: 'consent.withdrawn' }] });
  });

  it('answers nothing to a misspelt purpose, category or service, and points at it', async () => {
    await send(test, service, [anEvent(person.id)]);
    for (const [body, code, pointer] of [
      [{ purpose: 'personalization' }, 'question.unknownPurpose', '/purpose'],
      [{ categories: ['log.browsing', 'log.borwsing'] }, 'question.unknownCategory', '/categories/1'],
      [{ service: 'tickting' }, 'question.unknownService', '/service'],
    ] as const)
      expect(await query(body)).toMatchObject({ status: 400, body: { code, errors: [{ pointer }] } });
  });

  it('takes a use in another service for what it is', async () => {
    await send(test, service, [anEvent(person.id)]);
    expect((await query({ service: 'signing' })).body).toMatchObject({
      items: [],
      refused: [{ category: 'log.browsing', service: 'ticketing', code: 'clause.none' }],
    });
    expect((await query({ service: 'ticketing' })).body.items).toHaveLength(1);
  });

  it('shows as much of an address as the purpose allows', async () => {
    await send(test, service, [anEvent(person.id, { category: 'log.network', personal: { ip: '203.0.113.77' } })]);
    expect((await query({ categories: ['log.network'] })).body.items[0]).toMatchObject({
      personal: { ip: '203.0.113.77' },
      attributes: {},
    });
    expect((await query({ categories: ['log.network'], purpose: 'product.improvement' })).body.items[0]).toMatchObject({
      personal: {},
      attributes: { network: '203.0.113.0/24' },
    });
  });

  it('opens what the subject marked as sensitive for no purpose on a plain consent', async () => {
    await send(test, service, [
      anEvent(person.id, {
        category: 'log.network',
        sensitive: true,
        attributes: { carrier: 'clinic' },
        personal: { ip: '203.0.113.77' },
      }),
    ]);
    expect((await query({ categories: ['log.network'] })).body.items).toEqual([]);
    expect((await query({ categories: ['log.network'], purpose: 'security.fraud' })).body.items).toHaveLength(1);
  });

  it('opens for a bounded client nothing beyond what it is for, though the gate would', async () => {
    await send(test, service, [anEvent(person.id)]);
    const [elsewhere, otherwise, within] = [
      await aBoundedToken(test, { purposes: ['personalisation'], services: ['signing'] }),
      await aBoundedToken(test, { purposes: ['product.improvement'], services: ['ticketing'] }),
      await aBoundedToken(test, { purposes: ['personalisation'], services: ['ticketing'] }),
    ];
    expect((await query({}, elsewhere)).body).toMatchObject({
      items: [],
      refused: [{ category: 'log.browsing', service: 'ticketing', code: 'client.serviceNotCovered' }],
    });
    expect((await query({}, otherwise)).body).toMatchObject({
      items: [],
      refused: [{ code: 'client.purposeNotCovered' }],
    });
    expect((await query({}, within)).body.items).toHaveLength(1);
  });

  it('answers a client for one service about what is not there as about what is', async () => {
    const within = await aBoundedToken(test, { purposes: ['personalisation'], services: ['ticketing'] });
    expect((await query({}, within)).body).toMatchObject({ items: [], refused: [] });
    await person.withdraw('personalisation');
    expect((await query({}, within)).body).toMatchObject({
      items: [],
      refused: [{ category: 'log.browsing', service: 'ticketing', code: 'consent.withdrawn' }],
    });
  });

  it('takes from a bounded client only what is collected in its services, and for its purposes alone', async () => {
    const token = await aBoundedToken(test, { purposes: ['personalisation'], services: ['ticketing'] });
    await person.grant('product.improvement');
    const events = [
      {},
      { service: 'signing' },
      { purposes: ['product.improvement'] },
      { purposes: ['product.improvement', 'personalisation'] },
    ].map((changes) => anEvent(person.id, changes));
    expect((await send(test, token, events)).body).toMatchObject({
      accepted: 2,
      refused: [
        { index: 1, code: 'client.serviceNotCovered' },
        { index: 2, code: 'client.purposeNotCovered' },
      ],
    });
    const { items } = (await query({})).body;
    expect(items.map(({ lineage }: any) => lineage.map(({ purpose }: any) => purpose))).toEqual([
      ['personalisation'],
      ['personalisation'],
    ]);
  });

  it('pages without losing or repeating any', async () => {
    await send(
      test,
      service,
      Array.from({ length: 7 }, (_, index) =>
        anEvent(person.id, { occurredAt: at(index < 4 ? -5000 : -index * 1000) }),
      ),
    );
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const { body } = await query({ limit: 2, ...(cursor && { cursor }) });
      seen.push(...body.items.map(({ eventId }: any) => eventId));
      if (body.nextCursor === null) break;
      cursor = body.nextCursor;
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });

  it('refuses a question without a category, one that ends before it begins, and a client without the scope', async () => {
    expect((await query({ categories: [] })).body.errors[0].pointer).toBe('/categories');
    expect((await query({ to: at(-8 * day) })).body.errors[0].pointer).toBe('/to');
    expect((await query({}, person.token)).status).toBe(403);
  });

  it('says what is held, since when, until when and under which clause, and of a device no more than while it was one’s own', async () => {
    await send(test, service, [
      anEvent(person.id),
      anEvent(person.id),
      anEvent(person.id, { category: 'feedback.opinion', attributes: { rating: 5 } }),
    ]);
    const held = await holder().describe(person.id);
    expect(held).toEqual([
      expect.objectContaining({ category: 'feedback.opinion', count: 1, until: null, isOpenEnded: true }),
      expect.objectContaining({
        category: 'log.browsing',
        service: 'ticketing',
        count: 2,
        isOpenEnded: false,
        since: expect.any(Date),
        until: expect.any(Date),
        grounds: [{ policy: 'privacy', revision: 1, clauseId: 'collect.logs', purpose: 'personalisation', count: 2 }],
      }),
    ]);
    expect(await holder().describe(person.id, { since: new Date(Date.now() + 1000) })).toEqual([]);
    expect(await holder().describe(person.id, { since: new Date(0), until: new Date(Date.now() + 1000) })).toHaveLength(
      2,
    );
    expect(
      await holder().describe(person.id, { since: new Date(0), until: new Date(Date.now() - 86_400_000) }),
    ).toEqual([]);
  });

  it('says of what is due and still stored how much it is and since when, and opens none of it', async () => {
    await send(test, service, [anEvent(person.id), anEvent(person.id), anEvent(person.id)]);
    const [first, second] = [new Date(Date.now() - 2 * day), new Date(Date.now() - day)];
    const db = test.get(Database);
    const rows = await db.query<{ event_id: string }>('SELECT event_id FROM telemetry.events WHERE subject_id = $1', [
      person.id,
    ]);
    for (const [index, due] of [first, second].entries())
      await db.query('UPDATE telemetry.events SET retain_until = $2 WHERE event_id = $1', [rows[index]?.event_id, due]);
    expect(await holder().describe(person.id)).toEqual([
      expect.objectContaining({ category: 'log.browsing', count: 3, due: { count: 2, since: first } }),
    ]);
    expect((await query({})).body.items).toHaveLength(1);
    expect(await expiredRows(holder(), new Date(), 1000)).toBe(2);
    expect(await holder().describe(person.id)).toEqual([
      expect.objectContaining({ category: 'log.browsing', count: 1, due: null }),
    ]);
  });

  it('exports and erases everything it holds of a subject, and leaves others alone', async () => {
    const other = await TestSubject.register(test, [revisionId]);
    await other.grant('personalisation');
    await send(test, service, [
      anEvent(person.id, { personal: { url: 'https://tickets.example/7' } }),
      anEvent(other.id),
    ]);
    await send(test, person.token, [anEvent(person.id)]);
    const exported = [];
    for await (const record of holder().export(person.id)) exported.push(record);
    expect(exported).toHaveLength(2);
    expect(exported.map(({ values }) => (values['personal'] as any).url)).toContain('https://tickets.example/7');
    expect((await holder().erase(person.id)).counts).toContainEqual({
      category: 'log.browsing',
      table: 'telemetry.events',
      count: 2,
    });
    expect(await holder().describe(person.id)).toEqual([]);
    expect(await holder().describe(other.id)).toHaveLength(1);
  });

  it('deletes what is due and nothing else', async () => {
    await send(test, service, [anEvent(person.id), anEvent(person.id, { category: 'feedback.opinion' })]);
    expect(await expiredRows(holder(), new Date(), 1000)).toBe(0);
    const inAYear = new Date(Date.now() + 366 * day);
    expect(await expiredRows(holder(), inAYear, 1)).toBe(1);
    while ((await expiredRows(holder(), inAYear, 100)) > 0);
    expect((await holder().describe(person.id)).map(({ category }) => category)).toEqual(['feedback.opinion']);
  });

  it('classifies every column and covers every table', () => {
    expect(uncoveredPersonalData(telemetryPersistence, test.get(HolderRegistry).all())).toEqual([]);
  });
});
