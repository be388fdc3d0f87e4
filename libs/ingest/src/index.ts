export { type CopyType, type CopyValue } from './copy-rows.js';
export { alreadyStoredCode, IngestCounts } from './ingest-counts.js';
export { IngestResponse } from './ingest.dto.js';
export { BatchIngest, ownerOf } from './batch-ingest.js';
export {
  decideEach,
  type IngestAnswer,
  type IngestBatch,
  type IngestRow,
  type Refusal,
  type Ingested,
  type BatchDecision,
} from './batch.js';
export {
  addMonthSql,
  batchContentSql,
  countedByKeySql,
  ingestTablesSql,
  monthOf,
  monthsOf,
  openMonth,
} from './month-partitions.js';
