export { aClause, aPolicy, PolicyStaff } from '@abide/policy/testing';
export { aBoundedToken, aServiceToken, aSignedInOperator, consentStack, type TestConsole } from './app.js';
export { moveThePastBack } from './long-ago.js';
export { TestSubject } from './people.js';
export { aConsentPolicy, retentionClause } from './policies.js';
export { DecisionCounts } from '../gate/decision-counts.js';
