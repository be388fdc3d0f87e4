import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { advance, createIdentityApp, resetClock } from '../testing/app.js';
import {
  anEmail,
  aSignedInSubject,
  aSubject,
  codeTo,
  confirm,
  messagesTo,
  subjectPassword,
} from '../testing/people.js';

describe('my account', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createIdentityApp();
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  it('shows what I gave', async () => {
    const subject = await aSignedInSubject(test, {
      profile: { name: '林小禾', idNumber: '999999190001010011' },
      birthDate: '1985-07-13',
    });
    expect((await subject.send('GET', 'me')).body).toMatchObject({
      id: subject.subjectId,
      kind: 'person',
      status: 'active',
      minor: 'adult',
      locale: 'zh-CN',
      identifiers: [{ type: 'email', value: subject.identifier.value, confirmedAt: expect.any(String) }],
      profile: { name: '林小禾', idNumber: '999999190001010011', birthDate: '1985-07-13' },
    });
  });

  it('lets me correct and clear what I gave, and leaves the rest', async () => {
    const subject = await aSignedInSubject(test, { profile: { name: '林小禾', idNumber: '999999190001010011' } });
    const { body } = await subject.send('PATCH', 'me', { profile: { name: '林晓禾', idNumber: null }, locale: 'en' });
    expect(body).toMatchObject({ profile: { name: '林晓禾' }, locale: 'en' });
    expect(body.profile).not.toHaveProperty('idNumber');
  });

  it('refuses an edit of what another app of mine changed meanwhile', async () => {
    const subject = await aSignedInSubject(test);
    const { headers } = await subject.send('GET', 'me');
    const edit = (name: string) =>
      test.request({
        method: 'PATCH',
        path: 'me',
        body: { profile: { name } },
        token: subject.accessToken,
        headers: { 'if-match': String(headers['etag']) },
      });
    expect((await edit('林晓禾')).status).toBe(200);
    expect((await edit('林小河')).body).toMatchObject({ status: 412, code: 'subject.stale_edit' });
  });

  it('does not let me change my birth date, which would change what protects me', async () => {
    const subject = await aSignedInSubject(test);
    expect((await subject.send('PATCH', 'me', { profile: { birthDate: '1980-01-01' } })).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/profile/birthDate' }],
    });
  });

  it('changes nothing while it is restricted', async () => {
    const subject = await aSignedInSubject(test);
    await test
      .get(Database)
      .execute('UPDATE identity.subjects SET is_restricted = true WHERE subject_id = $1', [subject.subjectId]);
    expect((await subject.send('PATCH', 'me', { profile: { name: 'X' } })).body.code).toBe('subject.restricted');
  });

  it('takes a new address only once its code is confirmed, and tells the old one', async () => {
    const subject = await aSignedInSubject(test);
    const next = anEmail();
    const asked = await subject.send('PUT', 'me/identifiers/email', { value: next.value, password: subjectPassword });
    expect(asked.status).toBe(202);
    expect((await subject.send('GET', 'me')).body.identifiers[0].value).toBe(subject.identifier.value);
    expect((await confirm(test, asked.body.verification.id, await codeTo(test, next.value))).status).toBe(204);
    expect((await subject.send('GET', 'me')).body.identifiers[0].value).toBe(next.value);
    expect((await messagesTo(test, subject.identifier.value))[0]).toContain('已更换');
    expect((await subject.signIn()).status).toBe(401);
  });

  it('is not taken over with a stolen token: a new address needs the password, or a sign-in just now', async () => {
    const subject = await aSignedInSubject(test);
    const next = anEmail();
    await advance(test, 'PT6M');
    expect((await subject.send('PUT', 'me/identifiers/email', { value: next.value })).body).toMatchObject({
      status: 403,
      code: 'access.reauthentication_needed',
    });
    expect(
      (await subject.send('PUT', 'me/identifiers/email', { value: next.value, password: 'a-wrong-password' })).body,
    ).toMatchObject({ status: 401, code: 'session.invalid_credentials' });
    expect(await messagesTo(test, next.value)).toEqual([]);
    await resetClock(test);
    expect((await subject.send('PUT', 'me/identifiers/email', { value: next.value })).status).toBe(202);
  });

  it('needs a sign-in of the last five minutes where there is no password, for a new address and for a first password', async () => {
    const subject = await aSubject(test, { password: undefined });
    await test.request({ method: 'POST', path: 'sessions', body: { identifier: subject.identifier } });
    const signedIn = await test.request({
      method: 'POST',
      path: 'sessions',
      body: { identifier: subject.identifier, code: await codeTo(test, subject.identifier.value) },
    });
    await advance(test, 'PT6M');
    const { body: tokens } = await test.request({
      method: 'POST',
      path: 'sessions/refresh',
      body: { refreshToken: signedIn.body.refreshToken },
    });
    const put = (path: string, body: object) => test.request({ method: 'PUT', path, body, token: tokens.accessToken });
    const acts = async () => [
      await put('me/identifiers/phone', { value: '100 0000 0043' }),
      await put('me/password', { password: 'a-brand-new-password' }),
    ];
    expect((await acts()).map(({ body }) => body.code)).toEqual([
      'access.reauthentication_needed',
      'access.reauthentication_needed',
    ]);
    await resetClock(test);
    expect((await acts()).map(({ status }) => status)).toEqual([202, 204]);
  });

  it('ends resets and sign-ins under way when an address changes, so that the old one opens nothing', async () => {
    const subject = await aSignedInSubject(test);
    const ask = async (path: string) =>
      (await test.request({ method: 'POST', path, body: { identifier: subject.identifier } })).body.verification
        .id as string;
    const reset = await ask('password-resets');
    const resetCode = await codeTo(test, subject.identifier.value);
    const signIn = await ask('sessions');
    const signInCode = await codeTo(test, subject.identifier.value);
    const next = anEmail();
    const { body } = await subject.send('PUT', 'me/identifiers/email', {
      value: next.value,
      password: subjectPassword,
    });
    await confirm(test, body.verification.id, await codeTo(test, next.value));
    expect((await confirm(test, reset, resetCode, { password: 'a-brand-new-password' })).body.code).toBe(
      'verification.used',
    );
    expect((await test.request({ method: 'POST', path: `verifications/${reset}/resend` })).body.code).toBe(
      'verification.used',
    );
    expect(
      (
        await test.request({
          method: 'POST',
          path: 'sessions',
          body: { identifier: next, verificationId: signIn, code: signInCode },
        })
      ).body.code,
    ).toBe('verification.used');
  });

  it('resets no password by a code that went to an address which is mine no more', async () => {
    const subject = await aSignedInSubject(test);
    const { body } = await test.request({
      method: 'POST',
      path: 'password-resets',
      body: { identifier: subject.identifier },
    });
    const code = await codeTo(test, subject.identifier.value);
    await test
      .get(Database)
      .execute('UPDATE identity.identifiers SET confirmed_at = NULL WHERE subject_id = $1', [subject.subjectId]);
    expect((await confirm(test, body.verification.id, code, { password: 'a-brand-new-password' })).body).toMatchObject({
      status: 409,
      code: 'verification.expired',
    });
  });

  it('adds a phone number beside the e-mail address', async () => {
    const subject = await aSignedInSubject(test);
    const { body } = await subject.send('PUT', 'me/identifiers/phone', {
      value: '100 0000 0042',
      password: subjectPassword,
    });
    expect((await confirm(test, body.verification.id, await codeTo(test, '+8610000000042'))).status).toBe(204);
    expect((await subject.send('GET', 'me')).body.identifiers.map(({ type }: { type: string }) => type)).toEqual([
      'email',
      'phone',
    ]);
  });

  it("answers the same for somebody else's address, tells its owner, and does not take it", async () => {
    const [mine, theirs] = [await aSignedInSubject(test), await aSignedInSubject(test)];
    const answer = await mine.send('PUT', 'me/identifiers/email', {
      value: theirs.identifier.value,
      password: subjectPassword,
    });
    expect(answer.status).toBe(202);
    const [newest = ''] = await messagesTo(test, theirs.identifier.value);
    expect(newest).not.toMatch(/\d{6}/);
    expect((await confirm(test, answer.body.verification.id, '111111')).body.code).toBe('verification.wrong_code');
    expect((await theirs.signIn()).status).toBe(201);
  });

  it('refuses a type that does not exist', async () => {
    const subject = await aSignedInSubject(test);
    expect((await subject.send('PUT', 'me/identifiers/fax', { value: '1' })).status).toBe(400);
  });

  it('is for subjects only', async () => {
    for (const [method, path] of [
      ['GET', 'me'],
      ['PATCH', 'me'],
      ['GET', 'me/sessions'],
      ['POST', 'me/devices'],
    ] as const) {
      expect((await test.request({ method, path })).body.code).toBe('access.unauthenticated');
    }
  });
});
