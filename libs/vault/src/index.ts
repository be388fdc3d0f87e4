export {
  IdentifierClaims,
  identifierTypes,
  type IdentifierClaim,
  type IdentifierType,
} from './identifier-claims.service.js';
export { SealedFiles, type NewFile, type SealedFile } from './files/sealed-files.service.js';
export { KeyRotation, type Rotation } from './key-rotation.service.js';
export { type KeyKind } from './subject-keys.service.js';
export { type VaultErrorCode } from './vault.errors.js';
export { VaultModule } from './vault.module.js';
export { Vault, type Place, type Sealer } from './vault.service.js';
