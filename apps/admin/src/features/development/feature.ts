import { ToolOutlined } from '@ant-design/icons';
import type { RouteObject } from 'react-router';
import { page, type NavigationEntry } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [
  page('settings/development', () => import('./DevelopmentPage.js'), 'DevelopmentPage'),
];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'development',
    to: '/settings/development',
    label: 'frame.entries.development',
    icon: ToolOutlined,
    under: 'settings',
    developmentOnly: true,
  },
];
