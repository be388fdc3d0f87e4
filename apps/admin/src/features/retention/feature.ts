import type { RouteObject } from 'react-router';
import { page, part, type OverviewPart, type PageTab } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [
  page('collection/retention', () => import('./RetentionPage.js'), 'RetentionPage'),
  page('collection/retention/runs', () => import('./RunsPage.js'), 'RunsPage'),
];

export const tabs: readonly PageTab[] = [
  { of: 'collection', to: '/collection/retention', label: 'retention.title', permission: 'retention.read' },
  { of: 'collection', to: '/collection/retention/runs', label: 'retention.runs.title', permission: 'retention.read' },
];

export const overview: readonly OverviewPart[] = [
  {
    fragment: 'retention',
    Waiting: part(() => import('./OverviewParts.js'), 'WaitingRun'),
    Standing: part(() => import('./OverviewParts.js'), 'Overdue'),
  },
];
