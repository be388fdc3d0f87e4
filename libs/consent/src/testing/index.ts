export { aClause, aPolicy, Desk } from '@abide/policy/testing';
export { aBoundedToken, aServiceToken, aSignedInOperator, consentHouse, type TestConsole } from './house.js';
export { moveThePastBack } from './long-ago.js';
export { Chooser } from './people.js';
export { aConsentPolicy, retentionClause } from './policies.js';
export { DecisionCounts } from '../gate/decision-counts.js';
