export { PolicyStaff } from './policy-staff.js';
export { aClause, aPolicy, changesClause, periodsClause, registrationClause, withClause } from './documents.js';
export { policyStack } from './app.js';
