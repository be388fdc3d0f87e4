import { aServiceToken, TestSubject, moveThePastBack } from '@abide/consent/testing';
import { advance, aSignedInOperator, letLook, resetClock, type TestConsole } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { anEvent, createTelemetryApp, send, telemetryPolicy } from '../testing/app.js';

const reason = 'Request 4711';
const url = 'https://tickets.example/concert/118';

describe('a subject’s events, for operators', () => {
  let test: TestApp;
  let db: Database;
  let service: string;
  let revisionId: string;
  let person: TestSubject;
  let officer: TestConsole;
  let agent: TestConsole;
  let auditor: TestConsole;
  let editor: TestConsole;

  beforeAll(async () => {
    test = await createTelemetryApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    revisionId = await (await PolicyStaff.open(test)).inForce(telemetryPolicy);
    service = await aServiceToken(test);
    officer = await aSignedInOperator(test, 'privacyOfficer');
    agent = await aSignedInOperator(test, 'supportAgent');
    auditor = await aSignedInOperator(test, 'auditor');
    editor = await aSignedInOperator(test, 'policyEditor');
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const look = (by: TestConsole, more: Record<string, unknown> = {}, subjectId = person.id): Promise<TestAnswer> =>
    by.post(`operator/subjects/${subjectId}/telemetry/query`, { reason, ...more });
  const reveal = (by: TestConsole, eventId: string, field: string, subjectId = person.id): Promise<TestAnswer> =>
    by.post(`operator/subjects/${subjectId}/telemetry/${eventId}/reveal`, { field, reason });
  const evidence = async (act: string): Promise<any[]> =>
    (await auditor.get(`operator/audit/entries?act=${act}&subjectId=${person.id}`)).body.items;
  const set = (column: string, value: unknown) =>
    db.query(`UPDATE identity.subjects SET ${column} = $2 WHERE subject_id = $1`, [person.id, value]);

  /** One browsing event about the person, with a sealed address. */
  async function browsed(changes: Record<string, unknown> = {}): Promise<string> {
    await person.grant('personalisation');
    const event = anEvent(person.id, {
      attributes: { page: 'event.list', dwellMilliseconds: 1200 },
      personal: { url, contentId: 'concert-118' },
      ...changes,
    });
    expect((await send(test, service, [event])).body.accepted).toBe(1);
    return event['eventId'];
  }

  async function sentPhoto(): Promise<string> {
    await person.grant('service.provision', { categories: ['content.metadata'] });
    const photo = anEvent(person.id, {
      category: 'content.metadata',
      attributes: { mediaType: 'photo' },
      personal: { placeName: 'a square' },
    });
    expect((await send(test, service, [photo])).body.accepted).toBe(1);
    return photo['eventId'];
  }

  it('are listed with clause, purpose and the consent behind them, and only the names of what is sealed', async () => {
    const granted = (await person.grant('personalisation')).body;
    const eventId = await browsed({ means: 'app' });
    const answer = await look(auditor);
    expect(answer.headers['cache-control']).toContain('no-store');
    expect(JSON.stringify(answer.body)).not.toContain('concert');
    expect(answer.body).toEqual({
      nextCursor: null,
      items: [
        {
          eventId,
          category: 'log.browsing',
          sensitive: false,
          service: 'ticketing',
          thirdPartyService: null,
          means: 'app',
          occurredAt: expect.any(String),
          receivedAt: expect.any(String),
          retainUntil: expect.any(String),
          due: false,
          lineage: [
            {
              purpose: 'personalisation',
              policy: 'privacy',
              revision: 1,
              clause: 'collect.logs',
              basis: 'consent',
              consentEvent: granted.consentEventId,
              precision: 'exact',
            },
          ],
          attributes: { page: 'event.list', dwellMilliseconds: 1200 },
          sealedFields: ['url', 'contentId'],
          withheld: null,
        },
      ],
    });
  });

  it('come newest first, page by page, narrowed as asked, and never those of somebody else', async () => {
    const other = await TestSubject.register(test, [revisionId]);
    await send(test, service, [anEvent(other.id, { category: 'log.device' })]);
    await person.grant('personalisation');
    await moveThePastBack(test);
    const ids: string[] = [];
    for (const minutes of [3, 2, 1]) ids.unshift(await browsed({ occurredAt: minutesAgo(minutes) }));
    const device = anEvent(person.id, { category: 'log.device', occurredAt: minutesAgo(60) });
    await send(test, service, [device]);
    const first = (await look(agent, { limit: 2 })).body;
    const second = (await look(agent, { limit: 2, cursor: first.nextCursor })).body;
    expect([...first.items, ...second.items].map(({ eventId }: any) => eventId)).toEqual([...ids, device['eventId']]);
    expect(second.nextCursor).toBeNull();
    const idsOf = async (filter: Record<string, unknown>) =>
      (await look(agent, filter)).body.items.map(({ eventId }: any) => eventId);
    expect(await idsOf({ categories: ['log.device', 'log.search'] })).toEqual([device['eventId']]);
    expect(await idsOf({ service: 'lockers' })).toEqual([]);
    expect(await idsOf({ from: minutesAgo(2.5), to: minutesAgo(1.5) })).toEqual([ids[1]]);
  });

  it('are listed as due once their time is over, until they are swept, and show their values to nobody', async () => {
    const eventId = await browsed();
    const since = minutesAgo(1);
    await db.query(`UPDATE telemetry.events SET retain_until = $2 WHERE subject_id = $1`, [person.id, since]);
    expect((await look(officer)).body.items).toEqual([
      expect.objectContaining({
        eventId,
        due: true,
        retainUntil: since,
        withheld: 'due',
        attributes: null,
        sealedFields: [],
      }),
    ]);
    expect(await reveal(officer, eventId, 'url')).toMatchObject({
      status: 404,
      body: { code: 'telemetry.event_not_found' },
    });
  });

  it('leave evidence of every look, page by page, with the reason and what was asked for', async () => {
    await browsed();
    await browsed();
    const { nextCursor } = (await look(agent, { limit: 1, categories: ['log.browsing'] })).body;
    await look(agent, { limit: 1, categories: ['log.browsing'], cursor: nextCursor });
    const entries = await evidence('subject.telemetryViewed');
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({
      actor: { kind: 'operator' },
      object: { type: 'subject', id: person.id },
      reason,
      details: { categories: 'log.browsing', service: '' },
    });
  });

  it('are revealed value by value, for a reason, with evidence of which and never of what', async () => {
    const eventId = await browsed();
    const answer = await reveal(agent, eventId, 'url');
    expect(answer).toMatchObject({ status: 200, body: { values: { url } } });
    const seconds = (Date.parse(answer.body.until) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(20);
    expect(seconds).toBeLessThanOrEqual(30);
    const [entry] = await evidence('subject.telemetryRevealed');
    expect(entry).toMatchObject({
      object: { type: 'telemetryEvent', id: eventId },
      reason,
      details: { category: 'log.browsing', field: 'url' },
    });
    expect(JSON.stringify(entry)).not.toContain('tickets.example');
    expect(await reveal(agent, eventId, 'title')).toMatchObject({
      status: 404,
      body: { code: 'telemetry.field_not_found' },
    });
    expect(await evidence('subject.telemetryRevealed')).toHaveLength(1);
  });

  it('are not found under another subject', async () => {
    const other = await TestSubject.register(test, [revisionId]);
    const eventId = await browsed();
    expect(await reveal(officer, eventId, 'url', other.id)).toMatchObject({
      status: 404,
      body: { code: 'telemetry.event_not_found' },
    });
    expect(await reveal(officer, newId(), 'url')).toMatchObject({
      status: 404,
      body: { code: 'telemetry.event_not_found' },
    });
    const nobody = newId();
    expect(await look(officer, {}, nobody)).toMatchObject({ status: 404, body: { code: 'subject.not_found' } });
    expect(await reveal(officer, eventId, 'url', nobody)).toMatchObject({
      status: 404,
      body: { code: 'subject.not_found' },
    });
  });

  it('of a minor show their values to privacy officers only', async () => {
    const eventId = await browsed();
    await set('minor_status', 'under18');
    expect((await look(agent)).body.items[0]).toMatchObject({
      eventId,
      withheld: 'minor',
      attributes: null,
      sealedFields: [],
      lineage: [{ clause: 'collect.logs' }],
    });
    expect(await reveal(agent, eventId, 'url')).toMatchObject({
      status: 403,
      body: { code: 'operator.forbidden', permission: 'subject.revealMinor' },
    });
    expect((await look(officer)).body.items[0]).toMatchObject({
      withheld: 'unapproved',
      attributes: null,
      sealedFields: [],
    });
    expect((await reveal(officer, eventId, 'url')).body.code).toBe('subject.minor_look_unapproved');
    await letLook(test, officer, person.id);
    expect((await look(officer)).body.items[0]).toMatchObject({
      withheld: null,
      attributes: { page: 'event.list' },
      sealedFields: ['url', 'contentId'],
    });
    expect((await reveal(officer, eventId, 'url')).status).toBe(200);
  });

  it('that are sensitive, by category or by the subject’s word, show their values to privacy officers only', async () => {
    const photo = await sentPhoto();
    const marked = anEvent(person.id, { category: 'log.device', sensitive: true, attributes: { model: 'One' } });
    await send(test, service, [marked]);
    for (const [eventId, field, value] of [
      [photo, 'placeName', 'a square'],
      [marked['eventId'], 'model', 'One'],
    ]) {
      expect(await reveal(agent, eventId, field)).toMatchObject({
        status: 403,
        body: { code: 'operator.forbidden', permission: 'subject.revealSensitive' },
      });
      expect((await reveal(officer, eventId, field)).body.values).toEqual({ [field]: value });
    }
    expect(
      (await look(agent)).body.items.map(({ withheld, attributes, sealedFields }: any) => [
        withheld,
        attributes,
        sealedFields,
      ]),
    ).toEqual(Array(2).fill(['sensitive', null, []]));
    expect((await look(officer)).body.items.map(({ sealedFields }: any) => sealedFields.join()).sort()).toEqual([
      'model',
      'placeName',
    ]);
  });

  it('of somebody whose data is stored only show nothing but why they are kept', async () => {
    const eventId = await browsed();
    await set('is_restricted', true);
    expect((await look(officer)).body.items[0]).toMatchObject({
      eventId,
      withheld: 'restricted',
      attributes: null,
      sealedFields: [],
      lineage: [{ clause: 'collect.logs' }],
    });
    expect(await reveal(officer, eventId, 'url')).toMatchObject({ status: 409, body: { code: 'subject.restricted' } });
  });

  it('are shown to nobody without the permission, a reason or a password given lately', async () => {
    const eventId = await browsed();
    expect(await look(editor)).toMatchObject({ status: 403, body: { permission: 'subject.read' } });
    expect(await reveal(auditor, eventId, 'url')).toMatchObject({
      status: 403,
      body: { permission: 'subject.reveal' },
    });
    for (const bad of [{ reason: undefined }, { reason: 'why' }])
      expect(await look(agent, bad)).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(
      await agent.post(`operator/subjects/${person.id}/telemetry/${eventId}/reveal`, { field: 'url' }),
    ).toMatchObject({ status: 400 });
    expect(await look(agent, { cursor: 'nonsense' })).toMatchObject({
      status: 400,
      body: { code: 'request.bad_cursor' },
    });
    expect(await evidence('subject.telemetryViewed')).toEqual([]);
    await advance(test, 'PT6M');
    expect(await reveal(agent, eventId, 'url')).toMatchObject({
      status: 403,
      body: { code: 'session.step_up_required' },
    });
    await resetClock(test);
  });
});
