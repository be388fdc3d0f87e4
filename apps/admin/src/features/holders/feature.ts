import type { RouteObject } from 'react-router';
import { page, type NavigationEntry } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [page('holders', () => import('./HoldersPage.js'), 'HoldersPage')];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'holders',
    to: '/holders',
    label: 'frame.entries.holders',
    under: 'settings',
    permission: 'holder.read',
  },
];
