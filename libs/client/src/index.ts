export { createClient, type AbideClient, type components, type operations, type paths, type Schemas } from './client.js';
export type { Decision } from './consent-sender.js';
export type { OutboxStore } from './outbox-store.js';
export { preferenceCentre, type Decided, type OwnConsent, type PreferenceCentre, type PreferenceCentreOptions, type Preferences, type PromptAnswer, type Scope, type Shown } from './preference-centre.js';
export { AbideProblem } from './problem.js';
export { wordingHash } from './wording-hash.js';
