import type { Server } from 'node:http';
import { newWebhookSecret, signWebhook } from '@abide/platform';
import { holderServer } from '../kit/holder-server.js';
import { messageId } from '../protocol/message-ids.js';
import { inFrontOf, listening, outgoing, SmallStore, type Listening } from '../testing/index.js';
import { checkHolder, type CheckedPoint, type ConformancePoint } from './conformance.js';

const secret = newWebhookSecret();
const subject = { id: 'made-for-the-check', identifiers: [] };
const aStore = () =>
  new SmallStore([
    {
      owner: subject.id,
      category: 'service.orders',
      id: '1',
      since: '2026-01-02T00:00:00Z',
      values: { title: '话剧' },
    },
  ]);

describe('the check of a holder outside', () => {
  let running: Listening | undefined;
  afterEach(() => running?.close());

  const check = async (server: Server, timeoutMilliseconds = 2000): Promise<CheckedPoint[]> => {
    running = await listening(server);
    const address = { baseUrl: running.url, networks: [], secrets: [secret] };
    return checkHolder(outgoing(), { address, subject, timeoutMilliseconds });
  };
  const failed = (points: readonly CheckedPoint[]) =>
    points.filter(({ passed }) => passed === false).map(({ point }) => point);
  const conforming = (store = aStore()) => holderServer({ secret, store });

  /** A holder whose answers are changed on their way out, signed as they then are. */
  const answering = (paths: readonly string[], change: (body: string) => string, store = aStore()): Server => {
    const inner = conforming(store);
    return inFrontOf(inner, (request, response) => {
      const path = request.url?.split('/').at(-1) ?? '';
      if (!paths.includes(path)) return false;
      const end = response.end.bind(response);
      const writeHead = response.writeHead.bind(response);
      let head: [number, Record<string, string>] = [200, {}];
      response.writeHead = ((...args: [number, Record<string, string>]) => {
        head = args;
        return response;
      }) as never;
      response.end = ((text: string) => {
        const body = head[0] === 200 ? change(text) : text;
        const id = messageId.answer(String(request.headers['webhook-id']));
        writeHead(head[0], { ...head[1], ...signWebhook({ id, body, secrets: [secret] }) });
        return end(body);
      }) as never;
      return false;
    });
  };

  it('finds nothing wrong with one that keeps the contract', async () => {
    const points = await check(conforming());
    expect(points.filter(({ passed }) => !passed)).toEqual([]);
    expect(points).toHaveLength(13);
  });

  it('says what it did not try where nobody is named whose data may be erased', async () => {
    running = await listening(conforming());
    const address = { baseUrl: running.url, networks: [], secrets: [secret] };
    const points = await checkHolder(outgoing(), { address, subject: null, timeoutMilliseconds: 2000 });
    expect(points.filter(({ passed }) => passed === null).map(({ point }) => point)).toEqual(['found', 'idempotent']);
    expect(failed(points)).toEqual([]);
  });

  const bare = (status: number, body = '{}') =>
    inFrontOf(conforming(), (_request, response) => {
      response.writeHead(status).end(body);
      return true;
    });

  /** Answers everything that is asked wrongly as if it had been asked well. */
  const credulous = (isWrong: (headers: Readonly<Record<string, unknown>>) => boolean) =>
    inFrontOf(conforming(), (request, response) => {
      if (!isWrong(request.headers)) return false;
      response.writeHead(200).end('{}');
      return true;
    });
  const age = (headers: Readonly<Record<string, unknown>>) => Date.now() / 1000 - Number(headers['webhook-timestamp']);

  const faults: readonly [ConformancePoint, string, () => Server][] = [
    ['identity', 'does not say who it is', () => answering(['holder'], () => '{"name":"x"}')],
    ['unsigned', 'takes what nobody signed', () => credulous((headers) => headers['webhook-signature'] === undefined)],
    [
      'twoSignatures',
      'looks at the first signature alone',
      () => {
        const inner = conforming();
        return inFrontOf(inner, (request) => {
          const [first = ''] = String(request.headers['webhook-signature']).split(' ');
          request.headers['webhook-signature'] = first;
          return false;
        });
      },
    ],
    ['replay', 'takes what was signed long ago', () => credulous((headers) => age(headers) > 300)],
    [
      'unknownSubject',
      'has something of nobody',
      () => answering(['describe'], () => '{"outcome":"done","holdings":[{"category":"a","count":1,"since":null}]}'),
    ],
    ['operations', 'answers true', () => answering(['restrict'], () => 'true')],
    [
      'partial',
      'breaks an export off',
      () =>
        inFrontOf(conforming(), (request, response) => {
          if (!request.url?.endsWith('/export')) return false;
          response.writeHead(200).end('');
          return true;
        }),
    ],
    [
      'found',
      'exports less than it has',
      () => {
        const store = aStore();
        store.export = () => [];
        return conforming(store);
      },
    ],
    [
      'idempotent',
      'answers nothing when it is asked again',
      () => {
        let asked = 0;
        return answering(['erase'], (body) => ((asked += 1) > 2 ? '{"outcome":"nothing"}' : body));
      },
    ],
  ];
  it.each(faults)('finds by %s one that %s', async (point, _what, server) => {
    expect(failed(await check(server()))).toContain(point);
  });

  it('finds one that takes a wrong signature, an altered body or half a body', async () => {
    expect(failed(await check(bare(200)))).toEqual(expect.arrayContaining(['wrongSignature', 'altered', 'malformed']));
    await running?.close();
    expect(failed(await check(bare(500)))).toEqual(expect.arrayContaining(['wrongSignature', 'malformed', 'identity']));
  });

  it('finds one that is slow', async () => {
    const slow = inFrontOf(conforming(), (request) => request.url?.endsWith('/describe') ?? false);
    expect(failed(await check(slow, 200))).toEqual(expect.arrayContaining(['slow', 'unknownSubject']));
  });
});
