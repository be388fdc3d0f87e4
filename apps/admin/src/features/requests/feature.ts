import { SolutionOutlined } from '@ant-design/icons';
import type { RouteObject } from 'react-router';
import { page, part, type NavigationEntry, type OverviewPart, type PageTab } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [
  page('requests', () => import('./RequestsPage.js'), 'RequestsPage'),
  page('settings/requests', () => import('./RequestSettingsPage.js'), 'RequestSettingsPage'),
  page('requests/figures', () => import('./FiguresPage.js'), 'FiguresPage'),
  page('requests/templates', () => import('./templates/TemplatesPage.js'), 'TemplatesPage'),
  page('requests/bulk/:id', () => import('./BulkPage.js'), 'BulkPage'),
  page('subjects/:id/requests', () => import('./SubjectRequestsPage.js'), 'SubjectRequestsPage'),
  page('requests/:id', () => import('./RequestPage.js'), 'RequestPage'),
];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'requests',
    to: '/requests',
    label: 'frame.entries.requests',
    icon: SolutionOutlined,
    letter: 'r',
    permission: 'request.read',
  },
  {
    key: 'requestSettings',
    to: '/settings/requests',
    label: 'frame.entries.requestSettings',
    under: 'settings',
    permission: 'request.readSettings',
  },
];

export const tabs: readonly PageTab[] = [
  { of: 'requests', to: '/requests', label: 'requests.queue' },
  { of: 'requests', to: '/requests/figures', label: 'requests.over.tab' },
  { of: 'requests', to: '/requests/templates', label: 'requests.templates.tab' },
  { of: 'subject', to: '/subjects/:id/requests', label: 'frame.entries.requests', permission: 'request.read' },
];

export const overview: readonly OverviewPart[] = [
  {
    fragment: 'requests',
    Waiting: part(() => import('./RequestFigures.js'), 'RequestFigures'),
    Standing: part(() => import('./RequestFigures.js'), 'StandingFigures'),
  },
];
