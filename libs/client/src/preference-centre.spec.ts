import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createClient } from './client.js';
import type { Decision } from './consent-sender.js';
import { defaultOutboxStore, type OutboxStore } from './outbox-store.js';
import { preferenceCentre, type PreferenceCentre, type PreferenceCentreOptions } from './preference-centre.js';
import { AbideProblem } from './problem.js';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: any;
}

type Answer = (sent: Sent) => Response | Promise<Response>;

const startedAt = Date.parse('2026-03-01T08:00:00.000Z');
const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const problem = (status: number, code: string, more: object = {}): Response =>
  json(status, { type: 'about:blank', title: 'No', status, code, correlationId: 'c', ...more });
const recorded: Answer = ({ body }) =>
  json(200, {
    consentEventId: 'event',
    state: body.state,
    receiptId: 'receipt',
    at: body.occurredAt ?? 'server',
    duplicate: false,
  });
const offline: Answer = () => Promise.reject(new TypeError('fetch failed'));
const shown = {
  revisionId: '018f0000-0000-7000-8000-000000000001',
  clauseId: 'use.advertising',
  locale: 'zh-CN',
  wording: '经您同意，我们展示更相关的广告。',
} as const;

function consent(purpose: string, state: string, more: object = {}) {
  return {
    purpose,
    name: { 'zh-CN': purpose, en: purpose },
    state,
    since: null,
    expiresAt: null,
    consentEventId: null,
    categories: [],
    clauses: [],
    separately: [],
    stoppedByGpc: false,
    mayAsk: false,
    askAgainAt: null,
    ...more,
  };
}

