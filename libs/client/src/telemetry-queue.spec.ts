import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createClient } from './client.js';
import type { OwnConsent } from './preference-centre.js';
import { preferenceCentre } from './preference-centre.js';
import { MemoryKeyValueStore, type KeyValueStore, type StoredEntries } from './key-value-store.js';
import type { TelemetryBatch } from './telemetry-event.js';
import { telemetryQueue, type TelemetryQueue, type TelemetryQueueOptions } from './telemetry-queue.js';

type Answer = (batch: TelemetryBatch) => Response | Promise<Response>;

const startedAt = Date.parse('2026-03-01T08:00:00.000Z');
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  json(status, { type: 'about:blank', title: 'No', status, code }, headers);
const accepted: Answer = ({ events }) => json(200, { accepted: events.length, refused: [], duplicate: false });
const offline: Answer = () => Promise.reject(new TypeError('fetch failed'));
const refusing =
  (code: string): Answer =>
  ({ events }) =>
    json(200, { accepted: 0, refused: events.map((_, index) => ({ index, code })), duplicate: false });
const consent = (purpose: string, state: OwnConsent['state']) => ({ purpose, state }) as OwnConsent;

describe('a telemetry queue', () => {
  let batches: (TelemetryBatch & { keepalive: boolean })[];
  let answer: Answer;
  let consents: OwnConsent[] | null;
  let now: number;
  let keyValues: KeyValueStore;
  let page: EventTarget;
  const open: { close(): void }[] = [];

  beforeEach(() => {
    [batches, answer, consents, now, keyValues, page] = [
      [],
      accepted,
      [],
      startedAt,
      new MemoryKeyValueStore(),
      new EventTarget(),
    ];
  });
  afterEach(() => {
    open.splice(0).forEach((one) => one.close());
    delete (globalThis as any).document;
  });

  function aClient() {
    return createClient({
      baseUrl: 'https://privacy.example',
      fetch: async (request) => {
        if (request.method === 'PUT')
          return json(200, {
            consentEventId: 'event',
            state: 'withdrawn',
            receiptId: 'receipt',
            at: new Date(now).toISOString(),
            duplicate: false,
          });
        if (request.method === 'GET')
          return consents
            ? json(200, { items: consents, nextCursor: null, at: new Date(now).toISOString() })
            : offline({ batchId: '', events: [] });
        const batch = (await request.clone().json()) as TelemetryBatch;
        batches.push({ ...batch, keepalive: request.keepalive });
        return answer(batch);
      },
    });
  }

  function aQueue(options: Partial<TelemetryQueueOptions> = {}): TelemetryQueue {
    const queue = telemetryQueue(aClient(), {
      subjectId: 'lin',
      service: 'ticketing',
      keyValues,
      page,
      now: () => now,
      random: () => 0.5,
      flushEveryMilliseconds: 3_600_000,
      ...options,
    });
    open.push(queue);
    return queue;
  }

  /** One that has read the subject's consents. */
  async function aReadyQueue(options: Partial<TelemetryQueueOptions> = {}): Promise<TelemetryQueue> {
    const queue = aQueue(options);
    await queue.flush();
    return queue;
  }

  const use = (name: string, more: object = {}) => ({ category: 'log.appUsage', attributes: { name }, ...more });
  const sent = () => batches.map(({ events }) => events.map(({ attributes }) => attributes?.['name']));
  const settle = () => new Promise((done) => setTimeout(done, 20));

  it('makes the id and the instant of an event once, when it is recorded', async () => {
    const queue = aQueue();
    answer = offline;
    await queue.record(use('one'));
    now += 60_000;
    expect([await queue.flush(), await queue.flush()]).toEqual([1, 1]);
    answer = accepted;
    expect(await queue.flush()).toBe(0);
    const [first, second, third] = batches;
    expect([second, third]).toEqual([first, first]);
    expect(first?.events).toEqual([
      {
        eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        subjectId: 'lin',
        service: 'ticketing',
        category: 'log.appUsage',
        attributes: { name: 'one' },
        occurredAt: '2026-03-01T08:00:00.000Z',
      },
    ]);
  });

  it('dates events by the clock of the server where that of the device is wrong', async () => {
    const queue = await aReadyQueue({ now: () => now - 86_400_000 });
    await queue.record(use('one'));
    await queue.flush();
    expect(batches[0]?.events[0]?.occurredAt).toBe('2026-03-01T08:00:00.000Z');
  });

  it('waits as the server asks, whoever asks to send; its own back-off it leaves when told', async () => {
    const queue = aQueue();
    answer = () => problem(503, 'telemetry.busy', { 'retry-after': '30' });
    await queue.record(use('one'));
    await queue.flush();
    now += 29_999;
    page.dispatchEvent(new Event('online'));
    await queue.flush();
    expect(batches).toHaveLength(1);
    now += 1_000;
    answer = offline;
    await queue.flush();
    await queue.flush();
    expect(batches).toHaveLength(3);
    answer = accepted;
    page.dispatchEvent(new Event('online'));
    await settle();
    expect(await queue.waiting()).toEqual({ events: 0, bytes: 0 });
    expect(new Set(batches.map(({ batchId }) => batchId)).size).toBe(1);
  });

  it('sends by itself after its interval, at once when enough waits, and again when its back-off is over', async () => {
    answer = offline;
    const queue = await aReadyQueue({ flushAtEvents: 2, random: () => 0.01, now: Date.now });
    await queue.record(use('one'));
    await settle();
    expect(batches).toHaveLength(0);
    await queue.record(use('two'));
    await settle();
    expect(batches.length).toBeGreaterThanOrEqual(1);
    answer = accepted;
    for (const until = Date.now() + 10_000; (await queue.waiting()).events > 0 && Date.now() < until;) await settle();
    expect(await queue.waiting()).toMatchObject({ events: 0 });
  });

  it('drops what has grown too old, the oldest above the cap, and single events that are too large', async () => {
    const queue = await aReadyQueue({ caps: { maxEvents: 3, maxAgeMilliseconds: 1_000 } });
    answer = offline;
    for (const name of ['one', 'two', 'three', 'four']) await queue.record(use(name));
    expect(await queue.record(use('huge', { personal: { text: 'x'.repeat(70_000) } }))).toBe(false);
    now += 900;
    await queue.record(use('five'));
    now += 200;
    answer = accepted;
    expect(await queue.flush()).toBe(0);
    expect(sent()).toEqual([['five']]);
    expect(await queue.counts()).toEqual({ tooMany: 2, tooLarge: 1, tooOld: 2 });
  });

  it('is not stopped by what cannot be written down', async () => {
    const queue = await aReadyQueue();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect([
      await queue.record(use('circle', { personal: circle })),
      await queue.record(use('some day', { occurredAt: 'some day' })),
      await queue.record(use('fine', { personal: { tell: () => 'nobody' } })),
    ]).toEqual([false, false, true]);
    expect(await queue.flush()).toBe(0);
    expect([sent(), await queue.counts()]).toEqual([[['fine']], { malformed: 2 }]);
  });

  it('fills batches only so far as a page may still send when it goes', async () => {
    const queue = await aReadyQueue();
    for (let index = 0; index < 40; index += 1)
      await queue.record(use(`event ${index}`, { personal: { text: '字'.repeat(700) } }));
    expect(await queue.flush()).toBe(0);
    expect(sent().flat()).toHaveLength(40);
    expect(
      batches.every(
        ({ events, keepalive }) => keepalive && new TextEncoder().encode(JSON.stringify(events)).length < 32 * 1024,
      ),
    ).toBe(true);
    expect(batches.length).toBeGreaterThan(2);
  });

  it('parts a batch of no use until the event at fault is alone, under new names, and waits where all of them are', async () => {
    const queue = await aReadyQueue();
    answer = (batch) =>
      batch.events.some(({ attributes }) => attributes?.['name'] === 'bad')
        ? problem(400, 'request.invalid')
        : accepted(batch);
    for (const name of ['one', 'bad', 'three', 'four']) await queue.record(use(name));
    expect(await queue.flush()).toBe(0);
    expect(sent()).toEqual([['one', 'bad', 'three', 'four'], ['one', 'bad'], ['one'], ['bad'], ['three', 'four']]);
    expect(new Set(batches.map(({ batchId }) => batchId)).size).toBe(5);
    expect(await queue.counts()).toEqual({ 'refused:request.invalid': 1 });
    answer = () => new Response('too large', { status: 413 });
    batches.length = 0;
    for (let index = 0; index < 40; index += 1) await queue.record(use(`event ${index}`));
    await queue.flush();
    expect(batches).toHaveLength(16);
    for (let round = 0; round < 10; round += 1) await queue.flush();
    expect(await queue.counts()).toEqual({ 'refused:request.invalid': 1, 'refused:413': 40 });
  });

  it('takes nothing for an answer but that of the product', async () => {
    const queue = await aReadyQueue();
    await queue.record(use('one'));
    for (const portal of [
      () => json(200, { welcome: true }),
      () => new Response('<p>Sign in</p>'),
      () => problem(404, 'route.unknown'),
      () => problem(500, ''),
    ]) {
      answer = portal;
      expect(await queue.flush()).toBe(1);
    }
  });

  it('keeps nothing that the app itself or the subject does not allow, nor what nobody knows yet', async () => {
    consents = null;
    const queue = aQueue({ mayCollect: ({ category }) => category !== 'log.search' });
    expect(await queue.record({ category: 'log.search' })).toBe(false);
    expect(await queue.record(use('ads', { purposes: ['ads'] }))).toBe(false);
    expect(await queue.record(use('tips', { purposes: ['tips'] }))).toBe(false);
    expect(await queue.waiting()).toMatchObject({ events: 0 });
    expect(await queue.counts()).toEqual({ notAllowed: 1, undecided: 2 });
    await queue.consentsChanged([consent('ads', 'expired'), consent('tips', 'partly')]);
    expect(await queue.flush()).toBe(0);
    expect([sent(), await queue.counts()]).toEqual([[['tips']], { notAllowed: 2 }]);
    await queue.granted('ads');
    expect(await queue.record(use('ads', { purposes: ['ads'] }))).toBe(true);
  });

  it('drops only the categories that were withdrawn, and nothing for what concerns others', async () => {
    consents = [consent('ads', 'granted')];
    const queue = await aReadyQueue();
    await queue.record(use('used', { purposes: ['ads'] }));
    await queue.record({ category: 'log.browsing', attributes: { name: 'seen' }, purposes: ['ads'] });
    await queue.withdrawn('ads', { recipientId: 'partner' });
    await queue.withdrawn('ads', { service: 'maps' });
    expect(await queue.counts()).toEqual({});
    await queue.withdrawn('ads', { categories: ['log.browsing'] });
    expect(await queue.record({ category: 'log.browsing', purposes: ['ads'] })).toBe(false);
    expect(await queue.record(use('used again', { purposes: ['ads'] }))).toBe(true);
    await queue.withdrawn('ads', { service: 'ticketing' });
    expect([await queue.waiting(), await queue.counts()]).toEqual([
      { events: 0, bytes: 0 },
      { withdrawn: 3, notAllowed: 1 },
    ]);
  });

  it('believes a withdrawal that the server does not have yet, and a grant only once it does', async () => {
    const queue = await aReadyQueue();
    const unsent = (purpose: string, state: 'granted' | 'withdrawn') => ({
      id: purpose,
      purpose,
      said: { state, occurredAt: new Date(now).toISOString() },
    });
    await queue.consentsChanged(
      [consent('ads', 'granted'), consent('tips', 'none')],
      [unsent('ads', 'withdrawn'), unsent('tips', 'granted')],
    );
    expect([
      await queue.record(use('ads', { purposes: ['ads'] })),
      await queue.record(use('tips', { purposes: ['tips'] })),
    ]).toEqual([false, false]);
  });

  it('holds a withdrawal against an answer that was on its way meanwhile', async () => {
    consents = [consent('ads', 'granted')];
    const centre = preferenceCentre(aClient(), { subjectId: 'lin', connectivity: page, now: () => now });
    open.push(centre);
    const queue = await aReadyQueue({ preferences: centre });
    await queue.record(use('ads', { purposes: ['ads'] }));
    await Promise.all([centre.load(), centre.withdraw('ads')]);
    expect(await queue.record(use('ads', { purposes: ['ads'] }))).toBe(false);
    expect(await queue.counts()).toEqual({ withdrawn: 1, notAllowed: 1 });
  });

  it('asks again for a kind of event that was refused for want of consent once the consents were read', async () => {
    const queue = await aReadyQueue();
    answer = refusing('consent.withdrawn');
    await queue.record(use('one'));
    await queue.flush();
    expect([await queue.record(use('two')), await queue.record(use('three', { purposes: ['other'] }))]).toEqual([
      false,
      true,
    ]);
    now += 10 * 60_000;
    await queue.flush();
    expect(await queue.record(use('four'))).toBe(true);
    expect(await queue.counts()).toEqual({ 'refused:consent.withdrawn': 2, notAllowed: 1 });
  });

  it('sends what this window added when the page is hidden, once, and keeps it until it is answered', async () => {
    const queue = await aReadyQueue();
    await queue.record(use('one'));
    page.dispatchEvent(new Event('visibilitychange'));
    expect(batches).toEqual([]);
    (globalThis as any).document = { visibilityState: 'hidden' };
    answer = offline;
    page.dispatchEvent(new Event('visibilitychange'));
    page.dispatchEvent(new Event('pagehide'));
    await settle();
    expect([sent(), await queue.waiting()]).toMatchObject([[['one']], { events: 1 }]);
    answer = accepted;
    await queue.flush();
    expect(batches[1]).toEqual(batches[0]);
    page.dispatchEvent(new Event('pagehide'));
    await queue.record(use('two'));
    await settle();
    expect(sent()).toEqual([['one'], ['one'], ['two']]);
    expect(await queue.flush()).toBe(0);
    expect(batches[3]?.events).toEqual(batches[2]?.events);
  });

  it('does not send what was withdrawn when the page is hidden', async () => {
    consents = [consent('ads', 'granted')];
    const queue = await aReadyQueue();
    await queue.record(use('ads', { purposes: ['ads'] }));
    await queue.record(use('plain'));
    await queue.withdrawn('ads');
    page.dispatchEvent(new Event('pagehide'));
    await queue.flush();
    expect(sent().flat()).toEqual(['plain']);
  });

  it('loses nothing where another window sends while this one records', async () => {
    const [one, other] = [aQueue({ page: new EventTarget() }), aQueue({ page: new EventTarget() })];
    const names = Array.from({ length: 30 }, (_, index) => `event ${index}`);
    await Promise.all(
      names.map(async (name, index) => {
        await (index % 2 ? one : other).record(use(name));
        if (index % 5 === 0) await one.flush();
      }),
    );
    expect(await other.flush()).toBe(0);
    expect(sent().flat().sort()).toEqual(names.sort());
  });

  it('makes room by dropping the older half where storage is full, and counts even what it could not write down', async () => {
    let room: 'there' | 'fullUntilDropped' | 'none' = 'there';
    const memory = new MemoryKeyValueStore();
    const limited = (entries: StoredEntries): StoredEntries => ({
      ...entries,
      removeRow: async (row) => {
        if (room === 'fullUntilDropped') room = 'there';
        await entries.removeRow(row);
      },
      write: async (key, value) => {
        if (room !== 'there' && key[0] !== 'state')
          throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
        await entries.write(key, value);
      },
    });
    keyValues = { change: (work) => memory.change((entries) => work(limited(entries))), close: () => undefined };
    const queue = await aReadyQueue();
    for (const name of ['one', 'two', 'three']) await queue.record(use(name));
    room = 'fullUntilDropped';
    expect(await queue.record(use('four'))).toBe(true);
    expect(await queue.counts()).toEqual({ storageFull: 3 });
    room = 'none';
    expect(await queue.record(use('five'))).toBe(false);
    room = 'there';
    expect(await queue.record(use('six'))).toBe(true);
    expect([await queue.waiting(), await queue.counts()]).toMatchObject([{ events: 1 }, { storageFull: 5 }]);
  });

  it('keeps what waits at sign-out for its subject, and drops it when it is purged', async () => {
    const queue = await aReadyQueue();
    answer = offline;
    await queue.record(use('one'));
    queue.close();
    expect(await queue.record(use('two'))).toBe(false);
    const again = aQueue();
    expect(await again.waiting()).toMatchObject({ events: 1 });
    await again.purge();
    expect([await again.waiting(), await again.counts()]).toEqual([{ events: 0, bytes: 0 }, { purged: 1 }]);
  });
});
