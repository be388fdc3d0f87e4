export { collection } from './zh-CN/collection.js';
export { heat } from './zh-CN/heat.js';
