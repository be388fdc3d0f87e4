import { aServiceToken, TestSubject, moveThePastBack } from '@abide/consent/testing';
import { Database, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { LaterConsents1764000712000 } from './migrations/1764000712000-later-consents.js';
import { anEvent, createTelemetryApp, send, telemetryPolicy } from './testing/app.js';

describe('events that were stored on a consent given after they occurred', () => {
  let test: TestApp;
  let db: Database;
  let service: string;
  let revisionId: string;

  beforeAll(async () => {
    test = await createTelemetryApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    revisionId = await (await PolicyStaff.open(test)).inForce(telemetryPolicy);
    service = await aServiceToken(test);
  });
  afterAll(() => test.close());

  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const purposesOf = async ({ id }: TestSubject) => {
    const rows = await db.query<any>(
      'SELECT attributes, lineage, retain_until FROM telemetry.events WHERE subject_id = $1 ORDER BY occurred_at',
      [id],
    );
    return rows.map(({ attributes, lineage, retain_until: until }) => [
      attributes.page ?? 'address',
      lineage.map(({ purpose }: { purpose: string }) => purpose).join(' '),
      until <= new Date(),
    ]);
  };
  /** As an earlier version stored it: whatever is allowed when it arrives. */
  const storeAsBefore = async (person: TestSubject, hours: number, changes: Record<string, unknown> = {}) => {
    const event = anEvent(person.id, changes);
    expect((await send(test, service, [event])).body).toMatchObject({ accepted: 1 });
    await db.execute('UPDATE telemetry.events SET occurred_at = $2 WHERE event_id = $1', [
      event['eventId'],
      ago(hours),
    ]);
  };
  const upgrade = async () => {
    const owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
    const runner = { query: (sql: string) => owner.query(sql) } as unknown as QueryRunner;
    await new LaterConsents1764000712000().down(runner);
    await new LaterConsents1764000712000().up(runner);
    await owner.end();
  };
  const entries = () =>
    db.query<any>(`SELECT object_id, details FROM audit.entries WHERE act = 'consent.laterConsentsTakenAway'`);

  it('lose what was not allowed then, once and for all, and operators see how many', async () => {
    const [late, renewed, early] = [
      await TestSubject.register(test, [revisionId]),
      await TestSubject.register(test, [revisionId]),
      await TestSubject.register(test, [revisionId]),
    ];
    await moveThePastBack(test);
    await late.grant('personalisation', { occurredAt: ago(2).toISOString() });
    await renewed.grant('personalisation', { occurredAt: ago(5).toISOString() });
    await renewed.grant('personalisation', { occurredAt: ago(2).toISOString() });
    await early.grant('personalisation', { occurredAt: ago(4).toISOString() });
    for (const person of [late, renewed, early]) await storeAsBefore(person, 3, { attributes: { page: 'three' } });
    await storeAsBefore(late, 1, { attributes: { page: 'one' } });
    await storeAsBefore(late, 3.5, { category: 'log.network', personal: { ip: '203.0.113.9' } });
    await storeAsBefore(early, 24 * 60, { attributes: { page: 'before the account' } });
    await upgrade();
    await test.get(ScheduledTasks).runAll();
    expect(await purposesOf(late)).toEqual([
      ['address', 'security.fraud', false],
      ['three', '', true],
      ['one', 'personalisation', false],
    ]);
    expect(await purposesOf(renewed)).toEqual([['three', 'personalisation', false]]);
    expect(await purposesOf(early)).toEqual([
      ['before the account', '', true],
      ['three', 'personalisation', false],
    ]);
    expect(await entries()).toEqual([{ object_id: 'telemetry.events', details: { rows: 3, purposes: 3 } }]);
    await storeAsBefore(late, 3, { attributes: { page: 'again' } });
    await test.get(ScheduledTasks).runAll();
    expect(await entries()).toHaveLength(1);
    expect((await test.request({ method: 'GET', path: '/metrics' })).text).toMatch(
      /abide_later_consents_purposes_total\{table="telemetry.events"\} [1-9]/,
    );
  });

  it('are looked for only where some were stored before', async () => {
    await db.execute('DELETE FROM telemetry.events');
    await upgrade();
    await test.get(ScheduledTasks).runAll();
    expect(await entries()).toHaveLength(1);
  });
});
