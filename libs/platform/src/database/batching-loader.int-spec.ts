import { joinPersistence } from './persistence-set.js';
import { platformPersistence } from '../persistence.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { Database } from './database.js';
import { BatchingLoader } from './batching-loader.js';

describe('BatchingLoader', () => {
  let database: TestDatabase;
  let db: Database;

  beforeAll(async () => {
    const persistence = joinPersistence(platformPersistence);
    database = await createTestDatabase(persistence);
    db = new Database(
      createDataSource(
        { url: database.url, poolSize: 5, statementTimeout: 5000, as: 'migrator', applicationName: 'fresh-reads' },
        persistence,
      ),
    );
    await db.dataSource.initialize();
    await db.query('CREATE TABLE public.lights (name text PRIMARY KEY, is_on boolean NOT NULL)');
    await db.query(`INSERT INTO public.lights SELECT 'light-' || n, true FROM generate_series(1, 50) AS n`);
  });

  afterAll(async () => {
    await db.dataSource.destroy();
    await database.drop();
  });

  const reading = (seen: string[][] = []) =>
    new BatchingLoader<boolean>(db, async (keys) => {
      seen.push([...keys]);
      const rows = await db.query<{ name: string; is_on: boolean }>(
        'SELECT name, is_on FROM public.lights WHERE name = ANY($1)',
        [keys],
      );
      return new Map(rows.map(({ name, is_on }) => [name, is_on]));
    });

  it('answers what is asked at once with one read', async () => {
    const seen: string[][] = [];
    const reads = reading(seen);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => reads.get(`light-${(index % 25) + 1}`)));
    expect(answers.every((isOn) => isOn === true)).toBe(true);
    expect(seen).toEqual([expect.arrayContaining(['light-1', 'light-25'])]);
    expect(seen[0]).toHaveLength(25);
  });

  it('answers undefined for what is not there', async () => {
    expect(await reading().get('light-99')).toBeUndefined();
  });

  it('never answers from before a change that was committed when the question was asked', async () => {
    const reads = reading();
    let stop = false;
    const busy = (async () => {
      while (!stop) await reads.get('light-7');
    })();
    for (let round = 0; round < 60; round += 1) {
      const isOn = round % 2 === 1;
      await db.query('UPDATE public.lights SET is_on = $1 WHERE name = $2', [isOn, 'light-7']);
      expect(await reads.get('light-7')).toBe(isOn);
    }
    stop = true;
    await busy;
  });

  it('reads over the open transaction', async () => {
    const reads = reading();
    await db.transaction(async () => {
      await db.query(`UPDATE public.lights SET is_on = false WHERE name = 'light-3'`);
      expect(await reads.get('light-3')).toBe(false);
      expect(await db.outside(() => reads.get('light-3'))).toBe(true);
    });
  });

  it('tells everybody who waits when the read fails', async () => {
    const reads = new BatchingLoader<boolean>(db, async () => {
      throw new Error('out of reach');
    });
    const outcomes = await Promise.allSettled([reads.get('a'), reads.get('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(reads.get('c')).rejects.toThrow('out of reach');
  });
});
