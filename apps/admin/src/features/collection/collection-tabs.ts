import type { ParseKeys } from 'i18next';

export interface CollectionTab {
  readonly to: string;
  readonly label: ParseKeys;
}

/** The pages under Collection, in their order; another one adds its line here. */
export const collectionTabs: readonly CollectionTab[] = [
  { to: '/collection', label: 'collection.live.title' },
  { to: '/collection/volumes', label: 'collection.volumes.title' },
  { to: '/collection/schemas', label: 'collection.schemas.title' },
  { to: '/collection/heat', label: 'heat.title' },
];
