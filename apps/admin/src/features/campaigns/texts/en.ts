export { campaigns } from './en/campaigns.js';
export { outreach } from './en/outreach.js';

export const frame = { entries: { campaigns: 'Campaigns' } };
export const overview = { parts: { campaigns: 'Campaigns' } };
export const timeline = {
  kinds: {
    noticed: 'Given notice · {{policy}}, revision {{revision}}',
    opened: 'Opened the notice · {{policy}}, revision {{revision}}',
    personalNoticed: 'Given notice · $t(subjects.noticeKinds.{{notice}})',
    personalOpened: 'Opened the notice · $t(subjects.noticeKinds.{{notice}})',
  },
  parts: { notices: 'Notices' },
};
