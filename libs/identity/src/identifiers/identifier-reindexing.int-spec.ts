import { Database, ScheduledTasks } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { Vault } from '@abide/vault';
import { IdentityHolder } from '../identity.holder.js';
import { aSignedInOperator, createIdentityApp } from '../testing/app.js';
import { aSubject, subjectPassword, type TestClientApp } from '../testing/people.js';

describe('phone numbers of an earlier version', () => {
  let test: TestApp;
  let db: Database;
  let vault: Vault;
  beforeAll(async () => {
    test = await createIdentityApp();
    [db, vault] = [test.get(Database), test.get(Vault)];
  });
  afterAll(() => test.close());

  const signIn = (value: string) =>
    test.request({
      method: 'POST',
      path: 'sessions',
      body: { identifier: { type: 'phone', value }, password: subjectPassword },
    });
  const reindex = () => test.get(ScheduledTasks).runAll();

  /** A subject whose number stands as an earlier version would have kept it. */
  async function aFormerSubject(number: string, former: string): Promise<TestClientApp> {
    const subject = await aSubject(test, { identifier: { type: 'phone', value: number } });
    const { subjectId } = subject;
    const place = { subjectId, table: 'identity.identifiers', column: 'value', rowId: 'phone' };
    await db.execute('UPDATE identity.identifiers SET value = $2, is_normal = false WHERE subject_id = $1', [
      subjectId,
      await vault.seal(place, former),
    ]);
    await db.execute('UPDATE vault.identifier_claims SET blind_index = $2 WHERE subject_id = $1', [
      subjectId,
      await vault.blindIndex('phone', former),
    ]);
    return subject;
  }

  it('open the account however they are written, before and after they are brought into the form of today', async () => {
    const { subjectId } = await aFormerSubject('+61412000001', '+610412000001');
    for (const written of ['+61 412 000 001', '+61 0412 000 001']) expect((await signIn(written)).status).toBe(201);
    await reindex();
    for (const written of ['+61 412 000 001', '+61 0412 000 001']) expect((await signIn(written)).status).toBe(201);
    expect(await db.query('SELECT is_normal FROM identity.identifiers WHERE subject_id = $1', [subjectId])).toEqual([
      { is_normal: true },
    ]);
    expect(
      await db.query('SELECT subject_id FROM vault.identifier_claims WHERE blind_index = $1', [
        await vault.blindIndex('phone', '+61412000001'),
      ]),
    ).toEqual([{ subject_id: subjectId }]);
  });

  it('of two accounts that are one number are listed for a person, and the accounts stay two', async () => {
    const former = await aFormerSubject('+61412000002', '+610412000002');
    await db.execute('UPDATE vault.identifier_claims SET blind_index = $2 WHERE subject_id = $1', [
      former.subjectId,
      await vault.blindIndex('phone', 'meanwhile'),
    ]);
    const other = await aSubject(test, { identifier: { type: 'phone', value: '+61412000002' } });
    await db.execute('UPDATE vault.identifier_claims SET blind_index = $2 WHERE subject_id = $1', [
      former.subjectId,
      await vault.blindIndex('phone', '+610412000002'),
    ]);
    await reindex();
    const officer = await aSignedInOperator(test, 'privacyOfficer');
    const { body } = await officer.get('operator/subjects/shared-identifiers');
    expect(body.items).toMatchObject([
      {
        type: 'phone',
        subject: { id: former.subjectId, status: 'active', masked: '+61********02' },
        other: { id: other.subjectId, masked: '+61*******02' },
      },
    ]);
    expect(JSON.stringify(body)).not.toContain('412000002');
    expect((await signIn('+61412000002')).status).toBe(201);
    await test.get(IdentityHolder).erase(other.subjectId);
    expect((await officer.get('operator/subjects/shared-identifiers')).body.items).toEqual([]);
    expect(await db.query('SELECT 1 FROM identity.shared_identifiers')).toEqual([]);
  });

  it('stay as they are where their country has no such numbers, and are found by what was typed', async () => {
    await aFormerSubject('+525500000001', '+5215500000001');
    await reindex();
    expect((await signIn('+52 1 55 0000 0001')).status).toBe(201);
  });

  it('cannot be registered again in another form', async () => {
    const { subjectId } = await aFormerSubject('+61412000003', '+610412000003');
    await test.request({
      method: 'POST',
      path: 'subjects',
      body: {
        kind: 'person',
        identifier: { type: 'phone', value: '+61412000003' },
        password: subjectPassword,
        profile: {},
        acceptedRevisionIds: [],
      },
    });
    const [{ n }] = (await db.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM identity.identifiers WHERE subject_id = $1',
      [subjectId],
    )) as [{ n: number }];
    expect(n).toBe(1);
    expect((await signIn('+61412000003')).status).toBe(201);
  });
});
