import { AuditModule } from '@abide/audit';
import { auditPersistence } from '@abide/audit/persistence';
import { IdentityModule } from '@abide/identity';
import { identityPersistence } from '@abide/identity/persistence';
import { aSignedInOperator, type TestConsole } from '@abide/identity/testing';
import { NotificationsModule } from '@abide/notifications';
import { notificationsPersistence } from '@abide/notifications/persistence';
import { joinPersistence } from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { VaultModule } from '@abide/vault';
import { vaultPersistence } from '@abide/vault/persistence';
import { policyPersistence } from '../persistence.js';
import { PolicyModule } from '../policy.module.js';

/** Everything up to policy, on a database of its own. */
export function createPolicyApp(env: Record<string, string> = {}): Promise<TestApp> {
  const persistence = joinPersistence(platformPersistence, vaultPersistence, auditPersistence, identityPersistence, notificationsPersistence, policyPersistence);
  return createTestApp([VaultModule, AuditModule, IdentityModule, NotificationsModule, PolicyModule], persistence, env);
}

export { aSignedInOperator, type TestConsole };
