import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { setTimeout } from 'node:timers/promises';
import { aServiceToken, TestSubject } from '@abide/consent/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { laterBy, type TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { Vault } from '@abide/vault';
import { EventCounts } from './ingest-counts.js';
import { anEvent, createTelemetryApp, send, telemetryPolicy } from '../testing/app.js';

describe('batches of events', () => {
  let test: TestApp;
  let db: Database;
  let service: string;
  let revisionId: string;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createTelemetryApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    revisionId = await (await PolicyStaff.open(test)).inForce(telemetryPolicy);
    service = await aServiceToken(test);
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const rowsOf = (subjectId = person.id) =>
    db.query<any>('SELECT * FROM telemetry.events WHERE subject_id = $1 ORDER BY event_id', [subjectId]);
  const anotherMinute = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

  it('stores what is allowed with clause, purposes and the consent behind them, until it falls due', async () => {
    const granted = (await person.grant('personalisation')).body;
    const event = anEvent(person.id, {
      means: 'app',
      occurredAt: '2026-11-26T08:00:00.000Z',
      attributes: { page: 'event.list', dwellMilliseconds: 1200 },
      personal: { url: 'https://tickets.example/concert/118' },
    });
    event['occurredAt'] = new Date().toISOString();
    const answer = await send(test, service, [event]);
    expect(answer.body).toEqual({ accepted: 1, alreadyStored: 0, refused: [], duplicate: false });
    const [row] = await rowsOf();
    expect(row).toMatchObject({
      event_id: event['eventId'],
      category: 'log.browsing',
      service: 'ticketing',
      means: 'app',
      is_sensitive: false,
      attributes: { page: 'event.list', dwellMilliseconds: 1200 },
    });
    expect(row.lineage).toEqual([
      {
        purpose: 'personalisation',
        policy: 'privacy',
        revision: 1,
        clause: 'collect.logs',
        basis: 'consent',
        consentEvent: granted.consentEventId,
        precision: 'exact',
      },
    ]);
    expect(row.retain_until).toEqual(laterBy(event['occurredAt'], { months: 6 }));
    expect(JSON.stringify(row)).not.toContain('concert');
    const place = { subjectId: person.id, table: 'telemetry.events', column: 'personal', rowId: event['eventId'] };
    expect(JSON.parse(await test.get(Vault).open(place, row.personal))).toEqual({
      personal: { url: 'https://tickets.example/concert/118' },
    });
  });

  it('keeps until an event what the policy keeps until an event', async () => {
    expect(
      (
        await send(test, service, [
          anEvent(person.id, {
            category: 'feedback.opinion',
            attributes: { rating: 4 },
            personal: { text: 'the seat map is hard to read' },
          }),
        ])
      ).body.accepted,
    ).toBe(1);
    expect((await rowsOf())[0]).toMatchObject({ retain_until: null });
  });

  it('answers each refused event by place and code, and stores the others', async () => {
    await person.grant('personalisation');
    const events = [
      anEvent(person.id),
      anEvent(person.id, { category: 'log.browsing', occurredAt: anotherMinute(6) }),
      anEvent(person.id, { occurredAt: anotherMinute(-7 * 24 * 60 - 1) }),
      anEvent(person.id, { category: 'nothing.known' }),
      anEvent(person.id, { attributes: { page: 'x', colour: 'red' } }),
      anEvent(person.id, { attributes: { dwellMilliseconds: '12' } }),
      anEvent(person.id, { attributes: { page: 'lin@example.com' } }),
      anEvent(person.id, { category: 'log.communication' }),
      anEvent(newId()),
      anEvent(person.id, { purposes: ['product.improvement'] }),
      anEvent(person.id, { thirdPartyServiceId: 'weather' }),
      anEvent(person.id, { occurredAt: '2026-13-45T00:00:00Z' }),
      'no event',
      null,
      7,
      [],
      anEvent(person.id, { personal: { url: 'half \ud83d' } }),
      anEvent(person.id, { attributes: { page: 'nul \0' } }),
      anEvent(person.id, { category: 'log.network', personal: { ip: '300.1.1.1' } }),
      anEvent(person.id, { service: 'tickting' }),
      anEvent(person.id, { purposes: ['personalisation', 'personalization'] }),
    ];
    const { status, body } = await send(test, service, events);
    expect(status).toBe(200);
    expect(body.accepted).toBe(1);
    expect(body.refused.map(({ index, code }: { index: number; code: string }) => `${index} ${code}`)).toEqual([
      '1 event.inFuture',
      '2 event.tooOld',
      '3 event.unknownCategory',
      '4 event.malformed',
      '5 event.malformed',
      '6 event.identifyingAttribute',
      '7 clause.none',
      '8 subject.unknown',
      '9 consent.missing',
      '10 scope.excluded',
      '11 event.malformed',
      '12 event.malformed',
      '13 event.malformed',
      '14 event.malformed',
      '15 event.malformed',
      '16 event.malformed',
      '17 event.malformed',
      '18 event.malformed',
      '19 event.unknownService',
      '20 question.unknownPurpose',
    ]);
    expect(await rowsOf()).toHaveLength(1);
  });

  it('stores nothing on a consent that was given after it occurred, and nothing from while consent was withdrawn or before there was an account', async () => {
    const occurred = () => ({ occurredAt: new Date().toISOString() });
    const wait = () => setTimeout(5);
    const unknown = anEvent(person.id, { occurredAt: new Date(Date.now() - 3_600_000).toISOString() });
    const early = anEvent(person.id, occurred());
    await wait();
    const first = (await person.grant('personalisation')).body.consentEventId;
    await wait();
    const allowed = anEvent(person.id, occurred());
    await wait();
    expect((await send(test, service, [unknown, early, allowed])).body).toMatchObject({
      accepted: 1,
      refused: [
        { index: 0, code: 'collected.beforeAllowed' },
        { index: 1, code: 'collected.beforeAllowed' },
      ],
    });
    await person.withdraw('personalisation');
    await wait();
    const withdrawn = anEvent(person.id, occurred());
    await wait();
    await person.grant('personalisation');
    await wait();
    const sent = [allowed, withdrawn, anEvent(person.id)].map((event) => ({ ...event, eventId: newId() }));
    expect((await send(test, service, sent)).body).toMatchObject({
      accepted: 1,
      refused: [
        { index: 0, code: 'collected.beforeAllowed' },
        { index: 1, code: 'collected.beforeAllowed' },
      ],
    });
    expect((await rowsOf()).map(({ lineage }) => lineage[0].consentEvent === first)).toEqual([true, false]);
  });

  it('stores nothing of what a clause lets the device read and nobody send', async () => {
    const { body } = await send(test, service, [
      anEvent(person.id, { category: 'log.device', purposes: ['security.fraud'] }),
      anEvent(person.id, { category: 'log.device', purposes: ['security.fraud', 'security.protection'] }),
      anEvent(person.id, { category: 'log.device' }),
    ]);
    expect(body.refused).toMatchObject([{ index: 0, code: 'storage.onDeviceOnly' }]);
    const rows = await rowsOf();
    expect(rows.map(({ lineage }) => lineage.map(({ purpose }: { purpose: string }) => purpose))).toEqual([
      ['security.protection'],
      ['security.protection'],
    ]);
  });

  it('stores what occurred since a consent that was given offline and sent after it, under that consent', async () => {
    const given = new Date().toISOString();
    await setTimeout(5);
    const event = anEvent(person.id);
    await setTimeout(5);
    expect((await send(test, service, [event])).body.refused).toEqual([{ index: 0, code: 'consent.missing' }]);
    await person.grant('personalisation', { occurredAt: given });
    expect((await send(test, service, [{ ...event, eventId: newId() }])).body.accepted).toBe(1);
  });

  it('lets a subject and a device send about themselves only', async () => {
    await person.grant('personalisation');
    const other = await TestSubject.register(test, [revisionId]);
    const { body } = await send(test, person.token, [anEvent(person.id), anEvent(other.id)]);
    expect(body).toMatchObject({ accepted: 1, refused: [{ index: 1, code: 'event.notYourSubject' }] });
    const device = (
      await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [revisionId] } })
    ).body;
    const own = await send(test, device.token, [
      anEvent(device.subjectId, { category: 'log.device', attributes: { osName: 'Harmony' } }),
      anEvent(person.id),
    ]);
    expect(own.body).toMatchObject({ accepted: 1, refused: [{ index: 1, code: 'event.notYourSubject' }] });
    expect(await rowsOf(other.id)).toHaveLength(0);
  });

  it('answers a batch sent again as it was the first time, whatever is allowed by then and however it is written', async () => {
    await person.grant('personalisation');
    const batchId = newId();
    const events = [anEvent(person.id), anEvent(newId())];
    const first = await send(test, service, events, batchId);
    await person.withdraw('personalisation');
    expect((await send(test, service, events, batchId)).body).toEqual({ ...first.body, duplicate: true });
    expect((await sendText(JSON.stringify({ events, batchId: batchId.toUpperCase() }, null, 2))).body).toEqual({
      ...first.body,
      duplicate: true,
    });
    expect(await rowsOf()).toHaveLength(1);
    expect((await send(test, person.token, [anEvent(person.id)], batchId)).body).toMatchObject({
      duplicate: false,
      accepted: 0,
    });
  });

  it('refuses other content under the id of a batch, and stores nothing of it', async () => {
    await person.grant('personalisation');
    const batchId = newId();
    const event = anEvent(person.id);
    await send(test, service, [event], batchId);
    for (const events of [
      [anEvent(person.id)],
      [event, anEvent(person.id)],
      [{ ...event, attributes: { page: 'another' } }],
    ]) {
      expect((await send(test, service, events, batchId)).body).toMatchObject({ status: 409, code: 'batch.reused' });
    }
    expect(await rowsOf()).toHaveLength(1);
    expect((await send(test, service, [event], batchId)).body).toMatchObject({ accepted: 1, duplicate: true });
  });

  it('takes one of several contents that arrive under one id at once, and refuses the others', async () => {
    await person.grant('personalisation');
    const batchId = newId();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send(test, service, [anEvent(person.id)], batchId)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
    expect(await rowsOf()).toHaveLength(1);
  });

  it('answers a batch as before whose content was not kept yet when it was answered', async () => {
    await person.grant('personalisation');
    const batchId = newId();
    await send(test, service, [anEvent(person.id)], batchId);
    await db.execute('UPDATE telemetry.batches SET content_hash = NULL WHERE batch_id = $1', [batchId]);
    expect((await send(test, service, [anEvent(person.id)], batchId)).body).toMatchObject({
      accepted: 1,
      duplicate: true,
    });
    expect(await rowsOf()).toHaveLength(1);
  });

  it('keeps of what a batch held nothing that could be tried without the key', async () => {
    const batchId = newId();
    const events = [anEvent(person.id)];
    await send(test, service, events, batchId);
    const [kept] = await db.query<any>('SELECT content_hash FROM telemetry.batches WHERE batch_id = $1', [batchId]);
    expect(kept.content_hash).toHaveLength(32);
    expect(kept.content_hash.equals(createHash('sha256').update(JSON.stringify(events)).digest())).toBe(false);
  });

  it('says of a malformed event where and how it is, and never what it holds', async () => {
    const events = [
      anEvent(person.id, { attributes: { dwellMilliseconds: '12' } }),
      anEvent(person.id, { attributes: { colour: 'red' } }),
      anEvent(person.id, { attributes: { 'lin@example.com': 'canary' } }),
      anEvent(person.id, { occurredAt: '2026-11-31T08:00:00Z' }),
      anEvent(person.id, { service: undefined }),
      anEvent(person.id, { category: 'log.network', personal: { ip: '300.1.1.1' } }),
      anEvent(person.id, { category: undefined }),
      anEvent(person.id, { personal: { url: 'half \ud83d' } }),
      anEvent(person.id, { attributes: { page: '/u/lin%40example.com' } }),
    ];
    const { body, text } = await send(test, service, events);
    expect(body.refused.map(({ code, pointer, reason }: any) => [code, pointer, typeof reason])).toEqual([
      ['event.malformed', '/attributes/dwellMilliseconds', 'string'],
      ['event.malformed', '/attributes/colour', 'string'],
      ['event.malformed', '/attributes', 'string'],
      ['event.malformed', '/occurredAt', 'string'],
      ['event.malformed', '/service', 'string'],
      ['event.malformed', '/personal/ip', 'string'],
      ['event.malformed', '/category', 'string'],
      ['event.malformed', '/personal/url', 'string'],
      ['event.identifyingAttribute', '/attributes/page', 'string'],
    ]);
    expect(text).not.toMatch(/canary|example|"red|300/);
  });

  it('takes a batch in gzip, up to five mebibytes of what it unfolds to', async () => {
    await person.grant('personalisation');
    const gzip = (body: object) => sendText(gzipSync(JSON.stringify(body)), { 'content-encoding': 'gzip' });
    expect((await gzip({ batchId: newId(), events: [anEvent(person.id), anEvent(person.id)] })).body).toMatchObject({
      accepted: 2,
    });
    expect(
      (await gzip({ batchId: newId(), events: [anEvent(person.id, { personal: { url: 'x'.repeat(6_000_000) } })] }))
        .status,
    ).toBe(413);
    expect((await sendText('{}', { 'content-encoding': 'br' })).body).toMatchObject({
      status: 415,
      code: 'request.unsupported_encoding',
    });
  });

  it('takes the number of an order where its category has a field of references, and no number of a person', async () => {
    await db.execute(`UPDATE policy.categories SET event_fields = $1 WHERE code = 'log.browsing'`, [
      JSON.stringify({ attributes: { order: { type: 'string', maxLength: 30, format: 'reference' } } }),
    ]);
    await db.execute('UPDATE policy.registry_state SET version = version + 1');
    await person.grant('personalisation');
    const orders = ['2026112900012345', '13800138000', 'lin@example.com'].map((order) =>
      anEvent(person.id, { attributes: { order } }),
    );
    const { body } = await send(test, service, [
      ...orders,
      anEvent(person.id, { attributes: { page: '2026112900012345' } }),
    ]);
    expect(body).toMatchObject({
      accepted: 1,
      refused: [
        { index: 1, code: 'event.identifyingAttribute' },
        { index: 2, code: 'event.malformed' },
        { index: 3, code: 'event.identifyingAttribute' },
      ],
    });
    expect((await rowsOf())[0].attributes).toEqual({ order: '2026112900012345' });
  });

  function sendText(body: string | Buffer, headers: Record<string, string> = {}) {
    return test.request({
      method: 'POST',
      path: 'telemetry/batches',
      token: service,
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  it('stores one row of a batch that arrives twenty times at once, and of an event that arrives in twenty batches', async () => {
    await person.grant('personalisation');
    const batchId = newId();
    const events = [anEvent(person.id), anEvent(person.id)];
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(test, service, events, batchId)));
    expect(answers.map(({ body }) => body.accepted)).toEqual(Array(20).fill(2));
    expect(answers.filter(({ body }) => !body.duplicate)).toHaveLength(1);
    const shared = anEvent(person.id);
    const others = await Promise.all(
      Array.from({ length: 20 }, () => send(test, service, [shared, anEvent(person.id)])),
    );
    expect(others.every(({ status, body }) => status === 200 && body.accepted === 2)).toBe(true);
    expect(others.reduce((sum, { body }) => sum + body.alreadyStored, 0)).toBe(19);
    expect(await rowsOf()).toHaveLength(2 + 1 + 20);
  });

  it('stores once what one batch holds twice', async () => {
    await person.grant('personalisation');
    const event = anEvent(person.id);
    expect((await send(test, service, [event, event])).body).toMatchObject({ accepted: 2, alreadyStored: 1 });
    expect(await rowsOf()).toHaveLength(1);
  });

  it('keeps of an address what the clauses in force for this person allow', async () => {
    const truncated = anEvent(person.id, {
      category: 'log.network',
      attributes: { networkType: 'wifi' },
      personal: { ip: '203.0.113.77' },
    });
    await send(test, service, [truncated]);
    const [row] = await rowsOf();
    expect(row).toMatchObject({ attributes: { networkType: 'wifi', network: '203.0.113.0/24' }, personal: null });
    await person.grant('personalisation');
    await send(test, service, [anEvent(person.id, { category: 'log.network', personal: { ip: '2001:db8:1:2::7' } })]);
    const sealed = (await rowsOf()).find(({ event_id: id }) => id !== truncated['eventId']);
    expect(sealed.attributes).toEqual({});
    expect(sealed.personal).not.toBeNull();
  });

  it('treats where and when content was made as sensitive, and so what a subject marks', async () => {
    const photo = () =>
      anEvent(person.id, {
        category: 'content.metadata',
        attributes: { mediaType: 'photo' },
        personal: { takenAt: '2026-11-20T10:00:00Z', placeName: 'a square' },
      });
    expect((await send(test, service, [photo()])).body.refused).toEqual([
      { index: 0, code: 'consent.separateMissing' },
    ]);
    await person.grant('service.provision', { categories: ['content.metadata'] });
    expect((await send(test, service, [photo()])).body.accepted).toBe(1);
    await person.grant('personalisation');
    const marked = anEvent(person.id, { category: 'log.search', sensitive: true, personal: { query: 'a clinic' } });
    expect((await send(test, service, [marked])).body.refused).toEqual([{ index: 0, code: 'consent.separateMissing' }]);
    const device = anEvent(person.id, { category: 'log.device', sensitive: true, attributes: { model: 'One' } });
    expect((await send(test, service, [device])).body.accepted).toBe(1);
    const rows = await rowsOf();
    expect(rows.map(({ is_sensitive: sensitive }) => sensitive)).toEqual([true, true]);
    expect(rows.find(({ category }) => category === 'log.device')).toMatchObject({ attributes: {} });
  });

  it('takes batches up to 5 MiB and a thousand events, and no more', async () => {
    const big = { category: 'feedback.opinion', personal: { text: 'x'.repeat(1900) } };
    expect(
      (
        await send(
          test,
          service,
          Array.from({ length: 1000 }, () => anEvent(person.id, big)),
        )
      ).body.accepted,
    ).toBe(1000);
    expect(
      (
        await send(
          test,
          service,
          Array.from({ length: 1001 }, () => anEvent(person.id)),
        )
      ).status,
    ).toBe(400);
    const padded = Array.from({ length: 1000 }, () => anEvent(person.id, { personal: { text: 'x'.repeat(5300) } }));
    expect((await send(test, service, padded)).status).toBe(413);
  });

  it('refuses an envelope that is none, one that is nested too deep, and a client without the scope', async () => {
    for (const body of [
      {},
      { batchId: newId() },
      { batchId: 'x', events: [anEvent(person.id)] },
      { batchId: newId(), events: [] },
      { batchId: newId(), events: {} },
      { batchId: newId(), events: [1], more: 1 },
    ]) {
      expect((await test.request({ method: 'POST', path: 'telemetry/batches', token: service, body })).body.code).toBe(
        'request.invalid',
      );
    }
    const deep = `{"batchId":"${newId()}","events":[${'['.repeat(40)}${']'.repeat(40)}]}`;
    expect(
      (
        await test.request({
          method: 'POST',
          path: 'telemetry/batches',
          token: service,
          body: deep,
          headers: { 'content-type': 'application/json' },
        })
      ).body.code,
    ).toBe('request.too_deep');
    expect(
      (
        await test.request({
          method: 'POST',
          path: 'telemetry/batches',
          body: { batchId: newId(), events: [anEvent(person.id)] },
        })
      ).status,
    ).toBe(401);
  });

  it('takes a purpose that is named twice for one reason', async () => {
    await person.grant('personalisation');
    await send(test, service, [anEvent(person.id, { purposes: ['personalisation', 'personalisation'] })]);
    expect((await rowsOf())[0].lineage).toHaveLength(1);
  });

  it('takes no telephone number for the name of a service', async () => {
    expect(
      (await send(test, service, [anEvent(person.id, { category: 'log.device', service: 'caller.13800138000' })])).body
        .refused,
    ).toEqual([{ index: 0, code: 'event.unknownService' }]);
  });

  it('is no second door for positions, whatever fields somebody gives them', async () => {
    await db.execute(`UPDATE policy.categories SET event_fields = $1 WHERE code = 'location.gps'`, [
      JSON.stringify({ attributes: { latitude: { type: 'number' }, longitude: { type: 'number' } } }),
    ]);
    await db.execute('UPDATE policy.registry_state SET version = version + 1');
    const place = { category: 'location.gps', attributes: { latitude: 30.248913, longitude: 120.205237 } };
    expect((await send(test, service, [anEvent(person.id, place)])).body.refused).toEqual([
      { index: 0, code: 'event.unknownCategory' },
    ]);
    const { body } = await test.request({ method: 'GET', path: 'telemetry/schemas' });
    expect(body.items.some(({ category }: any) => category === 'location.gps')).toBe(false);
  });

  it('honours Global Privacy Control of the request that brings the events', async () => {
    await person.grant('personalisation');
    const advertised = anEvent(person.id, { category: 'log.search', purposes: ['marketing.push'] });
    const signalled = await test.request({
      method: 'POST',
      path: 'telemetry/batches',
      token: service,
      headers: { 'sec-gpc': '1' },
      body: { batchId: newId(), events: [advertised, anEvent(person.id)] },
    });
    expect(signalled.body).toMatchObject({ accepted: 1, refused: [{ index: 0, code: 'gpc.optOut' }] });
    expect((await send(test, service, [{ ...advertised, eventId: newId() }])).body.refused).toEqual([
      { index: 0, code: 'consent.missing' },
    ]);
  });

  it('counts what came in and what did not by category and reason, with nobody in it', async () => {
    await send(test, service, [anEvent(person.id, { category: 'my own, lin@example.com' })]);
    await test.get(EventCounts).flush();
    const counts = await db.query<any>(
      'SELECT category, code, sum(items)::int AS events FROM telemetry.ingest_counts GROUP BY 1, 2',
    );
    expect(counts.find(({ category, code }) => category === '' && code === 'event.unknownCategory')).toBeDefined();
    expect(counts.find(({ category, code }) => category === 'log.browsing' && code === '')).toBeDefined();
    expect(JSON.stringify(counts)).not.toContain('@');
  });
});
