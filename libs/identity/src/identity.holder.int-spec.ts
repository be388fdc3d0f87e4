import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@abide/kernel';
import { Database, HolderRegistry, LegalMinimums, type HeldRecord, type Holder } from '@abide/platform';
import {
  erasedRows,
  expiredRows,
  keepsTheHolderContract,
  uncoveredPersonalData,
  type TestApp,
} from '@abide/platform/testing';
import { Vault } from '@abide/vault';
import { identityPersistence } from './persistence.js';
import { createIdentityApp } from './testing/app.js';
import { Objections } from './subjects/objections.js';
import { Subjects } from './subjects/subjects.service.js';
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

  const passing = 'identity.changed_subjects';
  const rich = { profile: { name: '林小禾', idNumber: '999999190001010011' }, birthDate: '1985-07-13' };

  async function exported(subjectId: string): Promise<HeldRecord[]> {
    const records: HeldRecord[] = [];
    for await (const record of holder.export(subjectId)) records.push(record);
    return records;
  }

  async function rowsAbout(subjectId: string): Promise<string[]> {
    const found: string[] = [];
    for (const table of holder.tables.filter((name) => name !== passing)) {
      const rows = await db.query(`SELECT 1 FROM ${table} t WHERE to_jsonb(t)::text LIKE '%' || $1 || '%'`, [
        subjectId,
      ]);
      if (rows.length > 0) found.push(table);
    }
    return found;
  }

  /** Everything that identity can keep about somebody: what an app leads to, and the rows that take weeks or other people. */
  async function seed(words: string): Promise<string> {
    const identifier = { type: 'email', value: `${words}@example.com` };
    const subject = await aSignedInSubject(test, { identifier, profile: { name: words }, birthDate: '1985-07-13' });
    const { subjectId } = subject;
    const device = (await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [] } })).body;
    await subject.send('POST', 'me/devices', { deviceToken: device.token });
    await subject.send('PUT', 'me/identifiers/email', { value: anEmail().value, password: subjectPassword });
    await holder.restrict(subjectId, {
      category: 'log.search',
      state: 'restricted',
      at: new Date(),
      ground: 'disputed',
    });
    await test.get(Objections).uphold(subjectId, 'personalisation', '261130-7K3M9QA');
    const [id, vault] = [newId(), test.get(Vault)];
    const guardian = JSON.stringify({ name: words, identifier: anEmail() });
    const placeOf = (table: string, column: string, rowId: string) => ({ subjectId, table, column, rowId });
    await db.execute(
      `INSERT INTO identity.guardianships (subject_id, id, state, kind, guardian, guardian_index, requested_at) VALUES ($1, $2, 'pending', 'advice', $3, $4, now())`,
      [subjectId, id, await vault.seal(placeOf('identity.guardianships', 'guardian', id), guardian), randomBytes(32)],
    );
    await db.execute(`INSERT INTO identity.guardianship_evidence VALUES ($1, $2, $2, 'age', $3, $2, now())`, [
      subjectId,
      id,
      await vault.seal(placeOf('identity.guardianship_evidence', 'evidence', id), words),
    ]);
    await db.execute(
      `INSERT INTO identity.pending_registrations VALUES ($1, 'awaitingCode', $2, now(), now() + interval '7 days')`,
      [subjectId, await vault.seal(placeOf('identity.pending_registrations', 'payload', subjectId), words)],
    );
    await db.execute(`INSERT INTO identity.shared_identifiers VALUES ($1, 'phone', $2, now())`, [subjectId, newId()]);
    await db.execute(
      `INSERT INTO identity.mandates (subject_id, id, role, person_id, acts, named_at) VALUES ($1, $2, 'contact', $2, '{}', now())`,
      [subjectId, newId()],
    );
    await db.execute(`INSERT INTO identity.looks VALUES ($1, $2, 'profile', now())`, [subjectId, newId()]);
    await db.execute('INSERT INTO identity.minor_looks VALUES ($1, $2, $3, $4, now())', [
      subjectId,
      id,
      newId(),
      await vault.seal(placeOf('identity.minor_looks', 'reason', id), words),
    ]);
    return subjectId;
  }

  keepsTheHolderContract(() => ({
    holder,
    db,
    databaseUrl: test.databaseUrl,
    schema: 'identity',
    seed,
    words: 'exported',
    supplies: { category: 'registration.name', field: 'name' },
    corrects: { category: 'registration.name', value: '林晓禾' },
    destroyKeys: (subjectId) => test.get(Vault).destroyKeys(subjectId, 'ordinary'),
    open: (place, sealed) => test.get(Vault).open(place, sealed),
    fallDue: async () => new Date(Date.now() + 31 * 86_400_000),
    stays: { [passing]: 'That something changed, for an hour or two' },
  }));

  it('is supplied set by set: confirmed identifiers, and addresses only exactly', async () => {
    const [one, other] = [await aSignedInSubject(test, rich), await aSignedInSubject(test, rich)];
    await db.execute('UPDATE identity.identifiers SET confirmed_at = NULL WHERE subject_id = $1', [other.subjectId]);
    const asked = {
      subjectIds: [one.subjectId, other.subjectId],
      categories: ['registration.email', 'registration.birthDate', 'log.network'],
      fields: null,
    };
    const supplied = async (precision: 'exact' | 'truncated') =>
      (await Array.fromAsync(holder.supply({ ...asked, precision }))).map(({ subjectId, values }) => [
        subjectId === one.subjectId ? 'one' : 'other',
        values,
      ]);
    const withoutAddresses = [
      ['one', { birthDate: '1985-07-13' }],
      ['other', { birthDate: '1985-07-13' }],
      ['one', { email: one.identifier.value }],
    ];
    expect(await supplied('truncated')).toEqual(expect.arrayContaining(withoutAddresses));
    expect(await supplied('truncated')).toHaveLength(withoutAddresses.length);
    expect(await supplied('exact')).toEqual(
      expect.arrayContaining([...withoutAddresses, ['other', { address: '127.0.0.1' }]]),
    );
  });

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

  it('is erased but for the sign-ins that the law has kept, until it lets them go', async () => {
    const subject = await aSignedInSubject(test, rich);
    const day = 86_400_000;
    const minimum = { article: 'the log clause', endOf: (at: Date) => new Date(at.getTime() + 180 * day) };
    test.get(LegalMinimums).register(async (category) => (category === 'client.signIn' ? minimum : null));
    const retained = [
      {
        category: 'client.signIn',
        count: 1,
        ground: 'legalMinimum',
        article: 'the log clause',
        until: expect.any(Date),
      },
    ];
    expect(await holder.erase(subject.subjectId)).toMatchObject({ outcome: 'done', retained });
    await test.get(Vault).destroyKeys(subject.subjectId, 'ordinary');
    expect(await rowsAbout(subject.subjectId)).toEqual(['identity.sign_ins']);
    expect((await exported(subject.subjectId)).map(({ values }) => values)).toContainEqual({ address: '127.0.0.1' });
    expect(await holder.erase(subject.subjectId)).toEqual({ outcome: 'nothing', counts: [], retained });
    await holder.expire({ now: new Date(Date.now() + 179 * day), limit: 10_000, except: [] });
    expect(await rowsAbout(subject.subjectId)).toEqual(['identity.sign_ins']);
    await holder.expire({ now: new Date(Date.now() + 181 * day), limit: 10_000, except: [] });
    expect(await rowsAbout(subject.subjectId)).toEqual([]);
    test.get(LegalMinimums).register(async () => null);
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

  it('is restricted by category, each with its date and ground, and the past is kept', async () => {
    const { subjectId } = await aSubject(test);
    const at = (minute: number) => new Date(Date.now() + minute * 60_000);
    const turn = (category: string, state: 'restricted' | 'lifted', minute: number) =>
      holder.restrict(subjectId, { category, state, at: at(minute), ground: `${state} in a test` });
    expect(await turn('log.browsing', 'restricted', 1)).toMatchObject({
      outcome: 'done',
      counts: [{ category: 'log.browsing', table: 'identity.subjects', count: 1 }],
    });
    expect((await turn('log.browsing', 'restricted', 2)).outcome).toBe('nothing');
    expect((await turn('location.gps', 'lifted', 2)).outcome).toBe('nothing');
    await turn('location.gps', 'restricted', 3);
    await turn('log.browsing', 'lifted', 4);
    const facts = (await test.get(Subjects).decisionFacts([subjectId])).get(subjectId);
    expect(facts).toMatchObject({ isRestricted: false, restrictedCategories: ['location.gps'] });
    const earlier = (await test.get(Subjects).earlierStates([subjectId])).get(subjectId);
    expect(earlier?.map(({ restrictedCategories }) => restrictedCategories)).toEqual([
      [],
      ['log.browsing'],
      ['log.browsing', 'location.gps'],
    ]);
    const records = await db.query(
      'SELECT category, ground, lift_ground AS lifted FROM identity.restrictions WHERE subject_id = $1 ORDER BY since',
      [subjectId],
    );
    expect(records).toEqual([
      { category: 'log.browsing', ground: 'restricted in a test', lifted: 'lifted in a test' },
      { category: 'location.gps', ground: 'restricted in a test', lifted: null },
    ]);
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
