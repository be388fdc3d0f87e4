export { policies } from './zh-CN/policies.js';
export { policyTests } from './zh-CN/policy-tests.js';
