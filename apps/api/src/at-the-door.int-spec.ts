import { newId } from '@abide/kernel';
import { anEmail, aRegistration, aSignedInSubject, codeTo } from '@abide/identity/testing';
import { Database } from '@abide/platform';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { DataSource } from 'typeorm';
import { appModules, persistence } from './modules.js';

const app = 'https://app.tickets.example';

describe('at the door', () => {
  let test: TestApp;
  let db: Database;
  beforeAll(async () => {
    test = await createTestApp(appModules, persistence, {
      ABIDE_CLIENT_ORIGINS: `${app}, https://m.tickets.example`,
      ABIDE_TRUSTED_PROXY: '127.0.0.1',
    });
    db = test.get(Database);
  });
  afterAll(() => test.close());

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    test.request({ method: 'POST', path, body, headers });
  const register = async (headers: { start?: Record<string, string>; confirm?: Record<string, string> } = {}) => {
    const body = aRegistration();
    const started = await post('subjects', body, headers.start);
    const confirmed = await post(
      `verifications/${started.body.verification.id}/confirm`,
      { code: await codeTo(test, body.identifier.value) },
      headers.confirm,
    );
    return confirmed.body.subjectId as string;
  };

  describe('Global Privacy Control', () => {
    const signal = { 'sec-gpc': '1' };
    const isKept = async (subjectId: string) =>
      (await db.query('SELECT 1 FROM consent.preferences WHERE subject_id = $1 AND gpc_since IS NOT NULL', [subjectId]))
        .length === 1;

    it('is kept from the request that makes a device', async () => {
      expect(await isKept((await post('devices', { acceptedRevisionIds: [] }, signal)).body.subjectId)).toBe(true);
      expect(await isKept((await post('devices', { acceptedRevisionIds: [] })).body.subjectId)).toBe(false);
    });

    it('is kept from a registration, and from its confirmation', async () => {
      expect(await isKept(await register({ start: signal }))).toBe(true);
      expect(await isKept(await register({ confirm: signal }))).toBe(true);
      expect(await isKept(await register())).toBe(false);
    });

    it('is kept from a sign-in, and from a refresh', async () => {
      const subject = await aSignedInSubject(test);
      expect(await isKept(subject.subjectId)).toBe(false);
      expect((await post('sessions/refresh', { refreshToken: subject.refreshToken }, signal)).status).toBe(201);
      expect(await isKept(subject.subjectId)).toBe(true);
      const other = await aSignedInSubject(test);
      await post('sessions', { identifier: other.identifier, password: 'a-fine-password-9' }, signal);
      expect(await isKept(other.subjectId)).toBe(true);
    });
  });

  describe('pages of other origins', () => {
    const ask = (path: string, origin: string) => test.request({ method: 'GET', path, headers: { origin } });

    it('may call what client apps call, where their origin is named, without cookies', async () => {
      const { headers } = await ask('policies', app);
      expect(headers).toMatchObject({
        'access-control-allow-origin': app,
        'access-control-expose-headers': expect.stringContaining('retry-after'),
      });
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      expect(
        (await ask('policies', 'https://elsewhere.example')).headers['access-control-allow-origin'],
      ).toBeUndefined();
    });

    it('are told beforehand what they may send', async () => {
      const preflight = async (path: string) =>
        (
          await test.app.inject({
            method: 'OPTIONS',
            url: path,
            headers: {
              origin: app,
              'access-control-request-method': 'PUT',
              'access-control-request-headers': 'authorization',
            },
          })
        ).headers;
      expect(await preflight('/api/v1/me/consents/personalisation')).toMatchObject({
        'access-control-allow-origin': app,
        'access-control-allow-methods': expect.stringContaining('PUT'),
      });
      expect((await preflight('/api/v1/operator/operators'))['access-control-allow-origin']).toBeUndefined();
    });

    it.each([
      'operator/sessions/current',
      '/api/v1/%6fperator/sessions/current',
      'oauth/token',
      'dev/clock',
      '/console',
      '/policies/privacy',
    ])('may not call %s', async (path) => {
      expect((await ask(path, app)).headers['access-control-allow-origin']).toBeUndefined();
    });
  });

  describe('an Idempotency-Key of nobody in particular', () => {
    const key = { 'idempotency-key': '1' };
    const from = (address: string) => ({ ...key, 'x-forwarded-for': address });
    const reset = (address: string, identifier = anEmail()) => post('password-resets', { identifier }, from(address));

    it('is one within the network that it comes from', async () => {
      const identifier = anEmail();
      const first = await reset('203.0.113.7', identifier);
      const again = await reset('203.0.113.7', identifier);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(again.body).toEqual(first.body);
      expect((await reset('203.0.113.7')).body).toMatchObject({ status: 422, code: 'idempotency.key_reused' });
    });

    it('is no stranger’s', async () => {
      const identifier = anEmail();
      const mine = await reset('203.0.113.8', identifier);
      const theirs = await reset('198.51.100.9', identifier);
      expect(theirs.headers['idempotency-replayed']).toBeUndefined();
      expect(theirs.body.verification.id).not.toBe(mine.body.verification.id);
      expect((await reset('198.51.100.10')).status).toBe(202);
    });
  });

  describe('ids in upper case', () => {
    it('are the same ids, in addresses and in bodies', async () => {
      const subject = await aSignedInSubject(test);
      const sessions = (await subject.send('GET', 'me/sessions')).body.items as { id: string }[];
      expect((await subject.send('DELETE', `me/sessions/${sessions[0]?.id.toUpperCase()}`)).status).toBe(204);
      const { body } = await post('subjects', aRegistration());
      expect((await post(`verifications/${body.verification.id.toUpperCase()}/resend`, undefined)).status).toBe(202);
      const unknown = newId();
      const refused = await post('subjects', aRegistration({ acceptedRevisionIds: [unknown.toUpperCase()] }));
      expect(refused.text).not.toContain(unknown.toUpperCase());
    });
  });
});

