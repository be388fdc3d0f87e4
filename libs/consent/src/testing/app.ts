import { ServiceClients, scopes } from '@abide/identity';
import { aSignedInOperator, type TestConsole } from '@abide/identity/testing';
import { joinPersistence } from '@abide/platform';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { policyStack } from '@abide/policy/testing';
import { ConsentModule } from '../consent.module.js';
import { consentPersistence } from '../persistence.js';

export const consentStack = {
  modules: [...policyStack.modules, ConsentModule],
  persistence: joinPersistence(policyStack.persistence, consentPersistence),
};

/** Everything up to consent, on a database of its own. */
export function createConsentApp(env: Record<string, string> = {}): Promise<TestApp> {
  return createTestApp(consentStack.modules, consentStack.persistence, {
    ABIDE_BOOTSTRAP_CLIENT: 'ticketing:a secret of the ticketing service',
    ...env,
  });
}

/** The bearer token of a service client with every scope. */
export async function aServiceToken(test: TestApp): Promise<string> {
  const body = {
    grant_type: 'client_credentials',
    client_id: 'ticketing',
    client_secret: 'a secret of the ticketing service',
  };
  return (await test.request({ method: 'POST', path: 'oauth/token', body })).body.access_token;
}

/** The bearer token of a service client with every scope, for these purposes and services alone; null is any. */
export async function aBoundedToken(
  test: TestApp,
  bounds: { purposes?: readonly string[] | null; services?: readonly string[] | null },
): Promise<string> {
  const { clientId, secret } = await test.get(ServiceClients).create({ name: 'Bounded', scopes, ...bounds });
  return (
    await test.request({
      method: 'POST',
      path: 'oauth/token',
      body: { grant_type: 'client_credentials', client_id: clientId, client_secret: secret },
    })
  ).body.access_token;
}

export { aSignedInOperator, type TestConsole };
