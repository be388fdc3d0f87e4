/** The demo's ticketing service: a process of its own that ends with the one that started it, and tells that one its port. */
import type { AddressInfo } from 'node:net';
import { holderServer } from '@abide/holders';
import { TicketingStore } from './ticketing-store.js';

const { TICKETING_PORT: kept = '0', TICKETING_SECRET: secret = '' } = process.env;

process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(0));

const server = holderServer({ secret, store: new TicketingStore() });
server.on('listening', () => {
  // Where the one that started it was killed meanwhile, nobody listens: the channel's end is told above.
  process.send?.({ port: (server.address() as AddressInfo).port }, () => undefined);
});
server.once('error', () => server.listen(0, '127.0.0.1'));
server.listen(Number(kept), '127.0.0.1');
