import type { Persistence } from '@abide/platform';

export const locationPersistence: Persistence = { entities: [], migrations: [] };
