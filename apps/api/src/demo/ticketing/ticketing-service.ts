/** The demo's ticketing service: a process of its own that ends with the one that started it. */
import { holderServer } from '@abide/holders';
import { TicketingStore } from './ticketing-store.js';

const { TICKETING_PORT: port = '', TICKETING_SECRET: secret = '' } = process.env;

process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(0));
holderServer({ secret, store: new TicketingStore() }).listen(Number(port), '127.0.0.1', () => process.send?.('ready'));
