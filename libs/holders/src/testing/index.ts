export {
  aDatabaseHolder,
  aHolder,
  aRegisteredHolder,
  createHoldersApp,
  holdersStack,
  removeHolder,
  type RegisteredHolder,
} from './app.js';
export { inFrontOf, listening, outgoing, type Listening } from './listening.js';
export { SmallStore, type StoredRecord } from './small-store.js';
export { createOutsideDatabase, type OutsideDatabase } from './outside-database.js';
export { createSigningDatabase, signingManifest, type SigningDatabase } from './signing-database.js';
