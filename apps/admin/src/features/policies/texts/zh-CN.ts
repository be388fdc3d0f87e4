export { policies } from './zh-CN/policies.js';
export { policyTests } from './zh-CN/policy-tests.js';

export const frame = { entries: { policies: '政策' } };
