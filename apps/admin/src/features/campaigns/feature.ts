import type { RouteObject } from 'react-router';
import { page, part, type OverviewPart, type NavigationEntry, type PageTab } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [
  page('campaigns', () => import('./CampaignsPage.js'), 'CampaignsPage'),
  page('campaigns/:id', () => import('./CampaignPage.js'), 'CampaignPage'),
  page('outreaches', () => import('./OutreachesPage.js'), 'OutreachesPage'),
  page('outreaches/new', () => import('./NewOutreachPage.js'), 'NewOutreachPage'),
  page('outreaches/:id', () => import('./OutreachPage.js'), 'OutreachPage'),
];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'campaigns',
    to: '/campaigns',
    label: 'frame.entries.campaigns',
    under: 'policies',
    letter: 'c',
    owns: ['/outreaches'],
    permission: 'campaign.read',
  },
];

/** The pages in their order. */
export const tabs: readonly PageTab[] = [
  { of: 'campaigns', to: '/campaigns', label: 'campaigns.tab' },
  { of: 'campaigns', to: '/outreaches', label: 'outreach.name' },
];

export const overview: readonly OverviewPart[] = [
  { fragment: 'campaigns', Standing: part(() => import('./GoingCampaigns.js'), 'GoingCampaigns') },
];
