import { createHash } from 'node:crypto';
import { Database, HolderRegistry, type HeldRecord, type Holder } from '@abide/platform';
import { erasedRows, expiredRows, uncoveredPersonalData, type TestApp } from '@abide/platform/testing';
import { Vault } from '@abide/vault';
import { identityPersistence } from './persistence.js';
import { createIdentityApp } from './testing/house.js';
import { anEmail, aSignedInSubject, aSubject, codeTo, confirm, subjectPassword } from './testing/people.js';

describe('what identity holds about a subject', () => {
  let test: TestApp;
  let db: Database;
  let holder: Holder;
  beforeAll(async () => {
    test = await createIdentityApp();
    db = test.get(Database);
    holder = test.get(HolderRegistry).named('identity');
  });
  afterAll(() => test.close());

  const rich = { profile: { name: '林小禾', idNumber: '999999190001010011' }, birthDate: '1985-07-13' };

  async function exported(subjectId: string): Promise<HeldRecord[]> {
    const records: HeldRecord[] = [];
    for await (const record of holder.export(subjectId)) records.push(record);
    return records;
  }

  async function rowsAbout(subjectId: string): Promise<string[]> {
    const found: string[] = [];
    for (const table of holder.tables) {
      const rows = await db.query(`SELECT 1 FROM ${table} t WHERE to_jsonb(t)::text LIKE '%' || $1 || '%'`, [
        subjectId,
      ]);
      if (rows.length > 0) found.push(table);
    }
    return found;
  }

  it('is covered and classified whole', () => {
    expect(uncoveredPersonalData(identityPersistence, [holder])).toEqual([]);
  });

  it('is named by every table of the schema that knows a subject', async () => {
    const tables = await db.query<{ name: string }>(
      "SELECT table_schema || '.' || table_name AS name FROM information_schema.columns WHERE table_schema = 'identity' AND column_name = 'subject_id'",
    );
    expect(tables.map(({ name }) => name).sort()).toEqual([...holder.tables].sort());
  });

  it('is described by category', async () => {
    const { subjectId } = await aSignedInSubject(test, rich);
    const held = await holder.describe(subjectId);
    expect(held.map(({ category, count }) => [category, count])).toEqual([
      ['client.signIn', 1],
      ['log.network', 1],
      ['preference.language', 1],
      ['registration.birthDate', 1],
      ['registration.email', 1],
      ['registration.idNumber', 1],
      ['registration.name', 1],
    ]);
    expect(held.every(({ since }) => since instanceof Date)).toBe(true);
  });

  it('says when each sign-in was, so that it can fall due', async () => {
    const subject = await aSignedInSubject(test);
    await subject.signIn();
    const times = (
      await db.query<{ at: Date }>('SELECT at FROM identity.sign_ins WHERE subject_id = $1 ORDER BY at', [
        subject.subjectId,
      ])
    ).map(({ at }) => at);
    expect(times).toHaveLength(2);
    const held = await holder.describe(subject.subjectId);
    for (const category of ['client.signIn', 'log.network'])
      expect(held.find((one) => one.category === category)).toMatchObject({
        count: 2,
        since: times[0],
        occurredAt: times,
      });
    expect(held.find(({ category }) => category === 'registration.email')).not.toHaveProperty('occurredAt');
  });

  it('is exported in the open, every category described', async () => {
    const subject = await aSignedInSubject(test, rich);
    const records = await exported(subject.subjectId);
    expect(records.map(({ values }) => values)).toEqual(
      expect.arrayContaining([
        { name: '林小禾' },
        { idNumber: '999999190001010011' },
        { birthDate: '1985-07-13' },
        { email: subject.identifier.value },
        { address: '127.0.0.1' },
      ]),
    );
    const described = (await holder.describe(subject.subjectId)).map(({ category }) => category);
    expect([...new Set(records.map(({ category }) => category))].sort()).toEqual(described);
  });

  it('is corrected by category, a birth date with the protection that follows from it', async () => {
    const subject = await aSignedInSubject(test, rich);
    const correct = (category: string, value: string) => holder.correct(subject.subjectId, { category, value });
    expect(await correct('registration.name', '林晓禾')).toMatchObject({
      outcome: 'done',
      counts: [{ category: 'registration.name', table: 'identity.profile_fields', count: 1 }],
    });
    expect((await correct('registration.birthDate', `${new Date().getUTCFullYear() - 16}-01-01`)).outcome).toBe('done');
    expect((await subject.send('GET', 'me')).body).toMatchObject({ minor: 'under18', profile: { name: '林晓禾' } });
    expect((await correct('registration.email', 'x@example.com')).outcome).toBe('nothing');
    expect((await correct('location.gps', 'x')).outcome).toBe('nothing');
  });

  it('is erased without a trace: rows, sign-in, codes, links', async () => {
    const subject = await aSignedInSubject(test, rich);
    const device = (await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [] } })).body;
    await subject.send('POST', 'me/devices', { deviceToken: device.token });
    await subject.send('PUT', 'me/identifiers/email', { value: anEmail().value, password: subjectPassword });
    expect((await rowsAbout(subject.subjectId)).length).toBeGreaterThan(7);
    expect(await erasedRows(holder, subject.subjectId)).toBeGreaterThan(8);
    expect(await rowsAbout(subject.subjectId)).toEqual([]);
    expect((await subject.send('GET', 'me')).status).toBe(401);
    expect((await subject.signIn()).status).toBe(401);
    expect(await test.get(Vault).isSuppressed('email', subject.identifier.value)).toBe(true);
    expect(await test.get(Vault).isSuppressed('profile.idNumber', '999999190001010011')).toBe(true);
  });

  it('is erased from the counts of failures, which name nobody by a plain hash', async () => {
    const subject = await aSignedInSubject(test);
    const { type, value } = subject.identifier;
    await subject.signIn('a-wrong-password');
    const names = [`subject|${subject.subjectId}`, `messages-to|${type}|${value}`, `codes-of|${subject.subjectId}`];
    const { body } = await test.request({
      method: 'POST',
      path: 'password-resets',
      body: { identifier: subject.identifier },
    });
    const code = await codeTo(test, value);
    await confirm(test, body.verification.id, code === '000000' ? '000001' : '000000', {
      password: 'a-brand-new-password',
    });
    const counted = async (keys: readonly Buffer[]) =>
      (await db.query('SELECT 1 FROM identity.attempt_counters WHERE key = ANY($1)', [keys])).length;
    const keyed = await Promise.all(names.map((name) => test.get(Vault).blindIndex('identity.attempts', name)));
    expect(await counted(keyed)).toBe(3);
    expect(
      await counted(
        [...names, 'address|127.0.0.1', 'codes|127.0.0.1'].map((name) => createHash('sha256').update(name).digest()),
      ),
    ).toBe(0);
    await holder.erase(subject.subjectId);
    expect(await counted(keyed)).toBe(0);
  });

  it("leaves everybody else's alone when one is erased", async () => {
    const [one, other] = [await aSignedInSubject(test, rich), await aSignedInSubject(test, rich)];
    await holder.erase(one.subjectId);
    expect((await other.send('GET', 'me')).body.profile.name).toBe('林小禾');
    expect((await other.signIn()).status).toBe(201);
  });

  it('is erased from the people who linked a device, when the device is', async () => {
    const subject = await aSignedInSubject(test);
    const device = (await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [] } })).body;
    await subject.send('POST', 'me/devices', { deviceToken: device.token });
    await holder.erase(device.subjectId);
    expect((await subject.send('GET', 'me')).body.devices).toEqual([]);
    expect(await rowsAbout(device.subjectId)).toEqual([]);
  });

  it('lets an erased identifier be registered anew', async () => {
    const { subjectId, identifier } = await aSubject(test);
    await holder.erase(subjectId);
    expect((await (await aSubject(test, { identifier })).signIn()).status).toBe(201);
  });

  it('is stored only while it is restricted', async () => {
    const subject = await aSignedInSubject(test);
    const restrict = (state: 'restricted' | 'lifted') =>
      holder.restrict(subject.subjectId, { category: null, state, at: new Date(), ground: 'asked for' });
    expect((await restrict('restricted')).outcome).toBe('done');
    expect((await restrict('restricted')).outcome).toBe('nothing');
    expect((await subject.send('PATCH', 'me', { profile: { name: 'X' } })).body.code).toBe('subject.restricted');
    expect((await restrict('lifted')).outcome).toBe('done');
    expect((await subject.send('PATCH', 'me', { profile: { name: 'X' } })).status).toBe(200);
  });

  it('loses codes and sessions that are over', async () => {
    const subject = await aSignedInSubject(test);
    expect(await expiredRows(holder, new Date(), 1000)).toBe(0);
    expect(await expiredRows(holder, new Date(Date.now() + 31 * 86_400_000), 1000)).toBeGreaterThan(0);
    const left = await rowsAbout(subject.subjectId);
    expect(left).toContain('identity.sign_ins');
    for (const table of ['identity.verifications', 'identity.subject_sessions', 'identity.session_tokens'])
      expect(left).not.toContain(table);
  });
});
