export {
  createClient,
  type AbideClient,
  type components,
  type operations,
  type paths,
  type Schemas,
} from './client.js';
export type { Decision } from './consent-sender.js';
export type { OutboxStore } from './outbox-store.js';
export {
  preferenceCentre,
  type ConsentListener,
  type ConsentNews,
  type Decided,
  type OwnConsent,
  type PreferenceCentre,
  type PreferenceCentreOptions,
  type Preferences,
  type PromptAnswer,
  type Scope,
  type Shown,
} from './preference-centre.js';
export { AbideProblem } from './problem.js';
export { isIndispensable, register, registrationFields, type RegistrationField } from './registration.js';
export type { KeyValueStore, StoreKey, StoredEntries } from './key-value-store.js';
export type { Caps } from './telemetry-batches.js';
export type { DropCounts, DropReason, Means, Recorded, TelemetryEvent } from './telemetry-event.js';
export { telemetryQueue, type TelemetryQueue, type TelemetryQueueOptions } from './telemetry-queue.js';
export { wordingHash } from './wording-hash.js';
