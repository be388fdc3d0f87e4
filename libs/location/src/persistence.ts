import type { Persistence } from '@abide/platform';
import { Fix } from './fix.entity.js';
import { Location1764000800000 } from './migrations/1764000800000-location.js';
import { LaterConsents1764000812000 } from './migrations/1764000812000-later-consents.js';
import { BatchContent1764000819000 } from './migrations/1764000819000-batch-content.js';
import { CountedByKey1764000820000 } from './migrations/1764000820000-counted-by-key.js';

export const locationPersistence: Persistence = {
  entities: [Fix],
  migrations: [Location1764000800000, LaterConsents1764000812000, BatchContent1764000819000, CountedByKey1764000820000],
};
