export { policies } from './en/policies.js';
export { policyTests } from './en/policy-tests.js';

export const frame = { entries: { policies: 'Policies' } };
