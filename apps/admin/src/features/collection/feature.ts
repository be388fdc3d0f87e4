import { ImportOutlined } from '@ant-design/icons';
import type { RouteObject } from 'react-router';
import { page, type NavigationEntry, type PageTab } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [
  page('collection', () => import('./live/LivePage.js'), 'LivePage'),
  page('collection/volumes', () => import('./volumes/VolumesPage.js'), 'VolumesPage'),
  page('collection/schemas', () => import('./schemas/SchemasPage.js'), 'SchemasPage'),
  page('collection/heat', () => import('./heat/HeatPage.js'), 'HeatPage'),
];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'collection',
    to: '/collection',
    label: 'frame.entries.collection',
    icon: ImportOutlined,
    letter: 'l',
    permission: 'overview.read',
  },
];

/** The pages in their order. */
export const tabs: readonly PageTab[] = [
  { of: 'collection', to: '/collection', label: 'collection.live.title' },
  { of: 'collection', to: '/collection/volumes', label: 'collection.volumes.title' },
  { of: 'collection', to: '/collection/schemas', label: 'collection.schemas.title' },
  { of: 'collection', to: '/collection/heat', label: 'heat.title' },
];
