export { hasAcceptedBy } from './acceptance/acceptance.sql.js';
export { AcceptanceQueries } from './acceptance/acceptance.queries.js';
export { Acceptances } from './acceptance/acceptances.service.js';
export {
  ActivationConditions,
  type ActivationCondition,
  type MissingCondition,
  type ScheduledRevision,
} from './activation/activation-conditions.js';
export { CitedRevisions, type CitedRevision } from './effective/cited-revisions.js';
export { EffectiveRulebook, type Keeping, type RulebookInForce } from './effective/effective-rulebook.js';
export { Drafts, type CheckedDraft } from './authoring/drafts.service.js';
export { PolicyTestTexts } from './policy-tests/policy-test-texts.service.js';
export { PolicyCheck } from './revisions/policy-check.js';
export { PolicyModule } from './policy.module.js';
export { eventNamePattern, type EventField, type EventFields } from './registries/event-fields.rules.js';
export { EvidenceTerms } from './registries/evidence-terms.js';
export { Registries, type EventFieldsCheck } from './registries/registries.js';
export { type RegistrySnapshot } from './registries/registry-snapshot.js';
export { html, trusted, type Html } from './public/pages/html.js';
export { renderBody } from './public/pages/markdown.js';
export { SitePages } from './public/pages/site-pages.js';
