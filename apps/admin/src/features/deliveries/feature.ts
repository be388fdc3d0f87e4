import type { RouteObject } from 'react-router';
import { page, type NavigationEntry, type PageTab } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [
  page('settings/deliveries', () => import('./WebhooksPage.js'), 'WebhooksPage'),
  page('settings/deliveries/receivers', () => import('./ReceiversPage.js'), 'ReceiversPage'),
  page('settings/deliveries/work', () => import('./FailedWorkPage.js'), 'FailedWorkPage'),
];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'deliveries',
    to: '/settings/deliveries',
    label: 'frame.entries.deliveries',
    under: 'settings',
    permission: 'delivery.read',
  },
];

export const tabs: readonly PageTab[] = [
  { of: 'deliveries', to: '/settings/deliveries', label: 'deliveries.webhooks.tab' },
  { of: 'deliveries', to: '/settings/deliveries/receivers', label: 'deliveries.receivers.tab' },
  { of: 'deliveries', to: '/settings/deliveries/work', label: 'deliveries.work.tab' },
];
