import { consentStack } from '@abide/consent/testing';
import { codeTo, type TestClientApp } from '@abide/identity/testing';
import { HoldersModule } from '@abide/holders';
import { holdersPersistence } from '@abide/holders/persistence';
import { joinPersistence } from '@abide/platform';
import { createTestApp, type TestAnswer, type TestApp } from '@abide/platform/testing';
import { retentionParts } from '@abide/retention/testing';
import { rightsPersistence } from '../persistence.js';
import { RightsModule } from '../rights.module.js';

export const rightsStack = {
  modules: [...consentStack.modules, ...retentionParts.modules, HoldersModule, RightsModule],
  persistence: joinPersistence(
    consentStack.persistence,
    retentionParts.persistence,
    holdersPersistence,
    rightsPersistence,
  ),
};

/** Everything that requests stand on, on a database of its own. Jobs wait until a test runs them. */
export function createRightsApp(env: Record<string, string> = {}): Promise<TestApp> {
  return createTestApp(rightsStack.modules, rightsStack.persistence, { ABIDE_ROLE: 'web', ...env });
}

/** Makes a request and, where a code was sent for it, proves it; resolves to the answer of the last step. */
export async function aProvenRequest(
  test: TestApp,
  person: TestClientApp,
  body: Record<string, unknown> = { type: 'access' },
): Promise<TestAnswer['body']> {
  const made = await person.send('POST', 'me/requests', body);
  if (!made.body.verification) return made.body;
  const code = await codeTo(test, person.identifier.value);
  return (await person.send('POST', `me/requests/${made.body.id}/verification`, { code })).body;
}
