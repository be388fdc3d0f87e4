export { AuditModule } from './audit.module.js';
export { ActorsStanding, type StandingCheck } from './actors-standing.js';
export { Audit } from './audit.service.js';
export { canonicalEntry, leafHash, verifyEntry, type Entry, type Mismatch, type Opening } from './entry.rules.js';
export { type Act, type Actor } from './evidence.rules.js';
export { evidenceCount, evidenceParts } from './evidence.sql.js';
export { RecordedActs, type RecordedAct } from './recorded-acts.js';
