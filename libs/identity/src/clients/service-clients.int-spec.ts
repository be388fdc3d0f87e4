import { Controller, Get, Module } from '@nestjs/common';
import { CurrentClient, ForClient, joinPersistence, type ClientPrincipal } from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { createTestApp, type TestAnswer, type TestApp } from '@abide/platform/testing';
import { AuditModule } from '@abide/audit';
import { auditPersistence } from '@abide/audit/persistence';
import { VaultModule } from '@abide/vault';
import { vaultPersistence } from '@abide/vault/persistence';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { IdentityModule } from '../identity.module.js';
import { identityPersistence } from '../persistence.js';
import { advance, aSignedInOperator, resetClock, type TestConsole } from '../testing/app.js';
import { SigningKeys } from '../tokens/signing-keys.service.js';

@Controller('probe')
class ProbeController {
  @Get('decisions')
  @ForClient('decisions:read')
  decide(@CurrentClient() { clientId }: ClientPrincipal): object {
    return { clientId };
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

describe('service clients', () => {
  let test: TestApp;
  let administrator: TestConsole;
  beforeAll(async () => {
    const persistence = joinPersistence(platformPersistence, vaultPersistence, auditPersistence, identityPersistence);
    test = await createTestApp([VaultModule, AuditModule, IdentityModule, ProbeModule], persistence, {
      ABIDE_BOOTSTRAP_CLIENT: 'demo-service:a-secret-for:tests',
      ABIDE_TRUSTED_PROXY: '127.0.0.1',
    });
  });
  beforeEach(async () => {
    administrator = await aSignedInOperator(test, 'administrator');
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const grant = { grant_type: 'client_credentials' };
  const ask = (body: object, headers = {}): Promise<TestAnswer> =>
    test.request({ method: 'POST', path: 'oauth/token', body: { ...grant, ...body }, headers });
  const tokenOf = async (body: object): Promise<string> => (await ask(body)).body.access_token;
  const decide = (token: string): Promise<TestAnswer> =>
    test.request({ method: 'GET', path: 'probe/decisions', token });
  const aClient = async (scopes = ['decisions:read']): Promise<{ client_id: string; client_secret: string }> => {
    const { body } = await administrator.post('operator/clients', { name: 'ticketing', scopes });
    return { client_id: body.id, client_secret: body.secret };
  };

  it('makes a client with every scope from the configuration', async () => {
    const { status, body } = await ask({ client_id: 'demo-service', client_secret: 'a-secret-for:tests' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 600,
      scope: expect.stringContaining('disclosures:write'),
    });
    expect((await decide(body.access_token)).body).toEqual({ clientId: 'demo-service' });
  });

  it('accepts a form and HTTP Basic as well as JSON', async () => {
    const { client_id, client_secret } = await aClient();
    const form = new URLSearchParams({ ...grant, client_id, client_secret }).toString();
    const asForm = await test.request({
      method: 'POST',
      path: 'oauth/token',
      body: form,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(asForm.status).toBe(200);
    const basic = Buffer.from(`${client_id}:${client_secret}`).toString('base64');
    expect((await ask({}, { authorization: `Basic ${basic}` })).status).toBe(200);
  });

  it('shows a secret once and keeps only its hash', async () => {
    const { client_secret } = await aClient();
    expect(Buffer.from(client_secret, 'base64url')).toHaveLength(32);
    expect((await administrator.get('operator/clients')).text).not.toContain(client_secret);
  });

  it('says what OAuth says when the secret is wrong, beside its own code', async () => {
    const { client_id } = await aClient();
    const answer = await ask({ client_id, client_secret: 'wrong' });
    expect(answer.body).toMatchObject({ status: 401, code: 'oauth.invalid_client', error: 'invalid_client' });
    expect(answer.headers['www-authenticate']).toContain('Basic');
  });

  it.each(['%00:x', 'x:%00', '\0:x', 'demo%00service:x'])(
    'refuses %j by HTTP Basic as any wrong client',
    async (pair) => {
      const answer = await ask({}, { authorization: `Basic ${Buffer.from(pair).toString('base64')}` });
      expect(answer.body).toMatchObject({ status: 401, code: 'oauth.invalid_client' });
    },
  );

  it('refuses another grant, a request without a client, and a scope the client does not have', async () => {
    expect((await ask({ grant_type: 'password' })).body).toMatchObject({
      code: 'oauth.unsupported_grant_type',
      error: 'unsupported_grant_type',
    });
    expect((await ask({})).body.code).toBe('oauth.invalid_request');
    expect((await ask({ ...(await aClient()), scope: 'decisions:read policies:write' })).body.code).toBe(
      'oauth.invalid_scope',
    );
  });

  it('narrows a token to the scopes that were asked for', async () => {
    const client = await aClient(['decisions:read', 'telemetry:write']);
    const { body } = await ask({ ...client, scope: 'telemetry:write' });
    expect(body.scope).toBe('telemetry:write');
    expect((await decide(body.access_token)).body).toMatchObject({
      status: 403,
      code: 'access.scope_missing',
      scope: 'decisions:read',
    });
  });

  it('signs tokens that name type, key, issuer and audience and live ten minutes', async () => {
    const token = await tokenOf(await aClient());
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt', kid: expect.any(String) });
    const { iss, aud, iat = 0, exp } = decodeJwt(token);
    expect({ iss, aud, exp }).toEqual({ iss: test.config.publicUrl, aud: 'abide', exp: iat + 600 });
    expect((await decide(token)).status).toBe(200);
    await advance(test, 'PT10M1S');
    expect((await decide(token)).body).toMatchObject({ status: 401, code: 'access.invalid_token' });
  });

  it.each([
    ['another audience', (jwt: SignJWT) => jwt.setAudience('other'), {}],
    ['another issuer', (jwt: SignJWT) => jwt.setIssuer('https://evil.example'), {}],
    ['another type', (jwt: SignJWT) => jwt, { typ: 'JWT' }],
    ['a key that is not ours', (jwt: SignJWT) => jwt, { kid: '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3' }],
    ['a longer life', (jwt: SignJWT) => jwt.setIssuedAt('1 hour ago').setExpirationTime('1 hour'), {}],
  ])('refuses a token for %s, even signed with our key', async (_what, change, header) => {
    const { id, privateKey } = await test.get(SigningKeys).current();
    const jwt = new SignJWT({ kind: 'client', scope: 'decisions:read' })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: id, ...header })
      .setIssuer(test.config.publicUrl)
      .setAudience('abide')
      .setSubject('demo-service')
      .setIssuedAt()
      .setExpirationTime('5 minutes');
    expect((await decide(await change(jwt).sign(privateKey))).body.code).toBe('access.invalid_token');
  });

  it('refuses a token that was tampered with or not signed', async () => {
    const token = await tokenOf(await aClient());
    const [header = '', payload = '', signature = ''] = token.split('.');
    const unsigned = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    const forged = Buffer.from(JSON.stringify({ ...decodeJwt(token), sub: 'demo-service' })).toString('base64url');
    for (const bad of [
      `${unsigned}.${payload}.`,
      `${header}.${forged}.${signature}`,
      `${header}.${payload}.${'A'.repeat(signature.length)}`,
    ]) {
      expect((await decide(bad)).body.code).toBe('access.invalid_token');
    }
  });

  it('ends a client and its tokens at once', async () => {
    const client = await aClient();
    const token = await tokenOf(client);
    expect((await decide(token)).status).toBe(200);
    expect(
      (await administrator.request({ method: 'DELETE', path: `operator/clients/${client.client_id}` })).status,
    ).toBe(204);
    expect((await decide(token)).body.code).toBe('access.invalid_token');
    expect((await ask(client)).body.code).toBe('oauth.invalid_client');
  });

  it('lets the old secret work during the overlap of a rotation and no longer', async () => {
    const client = await aClient();
    const { body } = await administrator.post(`operator/clients/${client.client_id}/rotation`, { overlapDays: 2 });
    const renewed = { ...client, client_secret: body.secret };
    await advance(test, 'P1D');
    expect([(await ask(client)).status, (await ask(renewed)).status]).toEqual([200, 200]);
    await advance(test, 'P1D');
    expect([(await ask(client)).status, (await ask(renewed)).status]).toEqual([401, 200]);
  });

  it('lets a secret expire within a year', async () => {
    const client = await aClient();
    await advance(test, 'P364D');
    expect((await ask(client)).status).toBe(200);
    await advance(test, 'P1D');
    expect((await ask(client)).body.code).toBe('oauth.invalid_client');
  });

  it('refuses a secret that would live longer than a year', async () => {
    expect((await administrator.post('operator/clients', { name: 'x', scopes: [], expiresInDays: 366 })).status).toBe(
      400,
    );
  });

  it('refuses an operator without the permission', async () => {
    const auditor = await aSignedInOperator(test, 'auditor');
    expect((await auditor.post('operator/clients', { name: 'x', scopes: [] })).body.permission).toBe('client.manage');
  });

  it('does not keep the secret for a repeated Idempotency-Key', async () => {
    const send = () =>
      administrator.request({
        method: 'POST',
        path: 'operator/clients',
        body: { name: 'once', scopes: [] },
        headers: { 'idempotency-key': 'once' },
      });
    expect((await send()).status).toBe(201);
    expect((await send()).body).toMatchObject({ status: 409, code: 'idempotency.not_replayable' });
  });

  it('publishes its keys, and tokens outlive a rotation of them', async () => {
    const before = await tokenOf(await aClient());
    expect((await administrator.post('operator/signing-keys/rotation', {})).status).toBe(200);
    const after = await tokenOf(await aClient());
    const { body } = await test.request({ method: 'GET', path: '/.well-known/jwks.json' });
    const published = body.keys.map((key: { kid: string }) => key.kid);
    expect(published).toEqual(
      expect.arrayContaining([decodeProtectedHeader(before).kid, decodeProtectedHeader(after).kid]),
    );
    expect(decodeProtectedHeader(before).kid).not.toBe(decodeProtectedHeader(after).kid);
    expect(JSON.stringify(body)).not.toContain('"d":');
    expect([(await decide(before)).status, (await decide(after)).status]).toEqual([200, 200]);
  });
});
