import type { Persistence } from '@abide/platform';
import { Hold } from './holds/hold.entity.js';
import { Sweeper1764001010000 } from './migrations/1764001010000-sweeper.js';
import { Holds1764001000000 } from './migrations/1764001000000-holds.js';

export const retentionPersistence: Persistence = {
  entities: [Hold],
  migrations: [Holds1764001000000, Sweeper1764001010000],
};
