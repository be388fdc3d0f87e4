import { Database } from '@abide/platform';
import { processorTimeOf, type TestAnswer, type TestApp } from '@abide/platform/testing';
import { Vault } from '@abide/vault';
import { advance, createIdentityApp, resetClock } from '../testing/app.js';
import { anEmail, aRegistration, aSubject, codeTo, messagesTo } from '../testing/people.js';

describe('one-time codes', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createIdentityApp({ ABIDE_TRUSTED_PROXY: '127.0.0.1' });
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  async function aStartedRegistration(): Promise<{ id: string; address: string; code: string }> {
    const body = aRegistration();
    const { body: started } = await test.request({ method: 'POST', path: 'subjects', body });
    return {
      id: started.verification.id,
      address: body.identifier.value,
      code: await codeTo(test, body.identifier.value),
    };
  }

  let address = 0;
  beforeEach(() => void (address += 1));
  const confirm = (_test: TestApp, id: string, code: string, more: object = {}): Promise<TestAnswer> =>
    confirmFrom(id, code, { 'x-forwarded-for': `203.0.113.${address}` }, more);
  const confirmFrom = (
    id: string,
    code: string,
    headers: Record<string, string>,
    more: object = {},
  ): Promise<TestAnswer> =>
    test.request({ method: 'POST', path: `verifications/${id}/confirm`, body: { code, ...more }, headers });
  const fullWidth = (code: string) =>
    code.replaceAll(/\d/g, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0));
  const resend = (id: string): Promise<TestAnswer> =>
    test.request({ method: 'POST', path: `verifications/${id}/resend` });
  const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000');

  it('live ten minutes', async () => {
    const { id, code } = await aStartedRegistration();
    await advance(test, 'PT10M');
    expect((await confirm(test, id, code)).body).toMatchObject({ status: 409, code: 'verification.expired' });
  });

  it('bear five tries, and the sixth is refused even when right', async () => {
    const { id, code } = await aStartedRegistration();
    for (let left = 4; left >= 0; left -= 1) {
      expect((await confirm(test, id, wrongOf(code))).body).toMatchObject({
        status: 400,
        code: 'verification.wrong_code',
        triesLeft: left,
      });
    }
    expect((await confirm(test, id, code)).body).toMatchObject({ status: 409, code: 'verification.exhausted' });
  });

  it('look at five of many tries made at once', async () => {
    const { id, code } = await aStartedRegistration();
    const answers = await Promise.all(Array.from({ length: 12 }, () => confirm(test, id, wrongOf(code))));
    expect(answers.filter(({ body }) => body.code === 'verification.wrong_code')).toHaveLength(5);
    const refusals = ['verification.exhausted', 'session.too_many_attempts'];
    expect(answers.filter(({ body }) => refusals.includes(body.code))).toHaveLength(7);
  });

  it('count a wrong try under an Idempotency-Key too', async () => {
    const { id, code } = await aStartedRegistration();
    const attempt = (n: number) =>
      test.request({
        method: 'POST',
        path: `verifications/${id}/confirm`,
        body: { code: wrongOf(code) },
        headers: { 'idempotency-key': `guess-${n}` },
      });
    for (let n = 0; n < 5; n += 1) await attempt(n);
    expect((await confirm(test, id, code)).body.code).toBe('verification.exhausted');
  });

  it('may be wrong twenty times a minute from one address, over all accounts', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push((await aStartedRegistration()).id);
    for (const id of ids.slice(0, 4)) for (let n = 0; n < 5; n += 1) await confirm(test, id, '000000');
    const [last = ''] = ids.slice(4);
    expect((await confirm(test, last, '000000')).body).toMatchObject({
      status: 429,
      code: 'session.too_many_attempts',
    });
    await advance(test, 'PT61S');
    expect((await confirm(test, last, '000000')).body.code).toBe('verification.wrong_code');
  });

  it('are sent for one address a hundred times in ten minutes at most', async () => {
    const ask = () =>
      test.request({
        method: 'POST',
        path: 'password-resets',
        body: { identifier: anEmail() },
        headers: { 'x-forwarded-for': '203.0.113.200' },
      });
    const answers = [];
    for (let n = 0; n < 101; n += 1) answers.push((await ask()).status);
    expect(answers.filter((status) => status === 202)).toHaveLength(100);
    expect(answers.at(-1)).toBe(429);
  });

  it('work once', async () => {
    const { id, code } = await aStartedRegistration();
    expect((await confirm(test, id, code)).status).toBe(200);
    expect((await confirm(test, id, code)).body).toMatchObject({ status: 409, code: 'verification.used' });
  });

  it('are replaced by the next one, which has the tries that are left', async () => {
    const { id, address, code } = await aStartedRegistration();
    for (let n = 0; n < 4; n += 1) await confirm(test, id, wrongOf(code));
    expect((await resend(id)).status).toBe(202);
    const next = await codeTo(test, address);
    expect((await confirm(test, id, wrongOf(next))).body).toMatchObject({
      code: 'verification.wrong_code',
      triesLeft: 0,
    });
    expect((await resend(id)).body).toMatchObject({ status: 409, code: 'verification.exhausted' });
  });

  it('that were wrong make the next of the same subject wait, whichever act and identifier they are for', async () => {
    const owner = await aSubject(test);
    const ask = async (path: string) =>
      (await test.request({ method: 'POST', path, body: { identifier: owner.identifier } })).body.verification
        .id as string;
    const reset = await ask('password-resets');
    const more = { password: 'a-brand-new-password' };
    for (let n = 0; n < 5; n += 1)
      await confirm(test, reset, wrongOf(await codeTo(test, owner.identifier.value)), more);
    const signIn = await ask('sessions');
    const code = await codeTo(test, owner.identifier.value);
    const enter = () =>
      test.request({
        method: 'POST',
        path: 'sessions',
        body: { identifier: owner.identifier, verificationId: signIn, code },
      });
    expect((await enter()).body).toMatchObject({ status: 429, code: 'session.too_many_attempts' });
    await advance(test, 'PT6S');
    expect((await enter()).status).toBe(201);
  });

  async function stopCodesOf(owner: { subjectId: string; identifier: { value: string } }): Promise<void> {
    await confirm(test, await askReset(owner), wrongOf(await codeTo(test, owner.identifier.value)), {
      password: 'a-brand-new-password',
    });
    const counter = await test.get(Vault).blindIndex('identity.attempts', `codes-of|${owner.subjectId}`);
    expect(
      await test.get(Database).execute('UPDATE identity.attempt_counters SET failures = 100 WHERE key = $1', [counter]),
    ).toBe(1);
  }
  const askReset = async ({ identifier }: object & { identifier: object }) =>
    (await test.request({ method: 'POST', path: 'password-resets', body: { identifier } })).body.verification
      .id as string;

  it('stop at a hundred wrong ones, until the subject signs in by password', async () => {
    const owner = await aSubject(test);
    await stopCodesOf(owner);
    const id = await askReset(owner);
    const code = await codeTo(test, owner.identifier.value);
    expect((await confirm(test, id, code, { password: 'a-brand-new-password' })).body).toMatchObject({
      status: 429,
      code: 'session.account_stopped',
      retryAfterSeconds: expect.any(Number),
    });
    expect((await owner.signIn()).status).toBe(201);
    expect((await confirm(test, id, code, { password: 'a-brand-new-password' })).status).toBe(204);
  });

  it('stop for a day and no longer, so that nobody keeps an owner out by guessing', async () => {
    const owner = await aSubject(test);
    await stopCodesOf(owner);
    await advance(test, 'PT23H59M');
    const enter = async () =>
      confirm(test, await askReset(owner), await codeTo(test, owner.identifier.value), {
        password: 'a-brand-new-password',
      });
    expect((await enter()).body.code).toBe('session.account_stopped');
    await advance(test, 'PT2M');
    expect((await enter()).status).toBe(204);
  });

  it('are taken as people paste them', async () => {
    for (const written of [
      (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`,
      (code: string) => `${code.slice(0, 3)}-${code.slice(3)}\n`,
      fullWidth,
    ]) {
      const { id, code } = await aStartedRegistration();
      expect((await confirm(test, id, written(code))).status).toBe(200);
    }
  });

  it('are of one receiver ten an hour, however many are sent again', async () => {
    const identifier = anEmail();
    const start = async () =>
      (await test.request({ method: 'POST', path: 'password-resets', body: { identifier } })).body.verification
        ?.id as string;
    const statuses: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const id = await start();
      for (let again = 0; again < 3; again += 1) statuses.push((await resend(id)).status);
    }
    expect(statuses.filter((status) => status === 202)).toHaveLength(7);
    expect(statuses.at(-1)).toBe(429);
  });

  it('count together where they come from one network of IPv6', async () => {
    const from = (host: number) => ({ 'x-forwarded-for': `2001:db8:77:1::${host.toString(16)}` });
    const started = await Promise.all(Array.from({ length: 5 }, () => aStartedRegistration()));
    let host = 1;
    for (const { id } of started.slice(0, 4))
      for (let n = 0; n < 5; n += 1) await confirmFrom(id, '000000', from(host++));
    const [last] = started.slice(4);
    expect((await confirmFrom(last?.id ?? '', '000000', from(host))).body).toMatchObject({
      status: 429,
      code: 'session.too_many_attempts',
    });
  });

  it('are replaced by the next one', async () => {
    const { id, address, code } = await aStartedRegistration();
    await confirm(test, id, wrongOf(code));
    const answer = await resend(id);
    expect(answer).toMatchObject({ status: 202, body: { verification: { id } } });
    const next = await codeTo(test, address);
    if (next !== code) expect((await confirm(test, id, code)).body.code).toBe('verification.wrong_code');
    expect((await confirm(test, id, next)).status).toBe(200);
  });

  it('are sent five times at most', async () => {
    const { id } = await aStartedRegistration();
    for (let n = 0; n < 4; n += 1) expect((await resend(id)).status).toBe(202);
    expect((await resend(id)).body).toMatchObject({ status: 409, code: 'verification.sent_too_often' });
  });

  it('answer a resend the same for a decoy, and send nothing', async () => {
    const owner = await aSubject(test);
    const { body } = await test.request({
      method: 'POST',
      path: 'subjects',
      body: aRegistration({ identifier: owner.identifier }),
    });
    const before = await messagesTo(test, owner.identifier.value);
    expect((await resend(body.verification.id)).status).toBe(202);
    expect(await messagesTo(test, owner.identifier.value)).toEqual(before);
  });

  it("are sealed and opened as often, and as long, for an identifier that is nobody's", async () => {
    const [vault, db] = [test.get(Vault), test.get(Database)];
    const { seal, open } = vault;
    const work = async (identifier: object, path: string) => {
      const done: string[] = [];
      vault.seal = (...given) => (done.push('seal'), seal.apply(vault, given));
      vault.open = (...given) => (done.push('open'), open.apply(vault, given));
      const { body } = await test.request({ method: 'POST', path, body: { identifier } });
      await resend(body.verification.id);
      Object.assign(vault, { seal, open });
      const [row] = await db.query<{ bytes: number }>(
        'SELECT length(target) AS bytes FROM identity.verifications WHERE id = $1',
        [body.verification.id],
      );
      return { done, bytes: row?.bytes };
    };
    const [owner, nobody] = [await aSubject(test), anEmail()];
    for (const path of ['sessions', 'password-resets']) {
      const known = await work(owner.identifier, path);
      expect(known.done).toContain('open');
      expect(await work(nobody, path)).toEqual(known);
    }
  });

  it('of a decoy open nothing, not even when guessed', async () => {
    const owner = await aSubject(test);
    const { body } = await test.request({
      method: 'POST',
      path: 'subjects',
      body: aRegistration({ identifier: owner.identifier }),
    });
    const { id } = body.verification;
    const hash = await test.get(Vault).blindIndex('verifications.code', `${id}|123456`);
    await test.get(Database).execute('UPDATE identity.verifications SET code_hash = $2 WHERE id = $1', [id, hash]);
    expect((await confirm(test, id, '123456')).body.code).toBe('verification.wrong_code');
  });

  it('cost no hash of a password unless they are right', async () => {
    const owner = await aSubject(test);
    const { body } = await test.request({
      method: 'POST',
      path: 'password-resets',
      body: { identifier: owner.identifier },
    });
    const costOf = async (code: string) => {
      const password = 'a-brand-new-password';
      return (await processorTimeOf(() => confirm(test, body.verification.id, code, { password }))).everywhere;
    };
    const code = await codeTo(test, owner.identifier.value);
    const [wrong, alsoWrong, right] = [await costOf(wrongOf(code)), await costOf(wrongOf(code)), await costOf(code)];
    expect(Math.min(wrong, alsoWrong)).toBeLessThan(right / 2);
  });

  it('are bound to one act: a code to sign in resets no password', async () => {
    const owner = await aSubject(test);
    const { body } = await test.request({ method: 'POST', path: 'sessions', body: { identifier: owner.identifier } });
    const code = await codeTo(test, owner.identifier.value);
    expect((await confirm(test, body.verification.id, code, { password: 'a-brand-new-password' })).body.code).toBe(
      'verification.other_route',
    );
    const { body: reset } = await test.request({
      method: 'POST',
      path: 'password-resets',
      body: { identifier: owner.identifier },
    });
    const answer = await test.request({
      method: 'POST',
      path: 'sessions',
      body: {
        identifier: owner.identifier,
        verificationId: reset.verification.id,
        code: await codeTo(test, owner.identifier.value),
      },
    });
    expect(answer.body.code).toBe('verification.not_found');
  });

  it('are kept as a keyed hash only', async () => {
    const { id, code } = await aStartedRegistration();
    const [row] = await test
      .get(Database)
      .query<{ row: string }>('SELECT to_jsonb(v)::text AS row FROM identity.verifications v WHERE id = $1', [id]);
    expect(row?.row).not.toContain(Buffer.from(code).toString('hex'));
    expect(row?.row).not.toMatch(new RegExp(`"${code}"`));
  });

  it('do not exist for an unknown id', async () => {
    expect((await confirm(test, '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3', '123456')).body).toMatchObject({
      status: 404,
      code: 'verification.not_found',
    });
  });

  it('are the only run of six digits in a message, in either language', async () => {
    const identifier = anEmail();
    await test.request({
      method: 'POST',
      path: 'subjects',
      body: aRegistration({ identifier }),
      headers: { 'accept-language': 'en' },
    });
    const [text = ''] = await messagesTo(test, identifier.value);
    expect(text).toContain('Your code is');
    expect(text.match(/\d{6}/g)).toHaveLength(1);
  });
});
