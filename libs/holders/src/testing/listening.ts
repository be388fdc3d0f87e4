import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AddressGuard, HostResolver, OutgoingRequests } from '@abide/platform';

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Has a server listen on this machine, on any port. */
export async function listening(server: Server): Promise<Listening> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => void server.close(() => done()));
    },
  };
}

/** A server in front of another's listener that may do something else with a request. */
export function inFrontOf(server: Server, listener: (...args: Parameters<RequestListener>) => boolean): Server {
  return createServer((request, response) => {
    if (!listener(request, response)) server.emit('request', request, response);
  });
}

export function outgoing(): OutgoingRequests {
  return new OutgoingRequests(new AddressGuard({ isProduction: false }, new HostResolver()));
}