describe('a process whose pool has one connection left', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp(appModules, persistence, {
      DATABASE_POOL_SIZE: '2',
      ABIDE_ROLE: 'web',
      ABIDE_TRUSTED_PROXY: '127.0.0.1',
    });
  });
  afterAll(() => test.close());

  /** Many at once under keys, while one connection is taken: a request that needed two would wait for another that waits for it. */
  async function together(send: (n: number) => Promise<{ status: number }>, count = 6): Promise<number[]> {
    const taken = test.get(DataSource).createQueryRunner();
    await taken.connect();
    try {
      return (await Promise.all(Array.from({ length: count }, (_, n) => send(n)))).map(({ status }) => status);
    } finally {
      await taken.release();
    }
  }
  const keyed = (n: number) => ({ 'idempotency-key': newId(), 'x-forwarded-for': `203.0.113.${n}` });
  const post = (path: string, body: unknown, headers: Record<string, string>, token?: string) =>
    test.request({ method: 'POST', path, body, headers, ...(token === undefined ? {} : { token }) });

  it('answers whatever anybody may ask for under a key', async () => {
    for (const [path, body, status] of [
      ['password-resets', () => ({ identifier: anEmail() }), 202],
      ['sessions', () => ({ identifier: anEmail() }), 202],
      ['subjects', () => aRegistration({ password: undefined }), 202],
      ['devices', () => ({ acceptedRevisionIds: [] }), 201],
    ] as const) {
      expect(await together((n) => post(path, body(), keyed(n)))).toEqual(Array.from({ length: 6 }, () => status));
    }
  }, 20_000);

  it('answers what a subject asks for under a key', async () => {
    const subject = await aSignedInSubject(test);
    for (const [path, body] of [
      ['me/acceptances', { revisionId: newId() }],
      ['me/consent-prompts', { purpose: 'personalisation' }],
      ['me/guardianship', {}],
    ] as const) {
      const statuses = await together((n) => post(path, body, keyed(n), subject.accessToken));
      expect(statuses.every((status) => status < 500)).toBe(true);
    }
  }, 20_000);
});