describe('a preference centre', () => {
  let sent: Sent[];
  let answer: Answer;
  let now: number;
  let kept: Map<string, string>;
  let store: OutboxStore;
  let refused: [Decision, AbideProblem][];
  let network: EventTarget;
  const open: PreferenceCentre[] = [];

  beforeEach(() => {
    [sent, answer, now, kept, refused, network] = [[], recorded, startedAt, new Map(), [], new EventTarget()];
    store = { read: async (name) => kept.get(name) ?? null, write: async (name, text) => void kept.set(name, text) };
  });
  afterEach(() => open.splice(0).forEach((centre) => centre.close()));

  function aCentre(options: Partial<PreferenceCentreOptions> = {}): PreferenceCentre {
    const client = createClient({
      baseUrl: 'https://privacy.example',
      fetch: async (request) => {
        const text = await request.clone().text();
        const one = {
          method: request.method,
          path: new URL(request.url).pathname,
          body: text === '' ? null : JSON.parse(text),
        };
        sent.push(one);
        return answer(one);
      },
    });
    const centre = preferenceCentre(client, {
      subjectId: 'lin',
      store,
      connectivity: network,
      now: () => now,
      onRefused: (...told) => refused.push(told),
      ...options,
    });
    open.push(centre);
    return centre;
  }

  const said = () =>
    sent.map(({ method, path, body }) => [method, path.replace('/api/v1/me/', ''), body?.state, body?.occurredAt]);
  const settle = () => new Promise((done) => setTimeout(done, 20));

  it('groups what is granted, what may be asked now, and what may not and until when', async () => {
    const until = '2026-04-01T00:00:00.000Z';
    const items = [
      consent('a', 'granted'),
      consent('b', 'none', { mayAsk: true }),
      consent('c', 'withdrawn', { askAgainAt: until }),
      consent('d', 'partly', { mayAsk: true }),
      consent('e', 'none', { stoppedByGpc: true }),
    ];
    answer = () => json(200, { items, nextCursor: null, at: new Date(now).toISOString() });
    const { granted, mayAsk, mayNotAsk, unsent, ...rest } = await aCentre().load();
    expect([granted, mayAsk, mayNotAsk].map((group) => group.map(({ purpose }) => purpose))).toEqual([
      ['a', 'd'],
      ['b', 'd'],
      ['c', 'e'],
    ]);
    expect(mayNotAsk.map(({ askAgainAt }) => askAgainAt)).toEqual([until, null]);
    expect(unsent).toEqual([]);
    expect(rest.items).toHaveLength(5);
    expect(said()).toEqual([['GET', 'consents', undefined, undefined]]);
  });

  it('asks before a question is shown, and hears when it may be asked again', async () => {
    const centre = aCentre();
    answer = () => json(201, { purpose: 'marketing.push', shownAt: new Date(now).toISOString() });
    expect(await centre.ask('marketing.push')).toEqual({ mayShow: true });
    answer = () => problem(409, 'consent.cooling_off', { askAgainAt: '2026-04-01T00:00:00.000Z' });
    expect(await centre.ask('marketing.push')).toEqual({ mayShow: false, askAgainAt: '2026-04-01T00:00:00.000Z' });
    answer = () => problem(409, 'consent.nothing_to_ask');
    expect(await centre.ask('marketing.push')).toEqual({ mayShow: false, askAgainAt: null });
    answer = () => problem(404, 'consent.unknown_purpose');
    await expect(centre.ask('no.such')).rejects.toMatchObject({ status: 404, code: 'consent.unknown_purpose' });
    answer = () => json(201, { purpose: 'marketing.push', shownAt: new Date(now).toISOString() });
    await centre.open('marketing.push');
    expect(sent.map(({ body }) => body.startedBySubject)).toEqual([false, false, false, false, true]);
  });

  it('grants with the text that was shown and the hash of its words, never the words', async () => {
    const decided = await aCentre({ channel: 'ios' }).grant('advertising.relevant', {
      categories: ['log.browsing'],
      service: 'ticketing',
      shown,
    });
    expect(decided).toMatchObject({ isSent: true, receiptId: 'receipt', state: 'granted' });
    expect(sent[0]?.body).toEqual({
      state: 'granted',
      categories: ['log.browsing'],
      service: 'ticketing',
      channel: 'ios',
      occurredAt: '2026-03-01T08:00:00.000Z',
      revisionId: shown.revisionId,
      clauseId: shown.clauseId,
      locale: 'zh-CN',
      wordingHash: createHash('sha256').update(shown.wording).digest('hex'),
    });
    expect(sent[0]?.path).toBe('/api/v1/me/consents/advertising.relevant');
    expect(await store.read('abide.outbox.lin')).toBe('[]');
  });

  it('keeps what could not be sent, and sends it in order with the instants of then once online', async () => {
    const centre = aCentre();
    answer = offline;
    expect(await centre.grant('advertising.relevant', { shown })).toEqual({
      isSent: false,
      occurredAt: '2026-03-01T08:00:00.000Z',
      status: null,
    });
    now += 60_000;
    expect(await centre.withdraw('advertising.relevant')).toMatchObject({
      isSent: false,
      occurredAt: '2026-03-01T08:01:00.000Z',
    });
    now += 3_600_000;
    sent.length = 0;
    answer = recorded;
    network.dispatchEvent(new Event('online'));
    await settle();
    expect(said()).toEqual([
      ['PUT', 'consents/advertising.relevant', 'granted', '2026-03-01T08:00:00.000Z'],
      ['PUT', 'consents/advertising.relevant', 'withdrawn', '2026-03-01T08:01:00.000Z'],
    ]);
    expect(await centre.flush()).toBe(0);
    expect(sent).toHaveLength(2);
  });

  it('tells who listens what was read, a withdrawal before it is sent, and a grant once it is recorded', async () => {
    const centre = aCentre();
    const told: unknown[] = [];
    const end = centre.listen((news) => {
      told.push([news.kind, 'purpose' in news ? news.purpose : news.preferences.items.length, sent.length]);
      throw new Error('A fault of the listener');
    });
    answer = () => json(200, { items: [consent('a', 'granted')], nextCursor: null, at: new Date(now).toISOString() });
    await centre.load();
    answer = offline;
    await centre.withdraw('a');
    await centre.grant('b', { shown });
    answer = recorded;
    await centre.flush();
    await centre.grant('c', { shown });
    end();
    await centre.withdraw('c');
    expect(told).toEqual([
      ['read', 1, 1],
      ['withdrawn', 'a', 1],
      ['granted', 'c', sent.length - 1],
    ]);
  });

  it('sends what an earlier page left behind, and shows it until then', async () => {
    answer = offline;
    const earlier = aCentre();
    await earlier.withdraw('advertising.relevant');
    earlier.close();
    const later = aCentre();
    answer = ({ method }) =>
      method === 'GET'
        ? json(200, { items: [], nextCursor: null, at: new Date(now).toISOString() })
        : problem(503, 'database.away');
    expect((await later.load()).unsent).toMatchObject([
      { purpose: 'advertising.relevant', said: { state: 'withdrawn', occurredAt: '2026-03-01T08:00:00.000Z' } },
    ]);
    answer = (one) =>
      one.method === 'GET'
        ? json(200, { items: [], nextCursor: null, at: new Date(now).toISOString() })
        : recorded(one);
    expect((await later.load()).unsent).toEqual([]);
  });

  it('repeats with the same instant what was recorded but never answered', async () => {
    const centre = aCentre();
    answer = offline;
    await centre.withdraw('advertising.relevant');
    answer = recorded;
    await centre.flush();
    expect(new Set(sent.map(({ body }) => body.occurredAt))).toEqual(new Set(['2026-03-01T08:00:00.000Z']));
  });

  it.each([500, 502, 503, 401, 408, 429])('waits after an answer of %i, and lets nothing overtake', async (status) => {
    const centre = aCentre();
    answer = () => problem(status, 'not.now');
    expect(await centre.withdraw('a')).toMatchObject({ isSent: false, status });
    expect(await centre.withdraw('b')).toMatchObject({ isSent: false, status });
    expect(said().map(([, path]) => path)).toEqual(['consents/a', 'consents/a']);
    answer = recorded;
    expect(await centre.flush()).toBe(0);
    expect(
      said()
        .slice(2)
        .map(([, path]) => path),
    ).toEqual(['consents/a', 'consents/b']);
  });

  it('waits after an answer that is not of the product, as a hotel network gives', async () => {
    const centre = aCentre();
    answer = () => new Response('<html>Welcome</html>', { status: 200, headers: { 'content-type': 'text/html' } });
    expect(await centre.withdraw('a')).toMatchObject({ isSent: false });
    answer = recorded;
    expect(await centre.flush()).toBe(0);
  });

  it('throws what is refused at once, and keeps nothing of it', async () => {
    const centre = aCentre();
    answer = () => problem(409, 'consent.no_clause', { detail: 'No clause asks for it.' });
    await expect(centre.grant('a', { shown })).rejects.toThrow('No clause asks for it.');
    expect(await centre.flush()).toBe(0);
    expect(sent).toHaveLength(1);
    expect(refused).toEqual([]);
  });

  it('drops what is refused later, tells of it, and goes on', async () => {
    const centre = aCentre();
    answer = offline;
    await centre.grant('a', { shown });
    await centre.withdraw('b');
    answer = (one) => (one.path.endsWith('/a') ? problem(400, 'consent.too_old') : recorded(one));
    expect(await centre.flush()).toBe(0);
    expect(refused.map(([decision, { code }]) => [decision.purpose, code])).toEqual([['a', 'consent.too_old']]);
  });

  it('is one decision when one button is pressed twice', async () => {
    const centre = aCentre();
    answer = async (one) => {
      await settle();
      return recorded(one);
    };
    const [one, two] = await Promise.all([centre.grant('a', { shown }), centre.grant('a', { shown })]);
    expect(one).toEqual(two);
    expect(sent).toHaveLength(1);
  });

  it('keeps the order of a grant and a withdrawal in one instant, and when the clock of the device is set back', async () => {
    const centre = aCentre();
    await centre.grant('a', { shown });
    await centre.withdraw('a');
    now -= 86_400_000;
    await centre.grant('a', { shown });
    const instants = sent.map(({ body }) => body.occurredAt);
    expect(instants).toEqual([...instants].sort());
    expect(new Set(instants).size).toBe(3);
  });

  it('dates by the clock of the server where the device is wrong, and by its own where it is not', async () => {
    const centre = aCentre();
    const serverSays =
      (at: number): Answer =>
      (one) =>
        one.method === 'GET'
          ? json(200, { items: [], nextCursor: null, at: new Date(at).toISOString() })
          : recorded(one);
    answer = serverSays(now + 180_000);
    await centre.load();
    await centre.withdraw('a');
    expect(sent.at(-1)?.body.occurredAt).toBe('2026-03-01T08:03:00.000Z');
    now += 600_000;
    answer = serverSays(now);
    await centre.load();
    await centre.withdraw('a');
    expect(sent.at(-1)?.body.occurredAt).toBe('2026-03-01T08:10:00.000Z');
  });

  it.each(['consent.in_future', 'consent.before_registration', 'consent.too_old'])(
    'lets the server date what was just said when it answers %s',
    async (code) => {
      answer = (one) => (one.body.occurredAt ? problem(400, code) : recorded(one));
      expect(await aCentre().grant('a', { shown })).toMatchObject({ isSent: true, at: 'server' });
      expect(sent[1]?.body).toMatchObject({ state: 'granted', revisionId: shown.revisionId });
    },
  );

  it('never sends the decisions of one subject as those of another', async () => {
    answer = offline;
    await aCentre({ subjectId: 'lin' }).withdraw('a');
    sent.length = 0;
    answer = recorded;
    expect(await aCentre({ subjectId: 'wang' }).flush()).toBe(0);
    expect(sent).toEqual([]);
    expect(await aCentre({ subjectId: 'lin' }).flush()).toBe(0);
    expect(sent).toHaveLength(1);
  });

  it('no longer listens for the network once closed', async () => {
    const centre = aCentre();
    answer = offline;
    await centre.withdraw('a');
    centre.close();
    network.dispatchEvent(new Event('online'));
    await settle();
    expect(sent).toHaveLength(1);
  });

  it('takes whatever else is found in the store for nothing', async () => {
    for (const text of ['{', '{"a":1}', '[null, 7, {"id":"x"}]']) {
      kept.set('abide.outbox.lin', text);
      expect(await aCentre().flush()).toBe(0);
    }
    expect(sent).toEqual([]);
  });
});

describe('the outbox store', () => {
  it('keeps in local storage, and in memory where that is full or not to be had', async () => {
    const held = new Map<string, string>();
    let isFull = false;
    const storage = {
      getItem: (name: string) => held.get(name) ?? null,
      setItem: (name: string, text: string) => {
        if (isFull) throw new Error('QuotaExceededError');
        held.set(name, text);
      },
    };
    const store = defaultOutboxStore(storage);
    await store.write('a', '1');
    expect(held.get('a')).toBe('1');
    isFull = true;
    await store.write('a', '2');
    expect(await store.read('a')).toBe('2');
    isFull = false;
    await store.write('a', '3');
    expect([held.get('a'), await store.read('a')]).toEqual(['3', '3']);
    const memory = defaultOutboxStore(null);
    await memory.write('a', '1');
    expect(await memory.read('a')).toBe('1');
  });
});
