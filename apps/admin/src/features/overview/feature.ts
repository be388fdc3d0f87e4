import { DashboardOutlined } from '@ant-design/icons';
import type { RouteObject } from 'react-router';
import { page, type NavigationEntry } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [page('', () => import('./OverviewPage.js'), 'OverviewPage')];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'overview',
    to: '/',
    label: 'frame.entries.overview',
    icon: DashboardOutlined,
    letter: 'o',
    owns: ['/changes'],
  },
];
