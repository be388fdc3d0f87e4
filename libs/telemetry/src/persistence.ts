import type { Persistence } from '@abide/platform';

export const telemetryPersistence: Persistence = { entities: [], migrations: [] };
