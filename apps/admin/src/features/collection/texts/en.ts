export { collection } from './en/collection.js';
export { heat } from './en/heat.js';
