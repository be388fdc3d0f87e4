import { AttachmentsModule } from '@abide/attachments';
import { attachmentsPersistence } from '@abide/attachments/persistence';
import { joinPersistence } from '@abide/platform';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { policyStack } from '@abide/policy/testing';
import { retentionPersistence } from '../persistence.js';
import { RetentionModule } from '../retention.module.js';

/** Retention and what it stands on above policy, for the tests of modules above. */
export const retentionParts = {
  modules: [AttachmentsModule, RetentionModule],
  persistence: joinPersistence(attachmentsPersistence, retentionPersistence),
};

/** Everything that holds stand on, on a database of its own. */
export function createRetentionApp(env: Record<string, string> = {}): Promise<TestApp> {
  const persistence = joinPersistence(policyStack.persistence, retentionParts.persistence);
  return createTestApp([...policyStack.modules, ...retentionParts.modules], persistence, env);
}
