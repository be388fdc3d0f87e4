export { deaths } from './en/deaths.js';
export { guardians } from './en/guardians.js';
export { holdings } from './en/holdings.js';
export { mandates } from './en/mandates.js';
export { sharedIdentifiers } from './en/shared-identifiers.js';
export { subjectConsents } from './en/subject-consents.js';
export { subjectTelemetry } from './en/subject-telemetry.js';
