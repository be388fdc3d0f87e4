import type { RouteObject } from 'react-router';
import { page, part, type NavigationEntry, type OverviewPart } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [
  page('holders', () => import('./HoldersPage.js'), 'HoldersPage'),
  page('holders/:id', () => import('./HolderPage.js'), 'HolderPage'),
];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'holders',
    to: '/holders',
    label: 'frame.entries.holders',
    under: 'settings',
    permission: 'holder.read',
  },
];

export const overview: readonly OverviewPart[] = [
  { fragment: 'holders', Standing: part(() => import('./FailingHolders.js'), 'FailingHolders') },
];
