export { collection } from './en/collection.js';
export { heat } from './en/heat.js';

export const frame = { entries: { collection: 'Collection' } };
