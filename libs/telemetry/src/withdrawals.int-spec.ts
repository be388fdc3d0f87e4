import { setTimeout } from 'node:timers/promises';
import { aServiceToken, TestSubject } from '@abide/consent/testing';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import { untilSomeoneWaits, type TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import pg from 'pg';
import { anEvent, createTelemetryApp, send, telemetryPolicy } from './testing/app.js';

/** Long enough for a job to be taken up, short enough to notice when none is. */
const patienceMilliseconds = 60_000;

describe('what a withdrawal does to events', () => {
  let test: TestApp;
  let db: Database;
  let service: string;
  let revisionId: string;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createTelemetryApp();
    db = test.get(Database);
    revisionId = await (await PolicyStaff.open(test)).inForce(telemetryPolicy);
    service = await aServiceToken(test);
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const rows = () =>
    db.query<any>('SELECT * FROM telemetry.events WHERE subject_id = $1 ORDER BY occurred_at', [person.id]);
  const purposesOf = ({ lineage }: any): string[] => lineage.map(({ purpose }: { purpose: string }) => purpose);
  const isDue = ({ retain_until: until }: any): boolean => until !== null && until <= new Date();

  async function until(isSo: (found: any[]) => boolean): Promise<any[]> {
    for (const endsAt = Date.now() + patienceMilliseconds; Date.now() < endsAt; await setTimeout(50)) {
      const found = await rows();
      if (isSo(found)) return found;
    }
    throw new Error(`It did not become so: ${JSON.stringify(await rows())}`);
  }

  it('takes the purpose away, and makes due at once what has none left', async () => {
    await person.grant('personalisation');
    await send(test, service, [
      anEvent(person.id),
      anEvent(person.id, { category: 'log.network', personal: { ip: '203.0.113.9' } }),
    ]);
    await person.grant('product.improvement');
    await send(test, service, [anEvent(person.id)]);
    expect((await rows()).map(purposesOf)).toEqual([
      ['personalisation'],
      ['personalisation', 'security.fraud'],
      ['personalisation', 'product.improvement'],
    ]);
    await person.withdraw('personalisation');
    const [alone, network, shared] = await until((found) =>
      found.every((row) => !purposesOf(row).includes('personalisation')),
    );
    expect([alone, network, shared].map(purposesOf)).toEqual([[], ['security.fraud'], ['product.improvement']]);
    expect([alone, network, shared].map(isDue)).toEqual([true, false, false]);
    await person.grant('personalisation');
    await setTimeout(1000);
    expect((await rows()).map(purposesOf)).toEqual([[], ['security.fraud'], ['product.improvement']]);
  });

  it('leaves no row longer than is promised of the purposes that are left', async () => {
    await person.grant('personalisation');
    await person.grant('product.improvement');
    await send(test, service, [
      anEvent(person.id, { category: 'log.appUsage' }),
      anEvent(person.id, { category: 'log.appUsage' }),
    ]);
    const daysKept = (row: any) => (row.retain_until - row.occurred_at) / 86_400_000;
    const taken = await rows();
    for (const row of taken) expect(daysKept(row)).toBeGreaterThan(88);
    expect(taken[0].lineage.map(({ purpose, kept }: any) => [purpose, kept])).toEqual([
      ['personalisation', 'P30D'],
      ['product.improvement', 'P3M'],
    ]);
    await person.withdraw('product.improvement');
    const shrunk = await until((found) => found.every(({ lineage }) => lineage.length === 1));
    expect(shrunk.map(daysKept)).toEqual([30, 30]);
    await person.withdraw('personalisation');
    expect((await until((found) => found.every(isDue))).flatMap(purposesOf)).toEqual([]);
  });

  it('lets the purpose that is kept longest keep its time', async () => {
    await person.grant('personalisation');
    await person.grant('product.improvement');
    await send(test, service, [anEvent(person.id, { category: 'log.appUsage' })]);
    const [before] = await rows();
    await person.withdraw('personalisation');
    const [after] = await until((found) => found.every(({ lineage }) => lineage.length === 1));
    expect(after.retain_until).toEqual(before.retain_until);
  });

  it('deletes usage habits before it is acknowledged', async () => {
    await person.grant('personalisation');
    await send(test, service, [
      anEvent(person.id, { category: 'usage.habit', attributes: { tag: 'night' } }),
      anEvent(person.id),
    ]);
    expect((await person.withdraw('personalisation')).status).toBe(200);
    expect((await rows()).map(({ category }) => category)).toEqual(['log.browsing']);
  });

  it('goes only as far as it says: a category, a service', async () => {
    await person.grant('personalisation');
    await send(test, service, [
      anEvent(person.id),
      anEvent(person.id, { category: 'log.search' }),
      anEvent(person.id, { service: 'signing' }),
    ]);
    await person.withdraw('personalisation', { categories: ['log.search'] });
    const found = await until((all) => all.some(isDue));
    expect(found.filter(isDue).map(({ category }) => category)).toEqual(['log.search']);
    await person.withdraw('personalisation', { service: 'signing' });
    const then = await until((all) => all.filter(isDue).length === 2);
    expect(then.filter((row) => !isDue(row)).map(({ category, service: of }) => `${category} ${of}`)).toEqual([
      'log.browsing ticketing',
    ]);
  });

  it('makes due what was collected since it was made, when it arrives late, but not what a later consent carries', async () => {
    await person.grant('personalisation');
    const made = new Date().toISOString();
    await setTimeout(20);
    await send(test, service, [anEvent(person.id, { attributes: { page: 'before' } })]);
    await person.grant('personalisation', { categories: ['log.browsing'] });
    await setTimeout(20);
    await send(test, service, [anEvent(person.id, { attributes: { page: 'after' } })]);
    await person.withdraw('personalisation', { occurredAt: made });
    const found = await until((all) => all.some(isDue));
    expect(found.map((row) => [row.attributes.page, isDue(row)])).toEqual([
      ['before', true],
      ['after', false],
    ]);
  });

  it('reaches what a transaction stores late that had decided before the withdrawal', async () => {
    const { consentEventId } = (await person.grant('personalisation')).body;
    await send(test, service, [anEvent(person.id)]);
    const [example] = await rows();
    const slow = new pg.Client({ connectionString: test.databaseUrl });
    await slow.connect();
    try {
      await slow.query('BEGIN');
      await slow.query('SELECT pg_current_xact_id()');
      await person.withdraw('personalisation');
      await until((all) => all.every(isDue));
      await setTimeout(1500);
      await slow.query(
        `INSERT INTO telemetry.events SELECT subject_id, $2, due_month, category, service, third_party_service, means, occurred_at, received_at, $3, is_sensitive, attributes, personal, $4
         FROM telemetry.events WHERE event_id = $1`,
        [
          example.event_id,
          newId(),
          '2999-01-01',
          JSON.stringify([
            {
              purpose: 'personalisation',
              policy: 'privacy',
              revision: 1,
              clause: 'collect.logs',
              basis: 'consent',
              consentEvent: consentEventId,
            },
          ]),
        ],
      );
      await slow.query('COMMIT');
    } finally {
      await slow.end();
    }
    const found = await until((all) => all.length === 2 && all.every(isDue));
    expect(found.flatMap(purposesOf)).toEqual([]);
  });

  it('waits for the legal minimum where one holds', async () => {
    await person.grant('personalisation');
    await send(test, service, [
      anEvent(person.id, { category: 'log.network', purposes: ['personalisation'], personal: { ip: '203.0.113.9' } }),
    ]);
    const [before] = await rows();
    await person.withdraw('personalisation');
    const [after] = await until(([row]) => purposesOf(row).length === 0);
    expect(after.retain_until).toEqual(before.retain_until);
  });

  const query = (body: object) =>
    test.request({
      method: 'POST',
      path: 'telemetry/query',
      token: service,
      body: {
        subjectId: person.id,
        purpose: 'personalisation',
        categories: ['log.network'],
        from: instant(-60),
        to: instant(60),
        ...body,
      },
    });
  const instant = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const networkEvent = (changes: object = {}) =>
    anEvent(person.id, { category: 'log.network', personal: { ip: '203.0.113.9' }, ...changes });

  it('is not undone by granting again: what lost the purpose is not opened for it', async () => {
    await person.grant('personalisation');
    await send(test, service, [networkEvent()]);
    await person.withdraw('personalisation');
    await until(([row]) => !purposesOf(row).includes('personalisation'));
    await person.grant('personalisation');
    expect((await query({})).body).toMatchObject({ items: [], refused: [] });
    await send(test, service, [networkEvent()]);
    expect((await query({})).body.items).toHaveLength(1);
  });

  it('leaves what is kept for the legal minimum alone stored, and unused', async () => {
    await person.grant('personalisation');
    await send(test, service, [networkEvent({ purposes: ['personalisation'] })]);
    await person.withdraw('personalisation');
    await until(([row]) => purposesOf(row).length === 0);
    expect((await query({ purpose: 'product.improvement' })).body.items).toEqual([]);
  });

  it('is unreadable for every purpose from the acknowledgement on, also for those that rest on no consent', async () => {
    await person.grant('personalisation');
    await send(test, service, [networkEvent({ purposes: ['personalisation'] })]);
    expect((await query({ purpose: 'product.improvement' })).body.items).toHaveLength(1);
    await person.withdraw('personalisation');
    expect((await query({ purpose: 'product.improvement' })).body.items).toEqual([]);
  });

  it('queues nothing but one line, which is gone when it is done', async () => {
    await person.grant('personalisation');
    await person.withdraw('personalisation');
    const lines = () => db.query('SELECT 1 FROM consent.purpose_removals WHERE subject_id = $1', [person.id]);
    const jobs = await db.query(`SELECT 1 FROM jobs.job WHERE data::text LIKE '%' || $1 || '%'`, [person.id]);
    expect(jobs).toEqual([]);
    for (const endsAt = Date.now() + patienceMilliseconds; (await lines()).length > 0 && Date.now() < endsAt;)
      await setTimeout(50);
    expect(await lines()).toEqual([]);
  });

  it('leaves nothing more exact than the purposes that are left may have it', async () => {
    await person.grant('personalisation');
    const events = [
      networkEvent({ attributes: { networkType: 'wifi' } }),
      networkEvent({ personal: { ip: '2001:db8:1:2::7' } }),
    ];
    await send(test, service, events);
    await person.withdraw('personalisation');
    const found = await until((all) => all.every(({ personal }) => personal === null));
    expect(found.map(({ attributes }) => attributes)).toEqual([
      { networkType: 'wifi', network: '203.0.113.0/24' },
      { network: '2001:db8:1::/48' },
    ]);
    expect(found.map(purposesOf)).toEqual([['security.fraud'], ['security.fraud']]);
    expect((await query({ purpose: 'security.fraud' })).body.items).toHaveLength(2);
  });

  describe('kept until the session ends', () => {
    const daysKept = (row: any) => (row.retain_until - row.occurred_at) / 86_400_000;
    const cookie = (changes = {}) => anEvent(person.id, { category: 'log.cookie', ...changes });
    const both = () => [cookie(), anEvent(person.id, { category: 'client.instruction' })];
    const sendOneself = async (events: unknown[]) => {
      const { body } = await send(test, person.token, events);
      expect(body).toMatchObject({ refused: [] });
    };

    it('stays at most as long as the session would last, and is due when it ends', async () => {
      await sendOneself(both());
      const kept = await rows();
      const [alone, shared] = ['log.cookie', 'client.instruction'].map((one) =>
        kept.find((row) => row.category === one),
      );
      expect(daysKept(alone)).toBeGreaterThan(29.9);
      expect(daysKept(alone)).toBeLessThanOrEqual(30);
      expect(daysKept(shared)).toBe(60);
      await person.app.signIn();
      await sendOneself([cookie()]);
      await person.app.send('DELETE', 'sessions/current');
      expect((await rows()).map(isDue)).toEqual([false, false, true]);
      await person.app.signIn();
      await person.app.send('DELETE', 'me/sessions');
      const [first, second] = await rows();
      const left = [first, second].map((row) => [row.category, isDue(row), purposesOf(row)]);
      expect(left).toContainEqual(['log.cookie', true, []]);
      expect(left).toContainEqual(['client.instruction', false, ['security.protection']]);
    });

    it('stays a day where no session is known: sent by a service, or from before the session', async () => {
      await send(test, service, both());
      const [one, other] = await rows();
      expect([one, other].map(daysKept).sort()).toEqual([1, 60]);
      await person.app.signIn();
      await sendOneself([cookie({ occurredAt: one.occurred_at.toISOString() })]);
      const old = (await rows()).filter(({ category }) => category === 'log.cookie');
      expect(old.map(daysKept)).toEqual([1, 1]);
    });

    it('is stored by nobody past the end of the session', async () => {
      const slow = new pg.Client({ connectionString: test.databaseUrl });
      await slow.connect();
      try {
        await slow.query('BEGIN');
        await slow.query('UPDATE identity.subject_sessions SET ended_at = now() WHERE subject_id = $1', [person.id]);
        const sent = send(test, person.token, [cookie()]);
        await untilSomeoneWaits(db);
        await slow.query('COMMIT');
        expect((await sent).body).toMatchObject({ accepted: 1 });
      } finally {
        await slow.end();
      }
      expect((await rows()).map(daysKept)).toEqual([1]);
    });
  });
});
