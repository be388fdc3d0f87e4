import { setTimeout as sleep } from 'node:timers/promises';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { aChild, aChildNaming, anAdult, bornYearsAgo } from '../testing/families.js';
import { advance, aSignedInOperator, createIdentityApp, resetClock, type TestConsole } from '../testing/app.js';
import {
  anEmail,
  aSignedInSubject,
  codeTo,
  confirm,
  messagesTo,
  subjectPassword,
  TestClientApp,
} from '../testing/people.js';
import { letLook } from '../testing/minor-looks.js';
import { GuardianAges } from './guardian-ages.service.js';
import { Guardianships } from './guardianships.service.js';

describe('a child’s guardian is somebody known to be an adult', () => {
  let test: TestApp;
  let db: Database;
  let officer: TestConsole;
  beforeAll(async () => {
    test = await createIdentityApp();
    db = test.get(Database);
    officer = await aSignedInOperator(test, 'privacyOfficer');
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const factsOf = async (subjectId: string, at?: Date) =>
    (await test.get(Guardianships).factsOf([subjectId], at)).get(subjectId);
  const isOpen = async (subjectId: string, at?: Date) => (await factsOf(subjectId, at))?.hasConsented;
  const consent = (guardian: TestClientApp, child: TestClientApp, state: string) =>
    guardian.send('PUT', `me/wards/${child.subjectId}/consent`, { state });
  const stateAge = (who: TestClientApp, years: number) =>
    who.send('PUT', 'me/birth-date', { birthDate: bornYearsAgo(years), password: subjectPassword });
  const guardianshipOf = async (child: TestClientApp): Promise<any[]> =>
    (await officer.get(`operator/subjects/${child.subjectId}/guardianships`)).body.items;
  const note = { evidence: 'Household register, page 3, seen at the counter.', reason: 'Ticket 4711' };
  const cases = async (): Promise<any[]> =>
    (await officer.get('operator/guardianships/open-cases?limit=100')).body.items;

  async function decide(
    child: TestClientApp,
    guardianshipId: string,
    about: string,
    by = officer,
  ): Promise<TestAnswer> {
    await by.signIn();
    return by.post(`operator/subjects/${child.subjectId}/guardianships/${guardianshipId}/decisions`, {
      about,
      ...note,
    });
  }

  async function aFamily() {
    const parent = await anAdult(test);
    const { child } = await aChild(test, { guardian: parent.identifier });
    return { child, parent };
  }

  async function nameAnother(child: TestClientApp, identifier: { type: string; value: string }) {
    const { body } = await child.send('POST', 'me/guardianship', { guardian: { name: '林大禾', identifier } });
    return {
      id: body.guardianshipId as string,
      confirmed: await test.request({
        method: 'POST',
        path: `guardianships/${body.guardianshipId}/confirm`,
        body: { code: await codeTo(test, identifier.value) },
      }),
    };
  }

  /** The account goes on at another address, and the one it had is free for anybody. */
  async function moveAway(who: TestClientApp): Promise<{ type: string; value: string }> {
    const moved = anEmail();
    const { body } = await who.send('PUT', 'me/identifiers/email', { value: moved.value, password: subjectPassword });
    await confirm(test, body.verification.id, await codeTo(test, moved.value));
    return moved;
  }

  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 1200 && !(await holds()); attempt += 1) await sleep(50);
    expect(await holds()).toBe(true);
  }

  const statusIn = async (child: TestClientApp) =>
    (
      await db.query<{ status: string }>('SELECT status FROM identity.subjects WHERE subject_id = $1', [
        child.subjectId,
      ])
    )[0]?.status;

  describe('when a child registers', () => {
    it('holds the registration sealed while nobody knows the age of the guardian, and tells the guardian how to prove it', async () => {
      const { child, guardian, confirmed } = await aChildNaming(test);
      expect(confirmed.body).toEqual({
        subjectId: child.subjectId,
        status: 'pendingGuardian',
        guardianAgeUntil: expect.any(String),
      });
      expect(await statusIn(child)).toBe('pendingGuardian');
      expect((await child.signIn()).status).toBe(401);
      expect(await isOpen(child.subjectId)).toBe(false);
      expect((await messagesTo(test, guardian.value))[0]).toMatch(/成年|adult/);
    });

    it('admits the child once the guardian registers as an adult, and not for somebody who says no age', async () => {
      const { child, guardian } = await aChildNaming(test);
      const parent = await aSignedInSubject(test, { identifier: guardian });
      expect((await parent.send('GET', 'me/wards')).body.items).toEqual([
        expect.objectContaining({ subjectId: child.subjectId, awaits: ['age'] }),
      ]);
      expect(await statusIn(child)).toBe('pendingGuardian');
      expect((await stateAge(parent, 40)).body.minor).toBe('adult');
      await until(async () => (await statusIn(child)) === 'active');
      expect(await isOpen(child.subjectId)).toBe(true);
      expect((await child.signIn()).status).toBe(201);
      expect((await parent.send('GET', 'me/wards')).body.items[0]).toMatchObject({ displayName: '林**', awaits: [] });
    });

    it('admits the child once an officer has seen evidence', async () => {
      const { child } = await aChildNaming(test);
      const [{ id, awaits }] = await guardianshipOf(child);
      expect(awaits).toEqual(['age']);
      expect((await decide(child, id, 'age')).body).toMatchObject({ id, adultBy: 'evidence', awaits: [] });
      await until(async () => (await statusIn(child)) === 'active');
    });

    it('is refused with a guardian who is a minor, and forgotten with everything after seven days', async () => {
      const friend = await aSignedInSubject(test, { birthDate: bornYearsAgo(16) });
      expect((await aChildNaming(test, friend.identifier)).confirmed.body).toMatchObject({
        status: 409,
        code: 'guardianship.guardian_is_minor',
      });
      const { child, guardian } = await aChildNaming(test);
      await advance(test, 'P7DT1H');
      await until(async () => (await statusIn(child)) === undefined);
      expect(await db.query('SELECT 1 FROM identity.guardianships WHERE subject_id = $1', [child.subjectId])).toEqual(
        [],
      );
      await anAdult(test, { identifier: guardian });
      expect(await statusIn(child)).toBeUndefined();
    });
  });

  describe('for a child who has an account', () => {
    it('opens nothing by a second address of the child’s own, with or without an account behind it', async () => {
      const { child, parent } = await aFamily();
      await parent.send('DELETE', `me/wards/${child.subjectId}`);
      const own = anEmail();
      expect((await nameAnother(child, own)).confirmed.body).toMatchObject({ state: 'confirmed', awaits: ['age'] });
      expect(await factsOf(child.subjectId)).toEqual({ isConfirmed: true, isOfAge: false, hasConsented: false });
      const puppet = await aSignedInSubject(test, { identifier: own });
      expect((await consent(puppet, child, 'granted')).status).toBe(200);
      expect(await isOpen(child.subjectId)).toBe(false);
      expect((await child.send('GET', 'me')).body.status).toBe('pendingGuardian');
    });

    it('counts a consent from when the age is known, and says so of the past', async () => {
      const { child, parent } = await aFamily();
      await parent.send('DELETE', `me/wards/${child.subjectId}`);
      const other = await aSignedInSubject(test);
      await nameAnother(child, other.identifier);
      const before = new Date();
      await advance(test, 'P1D');
      await other.signIn();
      await stateAge(other, 40);
      expect(await isOpen(child.subjectId)).toBe(true);
      expect(await isOpen(child.subjectId, before)).toBe(false);
    });

    it('closes again when the guardian’s account turns out to be a minor’s, and not where an officer saw evidence', async () => {
      const identity = test.get(HolderRegistry).named('identity');
      const { child, parent } = await aFamily();
      await identity.correct(parent.subjectId, { category: 'registration.birthDate', value: bornYearsAgo(16) });
      expect(await isOpen(child.subjectId)).toBe(false);
      await identity.correct(parent.subjectId, { category: 'registration.birthDate', value: bornYearsAgo(41) });
      expect(await isOpen(child.subjectId)).toBe(true);
    });
  });

  describe('whose withdrawal', () => {
    it('stands against every other guardian until they take it back', async () => {
      const { child, parent } = await aFamily();
      const second = await anAdult(test);
      const { id } = await nameAnother(child, second.identifier);
      await parent.send('PUT', `me/wards/${child.subjectId}/guardianships/${id}`, { answer: 'accepted' });
      expect(await isOpen(child.subjectId)).toBe(true);
      await consent(parent, child, 'withdrawn');
      await consent(second, child, 'granted');
      expect(await isOpen(child.subjectId)).toBe(false);
      expect(await cases()).toContainEqual(
        expect.objectContaining({
          subjectId: child.subjectId,
          why: 'withdrawalStands',
          isClosed: true,
          displayName: '林**',
        }),
      );
      await consent(parent, child, 'granted');
      expect(await isOpen(child.subjectId)).toBe(true);
    });

    it('stands after they have left, and until an officer decides with evidence, of which they are told', async () => {
      const { child, parent } = await aFamily();
      const at = () => test.request({ method: 'GET', path: 'dev/clock' }).then(({ body }) => new Date(body.now));
      await consent(parent, child, 'withdrawn');
      await parent.send('DELETE', `me/wards/${child.subjectId}`);
      const second = await anAdult(test);
      await nameAnother(child, second.identifier);
      expect(await factsOf(child.subjectId)).toEqual({ isConfirmed: true, isOfAge: true, hasConsented: false });
      const closed = await at();
      await advance(test, 'PT1M');
      const [, left] = await guardianshipOf(child);
      expect(left).toMatchObject({ state: 'ended', withdrawalStands: true });
      expect((await decide(child, left.id, 'withdrawal')).body).toMatchObject({ withdrawalStands: false });
      expect((await decide(child, left.id, 'withdrawal')).body).toMatchObject({
        status: 409,
        code: 'guardianship.nothing_to_decide',
      });
      expect(await isOpen(child.subjectId)).toBe(true);
      expect(await isOpen(child.subjectId, closed)).toBe(false);
      expect((await messagesTo(test, parent.identifier.value))[0]).toMatch(/不再有效|stands no more/);
    });

    it('can be made again after an officer set it aside', async () => {
      const { child, parent } = await aFamily();
      const second = await anAdult(test);
      const { id } = await nameAnother(child, second.identifier);
      await parent.send('PUT', `me/wards/${child.subjectId}/guardianships/${id}`, { answer: 'accepted' });
      await consent(parent, child, 'withdrawn');
      const held = (await guardianshipOf(child)).find((one) => one.guardianId === parent.subjectId);
      await decide(child, held.id, 'withdrawal');
      expect(await isOpen(child.subjectId)).toBe(true);
      await consent(parent, child, 'withdrawn');
      expect(await isOpen(child.subjectId)).toBe(false);
    });

    it('is taken back by the same guardian who comes back', async () => {
      const { child, parent } = await aFamily();
      await consent(parent, child, 'withdrawn');
      await parent.send('DELETE', `me/wards/${child.subjectId}`);
      await nameAnother(child, parent.identifier);
      expect(await isOpen(child.subjectId)).toBe(true);
    });
  });

  describe('who moved to another address', () => {
    const answer = (guardian: TestClientApp, child: TestClientApp, id: string) =>
      guardian.send('PUT', `me/wards/${child.subjectId}/guardianships/${id}`, { answer: 'accepted' });

    it('has withdrawn for good, whoever has the old address now, and takes it back at the new one', async () => {
      const { child, parent } = await aFamily();
      await consent(parent, child, 'withdrawn');
      await parent.send('DELETE', `me/wards/${child.subjectId}`);
      const moved = await moveAway(parent);
      const stranger = await anAdult(test, { identifier: parent.identifier });
      expect((await nameAnother(child, stranger.identifier)).confirmed.body).toMatchObject({
        state: 'confirmed',
        awaits: [],
      });
      await consent(stranger, child, 'granted');
      expect(await isOpen(child.subjectId)).toBe(false);
      const { id } = await nameAnother(child, moved);
      await answer(stranger, child, id);
      expect(await isOpen(child.subjectId)).toBe(true);
    });

    it('is told at the new one, and whoever has the old one is not', async () => {
      const { child, parent } = await aFamily();
      const moved = await moveAway(parent);
      const before = (await messagesTo(test, parent.identifier.value)).length;
      await nameAnother(child, anEmail());
      expect((await messagesTo(test, moved.value))[0]).toMatch(/另一位监护人|another guardian/);
      expect(await messagesTo(test, parent.identifier.value)).toHaveLength(before);
    });

    it('is not whoever has the old one now, who needs a yes like anybody', async () => {
      const { child, parent } = await aFamily();
      const moved = await moveAway(parent);
      const other = await anAdult(test, { identifier: parent.identifier });
      const { id, confirmed } = await nameAnother(child, other.identifier);
      expect(confirmed.body).toMatchObject({ state: 'pending', awaits: ['otherGuardian'] });
      expect((await child.send('POST', 'me/guardianship', { guardian: { identifier: moved } })).body.code).toBe(
        'guardianship.already_confirmed',
      );
      expect((await answer(parent, child, id)).body.state).toBe('confirmed');
    });

    it('had a yes that is none for whoever confirms at the old one', async () => {
      const { child, parent } = await aFamily();
      const meant = await anAdult(test);
      const { body: asked } = await child.send('POST', 'me/guardianship', {
        guardian: { identifier: meant.identifier },
      });
      await answer(parent, child, asked.guardianshipId);
      await moveAway(meant);
      await anAdult(test, { identifier: meant.identifier });
      await test.request({ method: 'POST', path: `verifications/${asked.verification.id}/resend` });
      const code = await codeTo(test, meant.identifier.value);
      expect(
        (await test.request({ method: 'POST', path: `guardianships/${asked.guardianshipId}/confirm`, body: { code } }))
          .body,
      ).toMatchObject({ state: 'pending', awaits: ['otherGuardian'] });
    });
  });

  describe('beside whom the child names another', () => {
    it('is told, and nobody becomes one without their yes', async () => {
      const { child, parent } = await aFamily();
      const own = await anAdult(test);
      const { id, confirmed } = await nameAnother(child, own.identifier);
      expect(confirmed.body).toMatchObject({ state: 'pending', awaits: ['otherGuardian'] });
      expect((await messagesTo(test, parent.identifier.value))[0]).toMatch(/另一位监护人|another guardian/);
      expect(await test.get(Guardianships).guardiansOf(child.subjectId)).toEqual([parent.subjectId]);
      expect((await consent(own, child, 'granted')).body.code).toBe('guardianship.not_confirmed');
      const [ward] = (await parent.send('GET', 'me/wards')).body.items;
      expect(ward.proposed).toEqual([
        {
          guardianshipId: id,
          guardian: { displayName: '林**', type: 'email', masked: 'p***@example.com' },
          requestedAt: expect.any(String),
        },
      ]);
      expect(
        (await own.send('PUT', `me/wards/${child.subjectId}/guardianships/${id}`, { answer: 'accepted' })).body.code,
      ).toBe('guardianship.not_confirmed');
      expect(
        (await parent.send('PUT', `me/wards/${child.subjectId}/guardianships/${id}`, { answer: 'accepted' })).body,
      ).toMatchObject({ state: 'confirmed', awaits: [] });
      expect((await messagesTo(test, parent.identifier.value))[0]).toMatch(/多了一位|further/);
      expect(await test.get(Guardianships).guardiansOf(child.subjectId)).toEqual(
        [own.subjectId, parent.subjectId].sort(),
      );
    });

    it('says no, and the other’s code is worth nothing then', async () => {
      const { child, parent } = await aFamily();
      const other = anEmail();
      const { body } = await child.send('POST', 'me/guardianship', { guardian: { identifier: other } });
      const code = await codeTo(test, other.value);
      expect(
        (
          await parent.send('PUT', `me/wards/${child.subjectId}/guardianships/${body.guardianshipId}`, {
            answer: 'refused',
          })
        ).body.state,
      ).toBe('ended');
      expect(
        (await test.request({ method: 'POST', path: `guardianships/${body.guardianshipId}/confirm`, body: { code } }))
          .body.code,
      ).toBe('verification.used');
      expect((await guardianshipOf(child))[0]).toMatchObject({ state: 'ended', endReason: 'refusedByGuardian' });
    });

    it('may be one who was named at the same time: of two codes the second needs the yes of the first', async () => {
      const { child, parent } = await aFamily();
      await parent.send('DELETE', `me/wards/${child.subjectId}`);
      const [one, other] = [await anAdult(test), await anAdult(test)];
      const asked = [];
      for (const { identifier } of [one, other])
        asked.push((await child.send('POST', 'me/guardianship', { guardian: { identifier } })).body.guardianshipId);
      const codes = [await codeTo(test, one.identifier.value), await codeTo(test, other.identifier.value)];
      const answers = await Promise.all(
        asked.map((id, index) =>
          test.request({ method: 'POST', path: `guardianships/${id}/confirm`, body: { code: codes[index] } }),
        ),
      );
      expect(answers.map(({ body }) => body.state).sort()).toEqual(['confirmed', 'pending']);
    });

    it('is answered for by an officer with evidence where they cannot be asked', async () => {
      const { child } = await aFamily();
      const second = await anAdult(test);
      const { id } = await nameAnother(child, second.identifier);
      expect(await cases()).toContainEqual(
        expect.objectContaining({ subjectId: child.subjectId, guardianshipId: id, why: 'additionWaits' }),
      );
      expect((await decide(child, id, 'addition')).body).toMatchObject({ state: 'confirmed' });
    });
  });

  describe('as officers decide it', () => {
    it('takes a permission that only they have, a step-up, and evidence that can be read again for a reason', async () => {
      const { child } = await aChildNaming(test);
      const [{ id }] = await guardianshipOf(child);
      const agent = await aSignedInOperator(test, 'supportAgent');
      expect((await decide(child, id, 'age', agent)).body).toMatchObject({ status: 403, code: 'operator.forbidden' });
      await decide(child, id, 'age');
      const [row] = await db.query<{ evidence: Buffer }>(
        'SELECT evidence FROM identity.guardianship_evidence WHERE subject_id = $1',
        [child.subjectId],
      );
      expect(row?.evidence.toString()).not.toContain('Household');
      const readEvidence = () =>
        officer.post(`operator/subjects/${child.subjectId}/guardianships/${id}/evidence`, { reason: 'Ticket 4712' });
      expect((await readEvidence()).body.code).toBe('subject.minor_look_unapproved');
      await letLook(test, officer, child.subjectId);
      const read = await readEvidence();
      expect(read.body.items).toEqual([{ about: 'age', evidence: note.evidence, recordedAt: expect.any(String) }]);
      const acts = await db.query<{ act: string }>(
        'SELECT act FROM audit.entries e JOIN audit.openings o ON o.entry_id = e.id WHERE o.subject_id = $1 AND e.act LIKE $2 ORDER BY e.at, e.id',
        [child.subjectId, 'guardianship.%'],
      );
      expect(acts.map(({ act }) => act)).toEqual(
        expect.arrayContaining(['guardianship.decided', 'guardianship.ageKnown', 'guardianship.evidenceRead']),
      );
      await test.get(HolderRegistry).named('identity')?.erase(child.subjectId);
      expect(
        await db.query('SELECT 1 FROM identity.guardianship_evidence WHERE subject_id = $1', [child.subjectId]),
      ).toEqual([]);
    });
  });

  describe('who was one before anybody asked for an age', () => {
    /** As an installation has it that was upgraded: confirmed, and nothing known of the age. */
    async function aFamilyOfBefore() {
      const { child, parent } = await aFamily();
      await db.execute(
        'UPDATE identity.guardianships SET adult_known_at = NULL, adult_by = NULL, age_due_at = $2 WHERE subject_id = $1',
        [child.subjectId, new Date(Date.now() + 14 * 86_400_000)],
      );
      return { child, parent };
    }

    it('is asked to prove it, has fourteen days, and is listed with the day', async () => {
      const { child, parent } = await aFamilyOfBefore();
      await advance(test, 'P3D');
      await test.get(GuardianAges).askAll();
      await test.get(GuardianAges).askAll();
      expect(
        (await messagesTo(test, parent.identifier.value)).filter((text) => /已成年|is an adult/.test(text)),
      ).toHaveLength(1);
      expect(await isOpen(child.subjectId)).toBe(true);
      await officer.signIn();
      expect(await cases()).toContainEqual(
        expect.objectContaining({
          subjectId: child.subjectId,
          why: 'ageUnknown',
          isClosed: false,
          dueAt: expect.any(String),
        }),
      );
      await advance(test, 'P10D');
      expect(await isOpen(child.subjectId)).toBe(true);
      await advance(test, 'P5D');
      await test.get(GuardianAges).askAll();
      expect(await isOpen(child.subjectId)).toBe(false);
      await officer.signIn();
      const [listed] = (await cases()).filter((one) => one.subjectId === child.subjectId);
      expect(listed).toMatchObject({ why: 'ageUnknown', isClosed: true });
      expect((await decide(child, listed.guardianshipId, 'age')).status).toBe(201);
      expect(await isOpen(child.subjectId)).toBe(true);
    });
  });

  describe('and a birth date', () => {
    it('is stated once, with the password, by a person', async () => {
      const person = await aSignedInSubject(test);
      await advance(test, 'PT6M');
      expect((await person.send('PUT', 'me/birth-date', { birthDate: bornYearsAgo(30) })).body).toMatchObject({
        status: 403,
        code: 'access.reauthentication_needed',
      });
      expect(
        (await person.send('PUT', 'me/birth-date', { birthDate: bornYearsAgo(30), password: 'not-the-password-1' }))
          .body.code,
      ).toBe('session.invalid_credentials');
      expect((await stateAge(person, 200)).body).toMatchObject({
        status: 400,
        code: 'registration.implausible_birth_date',
      });
      expect((await stateAge(person, 30)).body.profile.birthDate).toBe(bornYearsAgo(30));
      expect((await stateAge(person, 40)).body).toMatchObject({ status: 409, code: 'subject.birth_date_known' });
    });

    it('of a child closes what was open to somebody of unknown age', async () => {
      const person = await aSignedInSubject(test);
      expect((await stateAge(person, 9)).body).toMatchObject({ minor: 'under14', status: 'pendingGuardian' });
    });
  });
});
