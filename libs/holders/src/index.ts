export { HoldersModule } from './holders.module.js';
export {
  HolderCalls,
  unreachable,
  withdrawn,
  type KnownDescription,
  type OutsideQuestion,
} from './calls/holder-calls.service.js';
export { checkHolder, conformancePoints, type CheckedPoint, type ConformancePoint } from './conformance/conformance.js';
export { DatabaseClient, type MappedDatabase } from './database/database-client.js';
export { DatabaseSessions } from './database/database-sessions.js';
export { draftManifest } from './database/draft-manifest.js';
export { readManifest } from './database/manifest.js';
export type { ManifestProblem } from './database/manifest-problems.js';
export { HolderFailure } from './protocol/holder-failure.js';
export { holderServer, type HolderStore, type Question, type ToldAnswer } from './kit/holder-server.js';
export { type ChangingOperation, type ExportedRecord, type HolderOperation } from './protocol/holder-answers.js';
export { type HolderAddress, type HolderSubject } from './protocol/holder-client.js';
export { ExpectingRequests, type Expecting } from './registry/expecting-requests.js';
export { type AnsweredBy } from './registry/outside-holder.entity.js';
export { OutsideHolders } from './registry/outside-holders.service.js';
