export { CalculatingThread, type Lane } from './calculation/calculating-thread.js';
export { Config, ConfigError, loadConfig } from './config/config.js';
export { Database } from './database/database.js';
export type { CopiedType } from './database/copied-rows.js';
export { BatchingLoader } from './database/batching-loader.js';
export { migrate } from './database/migrate.js';
export { throughOutages } from './database/outages.js';
export { epochMilliseconds, uuidArray, writeUuid } from './database/parameters.js';
export { joinPersistence, type Persistence } from './database/persistence-set.js';
export { channels, Delivery, type Channel, type Message } from './delivery/delivery.js';
export {
  bucketFor,
  bucketOfMinute,
  bucketParameters,
  buckets,
  bucketsOf,
  perBucket,
  toSpan,
  type Bucket,
  type Span,
} from './statistics/time-buckets.js';
export { MinuteCounts } from './statistics/minute-counts.js';
export {
  CurrentClient,
  CurrentOperator,
  CurrentSender,
  CurrentSubject,
  ForClient,
  ForEveryone,
  ForEveryoneKnown,
  ForOperator,
  ForSubject,
  ForTokenHolder,
  RequestLocale,
  type Access,
} from './http/access.js';
export { Authenticator, UseListeners } from './http/access.guard.js';
export { requireFreshSignIn } from './http/fresh-sign-in.js';
export { CheckedBody, faultOf, type BodySchema } from './http/checked-body.js';
export { requireDeclaredAccess, type DeclaredRoute } from './http/declared-access.js';
export { IfMatch, requireMatch, setEtag } from './http/etag.js';
export {
  Day,
  Email,
  Flag,
  Id,
  Ids,
  Instant,
  JsonObject,
  ListOf,
  Nested,
  OneOf,
  SomeOf,
  Text,
  Texts,
  Whole,
  OneTimeCode,
} from './http/fields.js';
export { apiPrefix, createHttpApp, wireHttpApp } from './http-app.js';
export { SecretAnswer } from './http/idempotency.js';
export { CreatesNothing } from './http/keyed-posts.js';
export { KeepsText, LargeBody, ManyMembers, SignedText } from './http/large-body.js';
export { receiveFile, takesUpload, UploadRoute, type IncomingFile } from './http/uploads.js';
export { IgnoredBody } from './http/ignored-body.js';
export { networkOf } from './http/network-address.js';
export { LocalizedText } from './http/localized.js';
export { isFromElsewhere, OwnPagesGuard } from './http/own-pages.js';
export { ApiPageOf, PageQuery, readCursor, toPage, type Position } from './http/page.js';
export {
  type ClientBounds,
  type ClientPrincipal,
  type OperatorPrincipal,
  type Principal,
  type SubjectPrincipal,
} from './http/principal.js';
export { ApiProblems, Problem, statusOfKind } from './http/problem.js';
export { outsideRequests, requestContext } from './http/request-context.js';
export { pageContentSecurityPolicy } from './http/secure-headers.js';
export { inTurns } from './in-turns.js';
export { BatchRuns } from './jobs/batch-runs.js';
export { Jobs, type DeadJob } from './jobs/jobs.js';
export { ScheduledTasks } from './jobs/scheduled-tasks.js';
export { metrics } from './observability/metrics.js';
export { PinoLogger } from './observability/pino-logger.js';
export { AboutTheRecord, Classified, classificationsOf, type Classification } from './personal-data/classified.js';
export { type ExpectedHolder, type HolderDifferences } from './personal-data/expected-holders.rules.js';
export {
  type AffectedCount,
  holderPhases,
  retentionGrounds,
  type Correction,
  type DueRecords,
  type DueCount,
  type DueMonth,
  type Expiry,
  type HeldRecord,
  type HeldRow,
  type Holder,
  type HolderAnswer,
  type HolderOutcome,
  type HolderPhase,
  type HoldingGround,
  type HoldingScope,
  type HoldingSummary,
  type Restriction,
  type RetainedCount,
  type RowsPage,
  type StayingGround,
  type SparedScope,
  type SuppliedRecord,
  type SupplyRequest,
} from './personal-data/holder.js';
export {
  answerOf,
  deleteCounted,
  isAskedFor,
  nothingToDo,
  rowsIn,
  summedCounts,
} from './personal-data/holder-answers.js';
export { HeldScopes } from './personal-data/held-scopes.js';
export { HolderRegistry } from './personal-data/holder-registry.js';
export { DeletionGrounds } from './personal-data/deletion-grounds.js';
export { LegalMinimums, type LegalMinimum } from './personal-data/legal-minimums.js';
export { suppliedValues } from './personal-data/supplied-values.js';
export { isSpared, sparedParameter } from './personal-data/spared.sql.js';
export { AddressGuard, everyNetwork, HostResolver, type AllowedOrigin } from './webhooks/address-guard.js';
export { OutgoingFailure, outgoingFailures, type OutgoingFailureCode } from './webhooks/outgoing-failure.js';
export { OutgoingRequests, type OutgoingAnswer, type OutgoingPost } from './webhooks/outgoing-requests.js';
export { webhookStates, type WebhookDelivery, type WebhookState } from './webhooks/webhook-deliveries.queries.js';
export { type WebhookPost } from './webhooks/webhook-sender.js';
export { newWebhookSecret, signWebhook, verifiedWebhookId, type WebhookHeaders } from './webhooks/webhook-signature.js';
export { Webhooks, type NewWebhook, type WebhookSource } from './webhooks/webhooks.js';
export { PlatformModule } from './platform.module.js';
export { EmbeddedPostgres } from './database/embedded-postgres.js';
