/** Events as a platform sends them: of several categories, most with something to seal. */
import { newId } from '@abide/kernel';
import { httpRequest } from './load.mjs';

const kinds = [
  (n) => ({
    category: 'log.browsing',
    attributes: { page: 'event.detail', section: 'concerts', dwellMilliseconds: n % 60_000 },
    personal: { url: `https://tickets.example/events/${n % 5000}`, title: '海港之夜音乐会' },
  }),
  (n) => ({
    category: 'log.search',
    attributes: { scope: 'events', resultCount: n % 90 },
    personal: { query: `concert ${n % 700}` },
  }),
  (n) => ({
    category: 'log.appUsage',
    attributes: {
      feature: 'seat-map',
      action: 'zoom',
      screen: 'event',
      durationMilliseconds: n % 9000,
      appVersion: '5.2.1',
    },
  }),
  (n) => ({
    category: 'log.network',
    attributes: { networkType: 'wifi', carrier: 'example' },
    personal: { ip: `203.0.113.${n % 254}` },
  }),
  (n) => ({
    category: 'log.browsing',
    attributes: { page: 'order.list', dwellMilliseconds: n % 8000 },
    personal: { url: `https://tickets.example/orders/${n % 900}` },
  }),
];

let made = 0;

/** Whose events a request holds: of anybody in turn, or `together` of one person, as a person's own app sends them. */
export function batchRequests({ people, token, requests, size, isTogether = false }) {
  return Array.from({ length: requests }, () => {
    const owner = made;
    const events = Array.from({ length: size }, () => {
      made += 1;
      const { subjectId } = people[(isTogether ? owner : made * 7919) % people.length];
      return {
        eventId: newId(),
        subjectId,
        occurredAt: new Date().toISOString(),
        service: 'ticketing',
        means: 'app',
        ...kinds[made % kinds.length](made),
      };
    });
    return httpRequest({
      method: 'POST',
      path: '/api/v1/telemetry/batches',
      token,
      body: { batchId: newId(), events },
    });
  });
}
