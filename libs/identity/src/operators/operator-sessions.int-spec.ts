import { Database } from '@abide/platform';
import { processorTimeOf, type TestApp } from '@abide/platform/testing';
import { hashPassword } from '../credentials/password-hash.js';
import {
  advance,
  anOperator,
  aSignedInOperator,
  createIdentityApp,
  goodPassword,
  resetClock,
  TestConsole,
} from '../testing/app.js';

describe('operator sessions', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createIdentityApp({ ABIDE_TRUSTED_PROXY: '127.0.0.1' });
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const from = (address: string) => ({ 'x-forwarded-for': address });
  const tryToSignIn = (email: string, password: string, headers = {}) =>
    test.request({ method: 'POST', path: 'operator/sessions', body: { email, password }, headers });

  it('signs an operator in with a strict, script-proof cookie', async () => {
    const operator = await anOperator(test, 'policyEditor');
    const answer = await operator.signIn();
    expect(answer.status).toBe(200);
    expect(answer.body.operator).toMatchObject({ id: operator.operatorId, roles: ['policyEditor'], locale: 'zh-CN' });
    expect(answer.body.operator.permissions).toContain('policy.edit');
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^abide_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it('uses the __Host- prefix and Secure when the product is reached over https', async () => {
    const secure = await createIdentityApp({ ABIDE_PUBLIC_URL: 'https://abide.example' });
    const answer = await (await anOperator(secure, 'auditor')).signIn();
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-abide_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    await secure.close();
  });

  it('names the operator with every answer in their session, refusals included, for pages of its own origin only', async () => {
    const operator = await aSignedInOperator(test, 'policyEditor');
    for (const [path, status] of [
      ['operator/sessions/current', 200],
      ['operator/subjects/00000000-0000-4000-8000-000000000001/guardianships', 403],
    ] as const) {
      const answer = await operator.get(path);
      expect([answer.status, answer.headers['x-abide-operator']]).toEqual([status, operator.operatorId]);
      expect(String(answer.headers['access-control-expose-headers'])).not.toContain('x-abide-operator');
    }
    expect((await test.request({ method: 'GET', path: 'operator/sessions/current' })).headers).not.toHaveProperty(
      'x-abide-operator',
    );
  });

  it('keeps only the hash of the token', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    const token = operator.cookie.split('=')[1] ?? '';
    const rows = await test.get(Database).query('SELECT to_jsonb(s)::text AS row FROM identity.operator_sessions s');
    expect(token).toHaveLength(43);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('gives a wrong password, an unknown address and a deactivated operator the same answer', async () => {
    const operator = await anOperator(test, 'auditor');
    const gone = await anOperator(test, 'auditor');
    await test
      .get(Database)
      .execute('UPDATE identity.operators SET is_active = false WHERE id = $1', [gone.operatorId]);
    const answers = [
      await tryToSignIn(operator.email, 'not the right password'),
      await tryToSignIn('nobody@abide.example', goodPassword),
      await tryToSignIn(gone.email, goodPassword),
    ];
    const shown = answers.map(({ status, body: { correlationId: _id, ...body } }) => ({ status, body }));
    expect(shown[0]).toMatchObject({ status: 401, body: { code: 'session.invalid_credentials' } });
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[2]).toEqual(shown[0]);
  });

  it('takes as much work for an unknown address as for a wrong password', async () => {
    const operators = [await anOperator(test, 'auditor'), await anOperator(test, 'auditor')];
    const costOf = async (email: string) =>
      (await processorTimeOf(() => tryToSignIn(email, 'not the right password'))).everywhere;
    const costs: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
    for (const [n, { email }] of [...operators, ...operators, ...operators].entries()) {
      costs.known.push(await costOf(email));
      costs.unknown.push(await costOf(`nobody-${n}@abide.example`));
    }
    expect(Math.min(...costs.unknown)).toBeGreaterThan(Math.min(...costs.known) * 0.5);
  });

  it('finds an operator whatever the case of the address', async () => {
    const operator = await anOperator(test, 'auditor');
    expect((await tryToSignIn(operator.email.toUpperCase(), goodPassword)).status).toBe(200);
  });

  it('makes an account wait after five failures, with the right password too', async () => {
    const operator = await anOperator(test, 'auditor');
    for (let n = 0; n < 5; n += 1)
      expect((await tryToSignIn(operator.email, 'wrong', from('203.0.113.1'))).status).toBe(401);
    const refused = await tryToSignIn(operator.email, goodPassword, from('203.0.113.1'));
    expect(refused.body).toMatchObject({ status: 429, code: 'session.too_many_attempts' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await advance(test, 'PT6S');
    expect((await tryToSignIn(operator.email, goodPassword, from('203.0.113.1'))).status).toBe(200);
  });

  it('makes an address that belongs to nobody wait just the same', async () => {
    for (let n = 0; n < 5; n += 1) await tryToSignIn('ghost@abide.example', 'wrong', from('203.0.113.2'));
    expect((await tryToSignIn('ghost@abide.example', 'wrong', from('203.0.113.2'))).body.code).toBe(
      'session.too_many_attempts',
    );
  });

  it('counts guesses made in parallel', async () => {
    const operator = await anOperator(test, 'auditor');
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => tryToSignIn(operator.email, 'wrong', from('203.0.113.3'))),
    );
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(5);
  });

  it('gives nothing for a right password right behind many wrong ones sent at once', async () => {
    const operator = await anOperator(test, 'auditor');
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => tryToSignIn(operator.email, 'wrong', from('203.0.113.6'))),
    );
    expect(answers.map((answer) => answer.status)).not.toContain(200);
    expect((await tryToSignIn(operator.email, goodPassword, from('203.0.113.6'))).status).toBe(429);
  });

  it('stops an account for a day at a hundred failures, or until an administrator steps in', async () => {
    const operator = await anOperator(test, 'auditor');
    await tryToSignIn(operator.email, 'wrong', from('203.0.113.4'));
    await test.get(Database).execute('UPDATE identity.attempt_counters SET failures = 100 WHERE failures = 1');
    await advance(test, 'PT23H59M');
    expect((await tryToSignIn(operator.email, goodPassword, from('203.0.113.4'))).body).toMatchObject({
      code: 'session.account_stopped',
      retryAfterSeconds: expect.any(Number),
    });
    const administrator = await aSignedInOperator(test, 'administrator');
    await administrator.request({
      method: 'PATCH',
      path: `operator/operators/${operator.operatorId}`,
      body: { active: true },
    });
    expect((await tryToSignIn(operator.email, goodPassword, from('203.0.113.4'))).status).toBe(200);
  });

  it('lets one address fail twenty times a minute, over all accounts', async () => {
    const attempt = (n: number) => tryToSignIn(`guess-${n}@abide.example`, 'wrong', from('203.0.113.5'));
    for (let n = 0; n < 20; n += 1) expect((await attempt(n)).status).toBe(401);
    expect((await attempt(20)).body.code).toBe('session.too_many_attempts');
    await advance(test, 'PT61S');
    expect((await attempt(21)).status).toBe(401);
  });

  it('hashes a weakly hashed password anew at sign-in', async () => {
    const operator = await anOperator(test, 'auditor');
    const db = test.get(Database);
    const weak = await hashPassword(goodPassword, { memoryKibibytes: 1024, passes: 1, parallelism: 1 });
    await db.execute('UPDATE identity.operators SET password_hash = $2 WHERE id = $1', [operator.operatorId, weak]);
    expect((await operator.signIn()).status).toBe(200);
    const [row] = await db.query<{ password_hash: string }>(
      'SELECT password_hash FROM identity.operators WHERE id = $1',
      [operator.operatorId],
    );
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('ends a session after fifteen minutes without a request', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    await advance(test, 'PT14M');
    expect((await operator.get('operator/sessions/current')).status).toBe(200);
    await advance(test, 'PT14M');
    expect((await operator.get('operator/sessions/current')).status).toBe(200);
    await advance(test, 'PT15M');
    expect((await operator.get('operator/sessions/current')).body).toMatchObject({
      status: 401,
      code: 'session.expired',
    });
  });

  it('ends a session after eight hours, however busy', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    for (let minutes = 0; minutes < 470; minutes += 10) {
      await advance(test, 'PT10M');
      expect((await operator.get('operator/sessions/current')).status).toBe(200);
    }
    await advance(test, 'PT10M');
    expect((await operator.get('operator/sessions/current')).status).toBe(401);
  });

  it('signs out for good', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    expect((await operator.request({ method: 'DELETE', path: 'operator/sessions/current' })).status).toBe(204);
    expect((await operator.get('operator/sessions/current')).status).toBe(401);
  });

  describe('the key for unsaved work', () => {
    const draftKeyOf = async (operator: TestConsole): Promise<string> =>
      (await operator.get('operator/sessions/current')).body.draftKey;

    it('is one for each operator, and the same in their next session', async () => {
      const [mine, theirs] = [
        await aSignedInOperator(test, 'policyEditor'),
        await aSignedInOperator(test, 'policyEditor'),
      ];
      const key = await draftKeyOf(mine);
      expect(Buffer.from(key, 'base64url')).toHaveLength(32);
      expect(await draftKeyOf(theirs)).not.toBe(key);
      await mine.request({ method: 'DELETE', path: 'operator/sessions/current' });
      await mine.signIn();
      expect(await draftKeyOf(mine)).toBe(key);
    });

    it('is told only to who asks for the current session, and kept by nobody on the way', async () => {
      const operator = await anOperator(test, 'policyEditor');
      const logged: unknown[] = [];
      const log = (...parts: unknown[]) => void logged.push(...parts);
      test.app.useLogger({ log, error: log, warn: log, debug: log, verbose: log });
      const signedIn = await operator.signIn();
      const current = await operator.get('operator/sessions/current');
      const key: string = current.body.draftKey;
      expect(current.headers['cache-control']).toBe('no-store');
      const sessions = await operator.get('operator/sessions');
      const steppedUp = await operator.stepUp();
      const entries = await test.get(Database).query('SELECT to_jsonb(e)::text AS entry FROM audit.entries e');
      const elsewhere = JSON.stringify([signedIn, sessions, steppedUp, entries, logged]);
      for (const text of [
        key,
        Buffer.from(key, 'base64url').toString('hex'),
        Buffer.from(key, 'base64url').toString('base64'),
      ])
        expect(elsewhere).not.toContain(text);
    });

    it('is withheld until a required second factor is enrolled', async () => {
      const strict = await createIdentityApp({ ABIDE_SECOND_FACTOR: 'required' });
      const operator = await aSignedInOperator(strict, 'policyEditor');
      expect((await operator.get('operator/sessions/current')).body).toMatchObject({
        factorRequired: true,
        draftKey: null,
      });
      await strict.close();
    });
  });

  it('lists the own sessions and ends one of them', async () => {
    const here = await aSignedInOperator(test, 'auditor');
    const there = new TestConsole(test, here.operatorId, here.email);
    await there.signIn();
    const { items } = (await here.get('operator/sessions')).body;
    expect(items).toHaveLength(2);
    const other = items.find((item: { current: boolean }) => !item.current);
    expect((await here.request({ method: 'DELETE', path: `operator/sessions/${other.id}` })).status).toBe(204);
    expect((await there.get('operator/sessions/current')).status).toBe(401);
    expect((await here.get('operator/sessions/current')).status).toBe(200);
  });

  it("does not end another operator's session", async () => {
    const [mine, theirs] = [await aSignedInOperator(test, 'administrator'), await aSignedInOperator(test, 'auditor')];
    const [{ id }] = (await theirs.get('operator/sessions')).body.items;
    expect((await mine.request({ method: 'DELETE', path: `operator/sessions/${id}` })).body.code).toBe(
      'session.not_found',
    );
    expect((await theirs.get('operator/sessions/current')).status).toBe(200);
  });

  it('gives the session a new token at step-up, and the old one is worth nothing', async () => {
    const operator = await aSignedInOperator(test, 'administrator');
    const before = { cookie: operator.cookie, csrf: operator.csrfToken };
    await advance(test, 'PT6M');
    const answer = await operator.stepUp();
    expect(answer.status).toBe(200);
    expect(operator.cookie).not.toBe(before.cookie);
    expect(operator.csrfToken).not.toBe(before.csrf);
    expect(
      (await test.request({ method: 'GET', path: 'operator/sessions/current', headers: { cookie: before.cookie } }))
        .status,
    ).toBe(401);
    expect((await operator.get('operator/sessions/current')).body.stepUpUntil).toBe(answer.body.stepUpUntil);
  });

  it('asks for a step-up five minutes after the last proof', async () => {
    const operator = await aSignedInOperator(test, 'administrator');
    const body = { email: 'new.person@abide.example', name: 'Lin Yi', roles: ['auditor'] };
    await advance(test, 'PT5M');
    expect((await operator.post('operator/operators', body)).body).toMatchObject({
      status: 403,
      code: 'session.step_up_required',
    });
    await operator.stepUp();
    expect((await operator.post('operator/operators', body)).status).toBe(202);
  });

  it('refuses a step-up with a wrong password and leaves the session as it was', async () => {
    const operator = await aSignedInOperator(test, 'administrator');
    expect((await operator.post('operator/sessions/step-up', { password: 'wrong' })).body.code).toBe(
      'session.invalid_credentials',
    );
    expect((await operator.get('operator/sessions/current')).status).toBe(200);
  });

  it('ends every session when the password changes', async () => {
    const here = await aSignedInOperator(test, 'auditor');
    const there = new TestConsole(test, here.operatorId, here.email);
    await there.signIn();
    const body = { currentPassword: goodPassword, password: 'another long enough password' };
    expect((await here.request({ method: 'PUT', path: 'operator/password', body })).status).toBe(204);
    expect((await here.get('operator/sessions/current')).status).toBe(401);
    expect((await there.get('operator/sessions/current')).status).toBe(401);
    expect((await there.signIn('another long enough password')).status).toBe(200);
  });

  it.each([
    ['the header is missing', { 'x-abide-csrf': '' }],
    ['the token is of another session', { 'x-abide-csrf': 'x'.repeat(43) }],
    ['the page is of another site', { origin: 'https://evil.example' }],
    ['the browser says so', { 'sec-fetch-site': 'cross-site' }],
    ['a sandboxed page sends it', { origin: 'null' }],
    ['a plain form could have sent it', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('refuses a change when %s', async (_when, headers) => {
    const operator = await aSignedInOperator(test, 'administrator');
    const isForm = 'content-type' in headers;
    const answer = await operator.request({
      method: 'POST',
      path: 'operator/sessions/step-up',
      body: isForm ? 'password=x' : { password: goodPassword },
      headers,
    });
    expect(answer.body).toMatchObject({ status: 403, code: 'session.csrf' });
  });

  it("refuses another session's CSRF token", async () => {
    const [mine, theirs] = [await aSignedInOperator(test, 'auditor'), await aSignedInOperator(test, 'auditor')];
    const answer = await mine.request({
      method: 'DELETE',
      path: 'operator/sessions/current',
      headers: { 'x-abide-csrf': theirs.csrfToken },
    });
    expect(answer.body.code).toBe('session.csrf');
  });

  it('accepts its own page as the origin', async () => {
    const operator = await aSignedInOperator(test, 'auditor');
    const answer = await operator.request({
      method: 'DELETE',
      path: 'operator/sessions/current',
      headers: { origin: 'http://localhost:3000' },
    });
    expect(answer.status).toBe(204);
  });

  it('refuses to sign in from a page of another site', async () => {
    const operator = await anOperator(test, 'auditor');
    expect((await tryToSignIn(operator.email, goodPassword, { origin: 'https://evil.example' })).body.code).toBe(
      'session.csrf',
    );
  });

  it('guards a route under an encoded path like under the plain one', async () => {
    for (const path of [
      '/api/v1/%6fperator/operators',
      '/api/v1/operator/%6f%70erators',
      '/api/v1//operator/operators',
      '/api/v1/operator/operators/',
    ]) {
      expect([401, 404]).toContain((await test.request({ method: 'GET', path })).status);
    }
  });
});
