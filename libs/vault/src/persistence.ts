import type { Persistence } from '@abide/platform';
import { Vault1764000100000 } from './migrations/1764000100000-vault.js';
import { DestroyedKeys1764000110000 } from './migrations/1764000110000-destroyed-keys.js';
import { IdentifierClaimEntity, SubjectKeyEntity } from './vault.entities.js';

export const vaultPersistence: Persistence = {
  entities: [SubjectKeyEntity, IdentifierClaimEntity],
  migrations: [Vault1764000100000, DestroyedKeys1764000110000],
};
