import type { Persistence } from '@abide/platform';

export const policyImportPersistence: Persistence = { entities: [], migrations: [] };
