import { aSignedInOperator, identityStack, type TestConsole } from '@abide/identity/testing';
import { NotificationsModule } from '@abide/notifications';
import { notificationsPersistence } from '@abide/notifications/persistence';
import { joinPersistence } from '@abide/platform';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { policyPersistence } from '../persistence.js';
import { PolicyModule } from '../policy.module.js';

/** Policy and what it stands on, for the tests of modules above. */
export const policyStack = {
  modules: [...identityStack.modules, NotificationsModule, PolicyModule],
  persistence: joinPersistence(identityStack.persistence, notificationsPersistence, policyPersistence),
};

/** Everything up to policy, on a database of its own. */
export function createPolicyApp(env: Record<string, string> = {}): Promise<TestApp> {
  return createTestApp(policyStack.modules, policyStack.persistence, env);
}

export { aSignedInOperator, type TestConsole };
