import type { Persistence } from '@abide/platform';
import { SealedFileEntity } from './files/sealed-file.entity.js';
import { Vault1764000100000 } from './migrations/1764000100000-vault.js';
import { DestroyedKeys1764000110000 } from './migrations/1764000110000-destroyed-keys.js';
import { SealedFiles1764000120000 } from './migrations/1764000120000-sealed-files.js';
import { SuppressionEnds1764000121000 } from './migrations/1764000121000-suppression-ends.js';
import { IdentifierClaimEntity, SubjectKeyEntity } from './vault.entities.js';

export const vaultPersistence: Persistence = {
  entities: [SubjectKeyEntity, IdentifierClaimEntity, SealedFileEntity],
  migrations: [Vault1764000100000, DestroyedKeys1764000110000, SealedFiles1764000120000, SuppressionEnds1764000121000],
};
