import { aBoundedToken, aServiceToken, TestSubject, PolicyStaff } from '@abide/consent/testing';
import { Database, HolderRegistry } from '@abide/platform';
import { expiredRows, uncoveredPersonalData, type TestApp } from '@abide/platform/testing';
import { cellToParent, latLngToCell } from 'h3-js';
import { locationPersistence } from '../persistence.js';
import {
  aFix,
  allowExactly,
  aTraveller,
  createLocationApp,
  locationPolicy,
  send,
  switchPositioning,
} from '../testing/app.js';

const here = { latitude: 30.248913, longitude: 120.205237, accuracyMetres: 12 };
const day = 86_400_000;

describe('reading positions back', () => {
  let test: TestApp;
  let service: string;
  let revisionId: string;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createLocationApp({ ABIDE_ROLE: 'web' });
    revisionId = await (await PolicyStaff.open(test)).inForce(locationPolicy);
    service = await aServiceToken(test);
  });
  beforeEach(async () => {
    person = await aTraveller(test, revisionId);
  });
  afterAll(() => test.close());

  const at = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
  const trail = (body: object = {}, token = service) =>
    test.request({
      method: 'POST',
      path: 'location/trails/query',
      token,
      body: { subjectId: person.id, purpose: 'service.provision', from: at(-7 * day), to: at(day), ...body },
    });
  const last = (body: object = {}) =>
    test.request({
      method: 'POST',
      path: 'location/last/query',
      token: service,
      body: { subjectId: person.id, purpose: 'service.provision', ...body },
    });
  const holder = () => test.get(HolderRegistry).named('location');
  const allowCells = () => person.grant('personalisation', { categories: ['location.gps'] });

  it('tells each purpose as much as its clause has: coordinates to one, a cell of the stated resolution to another', async () => {
    await allowExactly(person);
    await allowCells();
    const fix = aFix(person.id);
    await send(test, service, [fix]);
    const exact = await trail();
    expect(exact.body).toEqual({
      items: [
        {
          fixId: fix['fixId'],
          occurredAt: fix['occurredAt'],
          source: 'gps',
          service: 'ticketing',
          precision: 'exact',
          ...here,
        },
      ],
      refused: [{ category: 'location.wifi', service: null, code: 'clause.none', fallback: null }],
      nextCursor: null,
    });
    expect(exact.headers['cache-control']).toContain('no-store');
    const [coarse] = (await trail({ purpose: 'personalisation' })).body.items;
    expect(coarse).toEqual({
      fixId: fix['fixId'],
      occurredAt: fix['occurredAt'],
      source: 'gps',
      service: 'ticketing',
      precision: { h3: 7 },
      cell: latLngToCell(here.latitude, here.longitude, 7),
    });
  });

  it('tells for a purpose on consent only what is kept for it, and never more exactly than it was kept', async () => {
    await allowCells();
    await send(test, service, [aFix(person.id)]);
    await allowExactly(person);
    expect((await trail()).body.items).toEqual([]);
    const cells = await trail({ purpose: 'personalisation' });
    expect(cells.body.items[0]).toMatchObject({
      precision: { h3: 7 },
      cell: latLngToCell(here.latitude, here.longitude, 7),
    });
    expect(cells.body.items[0].latitude).toBeUndefined();
  });

  it('tells a bounded client nothing beyond what it is for, and takes nothing else from it', async () => {
    await allowExactly(person);
    await allowCells();
    const [elsewhere, within] = [
      await aBoundedToken(test, { purposes: ['service.provision'], services: ['signing'] }),
      await aBoundedToken(test, { purposes: ['personalisation'], services: ['ticketing'] }),
    ];
    expect((await send(test, elsewhere, [aFix(person.id)])).body).toMatchObject({
      accepted: 0,
      refused: [{ index: 0, code: 'client.serviceNotCovered' }],
    });
    expect((await send(test, within, [aFix(person.id)])).body.accepted).toBe(1);
    expect((await trail()).body.items).toEqual([]);
    expect((await trail({ purpose: 'personalisation' }, within)).body.items).toHaveLength(1);
    expect((await trail({}, within)).body.refused[0].code).toBe('client.purposeNotCovered');
    expect((await trail({}, elsewhere)).body).toMatchObject({
      items: [],
      refused: [{ code: 'client.serviceNotCovered' }, { service: 'signing', code: 'clause.none' }],
    });
  });

  it('tells nothing for a purpose that is refused, and says why', async () => {
    await allowExactly(person);
    await send(test, service, [aFix(person.id)]);
    expect((await trail({ purpose: 'advertising.relevant' })).body).toMatchObject({
      items: [],
      refused: [
        { category: 'location.gps', service: 'ticketing', code: 'clause.none' },
        { category: 'location.wifi', code: 'clause.none' },
      ],
    });
    await person.withdraw('service.provision');
    expect((await trail()).body).toMatchObject({
      items: [],
      refused: [{ category: 'location.gps', code: 'consent.withdrawn' }, {}],
    });
    expect((await last()).body).toMatchObject({
      position: null,
      refused: [{ category: 'location.gps', code: 'consent.withdrawn' }, {}],
    });
  });

  it('goes on telling, with the switch off, what was taken while it was on', async () => {
    await allowExactly(person);
    await send(test, service, [aFix(person.id)]);
    await switchPositioning(person, false);
    expect((await trail()).body.items).toHaveLength(1);
  });

  it('tells nothing for a misspelt purpose or service, and points at it', async () => {
    expect(await trail({ purpose: 'personalization' })).toMatchObject({
      status: 400,
      body: { code: 'question.unknownPurpose', errors: [{ pointer: '/purpose' }] },
    });
    expect(await trail({ service: 'singing' })).toMatchObject({
      status: 400,
      body: { code: 'question.unknownService', errors: [{ pointer: '/service' }] },
    });
  });

  it('lets another service have it only where a clause names the pair', async () => {
    await allowExactly(person);
    await allowCells();
    await send(test, service, [aFix(person.id)]);
    expect((await trail({ service: 'signing' })).body.items).toHaveLength(1);
    expect((await trail({ service: 'signing', purpose: 'personalisation' })).body).toMatchObject({
      items: [],
      refused: [{ category: 'location.gps', service: 'ticketing', code: 'clause.none' }, {}],
    });
  });

  it('finds the newest position, of either source, that may be used', async () => {
    await allowExactly(person);
    const newest = aFix(person.id, { occurredAt: at(60_000), source: 'wifi' });
    const newer = aFix(person.id, { occurredAt: at(30_000) });
    await send(test, service, [aFix(person.id), newest, newer]);
    expect((await last()).body.position).toMatchObject({ fixId: newer['fixId'], precision: 'exact' });
    expect((await last({ purpose: 'security.fraud' })).body.position).toMatchObject({
      fixId: newest['fixId'],
      precision: { h3: 4 },
      cell: cellToParent(latLngToCell(here.latitude, here.longitude, 7), 4),
    });
  });

  it('does not tell any more what is due, alone or beside what is not', async () => {
    await allowExactly(person);
    const [due, kept] = [aFix(person.id), aFix(person.id)];
    await send(test, service, [due, kept]);
    await test
      .get(Database)
      .execute(`UPDATE location.fixes SET retain_until = '2020-01-01' WHERE fix_id = $1`, [due['fixId']]);
    expect((await trail()).body.items.map(({ fixId }: any) => fixId)).toEqual([kept['fixId']]);
    await test
      .get(Database)
      .execute(`UPDATE location.fixes SET retain_until = '2020-01-01' WHERE fix_id = $1`, [kept['fixId']]);
    expect((await last()).body.position).toBeNull();
    await holder().erase(person.id);
  });

  it('pages without losing or repeating any, and keeps to the period', async () => {
    await allowExactly(person);
    await send(
      test,
      service,
      Array.from({ length: 7 }, (_, index) => aFix(person.id, { occurredAt: at(index < 4 ? 5000 : index * 1000) })),
    );
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const { body } = await trail({ limit: 2, ...(cursor && { cursor }) });
      seen.push(...body.items.map(({ fixId }: any) => fixId));
      if (body.nextCursor === null) break;
      cursor = body.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
    expect((await trail({ to: at(-60_000) })).body.items).toEqual([]);
  });

  it('refuses a period that ends before it begins, and whoever lacks the scope', async () => {
    expect((await trail({ to: at(-8 * day) })).body.errors[0].pointer).toBe('/to');
    expect((await trail({}, person.token)).status).toBe(403);
    expect(
      (
        await test.request({
          method: 'POST',
          path: 'location/last/query',
          token: person.token,
          body: { subjectId: person.id, purpose: 'service.provision' },
        })
      ).status,
    ).toBe(403);
  });

  it('says what is held, since when, until when and under which clause, and of a device no more than while it was one’s own', async () => {
    await allowExactly(person);
    await send(test, service, [aFix(person.id), aFix(person.id), aFix(person.id, { source: 'wifi' })]);
    expect(await holder().describe(person.id)).toEqual([
      expect.objectContaining({
        category: 'location.gps',
        service: 'ticketing',
        count: 2,
        isOpenEnded: false,
        since: expect.any(Date),
        until: expect.any(Date),
        grounds: [
          { policy: 'privacy', revision: 1, clauseId: 'collect.places', purpose: 'service.provision', count: 2 },
        ],
      }),
      expect.objectContaining({ category: 'location.wifi', count: 1, until: null, isOpenEnded: true }),
    ]);
    expect(await holder().describe(person.id, { since: new Date(Date.now() + 1000) })).toEqual([]);
    expect(await holder().describe(person.id, { since: new Date(0), until: new Date(Date.now() + 1000) })).toHaveLength(
      2,
    );
    expect(
      await holder().describe(person.id, { since: new Date(0), until: new Date(Date.now() - 86_400_000) }),
    ).toEqual([]);
  });

  it('exports and erases everything it holds of a subject, and leaves others alone', async () => {
    const other = await aTraveller(test, revisionId);
    for (const one of [person, other]) await allowExactly(one);
    await send(test, service, [aFix(person.id), aFix(other.id)]);
    await send(test, person.token, [aFix(person.id, { source: 'wifi' })]);
    const exported = [];
    for await (const record of holder().export(person.id)) exported.push(record);
    expect(exported).toHaveLength(2);
    expect(exported.find(({ category }) => category === 'location.gps')?.values).toMatchObject(here);
    expect(exported.find(({ category }) => category === 'location.wifi')?.values).toMatchObject({
      cell: latLngToCell(here.latitude, here.longitude, 4),
    });
    expect((await holder().erase(person.id)).counts).toContainEqual({
      category: 'location.gps',
      table: 'location.fixes',
      count: 1,
    });
    expect(await holder().describe(person.id)).toEqual([]);
    expect(await holder().describe(other.id)).toHaveLength(1);
    expect(
      await test.get(Database).query('SELECT 1 FROM location.batches WHERE owner LIKE $1', [`%${person.id}`]),
    ).toEqual([]);
  });

  it('deletes what is due and nothing else', async () => {
    await allowExactly(person);
    await send(test, service, [aFix(person.id), aFix(person.id), aFix(person.id, { source: 'wifi' })]);
    expect(await expiredRows(holder(), new Date(), 1000)).toBe(0);
    const later = new Date(Date.now() + 31 * day);
    expect(await expiredRows(holder(), later, 1)).toBe(1);
    while ((await expiredRows(holder(), later, 100)) > 0);
    expect((await holder().describe(person.id)).map(({ category }) => category)).toEqual(['location.wifi']);
  });

  it('classifies every column and covers every table', () => {
    expect(uncoveredPersonalData(locationPersistence, test.get(HolderRegistry).all())).toEqual([]);
  });
});
