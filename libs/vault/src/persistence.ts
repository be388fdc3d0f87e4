import type { Persistence } from '@abide/platform';
import { Vault1764000100000 } from './migrations/1764000100000-vault.js';
import { IdentifierClaimEntity, SubjectKeyEntity } from './vault.entities.js';

export const vaultPersistence: Persistence = {
  entities: [SubjectKeyEntity, IdentifierClaimEntity],
  migrations: [Vault1764000100000],
};
