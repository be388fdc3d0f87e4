import { setTimeout as sleep } from 'node:timers/promises';
import {
  aChild,
  advance,
  anAdult,
  aSignedInSubject,
  bornYearsAgo,
  messagesTo,
  resetClock,
  subjectPassword,
  type TestClientApp,
} from '@abide/identity/testing';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { aClause, PolicyStaff } from '@abide/policy/testing';
import { Gate, type GateQuestion } from '../gate/gate.service.js';
import { createConsentApp } from '../testing/app.js';
import { aConsentPolicy } from '../testing/policies.js';

const minors = aClause({
  id: 'minors',
  terms: [
    { type: 'minors', under: 18, requires: 'guardianAdvice' },
    { type: 'minors', under: 14, requires: 'guardianConsent' },
  ],
});

describe('a child and a guardian', () => {
  let test: TestApp;
  let db: Database;
  let revisionId: string;
  let parent: TestClientApp;
  let child: TestClientApp;

  beforeAll(async () => {
    test = await createConsentApp();
    db = test.get(Database);
    revisionId = await (await PolicyStaff.open(test)).inForce(aConsentPolicy({ clauses: [minors] }));
  });
  beforeEach(async () => {
    parent = await anAdult(test, { acceptedRevisionIds: [revisionId] });
    ({ child } = await aChild(test, { guardian: parent.identifier, acceptedRevisionIds: [revisionId] }));
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const codeFor = async (question: Omit<GateQuestion, 'subjectId'>, subjectId = child.subjectId) =>
    (await test.get(Gate).decide({ subjectId, ...question })).results[0]?.code;
  const advertising = { action: 'use', purpose: 'advertising.relevant', categories: ['log.browsing'] } as const;
  const name = { action: 'collect', purpose: 'service.provision', categories: ['registration.name'] } as const;
  const decide = (who: TestClientApp, purpose: string, state: string) =>
    who.send('PUT', `me/wards/${child.subjectId}/consents/${purpose}`, { state });

  it('open the gate together: the guardian’s one consent, then the guardian’s consent to a purpose', async () => {
    expect(await codeFor(name)).toBeNull();
    expect(await codeFor(advertising)).toBe('consent.missing');
    expect(await child.send('PUT', 'me/consents/advertising.relevant', { state: 'granted' })).toMatchObject({
      status: 403,
      body: { code: 'consent.guardian_needed' },
    });
    expect(await decide(parent, 'advertising.relevant', 'granted')).toMatchObject({
      status: 200,
      body: { state: 'granted' },
    });
    expect(await codeFor(advertising)).toBeNull();
    const [event] = await db.query('SELECT given_by, giver_id FROM consent.events WHERE subject_id = $1', [
      child.subjectId,
    ]);
    expect(event).toEqual({ given_by: 'guardian', giver_id: parent.subjectId });
  });

  it('close it when the guardian takes the one consent back', async () => {
    await decide(parent, 'advertising.relevant', 'granted');
    await parent.send('PUT', `me/wards/${child.subjectId}/consent`, { state: 'withdrawn' });
    expect(await codeFor(name)).toBe('minor.guardianRequired');
    expect(await codeFor(advertising)).toBe('minor.guardianRequired');
    await parent.send('PUT', `me/wards/${child.subjectId}/consent`, { state: 'granted' });
    expect(await codeFor(advertising)).toBeNull();
  });

  it('opens nothing by what a guardian says whose age nobody knows, and lets them take back', async () => {
    const second = await aSignedInSubject(test, { acceptedRevisionIds: [revisionId] });
    const { body } = await child.send('POST', 'me/guardianship', { guardian: { identifier: second.identifier } });
    await test.request({
      method: 'POST',
      path: `guardianships/${body.guardianshipId}/confirm`,
      body: { code: /\d{6}/.exec((await messagesTo(test, second.identifier.value))[0] ?? '')?.[0] },
    });
    await parent.send('PUT', `me/wards/${child.subjectId}/guardianships/${body.guardianshipId}`, {
      answer: 'accepted',
    });
    expect(await decide(second, 'advertising.relevant', 'granted')).toMatchObject({
      status: 409,
      body: { code: 'guardianship.age_unknown' },
    });
    await decide(parent, 'advertising.relevant', 'granted');
    expect((await decide(second, 'advertising.relevant', 'withdrawn')).status).toBe(200);
    expect(await codeFor(advertising)).toBe('consent.withdrawn');
  });

  describe('with a device of the child’s', () => {
    const collected = { action: 'collect', purpose: 'product.improvement', categories: ['log.browsing'] } as const;
    let device: { subjectId: string; token: string };
    beforeEach(async () => {
      device = (await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [revisionId] } }))
        .body;
    });
    const choose = (state: string) =>
      test.request({ method: 'PUT', path: 'me/consents/product.improvement', token: device.token, body: { state } });
    const link = (who: TestClientApp) => who.send('POST', 'me/devices', { deviceToken: device.token });

    it('let nothing be consented to on it, and nothing that was before count, until it is the child’s no more', async () => {
      await choose('granted');
      expect(await codeFor(collected, device.subjectId)).toBeNull();
      await link(child);
      expect(await codeFor(collected, device.subjectId)).toBe('minor.guardianRequired');
      expect(await codeFor({ ...collected, occurredAt: Date.now() - 60_000 }, device.subjectId)).toBe(
        'minor.guardianRequired',
      );
      expect(await choose('granted')).toMatchObject({ status: 403, body: { code: 'consent.guardian_needed' } });
      await child.send('DELETE', `me/devices/${device.subjectId}`);
      expect(await codeFor(collected, device.subjectId)).toBeNull();
      await link(child);
      await link(parent);
      expect(await codeFor(collected, device.subjectId)).toBeNull();
    });

    it('take back on it what was granted before', async () => {
      await choose('granted');
      await link(child);
      expect(await choose('withdrawn')).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
      const [last] = await db.query("SELECT act FROM consent.events WHERE subject_id = $1 AND state = 'withdrawn'", [
        device.subjectId,
      ]);
      expect(last).toEqual({ act: 'withdrawal' });
    });

    it('close it altogether with the guardian’s one consent, then as well as now', async () => {
      await link(child);
      expect(await codeFor(name, device.subjectId)).toBeNull();
      await parent.send('PUT', `me/wards/${child.subjectId}/consent`, { state: 'withdrawn' });
      expect(await codeFor(name, device.subjectId)).toBe('minor.guardianRequired');
      await parent.send('PUT', `me/wards/${child.subjectId}/consent`, { state: 'granted' });
      expect(await codeFor(name, device.subjectId)).toBeNull();
    });

    it('are asked once the device’s owner turns out to be a child', async () => {
      const owner = await aSignedInSubject(test, { acceptedRevisionIds: [revisionId] });
      await choose('granted');
      await link(owner);
      expect(await codeFor(collected, device.subjectId)).toBeNull();
      await owner.send('PUT', 'me/birth-date', { birthDate: bornYearsAgo(9), password: subjectPassword });
      expect(await codeFor(collected, device.subjectId)).toBe('minor.guardianRequired');
    });
  });

  it('writes nothing of a guardian who has left by the time it is written, whichever comes first', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { child: ward } = await aChild(test, { guardian: parent.identifier, acceptedRevisionIds: [revisionId] });
      const leaving = parent.send('DELETE', `me/wards/${ward.subjectId}`);
      const granting = Array.from({ length: 4 }, () =>
        parent.send('PUT', `me/wards/${ward.subjectId}/consents/advertising.relevant`, { state: 'granted' }),
      );
      await Promise.all([leaving, ...granting]);
      const late = await db.query(
        `SELECT 1 FROM audit.entries given JOIN audit.openings o ON o.entry_id = given.id AND o.subject_id = $1
         WHERE given.act IN ('consent.grant', 'consent.renewal') AND given.written_in > (
           SELECT ended.written_in FROM audit.entries ended JOIN audit.openings p ON p.entry_id = ended.id AND p.subject_id = $1 WHERE ended.act = 'guardianship.ended')`,
        [ward.subjectId],
      );
      expect(late).toEqual([]);
    }
  });

  it('are remembered as they were once the child is of age', async () => {
    await parent.send('PUT', `me/wards/${child.subjectId}/consent`, { state: 'withdrawn' });
    const { body: clock } = await test.request({ method: 'GET', path: 'dev/clock' });
    await advance(test, 'P1D');
    await parent.signIn();
    await parent.send('PUT', `me/wards/${child.subjectId}/consent`, { state: 'granted' });
    await advance(test, 'P10Y');
    const status = async () =>
      (
        await db.query<{ minor_status: string }>('SELECT minor_status FROM identity.subjects WHERE subject_id = $1', [
          child.subjectId,
        ])
      )[0]?.minor_status;
    for (let attempt = 0; attempt < 600 && (await status()) !== 'adult'; attempt += 1) await sleep(100);
    expect(await status()).toBe('adult');
    expect(await codeFor(name)).toBeNull();
    expect(await codeFor({ ...name, at: Date.parse(clock.now) })).toBe('minor.guardianRequired');
  });

  it('leave the child free to withdraw what the guardian consented to', async () => {
    await decide(parent, 'advertising.relevant', 'granted');
    expect((await child.send('PUT', 'me/consents/advertising.relevant', { state: 'withdrawn' })).status).toBe(200);
    expect(await codeFor(advertising)).toBe('consent.withdrawn');
  });

  it('ask the guardian and never the child', async () => {
    const own = (await child.send('GET', 'me/consents')).body.items.find(
      (item: { purpose: string }) => item.purpose === 'advertising.relevant',
    );
    const asked = (await parent.send('GET', `me/wards/${child.subjectId}/consents`)).body.items.find(
      (item: { purpose: string }) => item.purpose === 'advertising.relevant',
    );
    expect([own.mayAsk, asked.mayAsk]).toEqual([false, true]);
    expect(await child.send('POST', 'me/consent-prompts', { purpose: 'advertising.relevant' })).toMatchObject({
      status: 409,
      body: { code: 'consent.nothing_to_ask' },
    });
  });

  it('leave nothing to a child that is dated before it may decide, also when it arrives after that', async () => {
    const birthday = new Date(Date.now() + 2 * 86_400_000);
    const birthDate = `${birthday.getUTCFullYear() - 14}-${birthday.toISOString().slice(5, 10)}`;
    const { child: older } = await aChild(test, {
      guardian: parent.identifier,
      birthDate,
      acceptedRevisionIds: [revisionId],
    });
    const said = (await older.send('GET', 'me/consents')).body.at;
    await advance(test, 'P4D');
    await older.signIn();
    const grant = (more: object) =>
      older.send('PUT', 'me/consents/advertising.relevant', { state: 'granted', ...more });
    expect(await grant({ occurredAt: said })).toMatchObject({ status: 403, body: { code: 'consent.guardian_needed' } });
    expect((await grant({})).status).toBe(200);
  });

  it('know nobody else: a stranger, a guardian who is not confirmed, a guardian of another child', async () => {
    const stranger = await aSignedInSubject(test, { acceptedRevisionIds: [revisionId] });
    expect(await decide(stranger, 'advertising.relevant', 'granted')).toMatchObject({
      status: 404,
      body: { code: 'guardianship.not_found' },
    });
    await child.send('POST', 'me/guardianship', { guardian: { identifier: stranger.identifier } });
    expect([404, 409]).toContain((await decide(stranger, 'advertising.relevant', 'granted')).status);
    expect((await stranger.send('GET', `me/wards/${child.subjectId}/consents`)).status).not.toBe(200);
    expect(await codeFor(advertising)).toBe('consent.missing');
  });

  it('part at fourteen: the child decides, what was consented stands, and both are told', async () => {
    await decide(parent, 'advertising.relevant', 'granted');
    await advance(test, 'P4Y');
    await child.signIn();
    await parent.signIn();
    const inbox = async (who: TestClientApp) =>
      (await who.send('GET', 'me/notices')).body.items.filter((item: { kind: string }) => item.kind === 'handOver');
    for (const who of [parent, child])
      for (let attempt = 0; attempt < 600 && (await inbox(who)).length === 0; attempt += 1) await sleep(100);
    expect(await inbox(child)).toEqual([expect.objectContaining({ kind: 'handOver' })]);
    expect(await inbox(parent)).toHaveLength(1);
    expect(await decide(parent, 'advertising.relevant', 'withdrawn')).toMatchObject({
      status: 409,
      body: { code: 'guardianship.came_of_age' },
    });
    expect(await codeFor(advertising)).toBeNull();
    expect((await child.send('PUT', 'me/consents/advertising.relevant', { state: 'withdrawn' })).status).toBe(200);
    expect((await child.send('PUT', 'me/consents/advertising.relevant', { state: 'granted' })).status).toBe(200);
    for (let attempt = 0; attempt < 600 && (await messagesTo(test, parent.identifier.value)).length < 3; attempt += 1)
      await sleep(100);
    expect((await messagesTo(test, parent.identifier.value))[0]).toMatch(/孩子|child/);
  });

  it('hears of no hand-over when a birth date is learned or turns out to be another', async () => {
    const identity = test.get(HolderRegistry).named('identity');
    const learn = (who: TestClientApp, birthDate: string) =>
      identity.correct(who.subjectId, { category: 'registration.birthDate', value: birthDate });
    const handOvers = async (who: TestClientApp) =>
      (await who.send('GET', 'me/notices')).body.items.filter((item: { kind: string }) => item.kind === 'handOver');
    for (const age of [40, 16, 10, 12]) await learn(parent, bornYearsAgo(age));
    await learn(child, bornYearsAgo(20));
    for (const who of [child, parent])
      for (let attempt = 0; attempt < 600 && (await handOvers(who)).length === 0; attempt += 1) await sleep(100);
    expect(await handOvers(child)).toHaveLength(1);
    expect((await handOvers(parent)).map(({ title }: { title: string }) => title)).toEqual([
      expect.stringContaining('孩子'),
    ]);
  });

  it('are refused to a child whose guardian has not confirmed the registration', async () => {
    const { body: started } = await test.request({
      method: 'POST',
      path: 'subjects',
      body: {
        kind: 'person',
        identifier: { type: 'email', value: 'small@example.com' },
        profile: { name: '林小苗' },
        birthDate: bornYearsAgo(9),
        guardian: { identifier: parent.identifier },
        acceptedRevisionIds: [revisionId],
      },
    });
    const code = /\d{6}/.exec((await messagesTo(test, 'small@example.com'))[0] ?? '')?.[0];
    const { body: held } = await test.request({
      method: 'POST',
      path: `verifications/${started.verification.id}/confirm`,
      body: { code },
    });
    expect(await codeFor(name, held.subjectId)).toBe('minor.guardianRequired');
  });
});
