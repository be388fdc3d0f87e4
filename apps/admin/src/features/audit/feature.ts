import { AuditOutlined } from '@ant-design/icons';
import type { RouteObject } from 'react-router';
import { page, type NavigationEntry } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [page('audit', () => import('./AuditPage.js'), 'AuditPage')];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'audit',
    to: '/audit',
    label: 'frame.entries.audit',
    icon: AuditOutlined,
    letter: 'a',
    permission: 'audit.read',
  },
];
