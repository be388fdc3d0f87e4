export { ConsentModule } from './consent.module.js';
export { Collection, mostExact, type CollectionAnswer, type CollectionQuestion, type LineageEntry, type MayCollect } from './gate/collection.service.js';
export { Consents, type GivenBy, type RecordedConsent } from './events/consents.service.js';
export { WithdrawalConsequences } from './events/withdrawal-consequences.js';
export { LineageRows } from './lineage/lineage-rows.js';
export { PurposeRemoval, type Coarsening, type LineageTable } from './lineage/purpose-removal.js';
export { Gate, type GateQuestion } from './gate/gate.service.js';
export { type Precision as CategoryPrecision } from '@abide/rulebook';
export { isUsable, kindsFrom, kindValues, StoredUses, type AllowedUse, type RefusedUse, type StoredKind, type UseQuestion } from './gate/stored-uses.js';
