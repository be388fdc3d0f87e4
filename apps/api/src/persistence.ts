import { auditPersistence } from '@abide/audit/persistence';
import { consentPersistence } from '@abide/consent/persistence';
import { identityPersistence } from '@abide/identity/persistence';
import { locationPersistence } from '@abide/location/persistence';
import { notificationsPersistence } from '@abide/notifications/persistence';
import { joinPersistence } from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { policyPersistence } from '@abide/policy/persistence';
import { telemetryPersistence } from '@abide/telemetry/persistence';
import { vaultPersistence } from '@abide/vault/persistence';

/** Every module's entities and migrations. */
export const persistence = joinPersistence(
  platformPersistence,
  vaultPersistence,
  auditPersistence,
  identityPersistence,
  notificationsPersistence,
  policyPersistence,
  consentPersistence,
  telemetryPersistence,
  locationPersistence,
);
