import type { RouteObject } from 'react-router';
import { page } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [page('changes/:id', () => import('./ChangePage.js'), 'ChangePage')];
