import { AuditModule } from '@abide/audit';
import { auditPersistence } from '@abide/audit/persistence';
import { ConsentModule } from '@abide/consent';
import { consentPersistence } from '@abide/consent/persistence';
import { IdentityModule } from '@abide/identity';
import { identityPersistence } from '@abide/identity/persistence';
import { LocationModule } from '@abide/location';
import { locationPersistence } from '@abide/location/persistence';
import { NotificationsModule } from '@abide/notifications';
import { notificationsPersistence } from '@abide/notifications/persistence';
import { AttachmentsModule } from '@abide/attachments';
import { attachmentsPersistence } from '@abide/attachments/persistence';
import { RetentionModule } from '@abide/retention';
import { retentionPersistence } from '@abide/retention/persistence';
import { RightsModule } from '@abide/rights';
import { rightsPersistence } from '@abide/rights/persistence';
import { HoldersModule } from '@abide/holders';
import { holdersPersistence } from '@abide/holders/persistence';
import { joinPersistence } from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { PolicyModule } from '@abide/policy';
import { policyPersistence } from '@abide/policy/persistence';
import { PolicyImportModule } from '@abide/policy-import';
import { policyImportPersistence } from '@abide/policy-import/persistence';
import { TelemetryModule } from '@abide/telemetry';
import { telemetryPersistence } from '@abide/telemetry/persistence';
import { VaultModule } from '@abide/vault';
import { vaultPersistence } from '@abide/vault/persistence';

/** Every module of the product with what it keeps in the database; a new one adds its line here. */
const modules = [
  [VaultModule, vaultPersistence],
  [AuditModule, auditPersistence],
  [IdentityModule, identityPersistence],
  [NotificationsModule, notificationsPersistence],
  [PolicyModule, policyPersistence],
  [PolicyImportModule, policyImportPersistence],
  [ConsentModule, consentPersistence],
  [TelemetryModule, telemetryPersistence],
  [LocationModule, locationPersistence],
  [AttachmentsModule, attachmentsPersistence],
  [RetentionModule, retentionPersistence],
  [RightsModule, rightsPersistence],
  [HoldersModule, holdersPersistence],
] as const;

export const appModules = modules.map(([module]) => module);

/** Every module's entities and migrations. */
export const persistence = joinPersistence(platformPersistence, ...modules.map(([, kept]) => kept));
