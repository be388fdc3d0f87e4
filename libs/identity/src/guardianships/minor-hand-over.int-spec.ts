import { jest } from '@jest/globals';
import { Clock, type DomainEvents } from '@abide/kernel';
import { Database, HolderRegistry, Jobs } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { MinorAges } from '../subjects/minor-ages.js';
import { Subjects } from '../subjects/subjects.service.js';
import { aChild, anAdult } from '../testing/families.js';
import { createIdentityApp, resetClock } from '../testing/app.js';
import { aSignedInSubject, aSubject, codeTo, TestClientApp } from '../testing/people.js';
import { Guardianships } from './guardianships.service.js';
import { MinorHandOver } from './minor-hand-over.service.js';

type HandOver = DomainEvents['identity.minor_handed_over'];

describe('hand-over of minors', () => {
  let test: TestApp;
  let db: Database;
  let guardianUnder: number | undefined;
  let utcOffsetHours: number | undefined;
  const published: HandOver[] = [];

  beforeAll(async () => {
    test = await createIdentityApp();
    db = test.get(Database);
    test.get(MinorAges).register(async () => ({ guardianUnder, utcOffsetHours }));
    const publish = test.get(Jobs).publish.bind(test.get(Jobs));
    jest.spyOn(test.get(Jobs), 'publish').mockImplementation(async (event, payload) => {
      if (event === 'identity.minor_handed_over') published.push(payload as HandOver);
      await publish(event, payload);
    });
  });
  afterEach(async () => {
    [guardianUnder, utcOffsetHours] = [undefined, undefined];
    await resetClock(test);
  });
  afterAll(() => test.close());

  const nobody = { isConfirmed: false, isOfAge: false, hasConsented: false };
  const open = { isConfirmed: true, isOfAge: true, hasConsented: true };
  const year = new Date().getUTCFullYear();
  const clockAt = (at: string) => test.request({ method: 'POST', path: 'dev/clock', body: { at } });
  const statusOf = async (subjectId: string) => (await test.get(Subjects).find(subjectId))?.minorStatus;
  const ofThis = (subjectId: string) => published.filter((event) => event.subjectId === subjectId);
  const factsOf = async (subjectId: string) => (await test.get(Guardianships).factsOf([subjectId])).get(subjectId);
  const look = () => test.get(MinorHandOver).handOverAll();
  const evidence = (subjectId: string) =>
    db.query<{ details: object }>(
      "SELECT e.details FROM audit.entries e JOIN audit.openings o ON o.entry_id = e.id WHERE o.subject_id = $1 AND e.act = 'subject.handedOver' ORDER BY e.at",
      [subjectId],
    );

  async function aFamily(birthDate: string) {
    const parent = await anAdult(test);
    const { child } = await aChild(test, { birthDate, guardian: parent.identifier });
    return { child, parent };
  }

  async function withGuardian(minor: TestClientApp, parent: TestClientApp): Promise<void> {
    await minor.signIn();
    const { body } = await minor.send('POST', 'me/guardianship', { guardian: { identifier: parent.identifier } });
    await test.request({
      method: 'POST',
      path: `guardianships/${body.guardianshipId}/confirm`,
      body: { code: await codeTo(test, parent.identifier.value) },
    });
  }

  it('gives a child of 14 their own say: the guardian’s consent ends, and whoever cares is told', async () => {
    const { child, parent } = await aFamily(`${year - 10}-06-15`);
    await clockAt(`${year + 4}-06-14T23:59:00Z`);
    expect(await statusOf(child.subjectId)).toBe('under14');
    expect(await factsOf(child.subjectId)).toEqual(open);
    await clockAt(`${year + 4}-06-15T00:00:01Z`);
    expect(await statusOf(child.subjectId)).toBe('under18');
    expect(await factsOf(child.subjectId)).toEqual(nobody);
    expect(ofThis(child.subjectId)).toEqual([
      {
        subjectId: child.subjectId,
        from: 'under14',
        to: 'under18',
        guardianIds: [parent.subjectId],
        at: expect.any(String),
      },
    ]);
    expect((await evidence(child.subjectId)).map(({ details }) => details)).toEqual([
      { from: 'under14', to: 'under18' },
    ]);
    await child.signIn();
    expect((await child.send('GET', 'me/guardianship')).body.items).toEqual([
      expect.objectContaining({ state: 'ended', endReason: 'cameOfAge' }),
    ]);
    await expect(test.get(Guardianships).requireWard(parent.subjectId, child.subjectId)).rejects.toMatchObject({
      code: 'guardianship.came_of_age',
    });
  });

  it('makes an adult of somebody of 18: advice ends then and not before', async () => {
    const parent = await anAdult(test);
    const minor = await aSubject(test, { birthDate: `${year - 16}-06-15` });
    await withGuardian(minor, parent);
    await clockAt(`${year + 2}-06-14T12:00:00Z`);
    expect(await factsOf(minor.subjectId)).toEqual({ ...open, hasConsented: false });
    await clockAt(`${year + 2}-06-15T12:00:00Z`);
    expect(await statusOf(minor.subjectId)).toBe('adult');
    expect(await factsOf(minor.subjectId)).toEqual(nobody);
    expect(ofThis(minor.subjectId)).toEqual([
      expect.objectContaining({ from: 'under18', to: 'adult', guardianIds: [parent.subjectId] }),
    ]);
    await minor.signIn();
    expect(
      (
        await minor.send('POST', 'me/guardianship', {
          guardian: { identifier: { type: 'email', value: 'a@example.com' } },
        })
      ).body.code,
    ).toBe('guardianship.not_a_minor');
  });

  it('lets no code open a guardianship after the age it was for', async () => {
    const parent = await anAdult(test);
    await clockAt(`${year + 1}-06-14T23:55:00Z`);
    const minor = await aSignedInSubject(test, { birthDate: `${year - 17}-06-15` });
    const { body } = await minor.send('POST', 'me/guardianship', { guardian: { identifier: parent.identifier } });
    const code = await codeTo(test, parent.identifier.value);
    await clockAt(`${year + 1}-06-15T00:01:00Z`);
    const late = await test.request({
      method: 'POST',
      path: `guardianships/${body.guardianshipId}/confirm`,
      body: { code },
    });
    expect(late.body).toMatchObject({ status: 409, code: 'guardianship.came_of_age' });
  });

  it('looks at each minor once a day, and tells once however often it runs', async () => {
    const { child } = await aFamily(`${year - 10}-06-15`);
    await clockAt(`${year + 4}-06-15T06:00:00Z`);
    await Promise.all([look(), look()]);
    await look();
    expect(ofThis(child.subjectId)).toHaveLength(1);
    const [due] = await db.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM identity.subjects WHERE minor_status IN ('under14', 'under18') AND minor_checked_on < $1",
      [`${year + 4}-06-15`],
    );
    expect(due?.n).toBe(0);
  });

  it('goes on where it stopped: a minor who was looked at is not looked at again, another one is', async () => {
    const [seen, unseen] = [await aFamily(`${year - 10}-06-15`), await aFamily(`${year - 10}-06-15`)];
    await db.execute('UPDATE identity.subjects SET minor_checked_on = $2 WHERE subject_id = $1', [
      seen.child.subjectId,
      `${year + 4}-06-15`,
    ]);
    await clockAt(`${year + 4}-06-15T06:00:00Z`);
    expect([await statusOf(seen.child.subjectId), await statusOf(unseen.child.subjectId)]).toEqual([
      'under14',
      'under18',
    ]);
    await clockAt(`${year + 4}-06-16T06:00:00Z`);
    expect(await statusOf(seen.child.subjectId)).toBe('under18');
  });

  it('looks at more minors than fit a batch', async () => {
    const { child } = await aFamily(`${year - 10}-06-15`);
    await db.execute(
      `INSERT INTO identity.subjects (subject_id, kind, status, minor_status, locale, registered_at, version)
       SELECT gen_random_uuid(), 'person', 'active', 'under14', 'en', $1, 1 FROM generate_series(1, 450)`,
      [new Date()],
    );
    await clockAt(`${year + 4}-06-15T06:00:00Z`);
    expect(await statusOf(child.subjectId)).toBe('under18');
    const [unseen] = await db.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM identity.subjects WHERE minor_status = 'under14' AND minor_checked_on < $1",
      [`${year + 4}-06-15`],
    );
    expect(unseen?.n).toBe(0);
    await db.execute(
      "DELETE FROM identity.subjects s WHERE minor_status = 'under14' AND NOT EXISTS (SELECT 1 FROM vault.subject_keys k WHERE k.subject_id = s.subject_id)",
    );
  });

  it('begins a birthday in the zone of the policies in force', async () => {
    const { child } = await aFamily(`${year - 10}-06-15`);
    utcOffsetHours = 8;
    await clockAt(`${year + 4}-06-14T15:59:00Z`);
    expect(await statusOf(child.subjectId)).toBe('under14');
    await clockAt(`${year + 4}-06-14T16:00:00Z`);
    expect(await statusOf(child.subjectId)).toBe('under18');
  });

  it('asks for the guardian again where a policy raises the age', async () => {
    const parent = await anAdult(test);
    const minor = await aSubject(test, { birthDate: `${year - 15}-01-01` });
    await withGuardian(minor, parent);
    guardianUnder = 16;
    await clockAt(`${year}-12-30T12:00:00Z`);
    expect(await statusOf(minor.subjectId)).toBe('under14');
    expect(await factsOf(minor.subjectId)).toEqual({ ...open, hasConsented: false });
    await parent.signIn();
    expect((await parent.send('PUT', `me/wards/${minor.subjectId}/consent`, { state: 'granted' })).body.state).toBe(
      'granted',
    );
    expect(await factsOf(minor.subjectId)).toEqual(open);
    await clockAt(`${year + 1}-01-01T12:00:00Z`);
    expect(await statusOf(minor.subjectId)).toBe('under18');
    expect(await factsOf(minor.subjectId)).toEqual(nobody);
  });

  it('follows a corrected birth date at once', async () => {
    const { child } = await aFamily(`${year - 10}-06-15`);
    const holder = test.get(HolderRegistry).named('identity');
    await holder.correct(child.subjectId, { category: 'registration.birthDate', value: `${year - 16}-01-01` });
    expect(await statusOf(child.subjectId)).toBe('under18');
    expect(await factsOf(child.subjectId)).toEqual(nobody);
    expect(ofThis(child.subjectId)).toEqual([expect.objectContaining({ from: 'under14', to: 'under18' })]);
  });

  it('leaves alone a minor whose birth date is gone, and the others are looked at', async () => {
    const [without, other] = [await aFamily(`${year - 10}-06-15`), await aFamily(`${year - 10}-06-15`)];
    await db.execute("DELETE FROM identity.profile_fields WHERE subject_id = $1 AND field = 'birthDate'", [
      without.child.subjectId,
    ]);
    await clockAt(`${year + 4}-06-15T06:00:00Z`);
    expect([await statusOf(without.child.subjectId), await statusOf(other.child.subjectId)]).toEqual([
      'under14',
      'under18',
    ]);
  });

  it('keeps the guardian of a child who registered before guardianships were kept', async () => {
    const { child, parent } = await aFamily(`${year - 10}-01-01`);
    await db.execute('DELETE FROM identity.guardianships WHERE subject_id = $1', [child.subjectId]);
    expect(await factsOf(child.subjectId)).toEqual(nobody);
    await look();
    await look();
    expect(await factsOf(child.subjectId)).toEqual(open);
    expect(await test.get(Guardianships).guardiansOf(child.subjectId)).toEqual([parent.subjectId]);
    const kept = await db.query(
      'SELECT g.confirmed_at = s.guardian_confirmed_at AS same FROM identity.guardianships g JOIN identity.subjects s USING (subject_id) WHERE subject_id = $1',
      [child.subjectId],
    );
    expect(kept).toEqual([{ same: true }]);
  });

  it('opens birth dates of those who gave one, inside a transaction and outside', async () => {
    const one = await aSubject(test, { birthDate: '1990-01-31' });
    const none = await aSubject(test);
    const subjects = test.get(Subjects);
    const ids = [one.subjectId, none.subjectId];
    expect([...(await subjects.birthDates(ids))]).toEqual([[one.subjectId, '1990-01-31']]);
    expect([...(await db.transaction(() => subjects.birthDates(ids)))]).toEqual([[one.subjectId, '1990-01-31']]);
    expect(test.get(Clock).now().getUTCFullYear()).toBe(year);
  });
});
