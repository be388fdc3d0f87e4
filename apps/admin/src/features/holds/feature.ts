import type { RouteObject } from 'react-router';
import { page, type NavigationEntry, type PageTab } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [
  page('holds', () => import('./HoldsPage.js'), 'HoldsPage'),
  page('holds/:id', () => import('./HoldPage.js'), 'HoldPage'),
  page('subjects/:id/holds', () => import('./SubjectHoldsPage.js'), 'SubjectHoldsPage'),
];

export const entries: readonly NavigationEntry[] = [
  { key: 'holds', to: '/holds', label: 'frame.entries.holds', under: 'requests', permission: 'hold.read' },
];

export const tabs: readonly PageTab[] = [
  { of: 'subject', to: '/subjects/:id/holds', label: 'frame.entries.holds', permission: 'hold.read' },
];
