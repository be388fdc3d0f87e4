export { consent } from './en/consent.js';
export { consents } from './en/consents.js';
export { decisions } from './en/decisions.js';

export const frame = { entries: { consent: 'Consent' } };
