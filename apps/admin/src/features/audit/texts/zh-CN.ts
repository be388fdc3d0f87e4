export { audit } from './zh-CN/audit.js';
export { actors, acts, objects } from './zh-CN/acts.js';

export const frame = { entries: { audit: '审计' } };
