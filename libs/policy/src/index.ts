export { AcceptanceQueries } from './acceptance/acceptance.queries.js';
export { Acceptances } from './acceptance/acceptances.service.js';
export { CitedRevisions, type CitedRevision } from './effective/cited-revisions.js';
export { EffectiveRulebook, type Keeping, type RulebookInForce } from './effective/effective-rulebook.js';
export { PolicyModule } from './policy.module.js';
export { type EventField, type EventFields } from './registries/event-fields.rules.js';
export { Registries, type EventFieldsCheck, type RegistrySnapshot } from './registries/registries.js';
export { html, type Html } from './public/pages/html.js';
export { SitePages } from './public/pages/site-pages.js';
