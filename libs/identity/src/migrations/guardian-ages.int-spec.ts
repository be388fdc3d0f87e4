import type { TestApp } from '@abide/platform/testing';
import { Database } from '@abide/platform';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Guardianships } from '../guardianships/guardianships.service.js';
import { aChild, anAdult } from '../testing/families.js';
import { createIdentityApp } from '../testing/app.js';
import { aSignedInSubject, codeTo } from '../testing/people.js';
import { DeviceLinkSpans1764000315001 } from './1764000315001-device-link-spans.js';
import { GuardianAges1764000315000 } from './1764000315000-guardian-ages.js';
import { WithdrawalsStandAgain1764000323000 } from './1764000323000-withdrawals-stand-again.js';

describe('an installation from before guardians’ ages were asked for', () => {
  let test: TestApp;
  let db: Database;
  let owner: pg.Client;
  beforeAll(async () => {
    test = await createIdentityApp({ ABIDE_ROLE: 'web' });
    db = test.get(Database);
    owner = new pg.Client({ connectionString: test.databaseUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await test.close();
  });

  /** The schema goes back to what it was, and is upgraded with the rows that are there. */
  async function upgrade(...migrations: MigrationInterface[]): Promise<void> {
    const runner = { query: (sql: string) => owner.query(sql) } as unknown as QueryRunner;
    for (const migration of [...migrations].reverse()) await migration.down(runner);
    for (const migration of migrations) await migration.up(runner);
  }

  async function aFamily() {
    const parent = await anAdult(test);
    const { child } = await aChild(test, { guardian: parent.identifier });
    return { child, parent };
  }

  const factsOf = async (subjectId: string) => (await test.get(Guardianships).factsOf([subjectId])).get(subjectId);
  const rowOf = async (subjectId: string) =>
    (
      await db.query<{ adult_by: string | null; age_due_at: Date | null }>(
        'SELECT adult_by, age_due_at FROM identity.guardianships WHERE subject_id = $1',
        [subjectId],
      )
    )[0];

  it('knows the guardians whose account says it, gives the others a fortnight, and is closed at once by what one of two withdrew', async () => {
    const [known, unknown, divided] = [await aFamily(), await aFamily(), await aFamily()];
    await db.execute("UPDATE identity.subjects SET minor_status = 'unknown' WHERE subject_id = $1", [
      unknown.parent.subjectId,
    ]);
    const second = await anAdult(test);
    const { body } = await divided.child.send('POST', 'me/guardianship', {
      guardian: { identifier: second.identifier },
    });
    await test.request({
      method: 'POST',
      path: `guardianships/${body.guardianshipId}/confirm`,
      body: { code: await codeTo(test, second.identifier.value) },
    });
    await divided.parent.send('PUT', `me/wards/${divided.child.subjectId}/guardianships/${body.guardianshipId}`, {
      answer: 'accepted',
    });
    await divided.parent.send('PUT', `me/wards/${divided.child.subjectId}/consent`, { state: 'withdrawn' });
    await upgrade(new GuardianAges1764000315000());
    expect(await factsOf(known.child.subjectId)).toEqual({ isConfirmed: true, isOfAge: true, hasConsented: true });
    expect(await rowOf(known.child.subjectId)).toMatchObject({ adult_by: 'account', age_due_at: null });
    expect(await factsOf(unknown.child.subjectId)).toEqual({ isConfirmed: true, isOfAge: true, hasConsented: true });
    const { adult_by, age_due_at } = (await rowOf(unknown.child.subjectId)) ?? {};
    expect(adult_by).toBeNull();
    expect(Math.round((Number(age_due_at) - Date.now()) / 86_400_000)).toBe(14);
    expect(await factsOf(divided.child.subjectId)).toEqual({ isConfirmed: true, isOfAge: true, hasConsented: false });
  });

  it('lets a withdrawal stand again that somebody else took back, and none that its guardian or an officer did', async () => {
    const [taken, back, decided] = [await aFamily(), await aFamily(), await aFamily()];
    for (const { child, parent } of [taken, back, decided]) {
      await parent.send('PUT', `me/wards/${child.subjectId}/consent`, { state: 'withdrawn' });
      await parent.send('DELETE', `me/wards/${child.subjectId}`);
    }
    const { body } = await back.child.send('POST', 'me/guardianship', {
      guardian: { identifier: back.parent.identifier },
    });
    await test.request({
      method: 'POST',
      path: `guardianships/${body.guardianshipId}/confirm`,
      body: { code: await codeTo(test, back.parent.identifier.value) },
    });
    for (const { child } of [taken, decided])
      await db.execute(
        'UPDATE identity.guardianships SET set_aside = tstzmultirange(tstzrange(ended_at, NULL)) WHERE subject_id = $1',
        [child.subjectId],
      );
    await db.execute(
      `INSERT INTO identity.guardianship_evidence (subject_id, id, guardianship_id, about, evidence, operator_id, recorded_at)
       SELECT subject_id, gen_random_uuid(), id, 'withdrawal', '', gen_random_uuid(), ended_at FROM identity.guardianships WHERE subject_id = $1`,
      [decided.child.subjectId],
    );
    await upgrade(new WithdrawalsStandAgain1764000323000());
    const stands = async ({ child }: typeof taken) =>
      (
        await db.query<{ stands: boolean }>(
          "SELECT NOT upper_inf(set_aside) AS stands FROM identity.guardianships WHERE subject_id = $1 AND state = 'ended'",
          [child.subjectId],
        )
      )[0]?.stands;
    expect([await stands(taken), await stands(back), await stands(decided)]).toEqual([true, false, false]);
  });

  it('ends the links to one device that stood beside each other, each where the next one began', async () => {
    const people = [await aSignedInSubject(test), await aSignedInSubject(test), await aSignedInSubject(test)];
    const { body: device } = await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [] } });
    const at = (index: number) => new Date(Date.UTC(2026, 0, 1 + index));
    for (const [index, { subjectId }] of people.entries()) {
      await db.execute('INSERT INTO identity.device_links (subject_id, device_id, linked_at) VALUES ($1, $2, $3)', [
        subjectId,
        device.subjectId,
        at(index),
      ]);
    }
    await upgrade(new DeviceLinkSpans1764000315001());
    const links = await db.query<{ ended_at: Date | null }>(
      'SELECT ended_at FROM identity.device_links WHERE device_id = $1 ORDER BY linked_at',
      [device.subjectId],
    );
    expect(links.map(({ ended_at }) => ended_at)).toEqual([at(1), at(2), null]);
  });
});
