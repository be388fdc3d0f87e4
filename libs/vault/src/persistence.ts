import type { Persistence } from '@abide/platform';
import { Vault1764000100000 } from './migrations/1764000100000-vault.js';

export const vaultPersistence: Persistence = { entities: [], migrations: [Vault1764000100000] };
