export { campaigns } from './en/campaigns.js';
export { outreach } from './en/outreach.js';

export const frame = { entries: { campaigns: 'Campaigns' } };
