export { campaigns } from './en/campaigns.js';
export { outreach } from './en/outreach.js';
