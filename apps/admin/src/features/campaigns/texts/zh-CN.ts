export { campaigns } from './zh-CN/campaigns.js';
export { outreach } from './zh-CN/outreach.js';

export const frame = { entries: { campaigns: '通知活动' } };
