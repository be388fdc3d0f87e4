export { deaths } from './zh-CN/deaths.js';
export { guardians } from './zh-CN/guardians.js';
export { holdings } from './zh-CN/holdings.js';
export { mandates } from './zh-CN/mandates.js';
export { sharedIdentifiers } from './zh-CN/shared-identifiers.js';
export { subjectConsents } from './zh-CN/subject-consents.js';
export { subjectTelemetry } from './zh-CN/subject-telemetry.js';
