import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from './browser.js';
import { clientScript } from './client-script.js';
import { TelemetryServer } from './telemetry-server.js';

const html =
  '<!doctype html><html lang="en"><title>An app</title><script src="/client.js"></script><p>An app</p></html>';

const soon = 150;
/** Long enough for two windows to open meanwhile on a busy machine. */
const busyForSeconds = 6;

interface QueueOptions {
  readonly subjectId?: string;
  readonly flushEveryMilliseconds?: number;
  readonly caps?: object;
  readonly withPreferences?: boolean;
}

/** The queue of a client app, in a real browser, against a server that takes batches as the product does. */
describe('a telemetry queue in a browser', () => {
  let server: TelemetryServer;
  let browser: Browser;
  let script: string;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    script = clientScript();
    browser = await launchBrowser();
  }, 120_000);
  afterAll(() => browser?.close());

  beforeEach(async () => {
    const files = { '/': { type: 'text/html', text: html }, '/client.js': { type: 'text/javascript', text: script } };
    server = new TelemetryServer(files);
    await server.start();
    server.consents.set('personalisation', 'granted').set('advertising.relevant', 'granted');
    context = await browser.newContext();
    // The page itself is there offline too, as that of an app with a service worker.
    await context.route('**/*', (route) => {
      const file = files[new URL(route.request().url()).pathname as keyof typeof files];
      return file ? route.fulfill({ contentType: file.type, body: file.text }) : route.continue();
    });
    page = await openPage();
  });
  afterEach(async () => {
    await context.close();
    await server.stop();
  });

  async function openPage(options: QueueOptions = {}): Promise<Page> {
    const opened = await context.newPage();
    opened.setDefaultTimeout(45_000);
    await opened.goto(server.url);
    await startQueue(opened, options);
    return opened;
  }

  async function reload(options: QueueOptions = {}): Promise<void> {
    await page.reload();
    await startQueue(page, options);
  }

  function startQueue(on: Page, options: QueueOptions): Promise<void> {
    return on.evaluate(
      async ({ subjectId = 'lin', withPreferences = false, flushEveryMilliseconds = 3_600_000, ...more }) => {
        const { abide, location } = globalThis as any;
        const client = abide.createClient({
          baseUrl: location.origin,
          headers: { Authorization: `Bearer ${subjectId}` },
        });
        const preferences = withPreferences ? abide.preferenceCentre(client, { subjectId }) : undefined;
        const queue = abide.telemetryQueue(client, {
          subjectId,
          service: 'ticketing',
          means: 'web',
          preferences,
          flushEveryMilliseconds,
          ...more,
        });
        Object.assign(globalThis, { queue, preferences });
        await queue.flush();
      },
      options,
    );
  }

  /** Records an event under a name; whether it was kept. */
  function record(name: string, more: object = {}, on = page): Promise<boolean> {
    return on.evaluate((event) => (globalThis as any).queue.record(event), {
      category: 'log.appUsage',
      attributes: { name },
      ...more,
    });
  }

  const ask = (what: 'flush' | 'counts' | 'waiting' | 'resume' | 'purge', on = page): Promise<any> =>
    on.evaluate((method) => (globalThis as any).queue[method](), what);

  /** The names of the events in the database of the browser, whoever wrote them. */
  function onDisk(subjectId = 'lin'): Promise<string[]> {
    return page.evaluate(
      (name) =>
        new Promise<string[]>((done, failed) => {
          const opening = (globalThis as any).indexedDB.open(name);
          opening.onerror = () => failed(opening.error);
          opening.onsuccess = () => {
            if (!opening.result.objectStoreNames.contains('shelf'))
              return failed(new Error('The queue has no database'));
            const reading = opening.result.transaction('shelf').objectStore('shelf').getAll();
            reading.onsuccess = () => {
              opening.result.close();
              done(reading.result.flatMap((row: any) => (row.eventId ? [row.attributes.name] : [])));
            };
          };
        }),
      `abide.telemetry.${subjectId}`,
    );
  }

  async function until(isSo: () => boolean, milliseconds = 30_000): Promise<void> {
    const end = Date.now() + milliseconds;
    while (!isSo() && Date.now() < end) await new Promise((done) => setTimeout(done, 25));
    expect(isSo()).toBe(true);
  }

  it('sends what was recorded without being asked, once', async () => {
    await reload({ flushEveryMilliseconds: soon });
    await record('one');
    await record('two');
    await until(() => server.stored.length === 2);
    expect(server.stored[0]).toEqual({
      eventId: expect.any(String),
      subjectId: 'lin',
      service: 'ticketing',
      means: 'web',
      category: 'log.appUsage',
      attributes: { name: 'one' },
      occurredAt: expect.stringMatching(/^20.*Z$/),
    });
    expect(await ask('flush')).toBe(0);
    expect(await onDisk()).toEqual([]);
    expect(server.arrivals.flatMap(({ eventIds }) => eventIds)).toHaveLength(2);
  });

  it('keeps what is recorded offline across reloads, and sends each event once when the network is back', async () => {
    await reload({ flushEveryMilliseconds: soon });
    await context.setOffline(true);
    await record('before the reload');
    expect(await ask('flush')).toBe(1);
    await reload({ flushEveryMilliseconds: soon });
    await record('after the reload');
    expect(await ask('flush')).toBe(2);
    const recordedAt = Date.now();
    expect(server.arrivals).toEqual([]);
    await context.setOffline(false);
    await until(() => server.stored.length === 2);
    expect(server.names()).toEqual(['before the reload', 'after the reload']);
    expect(Date.parse(server.stored[0]?.occurredAt ?? '')).toBeLessThanOrEqual(recordedAt);
    expect(new Set(server.arrivals.flatMap(({ eventIds }) => eventIds)).size).toBe(2);
    expect(await ask('flush')).toBe(0);
    expect(await ask('counts')).toEqual({});
  });

  it('sends the very same batch again, after a reload too, when its answer was lost', async () => {
    server.mood = 'losesAnswers';
    await record('one');
    await record('two');
    expect(await ask('flush')).toBe(2);
    await record('later');
    server.mood = 'unreachable';
    await reload();
    server.mood = 'well';
    expect(await ask('flush')).toBe(0);
    const [first] = server.arrivals;
    const again = server.arrivals.find(({ status }) => status === 200);
    expect([again?.batchId, again?.eventIds]).toEqual([first?.batchId, first?.eventIds]);
    expect(first?.eventIds).toHaveLength(2);
    expect(server.names()).toEqual(['one', 'two', 'later']);
  });

  it('stays away for as long as the server asks, in every window and after a reload', async () => {
    server.mood = { busyForSeconds };
    await record('one');
    expect(await ask('flush')).toBe(1);
    server.mood = 'well';
    const other = await openPage({ flushEveryMilliseconds: soon });
    await reload({ flushEveryMilliseconds: soon });
    expect(await ask('flush', other)).toBe(1);
    await until(() => server.stored.length === 1);
    const [busy, next] = server.arrivals;
    expect(server.arrivals).toHaveLength(2);
    expect(Number(next?.at) - Number(busy?.at)).toBeGreaterThanOrEqual(busyForSeconds * 1000 - 10);
    expect(next?.batchId).toBe(busy?.batchId);
  });

  it('sends what waits when the page goes, and what is recorded as it goes', async () => {
    await record('read');
    await page.evaluate(() =>
      (globalThis as any).addEventListener(
        'pagehide',
        () => void (globalThis as any).queue.record({ category: 'log.appUsage', attributes: { name: 'left' } }),
      ),
    );
    await page.goto('about:blank');
    await until(() => server.stored.length === 2);
    expect([...server.names()].sort()).toEqual(['left', 'read']);
    await page.goto(server.url);
    await startQueue(page, {});
    expect(await ask('flush')).toBe(0);
    expect(server.stored).toHaveLength(2);
    expect(server.arrivals[0]?.eventIds).toEqual([server.stored[0]?.eventId]);
  });

  it('resends under the same name what went with the page unanswered', async () => {
    server.mood = 'losesAnswers';
    await record('one');
    await page.goto('about:blank');
    await until(() => server.stored.length === 1);
    server.mood = 'well';
    await page.goto(server.url);
    await startQueue(page, {});
    expect(await ask('flush')).toBe(0);
    const batchIds = new Set(server.arrivals.map(({ batchId }) => batchId));
    expect([batchIds.size, server.arrivals.at(-1)?.status, server.stored.length]).toEqual([1, 200, 1]);
  });

  it('lets one window at a time send, for all of them', async () => {
    server.delayMilliseconds = 60;
    const other = await openPage();
    await Promise.all([record('here'), record('there', {}, other)]);
    expect(await ask('flush')).toBe(0);
    expect([...server.names()].sort()).toEqual(['here', 'there']);
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([record(`here ${round}`), record(`there ${round}`, {}, other)]);
      await Promise.all([ask('flush'), ask('flush', other)]);
    }
    expect(server.stored).toHaveLength(10);
    expect(server.arrivals.flatMap(({ eventIds }) => eventIds)).toHaveLength(10);
    expect(server.mostAtOnce).toBe(1);
  });

  it('never sends the events of one subject as those of another', async () => {
    server.mood = 'unreachable';
    await record('of Lin');
    await reload({ subjectId: 'mei' });
    server.mood = 'well';
    await record('of Mei');
    expect(await ask('flush')).toBe(0);
    expect(server.stored.map(({ subjectId }) => subjectId)).toEqual(['mei']);
    await reload({ subjectId: 'lin' });
    expect(await ask('flush')).toBe(0);
    expect(server.stored.map(({ subjectId }) => subjectId)).toEqual(['mei', 'lin']);
  });

  it('drops the oldest where more waits than may, and counts them', async () => {
    server.mood = 'unreachable';
    await reload({ caps: { maxBytes: 4_000 } });
    for (let index = 0; index < 20; index += 1) await record(`event ${index}`, { personal: { text: 'x'.repeat(300) } });
    const { events, bytes } = await ask('waiting');
    expect(bytes).toBeLessThanOrEqual(4_000);
    expect(await ask('counts')).toEqual({ tooMany: 20 - events });
    expect(await onDisk()).toHaveLength(events);
    await reload({ caps: { maxBytes: 4_000 } });
    server.mood = 'well';
    expect(await ask('flush')).toBe(0);
    expect(server.names()).toEqual(Array.from({ length: events }, (_, index) => `event ${20 - events + index}`));
    expect(await ask('counts')).toEqual({ tooMany: 20 - events });
  });

  it('drops what is too old to be taken, and counts it', async () => {
    await record('last week', { occurredAt: new Date(Date.now() - 6.5 * 24 * 3_600_000).toISOString() });
    expect([await ask('counts'), await ask('waiting')]).toEqual([{ tooOld: 1 }, { events: 0, bytes: 0 }]);
  });

  it('never writes down what the subject does not allow', async () => {
    server.consents.set('personalisation', 'none');
    await reload();
    await page.evaluate(() => (globalThis as any).queue.purge());
    await context.setOffline(true);
    expect(await record('unknown yet', { purposes: ['personalisation'] })).toBe(false);
    expect(await onDisk()).toEqual([]);
    expect(await ask('counts')).toEqual({ undecided: 1 });
    await context.setOffline(false);
    await ask('flush');
    expect(await ask('counts')).toEqual({ notAllowed: 1 });
    expect(await record('known', { purposes: ['personalisation'] })).toBe(false);
    expect(await record('on another basis', { purposes: ['personalisation', 'service.provision'] })).toBe(true);
    expect(await onDisk()).toEqual(['on another basis']);
    expect(await ask('counts')).toEqual({ notAllowed: 2 });
  });

  it('purges what waits for a purpose when it is withdrawn, offline too and in every window, and keeps no more of it', async () => {
    await reload({ withPreferences: true });
    const other = await openPage();
    await context.setOffline(true);
    await record('for advertising', { purposes: ['advertising.relevant'] });
    await record('of the other window', { purposes: ['advertising.relevant'] }, other);
    await record('for both', { purposes: ['advertising.relevant', 'personalisation'] });
    await record('for none');
    await page.evaluate(() => (globalThis as any).preferences.withdraw('advertising.relevant'));
    expect((await onDisk()).sort()).toEqual(['for both', 'for none']);
    expect(await record('too late', { purposes: ['advertising.relevant'] })).toBe(false);
    expect(await record('too late there', { purposes: ['advertising.relevant'] }, other)).toBe(false);
    expect(await ask('counts')).toEqual({ withdrawn: 2, notAllowed: 2 });
    await reload({ withPreferences: true });
    expect(await record('after a reload', { purposes: ['advertising.relevant'] })).toBe(false);
    await context.setOffline(false);
    await until(() => server.consents.get('advertising.relevant') === 'withdrawn');
    expect(await ask('flush')).toBe(0);
    expect(server.names().sort()).toEqual(['for both', 'for none']);
  });

  it('counts what the server refuses by its code, and keeps no more of that kind until the consents were read again', async () => {
    await reload({ withPreferences: true });
    expect(await record('which apps', { category: 'log.appInventory' })).toBe(true);
    expect(await record('of no kind', { category: 'log.unknown' })).toBe(true);
    await record('fine');
    expect(await ask('flush')).toBe(0);
    expect(server.names()).toEqual(['fine']);
    expect(await ask('counts')).toEqual({ 'refused:clause.none': 1, 'refused:event.unknownCategory': 1 });
    expect(await record('which apps, again', { category: 'log.appInventory' })).toBe(false);
    expect(await record('of no kind, again', { category: 'log.unknown' })).toBe(true);
    await page.evaluate(() => (globalThis as any).preferences.load());
    expect(await record('which apps, afterwards', { category: 'log.appInventory' })).toBe(true);
  });

  it('sends what goes with an event that the server cannot read, and drops that one alone', async () => {
    for (let index = 0; index < 5; index += 1) await record(`event ${index}`);
    await record('poisoned', { personal: { text: '\u0000' } });
    for (let index = 5; index < 9; index += 1) await record(`event ${index}`);
    expect(await ask('flush')).toBe(0);
    expect(server.names()).toEqual(Array.from({ length: 9 }, (_, index) => `event ${index}`));
    expect(await ask('counts')).toEqual({ 'refused:request.invalid': 1 });
  });

  it('drops and counts an event that the browser could not write down, and keeps using its database', async () => {
    expect(
      await page.evaluate(() =>
        (globalThis as any).queue.record({ category: 'log.appUsage', attributes: { name: 'called', call: () => 1 } }),
      ),
    ).toBe(true);
    expect(
      await page.evaluate(() =>
        (globalThis as any).queue.record({ category: 'log.appUsage', attributes: { name: 'big', count: 1n } }),
      ),
    ).toBe(false);
    expect([await onDisk(), await ask('counts')]).toEqual([['called'], { malformed: 1 }]);
  });

  it('keeps everything while the subject is signed out, and goes on when told', async () => {
    server.expired.add('lin');
    await record('one');
    expect(await ask('flush')).toBe(1);
    expect(await ask('flush')).toBe(1);
    expect(server.arrivals.map(({ status }) => status)).toEqual([401]);
    server.expired.clear();
    expect(await ask('resume')).toBe(0);
    expect(server.names()).toEqual(['one']);
  });

  it('works for as long as the page lives where the browser gives no database', async () => {
    await context.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { get: () => undefined }));
    await reload({ caps: { maxEvents: 3 } });
    await context.setOffline(true);
    for (const name of ['one', 'two', 'three', 'four']) await record(name);
    await context.setOffline(false);
    expect(await ask('flush')).toBe(0);
    expect([server.names(), await ask('counts')]).toEqual([['two', 'three', 'four'], { tooMany: 1 }]);
  });
});
