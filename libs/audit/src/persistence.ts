import type { Persistence } from '@abide/platform';
import { Audit1764000200000 } from './migrations/1764000200000-audit.js';
import { OpeningsEndWithKeys1764000220000 } from './migrations/1764000220000-openings-end-with-keys.js';
import { KeysByTheVault1764000230000 } from './migrations/1764000230000-keys-by-the-vault.js';
import { OpeningEntity } from './opening.entity.js';

export const auditPersistence: Persistence = {
  entities: [OpeningEntity],
  migrations: [Audit1764000200000, OpeningsEndWithKeys1764000220000, KeysByTheVault1764000230000],
};
