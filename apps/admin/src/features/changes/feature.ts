import type { RouteObject } from 'react-router';
import { page, part, type OverviewPart } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [page('changes/:id', () => import('./ChangePage.js'), 'ChangePage')];

export const overview: readonly OverviewPart[] = [
  { fragment: 'changes', Waiting: part(() => import('./WaitingChanges.js'), 'WaitingChanges') },
];
