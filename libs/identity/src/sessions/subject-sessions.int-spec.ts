import { newId } from '@abide/kernel';
import { Database, UseListeners } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { hashPassword } from '../credentials/password-hash.js';
import { SessionSpans } from './session-spans.js';
import { advance, aSignedInOperator, createIdentityApp, resetClock } from '../testing/app.js';
import {
  anEmail,
  aSignedInSubject,
  aSubject,
  codeTo,
  confirm,
  messagesTo,
  subjectPassword,
  TestClientApp,
} from '../testing/people.js';

describe('sessions of subjects', () => {
  let test: TestApp;
  let db: Database;
  const uses: string[] = [];
  const ended: [subjectId: string, ids: readonly string[]][] = [];
  let refuseEnding = false;
  beforeAll(async () => {
    test = await createIdentityApp({ ABIDE_TRUSTED_PROXY: '127.0.0.1' });
    db = test.get(Database);
    test.get(SessionSpans).register(async (subjectId, ids) => {
      if (refuseEnding) throw new Error('What ends with it cannot end');
      ended.push([subjectId, ids]);
    });
    test.get(UseListeners).register(async (subjectId) => void uses.push(subjectId));
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const signIn = (body: object, headers = {}) => test.request({ method: 'POST', path: 'sessions', body, headers });
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const shown = ({
    status,
    body: { correlationId: _id, ...body },
  }: {
    status: number;
    body: Record<string, unknown>;
  }) => ({ status, body });

  describe('by password', () => {
    it('start with an access token of ten minutes and a refresh token', async () => {
      const subject = await aSubject(test);
      const answer = await subject.signIn();
      expect(answer).toMatchObject({ status: 201, body: { expiresIn: 600 } });
      expect((await subject.send('GET', 'me')).body.id).toBe(subject.subjectId);
      await advance(test, 'PT10M1S');
      expect((await subject.send('GET', 'me')).body).toMatchObject({ status: 401, code: 'access.invalid_token' });
    });

    it('are refused the same way for a wrong password and an unknown identifier', async () => {
      const subject = await aSubject(test);
      const known = shown(await signIn({ identifier: subject.identifier, password: 'wrong' }));
      expect(known).toMatchObject({ status: 401, body: { code: 'session.invalid_credentials' } });
      expect(shown(await signIn({ identifier: anEmail(), password: 'wrong' }))).toEqual(known);
    });

    it('find the identifier however it is written', async () => {
      await aSubject(test, { identifier: { type: 'phone', value: '+8610000000021' } });
      for (const value of ['100 0000 0021', '0086-100-0000-0021', '（＋８６）10000000021']) {
        expect((await signIn({ identifier: { type: 'phone', value }, password: subjectPassword })).status).toBe(201);
      }
    });

    it('wait after five failures, known or not', async () => {
      const subject = await aSubject(test);
      for (const [n, identifier] of [subject.identifier, anEmail()].entries()) {
        for (let tries = 0; tries < 5; tries += 1)
          expect((await signIn({ identifier, password: 'wrong' }, from(`203.0.113.${n}`))).status).toBe(401);
        expect((await signIn({ identifier, password: subjectPassword }, from(`203.0.113.${n}`))).body.code).toBe(
          'session.too_many_attempts',
        );
      }
    });

    it('may be wrong twenty times a minute from one address, also when tried all at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 32 }, () => signIn({ identifier: anEmail(), password: 'wrong' }, from('203.0.113.30'))),
      );
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(20);
      expect(answers.filter(({ body }) => body.code === 'session.too_many_attempts')).toHaveLength(12);
    });

    it('may be right more often than that from one address', async () => {
      const subject = await aSubject(test);
      for (let n = 0; n < 22; n += 1)
        expect(
          (await signIn({ identifier: subject.identifier, password: subjectPassword }, from('203.0.113.31'))).status,
        ).toBe(201);
    });

    it('hash a weakly hashed password anew', async () => {
      const subject = await aSubject(test);
      const weak = await hashPassword(subjectPassword, { memoryKibibytes: 1024, passes: 1, parallelism: 1 });
      await db.execute('UPDATE identity.credentials SET password_hash = $2 WHERE subject_id = $1', [
        subject.subjectId,
        weak,
      ]);
      await subject.signIn();
      const [row] = await db.query<{ password_hash: string }>(
        'SELECT password_hash FROM identity.credentials WHERE subject_id = $1',
        [subject.subjectId],
      );
      expect(row?.password_hash).toContain('$m=19456,t=2,p=1$');
    });

    it('are recorded: when, from where and with what, sealed', async () => {
      const subject = await aSubject(test);
      const headers = { 'user-agent': 'AbideApp/3.1 (HarmonyOS 5)', ...from('203.0.113.77') };
      const { body } = await signIn({ identifier: subject.identifier, password: subjectPassword }, headers);
      const listed = await test.request({ method: 'GET', path: 'me/sessions', token: body.accessToken });
      expect(listed.body.items).toEqual([
        expect.objectContaining({
          current: true,
          method: 'password',
          address: '203.0.113.77',
          client: 'AbideApp/3.1 (HarmonyOS 5)',
        }),
      ]);
      const rows = JSON.stringify(await db.query('SELECT to_jsonb(s)::text FROM identity.sign_ins s'));
      expect(rows).not.toContain(Buffer.from('203.0.113.77').toString('hex'));
    });
  });

  describe('by code', () => {
    it('start in two steps', async () => {
      const subject = await aSubject(test);
      const asked = await signIn({ identifier: subject.identifier });
      expect(asked.status).toBe(202);
      const code = await codeTo(test, subject.identifier.value);
      const { status, body } = await signIn({
        identifier: subject.identifier,
        verificationId: asked.body.verification.id,
        code,
      });
      expect(status).toBe(201);
      expect((await test.request({ method: 'GET', path: 'me', token: body.accessToken })).body.id).toBe(
        subject.subjectId,
      );
      expect((await signIn({ identifier: subject.identifier, code })).body.code).toBe('verification.used');
    });

    it('take the newest code when none is named', async () => {
      const subject = await aSubject(test, { password: undefined });
      await signIn({ identifier: subject.identifier });
      expect(
        (await signIn({ identifier: subject.identifier, code: await codeTo(test, subject.identifier.value) })).status,
      ).toBe(201);
    });

    it('answer the same for an unknown identifier, at every step, and send nothing', async () => {
      const known = (await aSubject(test)).identifier;
      const unknown = anEmail();
      const steps = async (identifier: object) => {
        const before = await signIn({ identifier, code: '111111' });
        const asked = await signIn({ identifier });
        const wrong = await signIn({ identifier, code: '111111' });
        const named = await signIn({ identifier, code: '111111', verificationId: asked.body.verification.id });
        return [before, wrong, named]
          .map(shown)
          .concat({ status: asked.status, body: { keys: Object.keys(asked.body.verification) } });
      };
      expect(await steps(unknown)).toEqual(await steps(known));
      expect(await messagesTo(test, unknown.value)).toEqual([]);
    });

    it("do not open one account with another's code", async () => {
      const [mine, theirs] = [await aSubject(test), await aSubject(test)];
      const { body } = await signIn({ identifier: mine.identifier });
      const code = await codeTo(test, mine.identifier.value);
      expect(
        (await signIn({ identifier: theirs.identifier, verificationId: body.verification.id, code })).body.code,
      ).toBe('session.invalid_credentials');
    });
  });

  describe('go on', () => {
    it('with a new pair for each refresh token', async () => {
      const subject = await aSignedInSubject(test);
      const before = subject.refreshToken;
      await advance(test, 'PT11M');
      expect((await subject.refresh()).status).toBe(201);
      expect(subject.refreshToken).not.toBe(before);
      expect((await subject.send('GET', 'me')).status).toBe(200);
    });

    it('until a refresh token is used twice, which ends the session for whoever holds it', async () => {
      const subject = await aSignedInSubject(test);
      const stolen = subject.refreshToken;
      await subject.refresh();
      const current = subject.refreshToken;
      expect((await subject.refresh(stolen)).body).toMatchObject({ status: 401, code: 'session.refresh_reused' });
      expect((await subject.send('GET', 'me')).status).toBe(401);
      expect((await subject.refresh(current)).body.code).toBe('session.invalid_refresh_token');
    });

    it('for one of many who use a token at the same time, and then for nobody', async () => {
      const subject = await aSignedInSubject(test);
      const token = subject.refreshToken;
      const answers = await Promise.all(
        [1, 2, 3, 4, 5].map(() =>
          test.request({ method: 'POST', path: 'sessions/refresh', body: { refreshToken: token } }),
        ),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      const winner = answers.find(({ status }) => status === 201)?.body.accessToken;
      expect((await test.request({ method: 'GET', path: 'me', token: winner })).status).toBe(401);
    });

    it('for thirty days without use and no longer', async () => {
      const subject = await aSignedInSubject(test);
      await advance(test, 'P29D');
      expect((await subject.refresh()).status).toBe(201);
      await advance(test, 'P31D');
      expect((await subject.refresh()).body.code).toBe('session.invalid_refresh_token');
    });

    it.each(['', 'abr_', `abr_${'A'.repeat(64)}`, 'abr_%%%', `abd_${'A'.repeat(64)}`])(
      'not with a made-up token: %s',
      async (refreshToken) => {
        expect([400, 401]).toContain(
          (await test.request({ method: 'POST', path: 'sessions/refresh', body: { refreshToken } })).status,
        );
      },
    );

    it('not with an access token in place of a refresh token, nor the other way round', async () => {
      const subject = await aSignedInSubject(test);
      expect((await subject.refresh(subject.accessToken.slice(0, 290))).status).toBe(401);
      expect((await test.request({ method: 'GET', path: 'me', token: subject.refreshToken })).status).toBe(401);
    });
  });

  describe('end', () => {
    it('when the subject signs out, at once', async () => {
      const subject = await aSignedInSubject(test);
      expect((await subject.send('DELETE', 'sessions/current')).status).toBe(204);
      expect((await subject.send('GET', 'me')).body.code).toBe('access.invalid_token');
      expect((await subject.refresh()).status).toBe(401);
    });

    it('with whatever ends with them, all or nothing', async () => {
      const subject = await aSignedInSubject(test);
      const idOf = async () => (await subject.send('GET', 'me/sessions')).body.items[0].id;
      const first = await idOf();
      const stolen = subject.refreshToken;
      await subject.refresh();
      await subject.refresh(stolen);
      await subject.signIn();
      const second = await idOf();
      await subject.signIn();
      const third = await idOf();
      await subject.send('DELETE', 'me/sessions');
      refuseEnding = true;
      expect((await subject.send('DELETE', 'sessions/current')).status).toBe(500);
      refuseEnding = false;
      expect((await subject.send('GET', 'me')).status).toBe(200);
      await subject.send('DELETE', 'sessions/current');
      expect(ended.filter(([subjectId]) => subjectId === subject.subjectId).map(([, ids]) => ids)).toEqual([
        [first],
        [second],
        [third],
      ]);
    });

    it('at once when the account is closed', async () => {
      const subject = await aSignedInSubject(test);
      await db.execute("UPDATE identity.subjects SET status = 'closed' WHERE subject_id = $1", [subject.subjectId]);
      expect((await subject.send('GET', 'me')).body.code).toBe('access.invalid_token');
      expect((await subject.refresh()).body.code).toBe('session.invalid_refresh_token');
      expect((await subject.signIn()).body.code).toBe('session.invalid_credentials');
    });

    it('one by one, and never those of others', async () => {
      const here = await aSignedInSubject(test);
      const there = new TestClientApp(test, here.subjectId, here.identifier);
      await there.signIn();
      const other = (await here.send('GET', 'me/sessions')).body.items.find(
        (item: { current: boolean }) => !item.current,
      );
      const stranger = await aSignedInSubject(test);
      expect((await stranger.send('DELETE', `me/sessions/${other.id}`)).body.code).toBe('session.not_found');
      expect((await here.send('DELETE', `me/sessions/${other.id}`)).status).toBe(204);
      expect((await there.send('GET', 'me')).status).toBe(401);
      expect((await here.send('GET', 'me')).status).toBe(200);
    });

    it('all others at once, and the one that asks stays', async () => {
      const here = await aSignedInSubject(test);
      const there = new TestClientApp(test, here.subjectId, here.identifier);
      await there.signIn();
      expect((await here.send('DELETE', 'me/sessions')).status).toBe(204);
      expect((await there.send('GET', 'me')).status).toBe(401);
      expect((await here.send('GET', 'me')).status).toBe(200);
      expect((await here.send('DELETE', 'me/sessions')).status).toBe(204);
    });

    it('not by a stolen token: others end after a sign-in just now or with the password, signing out stays free', async () => {
      const here = await aSignedInSubject(test);
      const there = new TestClientApp(test, here.subjectId, here.identifier);
      await there.signIn();
      const other = (await here.send('GET', 'me/sessions')).body.items.find(
        (item: { current: boolean }) => !item.current,
      );
      await advance(test, 'PT6M');
      for (const path of [`me/sessions/${other.id}`, `me/sessions/${newId()}`, 'me/sessions']) {
        expect((await here.send('DELETE', path)).body).toMatchObject({
          status: 403,
          code: 'access.reauthentication_needed',
        });
        expect((await here.send('DELETE', path, { password: 'a-wrong-password' })).body).toMatchObject({
          status: 401,
          code: 'session.invalid_credentials',
        });
      }
      expect((await there.send('GET', 'me')).status).toBe(200);
      expect((await here.send('DELETE', `me/sessions/${other.id}`, { password: subjectPassword })).status).toBe(204);
      expect((await there.send('GET', 'me')).status).toBe(401);
      await there.signIn();
      expect((await here.send('DELETE', 'me/sessions', { password: subjectPassword })).status).toBe(204);
      expect((await there.send('GET', 'me')).status).toBe(401);
      expect((await here.send('DELETE', 'sessions/current')).status).toBe(204);
    });

    it('everywhere else when the password changes', async () => {
      const here = await aSignedInSubject(test);
      const there = new TestClientApp(test, here.subjectId, here.identifier);
      await there.signIn();
      expect(
        (await here.send('PUT', 'me/password', { currentPassword: 'wrong', password: 'a-brand-new-password' })).body
          .code,
      ).toBe('session.invalid_credentials');
      expect(
        (await here.send('PUT', 'me/password', { currentPassword: subjectPassword, password: 'a-brand-new-password' }))
          .status,
      ).toBe(204);
      expect((await there.send('GET', 'me')).status).toBe(401);
      expect((await here.send('GET', 'me')).status).toBe(200);
      expect((await there.signIn('a-brand-new-password')).status).toBe(201);
    });

    it('together with resets under way when the password changes', async () => {
      const subject = await aSignedInSubject(test);
      const { body } = await test.request({
        method: 'POST',
        path: 'password-resets',
        body: { identifier: subject.identifier },
      });
      const code = await codeTo(test, subject.identifier.value);
      await subject.send('PUT', 'me/password', { currentPassword: subjectPassword, password: 'a-brand-new-password' });
      expect((await confirm(test, body.verification.id, code, { password: 'not-the-owner-of-it' })).body.code).toBe(
        'verification.used',
      );
      expect((await subject.signIn('a-brand-new-password')).status).toBe(201);
    });

    it('everywhere when the password is reset by code, and failures are forgiven', async () => {
      const subject = await aSignedInSubject(test);
      for (let tries = 0; tries < 5; tries += 1)
        await signIn({ identifier: subject.identifier, password: 'wrong' }, from('203.0.113.9'));
      const { status, body } = await test.request({
        method: 'POST',
        path: 'password-resets',
        body: { identifier: subject.identifier },
      });
      expect(status).toBe(202);
      const code = await codeTo(test, subject.identifier.value);
      expect((await confirm(test, body.verification.id, code)).body.code).toBe('password.too_short');
      expect((await confirm(test, body.verification.id, code, { password: 'a-brand-new-password' })).status).toBe(204);
      expect((await subject.send('GET', 'me')).status).toBe(401);
      expect(
        (await signIn({ identifier: subject.identifier, password: 'a-brand-new-password' }, from('203.0.113.9')))
          .status,
      ).toBe(201);
    });
  });

  it('answer a password reset the same for an unknown identifier, and send nothing', async () => {
    const unknown = anEmail();
    const answer = await test.request({ method: 'POST', path: 'password-resets', body: { identifier: unknown } });
    expect(answer).toMatchObject({ status: 202, body: { verification: { id: expect.any(String), channel: 'email' } } });
    expect(await messagesTo(test, unknown.value)).toEqual([]);
    expect(
      (await confirm(test, answer.body.verification.id, '111111', { password: 'a-brand-new-password' })).body.code,
    ).toBe('verification.wrong_code');
  });

  it('count as use of the service when something is done with them, not when one signs out', async () => {
    const subject = await aSignedInSubject(test);
    uses.length = 0;
    await subject.send('GET', 'me');
    expect(uses).toEqual([subject.subjectId]);
    await subject.send('DELETE', 'sessions/current');
    expect(uses).toEqual([subject.subjectId]);
  });

  describe('of devices', () => {
    const aDevice = async () =>
      (await test.request({ method: 'POST', path: 'devices', body: { acceptedRevisionIds: [] } })).body as {
        subjectId: string;
        token: string;
      };

    it('start sixty times a minute from one address at most', async () => {
      const register = () =>
        test.request({
          method: 'POST',
          path: 'devices',
          body: { acceptedRevisionIds: [] },
          headers: from('203.0.113.60'),
        });
      const answers = [];
      for (let n = 0; n < 61; n += 1) answers.push(await register());
      expect(answers.slice(0, 60).every(({ status }) => status === 201)).toBe(true);
      expect(answers.at(-1)?.body).toMatchObject({
        status: 429,
        code: 'session.too_many_attempts',
        retryAfterSeconds: expect.any(Number),
      });
    });

    it('start without signing in and last', async () => {
      const device = await aDevice();
      await advance(test, 'P60D');
      const me = await test.request({ method: 'GET', path: 'me', token: device.token });
      expect(me.body).toMatchObject({ id: device.subjectId, kind: 'device', profile: {} });
    });

    it('have no account to change', async () => {
      const { token } = await aDevice();
      const attempts = [
        await test.request({ method: 'PUT', path: 'me/password', token, body: { password: 'a-brand-new-password' } }),
        await test.request({ method: 'PUT', path: 'me/identifiers/email', token, body: { value: anEmail().value } }),
        await test.request({ method: 'PATCH', path: 'me', token, body: { profile: { name: 'X' } } }),
      ];
      expect(attempts.map(({ body }) => body.code)).toEqual([
        'subject.device_only',
        'subject.device_only',
        'subject.device_only',
      ]);
    });

    it('are linked by who holds the token, never silently, and unlinked again', async () => {
      const [subject, device] = [await aSignedInSubject(test), await aDevice()];
      expect((await subject.send('POST', 'me/devices', { deviceToken: 'abd_nonsense' })).body.code).toBe(
        'device.unknown_token',
      );
      const linked = await subject.send('POST', 'me/devices', { deviceToken: device.token });
      expect(linked).toMatchObject({ status: 201, body: { id: device.subjectId } });
      expect((await subject.send('POST', 'me/devices', { deviceToken: device.token })).body).toEqual(linked.body);
      expect((await subject.send('GET', 'me')).body.devices).toEqual([linked.body]);
      expect((await subject.send('DELETE', `me/devices/${device.subjectId}`)).status).toBe(204);
      expect((await subject.send('GET', 'me')).body.devices).toEqual([]);
      expect((await subject.send('DELETE', `me/devices/${newId()}`)).body.code).toBe('device.not_linked');
    });

    it('may pass from one person to another: each person’s link has its own beginning and end, and both are on record', async () => {
      const [owner, housemate, device] = [await aSignedInSubject(test), await aSignedInSubject(test), await aDevice()];
      const linkOf = async (subject: typeof owner) => (await subject.send('GET', 'me')).body.devices;
      const first = await owner.send('POST', 'me/devices', { deviceToken: device.token });
      await new Promise((resolve) => setTimeout(resolve, 5));
      const second = await housemate.send('POST', 'me/devices', { deviceToken: device.token });
      expect(new Date(second.body.linkedAt).getTime()).toBeGreaterThan(new Date(first.body.linkedAt).getTime());
      const ended = { ...first.body, endedAt: second.body.linkedAt };
      expect(await linkOf(owner)).toEqual([ended]);
      await housemate.send('DELETE', `me/devices/${device.subjectId}`);
      expect([await linkOf(owner), await linkOf(housemate)]).toEqual([[ended], []]);
      const auditor = await aSignedInOperator(test, 'auditor');
      const { body } = await auditor.get(`operator/audit/entries?subjectId=${housemate.subjectId}`);
      const acts = body.items.filter(({ act }: { act: string }) => act.startsWith('device.'));
      expect(acts).toMatchObject([
        { act: 'device.unlinked', object: { id: device.subjectId } },
        { act: 'device.linked', object: { id: device.subjectId } },
      ]);
    });

    it('end at sign-out', async () => {
      const { token } = await aDevice();
      await test.request({ method: 'DELETE', path: 'sessions/current', token });
      expect((await test.request({ method: 'GET', path: 'me', token })).status).toBe(401);
    });
  });
});
