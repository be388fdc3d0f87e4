export { aServiceToken, consentHouse } from './house.js';
export { Chooser } from './people.js';
export { aConsentPolicy, retentionClause } from './policies.js';
