import { SettingOutlined } from '@ant-design/icons';
import type { RouteObject } from 'react-router';
import { page, type NavigationEntry } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [
  page('settings/operators', () => import('./OperatorsPage.js'), 'OperatorsPage'),
  page('settings/roles', () => import('./RolesPage.js'), 'RolesPage'),
  page('settings/clients', () => import('./ClientsPage.js'), 'ClientsPage'),
];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'settings',
    to: '/settings/operators',
    label: 'frame.entries.settings',
    icon: SettingOutlined,
    letter: 'e',
    permission: 'operator.read',
  },
  {
    key: 'operators',
    to: '/settings/operators',
    label: 'frame.entries.operators',
    under: 'settings',
    permission: 'operator.read',
  },
  { key: 'roles', to: '/settings/roles', label: 'frame.entries.roles', under: 'settings', permission: 'operator.read' },
  {
    key: 'clients',
    to: '/settings/clients',
    label: 'frame.entries.clients',
    under: 'settings',
    permission: 'client.read',
  },
];
