import { newId } from '@abide/kernel';
import pg from 'pg';
import { platformPersistence } from '../persistence.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { Database } from './database.js';
import { joinPersistence } from './persistence-set.js';
import { VersionedReads, versionsSql } from './versioned-reads.js';

type Words = readonly string[];

describe('reads that ask for versions first', () => {
  let database: TestDatabase;
  let db: Database;
  let owner: pg.Client;
  let reads: VersionedReads<Words>;
  let readAnew: number;
  let id: string;

  beforeAll(async () => {
    const persistence = joinPersistence(platformPersistence);
    database = await createTestDatabase(persistence);
    db = new Database(createDataSource({ url: database.appUrl, poolSize: 5, statementTimeout: 5000, as: 'app', applicationName: 'versioned-reads' }, persistence));
    await db.dataSource.initialize();
    owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await owner.query('CREATE TABLE public.words (id uuid NOT NULL, word text NOT NULL); CREATE TABLE public.more_words (LIKE public.words); GRANT ALL ON public.words, public.more_words TO abide_app');
  });
  beforeEach(() => {
    readAnew = 0;
    id = newId();
    const sql = versionsSql('id', 'public.words', 'public.more_words');
    reads = new VersionedReads({ versions: (ids) => db.versions('test.words', sql, ids), read, mayKeep: (words) => !words.includes('fleeting'), capacity: 2 });
  });
  afterAll(async () => {
    await owner.end();
    await db.dataSource.destroy();
    await database.drop();
  });

  async function read(ids: readonly string[]): Promise<ReadonlyMap<string, Words>> {
    readAnew += 1;
    const rows = await db.query<{ id: string; word: string }>('SELECT * FROM (SELECT * FROM words UNION ALL SELECT * FROM more_words) AS held WHERE id = ANY($1) ORDER BY word', [ids]);
    return new Map([...Map.groupBy(rows, (row) => row.id)].map(([key, own]) => [key, own.map(({ word }) => word)]));
  }

  const add = (word: string, table = 'words') => owner.query(`INSERT INTO public.${table} VALUES ($1, $2)`, [id, word]);
  const words = async () => (await reads.of([id])).get(id);

  it('reads once what does not change, and nothing of a key without rows', async () => {
    await add('one');
    expect([await words(), await words(), await words()]).toEqual([['one'], ['one'], ['one']]);
    expect(readAnew).toBe(1);
    expect(await reads.of([newId()])).toEqual(new Map());
  });

  it('sees every change at the next look: added, changed, removed, replaced, in either table', async () => {
    await add('one');
    expect(await words()).toEqual(['one']);
    await add('two', 'more_words');
    expect(await words()).toEqual(['one', 'two']);
    await owner.query(`UPDATE words SET word = 'three' WHERE id = $1`, [id]);
    expect(await words()).toEqual(['three', 'two']);
    await owner.query('DELETE FROM more_words WHERE id = $1', [id]);
    expect(await words()).toEqual(['three']);
    await owner.query('BEGIN');
    await owner.query('DELETE FROM words WHERE id = $1', [id]);
    await add('four');
    expect(await words()).toEqual(['three']);
    await owner.query('COMMIT');
    expect(await words()).toEqual(['four']);
    await owner.query('DELETE FROM words WHERE id = $1', [id]);
    expect(await words()).toBeUndefined();
  });

  it('keeps for others nothing of what is rolled back', async () => {
    await add('one');
    await db.transaction(async () => {
      await db.execute(`UPDATE words SET word = 'never' WHERE id = $1`, [id]);
      expect(await words()).toEqual(['never']);
      throw new Error('undo');
    }).catch(() => undefined);
    expect(await words()).toEqual(['one']);
  });

  it('keeps for others nothing that its own transaction changed again', async () => {
    await db.transaction(async () => {
      await db.execute(`INSERT INTO words VALUES ($1, 'granted')`, [id]);
      expect(await words()).toEqual(['granted']);
      await db.execute(`UPDATE words SET word = 'withdrawn' WHERE id = $1`, [id]);
    });
    expect(await words()).toEqual(['withdrawn']);
  });

  it('does not keep what follows from more than the versions, and no more than it may', async () => {
    await add('fleeting');
    await words();
    await words();
    expect(readAnew).toBe(2);
    const first = id;
    await owner.query(`UPDATE words SET word = 'lasting' WHERE id = $1`, [id]);
    await words();
    for (let count = 0; count < 2; count += 1) {
      id = newId();
      await add('other');
      await words();
    }
    readAnew = 0;
    await reads.of([first]);
    expect(readAnew).toBe(1);
  });
});
