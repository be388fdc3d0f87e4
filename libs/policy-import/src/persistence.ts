import type { Persistence } from '@abide/platform';
import { PolicyImport } from './imports/policy-import.entity.js';
import { Imports1764001200000 } from './migrations/1764001200000-imports.js';

export const policyImportPersistence: Persistence = {
  entities: [PolicyImport],
  migrations: [Imports1764001200000],
};
