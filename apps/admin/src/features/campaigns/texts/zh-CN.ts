export { campaigns } from './zh-CN/campaigns.js';
export { outreach } from './zh-CN/outreach.js';
