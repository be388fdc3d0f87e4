import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AddressGuard, HostResolver, type ResolvedAddress } from './address-guard.js';
import { OutgoingRequests, type OutgoingPost } from './outgoing-requests.js';

const here: ResolvedAddress = { address: '127.0.0.1', family: 4 };
const atHome: ResolvedAddress = { address: '192.168.1.1', family: 4 };

describe('a request to an address that somebody else named', () => {
  const asked: string[] = [];
  let server: Server;
  let listener: RequestListener;
  let port: number;

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.headers.host} ${request.url}`);
      listener(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  beforeEach(() => {
    asked.length = 0;
    listener = (_request, response) => response.end('taken');
  });

  const post = (terms: Partial<OutgoingPost> = {}, resolver = new HostResolver(), isProduction = false) =>
    new OutgoingRequests(new AddressGuard({ isProduction }, resolver)).post({
      url: `http://127.0.0.1:${port}/hook`,
      headers: { 'content-type': 'application/json' },
      body: '{}',
      ...terms,
    });

  it('comes back with what was answered', async () => {
    await expect(post()).resolves.toMatchObject({ status: 200, body: 'taken' });
  });

  it('never leaves for this machine in production', async () => {
    await expect(post({}, new HostResolver(), true)).rejects.toMatchObject({ code: 'addressForbidden' });
    expect(asked).toEqual([]);
  });

  it('connects to the address that was looked at, however the name answers afterwards', async () => {
    const answers = [[here], [atHome]];
    const questions: string[] = [];
    const resolver = {
      resolve: async (hostname: string) => {
        questions.push(hostname);
        return answers[questions.length - 1] ?? [];
      },
    };
    const url = `http://shop.example:${port}/hook`;
    await expect(post({ url }, resolver)).resolves.toMatchObject({ status: 200 });
    expect(questions).toEqual(['shop.example']);
    expect(asked).toEqual([`shop.example:${port} /hook`]);
    await expect(post({ url }, resolver)).rejects.toMatchObject({ code: 'addressForbidden' });
    expect(asked).toHaveLength(1);
  });

  it('follows no redirect', async () => {
    listener = (_request, response) => response.writeHead(307, { location: `http://127.0.0.1:${port}/other` }).end();
    await expect(post()).rejects.toMatchObject({ code: 'redirected', status: 307 });
    expect(asked).toEqual([`127.0.0.1:${port} /hook`]);
  });

  it.each([
    [410, 'gone'],
    [404, 'refused'],
    [500, 'refused'],
  ])('fails where the answer is %s', async (status, code) => {
    listener = (_request, response) => response.writeHead(status).end();
    await expect(post()).rejects.toMatchObject({ code, status });
  });

  it('reads a short answer and hangs up on a long one', async () => {
    let sent = 0;
    const hungUp = new Promise<void>((done) => {
      listener = (_request, response) => {
        response.on('close', done);
        const more = () => {
          while (sent < 10_000_000) {
            sent += 16_384;
            if (!response.write(Buffer.alloc(16_384))) return void response.once('drain', more);
          }
          response.end();
        };
        more();
      };
    });
    await expect(post()).rejects.toMatchObject({ code: 'answerTooLarge', status: 200 });
    await hungUp;
    expect(sent).toBeLessThan(10_000_000);
  });

  it.each<[string, RequestListener]>([
    ['says nothing', () => undefined],
    ['begins and does not end', (_request, response) => void response.write('{')],
  ])('does not wait for a receiver that %s', async (_what, silent) => {
    listener = silent;
    await expect(post({ timeoutMilliseconds: 200 })).rejects.toMatchObject({ code: 'timedOut' });
  });

  it('does not wait for a name that nobody answers for', async () => {
    const resolver = { resolve: () => new Promise<never>(() => undefined) };
    const url = `http://shop.example:${port}/`;
    await expect(post({ url, timeoutMilliseconds: 200 }, resolver)).rejects.toMatchObject({ code: 'timedOut' });
  });

  it('fails where nobody listens, and on what is no address', async () => {
    await expect(post({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({ code: 'unreachable' });
    await expect(post({ url: 'shop' })).rejects.toMatchObject({ code: 'addressForbidden' });
  });
});
