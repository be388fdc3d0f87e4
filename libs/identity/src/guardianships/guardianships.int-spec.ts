import { jest } from '@jest/globals';
import { newId } from '@abide/kernel';
import { Database, HolderRegistry } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { aChild, aChildNaming, anAdult, bornYearsAgo } from '../testing/families.js';
import { advance, anOperator, aSignedInOperator, createIdentityApp, resetClock } from '../testing/app.js';
import {
  anEmail,
  aRegistration,
  aSignedInSubject,
  codeTo,
  confirm,
  messagesTo,
  subjectPassword,
  TestClientApp,
} from '../testing/people.js';
import { maskIdentifier } from '../subjects/mask.rules.js';
import { Guardianships } from './guardianships.service.js';

interface Identifier {
  readonly type: string;
  readonly value: string;
}

describe('guardianships', () => {
  let test: TestApp;
  let db: Database;
  let guardianships: Guardianships;
  beforeAll(async () => {
    test = await createIdentityApp();
    db = test.get(Database);
    guardianships = test.get(Guardianships);
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const nobody = { isConfirmed: false, isOfAge: false, hasConsented: false };
  const open = { isConfirmed: true, isOfAge: true, hasConsented: true };
  const aTeenager = () => aSignedInSubject(test, { birthDate: bornYearsAgo(16) });
  const name = (minor: TestClientApp, identifier: Identifier) =>
    minor.send('POST', 'me/guardianship', { guardian: { name: '林大禾', identifier } });
  const confirmLink = (id: string, code: string): Promise<TestAnswer> =>
    test.request({ method: 'POST', path: `guardianships/${id}/confirm`, body: { code } });
  const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

  async function confirmed(minor: TestClientApp, identifier: Identifier): Promise<TestAnswer> {
    const { body } = await name(minor, identifier);
    return confirmLink(body.guardianshipId, await codeTo(test, identifier.value));
  }

  async function aFamily() {
    const parent = await anAdult(test);
    const { child } = await aChild(test, { guardian: parent.identifier });
    return { child, parent };
  }

  const consent = (parent: TestClientApp, wardId: string, state: string) =>
    parent.send('PUT', `me/wards/${wardId}/consent`, { state });

  async function factsOf(subjectId: string, at?: Date) {
    return (await guardianships.factsOf([subjectId], at)).get(subjectId);
  }

  const entries = (subjectId: string, act: string) =>
    db.query<{ details: Record<string, unknown> }>(
      'SELECT e.details FROM audit.entries e JOIN audit.openings o ON o.entry_id = e.id WHERE o.subject_id = $1 AND e.act = $2',
      [subjectId, act],
    );

  describe('of a child who registered with a guardian', () => {
    it('are confirmed, with consent, by the guardian’s own code', async () => {
      const { child } = await aChild(test);
      expect(await factsOf(child.subjectId)).toEqual(open);
      const { body } = await child.send('GET', 'me/guardianship');
      expect(body).toEqual({
        items: [
          expect.objectContaining({
            state: 'confirmed',
            kind: 'consent',
            consentedAt: expect.any(String),
            endedAt: null,
          }),
        ],
        nextCursor: null,
      });
      expect((await entries(child.subjectId, 'guardianship.confirmed')).map(({ details }) => details)).toEqual([
        { kind: 'consent', by: 'registration', isConsent: true },
      ]);
    });

    it('point at the account that the guardian had', async () => {
      const { child, parent } = await aFamily();
      expect(await guardianships.guardiansOf(child.subjectId)).toEqual([parent.subjectId]);
      expect((await parent.send('GET', 'me/wards')).body.items).toEqual([
        expect.objectContaining({
          subjectId: child.subjectId,
          displayName: '林**',
          minor: 'under14',
          kind: 'consent',
          consent: 'granted',
        }),
      ]);
    });

    it('point at the account that the guardian makes later', async () => {
      const { child, guardian } = await aChildNaming(test);
      expect(await guardianships.guardiansOf(child.subjectId)).toEqual([]);
      const parent = await aSignedInSubject(test, { identifier: guardian });
      expect(await guardianships.guardiansOf(child.subjectId)).toEqual([parent.subjectId]);
      expect(await entries(child.subjectId, 'guardianship.accountFound')).toHaveLength(1);
    });

    it('point at the account that gets the guardian’s address later, and not at a minor’s', async () => {
      const { child, guardian } = await aChildNaming(test);
      const parent = await aSignedInSubject(test, { identifier: { type: 'phone', value: '+8610000000021' } });
      const { body } = await parent.send('PUT', 'me/identifiers/email', {
        value: guardian.value,
        password: subjectPassword,
      });
      await confirm(test, body.verification.id, await codeTo(test, guardian.value));
      expect(await guardianships.guardiansOf(child.subjectId)).toEqual([parent.subjectId]);
      const other = await aChildNaming(test);
      await aSignedInSubject(test, { identifier: other.guardian, birthDate: bornYearsAgo(16) });
      expect(await guardianships.guardiansOf(other.child.subjectId)).toEqual([]);
    });

    it('and the guardian’s account find each other when both are confirmed at the same time', async () => {
      for (let n = 0; n < 4; n += 1) {
        const teenager = await aTeenager();
        const body = aRegistration();
        const { body: asked } = await name(teenager, body.identifier);
        const linkCode = await codeTo(test, body.identifier.value);
        const { body: started } = await test.request({ method: 'POST', path: 'subjects', body });
        const [, registered] = await Promise.all([
          confirmLink(asked.guardianshipId, linkCode),
          confirm(test, started.verification.id, await codeTo(test, body.identifier.value)),
        ]);
        expect(await guardianships.guardiansOf(teenager.subjectId)).toEqual([registered.body.subjectId]);
      }
    });

    it('keep nothing of the guardian in the open', async () => {
      const { child, guardian } = await aChild(test);
      const [row] = await db.query<{ row: string }>(
        'SELECT to_jsonb(g)::text AS row FROM identity.guardianships g WHERE subject_id = $1',
        [child.subjectId],
      );
      for (const secret of [guardian.value, '林大禾', Buffer.from(guardian.value).toString('hex')])
        expect(row?.row).not.toContain(secret);
    });
  });

  describe('that a minor asks for', () => {
    it('are pending until the guardian confirms by a code of their own, and tell the minor no whole address', async () => {
      const teenager = await aTeenager();
      const guardian = anEmail();
      const answer = await name(teenager, guardian);
      expect(answer).toMatchObject({
        status: 202,
        body: { guardianshipId: expect.any(String), verification: { channel: 'email' } },
      });
      const { body } = await teenager.send('GET', 'me/guardianship');
      expect(body.items[0]).toMatchObject({
        id: answer.body.guardianshipId,
        state: 'pending',
        kind: 'advice',
        guardian: { displayName: '林**', type: 'email', masked: 'p***@example.com' },
      });
      expect(await factsOf(teenager.subjectId)).toEqual(nobody);
      const done = await confirmLink(answer.body.guardianshipId, await codeTo(test, guardian.value));
      expect(done).toMatchObject({
        status: 200,
        body: { guardianshipId: answer.body.guardianshipId, subjectId: teenager.subjectId, state: 'confirmed' },
      });
      expect(await factsOf(teenager.subjectId)).toEqual({ isConfirmed: true, isOfAge: false, hasConsented: false });
    });

    it('are the consent for a child', async () => {
      const { child, parent } = await aFamily();
      await parent.send('DELETE', `me/wards/${child.subjectId}`);
      expect(await factsOf(child.subjectId)).toEqual(nobody);
      expect((await confirmed(child, (await anAdult(test)).identifier)).status).toBe(200);
      expect(await factsOf(child.subjectId)).toEqual(open);
    });

    it('refuse the minor’s own address, and a code sent to what becomes the minor’s own', async () => {
      const teenager = await aTeenager();
      expect(
        (await name(teenager, { type: 'email', value: teenager.identifier.value.toUpperCase() })).body,
      ).toMatchObject({
        status: 400,
        code: 'registration.guardian_is_registrant',
        errors: [{ pointer: '/guardian/identifier/value' }],
      });
      const second = anEmail();
      const { body: asked } = await name(teenager, second);
      const code = await codeTo(test, second.value);
      const { body: change } = await teenager.send('PUT', 'me/identifiers/email', {
        value: second.value,
        password: subjectPassword,
      });
      await confirm(test, change.verification.id, await codeTo(test, second.value));
      expect((await confirmLink(asked.guardianshipId, code)).body.code).toBe('verification.used');
    });

    it('refuse a guardian who is a minor', async () => {
      const [teenager, friend] = [await aTeenager(), await aTeenager()];
      expect((await confirmed(teenager, friend.identifier)).body).toMatchObject({
        status: 409,
        code: 'guardianship.guardian_is_minor',
      });
      expect(await factsOf(teenager.subjectId)).toEqual(nobody);
    });

    it('are for minors only: no adult, no enterprise, no device, nobody who is not signed in', async () => {
      const adult = await aSignedInSubject(test, { birthDate: '1985-07-13' });
      expect((await name(adult, anEmail())).body).toMatchObject({ status: 409, code: 'guardianship.not_a_minor' });
      const enterprise = await aSignedInSubject(test, { kind: 'enterprise', profile: { name: '纸鹤文化' } });
      expect((await name(enterprise, anEmail())).body.code).toBe('guardianship.not_a_minor');
      const { token } = (await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [] } }))
        .body;
      const body = { guardian: { identifier: anEmail() } };
      expect((await test.request({ method: 'POST', path: 'me/guardianship', body, token })).body.code).toBe(
        'subject.device_only',
      );
      expect((await test.request({ method: 'POST', path: 'me/guardianship', body })).body.code).toBe(
        'access.unauthenticated',
      );
    });

    it('answer the same whether or not the guardian has an account', async () => {
      const teenager = await aTeenager();
      const known = await name(teenager, (await aSignedInSubject(test)).identifier);
      const unknown = await name(teenager, anEmail());
      expect(known.status).toBe(unknown.status);
      expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body));
      expect(Object.keys(known.body.verification)).toEqual(Object.keys(unknown.body.verification));
      const { items } = (await teenager.send('GET', 'me/guardianship')).body;
      expect(new Set(items.map((item: object) => Object.keys(item).join())).size).toBe(1);
      expect(JSON.stringify(items)).not.toContain('guardianId');
    });

    it('refuse wrong, late and replayed codes and change nothing', async () => {
      const teenager = await aTeenager();
      const guardian = anEmail();
      const { body } = await name(teenager, guardian);
      const code = await codeTo(test, guardian.value);
      expect((await confirmLink(body.guardianshipId, wrong(code))).body).toMatchObject({
        status: 400,
        code: 'verification.wrong_code',
        triesLeft: 4,
      });
      await advance(test, 'PT11M');
      expect((await confirmLink(body.guardianshipId, code)).body.code).toBe('verification.expired');
      await test.request({ method: 'POST', path: `verifications/${body.verification.id}/resend` });
      const second = await codeTo(test, guardian.value);
      expect((await confirmLink(body.guardianshipId, second)).status).toBe(200);
      expect((await confirmLink(body.guardianshipId, second)).body.code).toBe('verification.used');
      expect(await entries(teenager.subjectId, 'guardianship.confirmed')).toHaveLength(1);
    });

    it('refuse the right code after five wrong ones', async () => {
      const teenager = await aTeenager();
      const guardian = anEmail();
      const { body } = await name(teenager, guardian);
      const code = await codeTo(test, guardian.value);
      for (let n = 0; n < 5; n += 1) await confirmLink(body.guardianshipId, wrong(code));
      await advance(test, 'PT1M');
      expect((await confirmLink(body.guardianshipId, code)).body.code).toBe('verification.exhausted');
    });

    it('are confirmed once when two confirmations arrive at the same time', async () => {
      const teenager = await aTeenager();
      const guardian = anEmail();
      const { body } = await name(teenager, guardian);
      const code = await codeTo(test, guardian.value);
      const answers = await Promise.all([1, 2, 3].map(() => confirmLink(body.guardianshipId, code)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    it('know no guardianship that does not exist, nor codes for anything else', async () => {
      expect((await confirmLink(newId(), '123456')).body).toMatchObject({
        status: 404,
        code: 'guardianship.not_found',
      });
      const subject = await aSignedInSubject(test);
      const { body } = await test.request({
        method: 'POST',
        path: 'password-resets',
        body: { identifier: subject.identifier },
      });
      expect((await confirmLink(body.verification.id, await codeTo(test, subject.identifier.value))).body.code).toBe(
        'guardianship.not_found',
      );
    });

    it('replace an unanswered one with the same guardian, whose code is worth nothing then', async () => {
      const teenager = await aTeenager();
      const guardian = anEmail();
      const { body: first } = await name(teenager, guardian);
      const firstCode = await codeTo(test, guardian.value);
      expect((await confirmed(teenager, guardian)).status).toBe(200);
      expect((await confirmLink(first.guardianshipId, firstCode)).body.code).toBe('guardianship.not_found');
      expect((await name(teenager, guardian)).body.code).toBe('guardianship.already_confirmed');
      expect((await teenager.send('GET', 'me/guardianship')).body.items).toHaveLength(1);
    });

    it('are five at most at the same time, also when asked for in parallel, and make room after a week', async () => {
      const teenager = await aTeenager();
      const answers = await Promise.all(Array.from({ length: 7 }, () => name(teenager, anEmail())));
      expect(answers.filter(({ status }) => status === 202)).toHaveLength(5);
      expect(answers.filter(({ body }) => body.code === 'guardianship.too_many')).toHaveLength(2);
      await advance(test, 'P7DT1H');
      await teenager.signIn();
      expect((await name(teenager, anEmail())).status).toBe(202);
    });

    it('are not changed while the minor’s data is stored only', async () => {
      const teenager = await aTeenager();
      const guardian = anEmail();
      const { body } = await name(teenager, guardian);
      await db.execute('UPDATE identity.subjects SET is_restricted = true WHERE subject_id = $1', [teenager.subjectId]);
      expect((await name(teenager, anEmail())).body.code).toBe('subject.restricted');
      expect((await confirmLink(body.guardianshipId, await codeTo(test, guardian.value))).body.code).toBe(
        'subject.restricted',
      );
    });
  });

  describe('in the guardian’s hands', () => {
    it('withdraw and give the consent, each recorded once', async () => {
      const { child, parent } = await aFamily();
      expect((await consent(parent, child.subjectId, 'withdrawn')).body).toMatchObject({
        subjectId: child.subjectId,
        state: 'withdrawn',
        at: expect.any(String),
      });
      const { body: again } = await consent(parent, child.subjectId, 'withdrawn');
      expect(again.state).toBe('withdrawn');
      expect(await factsOf(child.subjectId)).toEqual({ ...open, hasConsented: false });
      expect((await consent(parent, child.subjectId, 'granted')).body.state).toBe('granted');
      await consent(parent, child.subjectId, 'granted');
      expect(await factsOf(child.subjectId)).toEqual(open);
      expect(await entries(child.subjectId, 'guardianship.consentWithdrawn')).toHaveLength(1);
      expect(await entries(child.subjectId, 'guardianship.consentGranted')).toHaveLength(1);
    });

    it('are known as they were at any instant, in one statement for many', async () => {
      const { child, parent } = await aFamily();
      const { child: other } = await aChild(test);
      const now = () => test.request({ method: 'GET', path: 'dev/clock' }).then(({ body }) => new Date(body.now));
      const instants = [];
      for (const state of ['withdrawn', 'granted', 'withdrawn'] as const) {
        await advance(test, 'P1D');
        await parent.signIn();
        await consent(parent, child.subjectId, state);
        await advance(test, 'PT1H');
        instants.push({ at: await now(), hasConsented: state === 'granted' });
      }
      await advance(test, 'P1D');
      await parent.signIn();
      await parent.send('DELETE', `me/wards/${child.subjectId}`);
      for (const { at, hasConsented } of instants)
        expect(await factsOf(child.subjectId, at)).toEqual({ ...open, hasConsented });
      expect(await factsOf(child.subjectId, new Date(Date.now() - 3_600_000))).toEqual(nobody);
      expect(await factsOf(child.subjectId, await now())).toEqual(nobody);
      const unknown = newId();
      const statements = jest.spyOn(db, 'query');
      const facts = await guardianships.factsOf([child.subjectId, other.subjectId, unknown]);
      expect(statements).toHaveBeenCalledTimes(1);
      statements.mockRestore();
      expect([...facts]).toEqual([
        [child.subjectId, nobody],
        [other.subjectId, open],
        [unknown, nobody],
      ]);
    });

    it('end when the guardian leaves', async () => {
      const { child, parent } = await aFamily();
      expect((await parent.send('DELETE', `me/wards/${child.subjectId}`)).status).toBe(204);
      expect((await parent.send('DELETE', `me/wards/${child.subjectId}`)).body.code).toBe('guardianship.not_found');
      expect((await parent.send('GET', 'me/wards')).body.items).toEqual([]);
      expect((await child.send('GET', 'me/guardianship')).body.items[0]).toMatchObject({
        state: 'ended',
        endReason: 'guardianLeft',
      });
    });

    it('are nobody else’s: another person’s ward does not exist for a stranger, nor for the child', async () => {
      const { child } = await aFamily();
      const { parent: stranger, child: own } = await aFamily();
      for (const [who, wardId] of [
        [stranger, child.subjectId],
        [child, child.subjectId],
        [child, own.subjectId],
        [stranger, newId()],
      ] as const) {
        expect((await consent(who, wardId, 'withdrawn')).body).toMatchObject({
          status: 404,
          code: 'guardianship.not_found',
        });
        expect((await who.send('DELETE', `me/wards/${wardId}`)).body).toMatchObject({
          status: 404,
          code: 'guardianship.not_found',
        });
        await expect(guardianships.requireWard(who.subjectId, wardId)).rejects.toMatchObject({
          code: 'guardianship.not_found',
        });
      }
      expect(await factsOf(child.subjectId)).toEqual(open);
      expect(
        (await stranger.send('GET', 'me/wards')).body.items.map(({ subjectId }: { subjectId: string }) => subjectId),
      ).toEqual([own.subjectId]);
    });

    it('are nothing before the code is confirmed', async () => {
      const { child, parent: first } = await aFamily();
      await first.send('DELETE', `me/wards/${child.subjectId}`);
      const parent = await anAdult(test);
      await name(child, parent.identifier);
      await expect(guardianships.requireWard(parent.subjectId, child.subjectId)).rejects.toMatchObject({
        code: 'guardianship.not_confirmed',
      });
      expect((await consent(parent, child.subjectId, 'granted')).body).toMatchObject({
        status: 409,
        code: 'guardianship.not_confirmed',
      });
      expect((await parent.send('GET', 'me/wards')).body.items).toEqual([]);
      expect(await guardianships.guardiansOf(child.subjectId)).toEqual([]);
    });

    it('let a guardian act for a child, and not for somebody who consents alone', async () => {
      const { child, parent } = await aFamily();
      expect(await guardianships.requireWard(parent.subjectId, child.subjectId)).toEqual({
        guardianshipId: expect.any(String),
      });
      const teenager = await aTeenager();
      expect((await confirmed(teenager, parent.identifier)).status).toBe(200);
      await expect(guardianships.requireWard(parent.subjectId, teenager.subjectId)).rejects.toMatchObject({
        code: 'guardianship.came_of_age',
      });
      expect((await consent(parent, teenager.subjectId, 'granted')).body).toMatchObject({
        status: 409,
        code: 'guardianship.came_of_age',
      });
    });

    it('are listed page by page', async () => {
      const { child, parent } = await aFamily();
      const { child: second } = await aChild(test, { guardian: parent.identifier });
      const { body: first } = await parent.send('GET', 'me/wards?limit=1');
      const { body: rest } = await parent.send('GET', `me/wards?limit=1&cursor=${first.nextCursor}`);
      expect([first, rest].map(({ items }) => items[0].subjectId)).toEqual([second.subjectId, child.subjectId]);
      expect(rest.nextCursor).toBeNull();
    });

    it('are for subjects only', async () => {
      for (const [method, path] of [
        ['GET', 'me/wards'],
        ['GET', 'me/guardianship'],
        ['PUT', `me/wards/${newId()}/consent`],
        ['DELETE', `me/wards/${newId()}`],
      ] as const) {
        expect(
          (await test.request({ method, path, body: method === 'PUT' ? { state: 'granted' } : undefined })).body.code,
        ).toBe('access.unauthenticated');
      }
    });
  });

  describe('for operators', () => {
    it('are shown masked to who may read subjects', async () => {
      const { child, parent } = await aFamily();
      const { body, text } = await (
        await aSignedInOperator(test, 'supportAgent')
      ).get(`operator/subjects/${child.subjectId}/guardianships`);
      expect(body.items).toEqual([
        expect.objectContaining({
          state: 'confirmed',
          guardianId: parent.subjectId,
          guardian: { displayName: '林**', type: 'email', masked: 'p***@example.com' },
        }),
      ]);
      expect(text).not.toContain(parent.identifier.value);
    });

    it('are refused without the permission, and not there for a subject that is not', async () => {
      const editor = await aSignedInOperator(test, 'policyEditor');
      expect((await editor.get(`operator/subjects/${newId()}/guardianships`)).body).toMatchObject({
        status: 403,
        code: 'operator.forbidden',
      });
      const notSignedIn = await anOperator(test, 'supportAgent');
      expect((await notSignedIn.get(`operator/subjects/${newId()}/guardianships`)).status).toBe(401);
      const agent = await aSignedInOperator(test, 'supportAgent');
      expect((await agent.get(`operator/subjects/${newId()}/guardianships`)).body).toMatchObject({
        status: 404,
        code: 'subject.not_found',
      });
    });
  });

  describe('at erasure', () => {
    const holder = () => test.get(HolderRegistry).named('identity');

    it('go with the minor', async () => {
      const { child } = await aFamily();
      await holder().erase(child.subjectId);
      expect(await db.query('SELECT 1 FROM identity.guardianships WHERE subject_id = $1', [child.subjectId])).toEqual(
        [],
      );
    });

    it('end with the guardian, of whom nothing is kept with the minor', async () => {
      const { child, parent } = await aFamily();
      expect(await holder().describe(child.subjectId)).toContainEqual(
        expect.objectContaining({ category: 'guardian.identity', count: 2 }),
      );
      await holder().erase(parent.subjectId);
      expect(await factsOf(child.subjectId)).toEqual(nobody);
      expect((await child.send('GET', 'me/guardianship')).body.items).toEqual([
        expect.objectContaining({ state: 'ended', endReason: 'guardianErased', guardian: null }),
      ]);
      const [row] = await db.query(
        'SELECT guardian, guardian_index, guardian_id FROM identity.guardianships WHERE subject_id = $1',
        [child.subjectId],
      );
      expect(row).toEqual({ guardian: null, guardian_index: null, guardian_id: null });
      expect((await holder().describe(child.subjectId)).map(({ category }) => category)).not.toContain(
        'guardian.identity',
      );
    });

    it('are part of what the minor can have, the guardian masked as the minor reads it', async () => {
      const { child, guardian } = await aChild(test);
      const records = [];
      for await (const record of holder().export(child.subjectId)) records.push(record);
      expect(records).toContainEqual(
        expect.objectContaining({
          table: 'identity.guardianships',
          category: 'guardian.identity',
          values: { state: 'confirmed', name: '林**', email: maskIdentifier('email', guardian.value) },
        }),
      );
      expect(JSON.stringify(records)).not.toContain('林大禾');
    });
  });

  it('send the guardian one message with one code, and the child none', async () => {
    const { child } = await aChild(test);
    const before = (await messagesTo(test, child.identifier.value)).length;
    const guardian = anEmail();
    await name(child, guardian);
    const texts = await messagesTo(test, guardian.value);
    expect(texts).toHaveLength(1);
    expect(texts[0]?.match(/\d{6}/g)).toHaveLength(1);
    expect(await messagesTo(test, child.identifier.value)).toHaveLength(before);
  });
});
