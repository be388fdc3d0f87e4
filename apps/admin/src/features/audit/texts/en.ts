export { audit } from './en/audit.js';
export { actors, acts, objects } from './en/acts.js';

export const frame = { entries: { audit: 'Audit' } };
