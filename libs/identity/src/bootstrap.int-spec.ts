import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError } from '@abide/kernel';
import { Database, loadConfig } from '@abide/platform';
import { Bootstrap } from './bootstrap.js';
import { ServiceClients } from './clients/service-clients.service.js';
import { Factors } from './operators/factors.service.js';
import { Operators } from './operators/operators.service.js';
import { SigningKeys } from './tokens/signing-keys.service.js';
import { anOperator, createIdentityApp } from './testing/app.js';

describe('identity in production', () => {
  let directory: string;
  let env: Record<string, string>;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'abide-keys-'));
    const keyFile = join(directory, 'master.key');
    writeFileSync(keyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
    env = {
      NODE_ENV: 'production',
      ABIDE_PUBLIC_URL: 'https://abide.example',
      ABIDE_TRUSTED_PROXY: '127.0.0.1',
      ABIDE_KEY_FILE: keyFile,
      ABIDE_SECOND_FACTOR: 'off',
    };
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('always asks operators for a second factor, whatever the configuration says', async () => {
    const test = await createIdentityApp(env);
    const answer = await (await anOperator(test, 'administrator')).signIn();
    expect(answer.body).toMatchObject({ factorRequired: true, operator: { permissions: [] } });
    await test.close();
  });

  it('accepts only its public address as the origin', async () => {
    const test = await createIdentityApp(env);
    const signIn = (origin: string) =>
      test.request({
        method: 'POST',
        path: 'operator/sessions',
        body: { email: 'x@abide.example', password: 'x' },
        headers: { origin, host: 'localhost' },
      });
    expect((await signIn('http://localhost')).body.code).toBe('session.csrf');
    expect((await signIn('https://abide.example')).body.code).toBe('session.invalid_credentials');
    await test.close();
  });

  it('refuses to register an address that no channel reaches', async () => {
    const test = await createIdentityApp(env);
    const body = {
      kind: 'person',
      identifier: { type: 'email', value: 'lin@example.com' },
      password: 'a-fine-password-9',
      acceptedRevisionIds: [],
    };
    expect((await test.request({ method: 'POST', path: 'subjects', body })).body).toMatchObject({
      status: 409,
      code: 'delivery.not_configured',
      channel: 'email',
    });
    await test.close();
  });

  it.each([
    [
      'a first administrator with a short password',
      { ABIDE_BOOTSTRAP_OPERATOR: 'admin@abide.example:short' },
      'password.too_short',
    ],
    [
      'a first service client with a short secret',
      { ABIDE_BOOTSTRAP_CLIENT: 'service:short' },
      'ABIDE_BOOTSTRAP_CLIENT',
    ],
  ])('does not start with %s', async (_what, setting, reason) => {
    const test = await createIdentityApp(env);
    const config = loadConfig({ ...env, ...setting, DATABASE_URL: test.databaseUrl });
    const bootstrap = new Bootstrap(
      config,
      test.get(Database),
      test.get(Operators),
      test.get(ServiceClients),
      test.get(Factors),
      test.get(SigningKeys),
    );
    const refusal: unknown = await bootstrap.onApplicationBootstrap().catch((error: unknown) => error);
    expect(refusal instanceof DomainError ? refusal.code : String(refusal)).toContain(reason);
    expect(await test.get(Operators).hasAny()).toBe(false);
    expect(await test.get(ServiceClients).hasAny()).toBe(false);
    await test.close();
  });
});
