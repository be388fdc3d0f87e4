import type { Persistence } from './database/persistence-set.js';
import { Platform1764000000000 } from './migrations/1764000000000-platform.js';
import { Present1764000020000 } from './migrations/1764000020000-present.js';
import { Webhooks1764000021000 } from './migrations/1764000021000-webhooks.js';
import { SealedAnswers1764000022000 } from './migrations/1764000022000-sealed-answers.js';

export const platformPersistence: Persistence = {
  entities: [],
  migrations: [Platform1764000000000, Present1764000020000, Webhooks1764000021000, SealedAnswers1764000022000],
};
