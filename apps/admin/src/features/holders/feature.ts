import type { RouteObject } from 'react-router';
import { fetchedWith, page, part, type NavigationEntry, type OverviewPart } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js') & typeof import('./texts/pages.en.js');

const fetched = fetchedWith({
  en: () => import('./texts/pages.en.js'),
  'zh-CN': () => import('./texts/pages.zh-CN.js'),
});

export const routes: readonly RouteObject[] = [
  page(
    'holders',
    fetched(() => import('./HoldersPage.js')),
    'HoldersPage',
  ),
  page(
    'holders/:id',
    fetched(() => import('./HolderPage.js')),
    'HolderPage',
  ),
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
  {
    fragment: 'holders',
    Standing: part(
      fetched(() => import('./FailingHolders.js')),
      'FailingHolders',
    ),
  },
];
