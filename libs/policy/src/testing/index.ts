export { Desk } from './desk.js';
export { aClause, aPolicy, changesClause, periodsClause, registrationClause, withClause } from './documents.js';
export { policyHouse } from './house.js';
