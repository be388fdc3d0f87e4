import type { Persistence } from '@abide/platform';
import { HolderCall } from './calls/holder-call.entity.js';
import { Holders1764001100000 } from './migrations/1764001100000-holders.js';
import { DatabaseHolders1764001101000 } from './migrations/1764001101000-database-holders.js';
import { KeptDescriptions1764001102000 } from './migrations/1764001102000-kept-descriptions.js';
import { AnsweredByPeople1764001103000 } from './migrations/1764001103000-answered-by-people.js';
import { FormerSecrets1764001104000 } from './migrations/1764001104000-former-secrets.js';
import { OutsideHolder } from './registry/outside-holder.entity.js';

export const holdersPersistence: Persistence = {
  entities: [OutsideHolder, HolderCall],
  migrations: [
    Holders1764001100000,
    DatabaseHolders1764001101000,
    KeptDescriptions1764001102000,
    AnsweredByPeople1764001103000,
    FormerSecrets1764001104000,
  ],
};
