export { ConsentModule } from './consent.module.js';
export { withinBounds } from './gate/client-bounds.js';
export {
  Collection,
  mostExact,
  type CollectionAnswer,
  type CollectionQuestion,
  type LineageEntry,
  type KnownSession,
  type MayCollect,
} from './gate/collection.service.js';
export { isOutOfTime } from './gate/retention-term.js';
export { Consents, type RecordedConsent } from './recording/consents.service.js';
export { type GivenBy } from './recording/given-by.js';
export { type Holding } from './holdings/holding.rules.js';
export { HoldingsQueries, nameOf, type Holdings } from './holdings/holdings.queries.js';
export { DueDto, toDue } from './holdings/due.dto.js';
export { WithdrawalConsequences } from './recording/withdrawal-consequences.js';
export { LineageRows } from './lineage/lineage-rows.js';
export { LaterConsents } from './lineage/later-consents.js';
export { type LineageTable } from './lineage/lineage-tables.js';
export { PurposeRemoval, type Coarsening } from './lineage/purpose-removal.js';
export { isOverFor, standingLineage } from './states/standing-lineage.sql.js';
export { requireRegistered } from './gate/registered-codes.js';
export { SharingGrounds, type GroundsSource, type SharingAsked } from './gate/sharing-grounds.js';
export { Gate, type GateQuestion } from './gate/gate.service.js';
export { type Precision as CategoryPrecision } from '@abide/rulebook';
export {
  isUsable,
  kindsFrom,
  kindValues,
  StoredUses,
  withAbsent,
  type DecidedUses,
  type RefusedUse,
  type StoredKind,
  type UseQuestion,
} from './gate/stored-uses.js';
