import { advance, resetClock } from '@abide/identity/testing';
import { Database, HolderRegistry } from '@abide/platform';
import { expiredRows } from '@abide/platform/testing';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import pg from 'pg';
import { aServiceToken, createConsentApp } from '../testing/app.js';
import { moveThePastBack } from '../testing/long-ago.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy } from '../testing/policies.js';

const advertising = { purpose: 'advertising.relevant', categories: ['log.browsing'] };

describe('consents', () => {
  let test: TestApp;
  let db: Database;
  let revisionId: string;
  let service: string;
  let person: TestSubject;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    const staff = await PolicyStaff.open(test);
    revisionId = await staff.inForce(aConsentPolicy());
    service = await aServiceToken(test);
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const eventsOf = (subjectId: string) =>
    db.query<Record<string, any>>('SELECT * FROM consent.events WHERE subject_id = $1 ORDER BY recorded_at, id', [
      subjectId,
    ]);

  it('opens the gate when granted, cites the event, and closes it when withdrawn', async () => {
    expect((await person.decision(service, advertising)).results[0]).toMatchObject({
      allowed: false,
      code: 'consent.missing',
      fallback: 'generic',
    });
    const granted = await person.grant('advertising.relevant');
    expect(granted).toMatchObject({ status: 200, body: { state: 'granted', duplicate: false } });
    expect((await person.decision(service, advertising)).results[0]).toMatchObject({
      allowed: true,
      policy: 'privacy',
      revision: 1,
      clauseId: 'use.advertising',
      basis: 'consent',
      consentEventId: granted.body.consentEventId,
    });
    await person.withdraw('advertising.relevant');
    expect((await person.decision(service, advertising)).results[0]).toMatchObject({
      allowed: false,
      code: 'consent.withdrawn',
    });
    await person.grant('advertising.relevant');
    expect((await person.decision(service, advertising)).allowed).toBe(true);
    expect((await eventsOf(person.id)).map(({ act }) => act)).toEqual(['grant', 'withdrawal', 'grant']);
  });

  it('tells no more than so many scopes apart, and takes a no beyond them for the whole purpose', async () => {
    await person.grant('advertising.relevant');
    await db.execute(
      `INSERT INTO consent.states (subject_id, scope, purpose, region, changed_at, withdrawn_at, withdrawal_id)
       SELECT $1, sha256(n::text::bytea), 'survey.participation', 'X' || n, now(), now(), gen_random_uuid() FROM generate_series(1, 1000) AS n`,
      [person.id],
    );
    expect(await person.grant('advertising.relevant', { categories: ['log.browsing'] })).toMatchObject({
      status: 409,
      body: { code: 'consent.too_many' },
    });
    expect((await person.grant('advertising.relevant')).status).toBe(200);
    expect((await person.withdraw('advertising.relevant', { categories: ['log.search'] })).status).toBe(200);
    expect((await person.decision(service, advertising)).results[0].code).toBe('consent.withdrawn');
    expect((await eventsOf(person.id)).at(-1)).toMatchObject({ act: 'withdrawal', categories: null });
  });

  it('takes a date a little ahead of our clock as it is, so that sending it again is the same', async () => {
    const occurredAt = new Date(Date.now() + 120_000).toISOString();
    const first = await person.grant('advertising.relevant', { occurredAt });
    expect(first.body.at).toBe(occurredAt);
    expect((await person.grant('advertising.relevant', { occurredAt })).body).toEqual({
      ...first.body,
      duplicate: true,
    });
    expect((await person.decision(service, advertising)).allowed).toBe(true);
    await person.withdraw('advertising.relevant');
    expect((await person.decision(service, advertising)).results[0].code).toBe('consent.withdrawn');
  });

  it('lets a withdrawal by a right clock end a grant that a faster clock dated ahead', async () => {
    const granted = await person.grant('advertising.relevant', {
      occurredAt: new Date(Date.now() + 120_000).toISOString(),
    });
    expect((await person.decision(service, advertising)).allowed).toBe(true);
    expect((await person.withdraw('advertising.relevant', { occurredAt: new Date().toISOString() })).status).toBe(200);
    expect((await person.decision(service, advertising)).results[0].code).toBe('consent.withdrawn');
    expect((await person.decision(service, { ...advertising, at: new Date().toISOString() })).results[0].code).toBe(
      'consent.withdrawn',
    );
    expect((await eventsOf(person.id))[0]).toMatchObject({
      id: granted.body.consentEventId,
      occurred_at: new Date(granted.body.at),
    });
  });

  it('records what was seen, by whom and when', async () => {
    const answer = await person.grant('advertising.relevant', { locale: 'en', channel: 'ios' });
    const [event] = await eventsOf(person.id);
    expect(event).toMatchObject({
      id: answer.body.consentEventId,
      act: 'grant',
      state: 'granted',
      purpose: 'advertising.relevant',
      categories: null,
      given_by: 'subject',
      policy: 'privacy',
      revision: 1,
      revision_id: revisionId,
      clause_id: 'use.advertising',
      locale: 'en',
      channel: 'ios',
      receipt_id: answer.body.receiptId,
      evidence: null,
    });
    expect(event!.wording_hash).toMatch(/^[0-9a-f]{64}$/);
    const entries = await db.query<{ details: { receipt: string } }>(
      `SELECT details FROM audit.entries WHERE act = 'consent.grant' AND object_id = $1`,
      [answer.body.consentEventId],
    );
    expect(entries[0]?.details.receipt).toMatch(/^[0-9a-f]{64}$/);
  });

  it('records nothing when the same is said again, and answers what stands', async () => {
    const first = await person.grant('advertising.relevant');
    const again = await person.grant('advertising.relevant');
    expect(again.body).toEqual({ ...first.body, duplicate: true });
    const [one, two] = await Promise.all([
      person.withdraw('advertising.relevant'),
      person.withdraw('advertising.relevant'),
    ]);
    expect(one.body.consentEventId).toBe(two.body.consentEventId);
    expect((await eventsOf(person.id)).map(({ act }) => act)).toEqual(['grant', 'withdrawal']);
  });

  it('takes a withdrawal that was made before, once something wider has been granted since', async () => {
    const narrow = { categories: ['log.browsing'] };
    const before = await person.withdraw('advertising.relevant', narrow);
    await person.grant('advertising.relevant');
    expect((await person.decision(service, advertising)).allowed).toBe(true);
    const again = await person.withdraw('advertising.relevant', narrow);
    expect(again.body).toMatchObject({ duplicate: false });
    expect(again.body.consentEventId).not.toBe(before.body.consentEventId);
    expect((await person.decision(service, advertising)).results[0].code).toBe('consent.withdrawn');
    expect((await person.withdraw('advertising.relevant', narrow)).body).toEqual({ ...again.body, duplicate: true });
  });

  it('takes a grant that was made before, once something wider has been withdrawn since', async () => {
    const narrow = { categories: ['log.browsing'] };
    await person.grant('advertising.relevant', narrow);
    await person.withdraw('advertising.relevant');
    const again = await person.grant('advertising.relevant', narrow);
    expect(again.body).toMatchObject({ duplicate: false });
    expect((await person.decision(service, advertising)).results[0]).toMatchObject({
      allowed: true,
      consentEventId: again.body.consentEventId,
    });
    expect((await person.grant('advertising.relevant', narrow)).body).toEqual({ ...again.body, duplicate: true });
  });

  it('writes one event when one click is sent fifty times', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        person.grant('personalisation').then(() => person.grant('advertising.relevant')),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.consentEventId)).size).toBe(1);
    expect(await eventsOf(person.id)).toHaveLength(1);
  });

  it('writes one event when the answer to one question is sent several times at once', async () => {
    await person.withdraw('advertising.relevant');
    await person.app.send('POST', 'me/consent-prompts', { purpose: 'advertising.relevant', startedBySubject: true });
    const answers = await Promise.all(Array.from({ length: 8 }, () => person.withdraw('advertising.relevant')));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(answers.map(({ body }) => body.consentEventId)).size).toBe(1);
    expect(await eventsOf(person.id)).toHaveLength(2);
  });

  it.each([
    ['restricted', 'is_restricted = true', 'subject.restricted'],
    ['closed', "status = 'closed'", 'subject.closed'],
    ["found to be a child's", "minor_status = 'under14'", 'consent.guardian_needed'],
  ])('writes no grant of an account that is %s by the time it is written', async (_, change, code) => {
    const other = new pg.Client({ connectionString: test.databaseUrl });
    await other.connect();
    await other.query('BEGIN');
    await other.query(`UPDATE identity.subjects SET ${change}, state_changed_at = now() WHERE subject_id = $1`, [
      person.id,
    ]);
    let isAnswered = false;
    const granting = person.grant('advertising.relevant').finally(() => {
      isAnswered = true;
    });
    const isWaiting = async () => (await db.query('SELECT FROM pg_locks WHERE NOT granted')).length > 0;
    while (!isAnswered && !(await isWaiting()));
    await other.query('COMMIT');
    await other.end();
    expect(await granting).toMatchObject({ body: { code } });
    expect(await eventsOf(person.id)).toEqual([]);
  });

  it('takes grants and withdrawals that arrive at the same moment, and stands where the latest of each says', async () => {
    const said = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        n % 2 === 0 ? person.grant('advertising.relevant') : person.withdraw('advertising.relevant'),
      ),
    );
    expect(said.filter(({ status }) => status !== 200)).toEqual([]);
    const events = await eventsOf(person.id);
    const latest = (which: string) =>
      Math.max(...events.filter((event) => event.state === which).map((event) => event.occurred_at.getTime()));
    const [state] = await db.query<Record<string, any>>('SELECT * FROM consent.states WHERE subject_id = $1', [
      person.id,
    ]);
    expect([state!.granted_at.getTime(), state!.withdrawn_at.getTime()]).toEqual([
      latest('granted'),
      latest('withdrawn'),
    ]);
  });

  it('takes what could not be sent at once, once, in whatever order it arrives', async () => {
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    await moveThePastBack(test);
    const withdrawal = await person.withdraw('advertising.relevant', { occurredAt: at(10) });
    const grant = await person.grant('advertising.relevant', { occurredAt: at(60) });
    expect((await person.decision(service, advertising)).results[0].code).toBe('consent.withdrawn');
    const again = [
      await person.withdraw('advertising.relevant', { occurredAt: withdrawal.body.at }),
      await person.grant('advertising.relevant', { occurredAt: grant.body.at }),
    ];
    expect(again.map(({ body }) => [body.consentEventId, body.duplicate])).toEqual([
      [withdrawal.body.consentEventId, true],
      [grant.body.consentEventId, true],
    ]);
    expect(await eventsOf(person.id)).toHaveLength(2);
    expect([withdrawal, grant, ...again].map(({ body }) => body.state)).toEqual([
      'withdrawn',
      'withdrawn',
      'withdrawn',
      'withdrawn',
    ]);
    expect((await person.grant('advertising.relevant', { occurredAt: at(5) })).body.state).toBe('granted');
    expect((await person.decision(service, advertising)).allowed).toBe(true);
  });

  it('answers what stands, when a late word arrives beneath a newer one about all of it', async () => {
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    await moveThePastBack(test);
    await person.withdraw('advertising.relevant', { occurredAt: at(10) });
    expect(
      (await person.grant('advertising.relevant', { categories: ['log.search'], occurredAt: at(20) })).body.state,
    ).toBe('withdrawn');
    await person.grant('advertising.relevant', { categories: ['log.search'], occurredAt: at(5) });
    expect(
      (await person.withdraw('advertising.relevant', { categories: ['log.search'], occurredAt: at(8) })).body.state,
    ).toBe('granted');
    expect((await person.grant('advertising.relevant', { occurredAt: at(15) })).body.state).toBe('withdrawn');
    expect((await person.withdraw('survey.participation', { occurredAt: at(3) })).body.state).toBe('withdrawn');
  });

  it.each([
    ['a day to come', { occurredAt: new Date(Date.now() + 3_600_000).toISOString() }, 'consent.in_future'],
    ['before the account', { occurredAt: '2020-01-01T00:00:00Z' }, 'consent.before_registration'],
    ['an unknown category', { categories: ['log.browsing', 'no.such'] }, 'consent.unknown_category'],
    ['an unknown service', { service: 'tickting' }, 'consent.unknown_service'],
    ['an unknown recipient', { recipientId: 'nobody' }, 'consent.unknown_recipient'],
    ['a place that is none', { region: 'UK' }, 'consent.unknown_region'],
    ['an unknown revision', { revisionId: '018f0000-0000-7000-8000-000000000000' }, 'consent.unknown_revision'],
    ['an unknown clause', { clauseId: 'no.such.clause' }, 'consent.unknown_clause'],
  ])('refuses %s with its code and records nothing', async (_name, more, code) => {
    const answer = await person.grant('advertising.relevant', more);
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(await eventsOf(person.id)).toEqual([]);
  });

  it('lets a subject take back in the same words what names a service that nobody registers any more', async () => {
    const scope = `["advertising.relevant",null,"closed-down",null,null]`;
    await db.execute(
      `INSERT INTO consent.states (subject_id, scope, purpose, service, changed_at, granted_at, grant_id) VALUES ($1, sha256(convert_to($2, 'UTF8')), 'advertising.relevant', 'closed-down', now(), now(), gen_random_uuid())`,
      [person.id, scope],
    );
    expect(await person.grant('advertising.relevant', { service: 'closed-down' })).toMatchObject({
      status: 400,
      body: { code: 'consent.unknown_service', errors: [{ pointer: '/service' }] },
    });
    expect(await person.withdraw('advertising.relevant', { service: 'closed-up' })).toMatchObject({
      status: 400,
      body: { code: 'consent.unknown_service' },
    });
    expect(await person.withdraw('advertising.relevant', { service: 'closed-down' })).toMatchObject({
      status: 200,
      body: { state: 'withdrawn', duplicate: false },
    });
  });

  it('refuses a grant that is older than a week, and takes a withdrawal that is', async () => {
    await db.query(
      `UPDATE identity.subjects SET registered_at = registered_at - interval '30 days' WHERE subject_id = $1`,
      [person.id],
    );
    const occurredAt = new Date(Date.now() - 9 * 86_400_000).toISOString();
    expect(await person.grant('advertising.relevant', { occurredAt })).toMatchObject({
      status: 400,
      body: { code: 'consent.too_old' },
    });
    expect((await person.withdraw('advertising.relevant', { occurredAt })).status).toBe(200);
  });

  it('refuses an unknown purpose, and a consent that no clause asks for', async () => {
    expect(await person.grant('no.such')).toMatchObject({ status: 404, body: { code: 'consent.unknown_purpose' } });
    expect(await person.grant('records.archive')).toMatchObject({ status: 409, body: { code: 'consent.no_clause' } });
    expect(await person.grant('advertising.relevant', { state: 'maybe' })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
  });

  it('needs the category named where separate consent is asked for', async () => {
    const gps = { action: 'collect', purpose: 'service.provision', categories: ['location.gps'], service: 'ticketing' };
    await person.app.send('PUT', 'me/positioning', { on: true });
    await person.grant('service.provision');
    expect((await person.decision(service, gps)).results[0].code).toBe('consent.separateMissing');
    const named = await person.grant('service.provision', { categories: ['location.gps'] });
    expect((await person.decision(service, gps)).results[0]).toMatchObject({
      allowed: true,
      consentEventId: named.body.consentEventId,
    });
    await person.app.send('PUT', 'me/positioning', { on: false });
    expect((await person.decision(service, gps)).results[0].code).toBe('location.off');
  });

  it('keeps the latest word in force when the clock steps back between a grant and a withdrawal', async () => {
    await person.grant('advertising.relevant');
    await test.request({
      method: 'POST',
      path: 'dev/clock',
      body: { at: new Date(Date.now() - 3_600_000).toISOString() },
    });
    await person.app.signIn();
    const withdrawn = await person.withdraw('advertising.relevant');
    expect(withdrawn.body.duplicate).toBe(false);
    const token = await aServiceToken(test);
    expect((await person.decision(token, advertising)).results[0].code).toBe('consent.withdrawn');
    await test.request({ method: 'POST', path: 'dev/clock', body: { reset: true } });
  });

  it('shows where each subject stands, with the state always what the events say', async () => {
    await person.grant('advertising.relevant');
    await person.grant('service.provision', { categories: ['location.gps'] });
    await person.withdraw('survey.participation');
    expect(await person.preference('advertising.relevant')).toMatchObject({
      state: 'granted',
      mayAsk: false,
      askAgainAt: null,
      categories: ['log.browsing', 'log.search'],
      clauses: [{ policy: 'privacy', clauseId: 'use.advertising' }],
    });
    expect(await person.preference('service.provision')).toMatchObject({
      state: 'partly',
      separately: expect.arrayContaining([
        expect.objectContaining({ category: 'location.gps', state: 'granted' }),
        expect.objectContaining({ category: 'location.wifi', state: 'none' }),
      ]),
    });
    expect(await person.preference('survey.participation')).toMatchObject({ state: 'withdrawn', mayAsk: false });
    expect(await person.preference('marketing.push')).toMatchObject({ state: 'none', mayAsk: true, askAgainAt: null });
  });

  it('keeps events as evidence after an erasure, for three years, and nothing else', async () => {
    await person.grant('advertising.relevant');
    await person.app.send('PUT', 'me/positioning', { on: true });
    const holder = test.get(HolderRegistry).named('consent');
    const exported = [];
    for await (const record of holder.export(person.id)) exported.push(record);
    expect(exported.map(({ table }) => table)).toEqual(
      expect.arrayContaining(['consent.events', 'consent.positioning_changes']),
    );
    await holder.erase(person.id);
    expect(await db.query('SELECT 1 FROM consent.states WHERE subject_id = $1', [person.id])).toEqual([]);
    expect(await db.query('SELECT 1 FROM consent.preferences WHERE subject_id = $1', [person.id])).toEqual([]);
    expect((await eventsOf(person.id))[0]?.kept_until.getUTCFullYear()).toBe(new Date().getUTCFullYear() + 3);
    expect(await expiredRows(holder, new Date(), 100)).toBe(0);
    await advance(test, 'P3Y1D');
    expect(await expiredRows(holder, new Date(), 100)).toBe(2);
    await resetClock(test);
  });

  it('lets nobody delete evidence before its time, or make the time shorter', async () => {
    await person.grant('advertising.relevant');
    const soon = new Date(Date.now() + 86_400_000);
    for (const table of ['events', 'receipts']) {
      await expect(
        db.outside(() => db.query(`DELETE FROM consent.${table} WHERE subject_id = $1`, [person.id])),
      ).rejects.toThrow(/permission denied/);
      await expect(
        db.outside(() =>
          db.query(`UPDATE consent.${table} SET kept_until = $2 WHERE subject_id = $1`, [person.id, soon]),
        ),
      ).rejects.toThrow(/kept for a year/);
    }
  });

  it('lets nobody change or delete an event that stands', async () => {
    await person.grant('advertising.relevant');
    await expect(
      db.outside(() => db.query(`UPDATE consent.events SET state = 'withdrawn' WHERE subject_id = $1`, [person.id])),
    ).rejects.toThrow(/permission denied/);
    await expect(
      db.outside(() => db.query(`UPDATE consent.receipts SET record = '' WHERE subject_id = $1`, [person.id])),
    ).rejects.toThrow(/permission denied/);
  });
});
