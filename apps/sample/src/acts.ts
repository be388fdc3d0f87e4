import type { Recorded } from '@abide/client';
import type { TextKey } from './texts.js';

/** Something that a person does in the app, and the event it leaves, with the purposes that it is for. */
export interface Act {
  readonly name: TextKey;
  readonly event: Recorded;
}

const observed = ['personalisation', 'product.improvement'];

export const acts: readonly Act[] = [
  {
    name: 'browse',
    event: {
      category: 'log.browsing',
      purposes: observed,
      attributes: { page: 'event.detail', section: 'concerts' },
      personal: { url: 'https://tickets.yunpiao.example.com/events/118' },
    },
  },
  {
    name: 'search',
    event: {
      category: 'log.search',
      purposes: observed,
      attributes: { scope: 'stations', resultCount: 6 },
      personal: { query: '石桥 Stone Bridge' },
    },
  },
  {
    name: 'setting',
    event: {
      category: 'log.appUsage',
      purposes: ['product.improvement'],
      attributes: { feature: 'settings', action: 'change' },
    },
  },
  {
    name: 'photo',
    event: {
      category: 'content.metadata',
      purposes: ['service.provision'],
      attributes: { mediaType: 'photo', format: 'jpeg', byteCount: 2_400_000 },
    },
  },
  { name: 'fraud', event: { category: 'log.appInventory', purposes: ['security.fraud'], attributes: { appCount: 2 } } },
  {
    name: 'order',
    event: { category: 'client.instruction', attributes: { instruction: 'order.place', result: 'succeeded' } },
  },
];

/** The act that leaves events of a category. */
export function actOf(category: string): TextKey | null {
  return acts.find(({ event }) => event.category === category)?.name ?? null;
}

/** Invented stations; their places were chosen on a map. */
export const places = [
  { name: '栖湖 Heron Lake', latitude: 30.25, longitude: 120.15 },
  { name: '潮门 Tide Gate', latitude: 30.3, longitude: 120.45 },
  { name: '江畔 Riverside', latitude: 30.05, longitude: 120.55 },
] as const;
