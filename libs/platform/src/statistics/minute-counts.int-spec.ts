import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '@abide/kernel';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../database/data-source.js';
import { Database } from '../database/database.js';
import { platformPersistence } from '../persistence.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { MinuteCounts } from './minute-counts.js';

const table = { name: 'public.counted', labels: ['category', 'code'], sums: ['events', 'lag'] };

class StoppedClock extends Clock {
  constructor(public at: Date) {
    super();
  }

  now(): Date {
    return this.at;
  }
}

describe('MinuteCounts', () => {
  let own: TestDatabase;
  let sources: DataSource[];
  let db: Database;
  let clock: StoppedClock;

  beforeAll(async () => {
    own = await createTestDatabase(platformPersistence);
    const aSource = () =>
      createDataSource(
        { url: own.url, poolSize: 3, statementTimeout: 5000, as: 'migrator', applicationName: 'test' },
        platformPersistence,
      ).initialize();
    sources = [await aSource(), await aSource()];
    db = databaseOf(0);
  });
  beforeEach(async () => {
    clock = new StoppedClock(new Date('2026-11-27T08:00:30Z'));
    await db.query('DROP TABLE IF EXISTS public.counted');
    await makeTable();
  });
  afterAll(async () => {
    for (const source of sources) await source.destroy();
    await own.drop();
  });

  const databaseOf = (process: number) => new Database(sources[process] as DataSource);
  const makeTable = () =>
    db.query(
      'CREATE TABLE public.counted (minute timestamptz, category text, code text, events bigint NOT NULL, lag bigint NOT NULL, PRIMARY KEY (minute, category, code))',
    );
  const written = async () =>
    (
      await db.query<{ line: string }>(
        `SELECT to_char(minute, 'HH24:MI') || ' ' || category || ' ' || code || ' ' || events || ' ' || lag AS line FROM public.counted ORDER BY minute, category, code`,
      )
    ).map(({ line }) => line);

  async function untilTwoWait(): Promise<void> {
    for (const endsAt = Date.now() + 60_000; Date.now() < endsAt; await sleep(10)) {
      const [row] = await databaseOf(1).query<{ n: number }>(
        'SELECT count(DISTINCT pid)::int AS n FROM pg_locks WHERE NOT granted',
      );
      if (row?.n === 2) return;
    }
    throw new Error('Nobody waits');
  }

  it('sums by minute and labels, and adds to what was written before', async () => {
    const counts = new MinuteCounts(db, clock, table);
    expect(counts.add(['log.search', 'ok'], [2, 10])).toBe(true);
    expect(counts.add(['log.search', 'ok'], [3, 1])).toBe(false);
    expect(counts.add(['log.search', 'late'], [1, 0])).toBe(true);
    await counts.flush();
    counts.add(['log.search', 'ok'], [1, 1]);
    clock.at = new Date('2026-11-27T08:01:00Z');
    counts.add(['log.search', 'ok'], [7, 7]);
    await counts.flush();
    await counts.flush();
    expect(await written()).toEqual([
      '08:00 log.search late 1 0',
      '08:00 log.search ok 6 12',
      '08:01 log.search ok 7 7',
    ]);
  });

  it('keeps what could not be written, with what is counted meanwhile, for the next time', async () => {
    const counts = new MinuteCounts(db, clock, table);
    counts.add(['a', 'ok'], [2, 0]);
    counts.add(['b', 'ok'], [1, 0]);
    await db.query('DROP TABLE public.counted');
    const failing = counts.flush();
    counts.add(['a', 'ok'], [5, 0]);
    await expect(failing).rejects.toThrow(/counted/);
    await makeTable();
    await counts.flush();
    expect(await written()).toEqual(['08:00 a ok 7 0', '08:00 b ok 1 0']);
  });

  it('writes what is left when it stops, and stops even when that cannot be written', async () => {
    const counts = new MinuteCounts(db, clock, table);
    counts.start();
    counts.add(['a', 'ok'], [1, 0]);
    await counts.stop();
    expect(await written()).toEqual(['08:00 a ok 1 0']);
    counts.add(['a', 'ok'], [1, 0]);
    await db.query('DROP TABLE public.counted');
    await expect(counts.stop()).resolves.toBeUndefined();
  });

  it('lets two processes add the same counts at the same time, in whatever order they came', async () => {
    const processes = [new MinuteCounts(db, clock, table), new MinuteCounts(databaseOf(1), clock, table)];
    const labels = Array.from({ length: 9 }, (_, index) => `category ${index}`);
    const count = () =>
      processes.forEach((counts, process) =>
        (process === 0 ? labels : labels.toReversed()).forEach((label) => counts.add([label, 'ok'], [1, 2])),
      );
    const flush = () => Promise.all(processes.map((counts) => counts.flush()));
    count();
    await flush();
    count();
    let flushed: Promise<unknown> = Promise.resolve();
    await db.transaction(async () => {
      await db.query(`UPDATE public.counted SET lag = lag WHERE category = 'category 4'`);
      flushed = db.outside(flush);
      await untilTwoWait();
    });
    await flushed;
    expect(await written()).toEqual(labels.map((label) => `08:00 ${label} ok 4 8`));
  });

  it('keeps no more kinds of counts than it has room for', async () => {
    const counts = new MinuteCounts(db, clock, table);
    for (let index = 0; index < 6000; index += 1) counts.add([`category ${index}`, 'ok'], [1, 0]);
    await counts.flush();
    expect(await written()).toHaveLength(5000);
  });

  it('can write sums that are no whole numbers', async () => {
    const counts = new MinuteCounts(db, clock, table);
    counts.add(['a', 'ok'], [1, 0.6]);
    await counts.flush();
    expect(await written()).toEqual(['08:00 a ok 1 1']);
  });

  it('takes back what was written beside counts whose commit failed, and publishes only what has committed', async () => {
    await db.query(
      'CREATE TABLE public.beside (id int PRIMARY KEY, other int REFERENCES public.beside DEFERRABLE INITIALLY DEFERRED)',
    );
    const takenBack: string[] = [];
    const published: string[] = [];
    let other = 7;
    const write = async () => {
      await db.query('INSERT INTO public.beside VALUES ($1, $1)', [other]);
      await db.query('UPDATE public.beside SET other = 8 WHERE id = $1 AND id = 7', [other]);
      return () => void takenBack.push('taken back');
    };
    const counts = new MinuteCounts(db, clock, table, {
      write,
      written: (labels) => void published.push(labels.join()),
    });
    counts.add(['a', 'ok'], [1, 1]);
    await expect(counts.flush()).rejects.toThrow(/foreign key/);
    expect([takenBack, published, await written()]).toEqual([['taken back'], [], []]);
    other = 9;
    await counts.flush();
    expect([takenBack, published, await written()]).toEqual([['taken back'], ['a,ok'], ['08:00 a ok 1 1']]);
    await db.query('DROP TABLE public.beside');
  });
});
