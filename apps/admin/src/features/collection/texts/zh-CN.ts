export { collection } from './zh-CN/collection.js';
export { heat } from './zh-CN/heat.js';

export const frame = { entries: { collection: '采集' } };
