export { consent } from './zh-CN/consent.js';
export { consents } from './zh-CN/consents.js';
export { decisions } from './zh-CN/decisions.js';

export const frame = { entries: { consent: '同意' } };
