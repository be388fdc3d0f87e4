import { aServiceToken, TestSubject, DecisionCounts, moveThePastBack } from '@abide/consent/testing';
import { aSignedInOperator, resetClock, type TestConsole } from '@abide/identity/testing';
import { newId } from '@abide/kernel';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { anEvent, createTelemetryApp, send, telemetryPolicy } from '../testing/app.js';
import { StoredCounts } from './stored-counts.js';

describe('figures of telemetry', () => {
  let test: TestApp;
  let db: Database;
  let service: string;
  let person: TestSubject;
  let auditor: TestConsole;

  beforeAll(async () => {
    test = await createTelemetryApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    const revisionId = await (await PolicyStaff.open(test)).inForce(telemetryPolicy);
    service = await aServiceToken(test);
    person = await TestSubject.register(test, [revisionId]);
    await moveThePastBack(test);
    auditor = await aSignedInOperator(test, 'auditor');
  });
  beforeEach(() => db.query('DELETE FROM telemetry.ingest_counts'));
  afterAll(() => test.close());

  const summary = async (query = ''): Promise<any> => (await auditor.get(`operator/telemetry/summary${query}`)).body;
  const volumes = async (): Promise<any> => (await auditor.get('operator/telemetry/volumes')).body;
  const counted = (minute: string, category: string, code: string, events: number, lag = 0) =>
    db.query(
      'INSERT INTO telemetry.ingest_counts (minute, category, code, items, lag_ms) VALUES ($1, $2, $3, $4, $5)',
      [minute, category, code, events, lag],
    );

  it('hold at once what this process has just taken in and refused, and how late it came', async () => {
    const late = new Date(Date.now() - 60_000).toISOString();
    await send(test, service, [
      anEvent(person.id, { category: 'log.device', attributes: { model: 'One' } }),
      anEvent(person.id, { category: 'log.device', occurredAt: late }),
      anEvent(person.id),
      anEvent(newId()),
      anEvent(person.id, { category: 'made.up' }),
      anEvent(person.id, { category: 'made.up' }),
    ]);
    const { points, byReason, byCategory, step } = await summary();
    expect(step).toBe('hour');
    const arrived = points.filter(({ accepted }: any) => accepted > 0);
    expect(arrived).toHaveLength(1);
    expect(arrived[0]).toMatchObject({ accepted: 2, refused: 4 });
    expect(arrived[0].lagMilliseconds).toBeGreaterThanOrEqual(30_000);
    expect(arrived[0].lagMilliseconds).toBeLessThan(40_000);
    expect(byReason.map(({ code, events }: any) => [code, events])).toEqual([
      ['event.unknownCategory', 2],
      ['consent.missing', 1],
      ['subject.unknown', 1],
    ]);
    expect(byCategory).toEqual(
      expect.arrayContaining([
        { category: 'log.device', sensitive: false, accepted: 2, refused: 0 },
        { category: 'log.browsing', sensitive: false, accepted: 0, refused: 2 },
        { category: '', sensitive: false, accepted: 0, refused: 2 },
      ]),
    );
  });

  it('count an event that comes again in another batch neither as accepted nor as refused, and a batch that is repeated not at all', async () => {
    const events = [anEvent(person.id, { category: 'log.device' }), anEvent(person.id, { category: 'log.device' })];
    const batchId = newId();
    await send(test, service, events, batchId);
    await send(test, service, events, batchId);
    await send(test, service, [...events, anEvent(person.id, { category: 'log.device' })]);
    const { points, byReason, byCategory, alreadyStored } = await summary();
    expect(points.reduce((sum: number, { accepted }: any) => sum + accepted, 0)).toBe(3);
    expect([alreadyStored, byReason]).toEqual([2, []]);
    expect(byCategory).toEqual([{ category: 'log.device', sensitive: false, accepted: 3, refused: 0 }]);
    const [row] = await db.query<any>('SELECT count(*)::int AS stored FROM telemetry.events WHERE event_id = ANY($1)', [
      events.map(({ eventId }) => eventId),
    ]);
    expect(row.stored).toBe(2);
  });

  it('count a decision for each event that the gate was asked about, also where many were asked about at once, and once where storing is tried again', async () => {
    const decisions = async () => {
      await test.get(DecisionCounts).flush();
      const rows = await db.query<any>(
        `SELECT code, sum(decisions)::int AS decisions FROM consent.decision_counts WHERE category = 'log.appUsage' GROUP BY code`,
      );
      return Object.fromEntries(rows.map(({ code, decisions: count }) => [code, count]));
    };
    const events = Array.from({ length: 40 }, () => anEvent(person.id, { category: 'log.appUsage' }));
    await send(test, service, events);
    expect(await decisions()).toEqual({ 'consent.missing': 40 });
    await person.grant('personalisation');
    const later = Array.from({ length: 10 }, () => anEvent(person.id, { category: 'log.appUsage' }));
    await send(test, service, later.slice(0, 5));
    await send(test, service, later);
    expect(await decisions()).toEqual({ 'consent.missing': 40, allowed: 15 });
  });

  it('are by the minute, the hour or the day of the law in force, with nothing between left out', async () => {
    await counted('2026-03-01T15:58:00Z', 'log.device', '', 4, 8000);
    await counted('2026-03-01T15:58:00Z', 'content.metadata', 'consent.missing', 3);
    await counted('2026-03-01T16:01:00Z', 'log.device', '', 1, 500);
    const byMinute = await summary('?from=2026-03-01T15:57:30Z&to=2026-03-01T16:02:00Z');
    expect(byMinute).toMatchObject({
      step: 'minute',
      byReason: [{ code: 'consent.missing', events: 3, perPoint: [0, 3, 0, 0, 0] }],
    });
    expect(
      byMinute.points.map(({ at, accepted, refused, lagMilliseconds }: any) => [
        at.slice(11, 16),
        accepted,
        refused,
        lagMilliseconds,
      ]),
    ).toEqual([
      ['15:57', 0, 0, null],
      ['15:58', 4, 3, 2000],
      ['15:59', 0, 0, null],
      ['16:00', 0, 0, null],
      ['16:01', 1, 0, 500],
    ]);
    expect(byMinute.byCategory[1]).toEqual({ category: 'content.metadata', sensitive: true, accepted: 0, refused: 3 });
    const byDay = await summary('?from=2026-02-20T00:00:00Z&to=2026-03-02T00:00:00Z');
    expect(byDay.step).toBe('day');
    expect(byDay.points.slice(-2)).toEqual([
      { at: '2026-02-28T16:00:00.000Z', accepted: 4, refused: 3, lagMilliseconds: 2000 },
      { at: '2026-03-01T16:00:00.000Z', accepted: 1, refused: 0, lagMilliseconds: 500 },
    ]);
  });

  it('say how many events a second came in the minute before', async () => {
    const thisMinute = Math.ceil(Date.now() / 60_000) * 60_000;
    await test.request({ method: 'POST', path: 'dev/clock', body: { at: new Date(thisMinute + 5000).toISOString() } });
    await counted(new Date(thisMinute).toISOString(), 'log.device', '', 500);
    await counted(new Date(thisMinute - 60_000).toISOString(), 'log.device', '', 30);
    await counted(new Date(thisMinute - 60_000).toISOString(), 'log.browsing', 'clause.none', 60);
    await counted(new Date(thisMinute - 120_000).toISOString(), 'log.device', '', 700);
    expect((await summary()).perSecond).toBe(1.5);
    await resetClock(test);
  });

  it('refuse a reversed or endless span, and whoever may not see the overview', async () => {
    expect(
      await auditor.get('operator/telemetry/summary?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z'),
    ).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect((await auditor.get('operator/telemetry/summary?from=2024-03-02T00:00:00Z')).status).toBe(400);
    for (const path of ['summary', 'volumes'])
      expect((await test.request({ method: 'GET', path: `operator/telemetry/${path}` })).status).toBe(401);
  });

  it('tell what is stored by category and service as it was last counted, and by which clause it goes', async () => {
    await db.query('DELETE FROM telemetry.events');
    await test.get(StoredCounts).count();
    expect(await volumes()).toEqual({ items: [], asOf: null });
    await person.grant('service.provision', { categories: ['content.metadata'] });
    await send(test, service, [
      anEvent(person.id, { category: 'log.device' }),
      anEvent(person.id, { category: 'log.device', sensitive: true }),
      anEvent(person.id, { category: 'log.device' }),
      anEvent(person.id, { category: 'content.metadata', attributes: { mediaType: 'photo' } }),
      anEvent(person.id, { category: 'feedback.opinion', attributes: { rating: 4 } }),
    ]);
    expect((await volumes()).items).toEqual([]);
    await test.get(StoredCounts).count();
    const { items, asOf } = await volumes();
    expect(Date.now() - Date.parse(asOf)).toBeLessThan(60_000);
    const clause = { policy: 'privacy', revision: 1, clauseId: 'keep.logs' };
    expect(items[0]).toEqual({
      category: 'log.device',
      service: 'ticketing',
      sensitive: false,
      events: 3,
      sensitiveEvents: 1,
      due: null,
      keepings: [{ purposes: null, period: 'P6M', until: null, then: 'delete', ...clause }],
    });
    expect(items).toContainEqual({
      category: 'content.metadata',
      service: 'ticketing',
      sensitive: true,
      events: 1,
      sensitiveEvents: 1,
      due: null,
      keepings: [{ purposes: null, period: 'P30D', until: null, then: 'delete', ...clause }],
    });
    expect(items).toContainEqual({
      category: 'feedback.opinion',
      service: 'ticketing',
      sensitive: false,
      events: 1,
      sensitiveEvents: 0,
      due: null,
      keepings: [{ purposes: null, period: null, until: 'accountClosure', then: 'delete', ...clause }],
    });
  });

  it('tell how much of what is stored is due and since when, until it is swept', async () => {
    await db.query('DELETE FROM telemetry.events');
    const events = [
      anEvent(person.id, { category: 'log.device' }),
      anEvent(person.id, { category: 'log.device', sensitive: true }),
      anEvent(person.id, { category: 'log.device' }),
    ];
    await send(test, service, events);
    const [first, second] = [new Date(Date.now() - 120_000), new Date(Date.now() - 60_000)];
    await db.query('UPDATE telemetry.events SET retain_until = $2 WHERE event_id = $1', [
      events[0]?.['eventId'],
      second,
    ]);
    await db.query('UPDATE telemetry.events SET retain_until = $2 WHERE event_id = $1', [
      events[1]?.['eventId'],
      first,
    ]);
    await test.get(StoredCounts).count();
    expect((await volumes()).items).toEqual([
      expect.objectContaining({
        category: 'log.device',
        events: 3,
        sensitiveEvents: 1,
        due: { count: 2, since: first.toISOString() },
      }),
    ]);
    await test.get(HolderRegistry).named('telemetry').expire({ now: new Date(), limit: 1000, except: [] });
    await test.get(StoredCounts).count();
    expect((await volumes()).items).toEqual([
      expect.objectContaining({ category: 'log.device', events: 1, due: null }),
    ]);
  });
});
