import { setTimeout as sleep } from 'node:timers/promises';
import { auditPersistence } from '@abide/audit/persistence';
import { ChangeLog, followedSql } from '@abide/identity';
import { identityPersistence } from '@abide/identity/persistence';
import { newId } from '@abide/kernel';
import { Database, joinPersistence, ScheduledTasks } from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { createDataSource, createTestDatabase, type TestDatabase } from '@abide/platform/testing';
import { vaultPersistence } from '@abide/vault/persistence';
import { jest } from '@jest/globals';
import pg from 'pg';
import { ChangeTrackedCache } from './change-tracked-cache.js';

type Words = readonly string[];

describe('reads that follow a log of changes', () => {
  let database: TestDatabase;
  let db: Database;
  let owner: pg.Client;
  let other: pg.Client;
  let log: ChangeLog;
  let reads: ChangeTrackedCache<Words>;
  let readAnew: number;
  let whileReading: () => Promise<void>;
  let id: string;

  beforeAll(async () => {
    const persistence = joinPersistence(platformPersistence, vaultPersistence, auditPersistence, identityPersistence);
    database = await createTestDatabase(persistence);
    db = new Database(
      createDataSource(
        { url: database.appUrl, poolSize: 5, statementTimeout: 5000, as: 'app', applicationName: 'followed-reads' },
        persistence,
      ),
    );
    await db.dataSource.initialize();
    [owner, other] = [
      new pg.Client({ connectionString: database.url }),
      new pg.Client({ connectionString: database.url }),
    ];
    await Promise.all([owner.connect(), other.connect()]);
    await owner.query(`
      CREATE TABLE public.words (subject_id uuid NOT NULL, word text NOT NULL);
      CREATE TABLE public.more_words (LIKE public.words);
      GRANT ALL ON public.words, public.more_words TO abide_app;
      ${followedSql('public.words')} ${followedSql('public.more_words')}`);
    log = new ChangeLog(db, {} as ScheduledTasks);
  });
  beforeEach(async () => {
    whileReading = () => Promise.resolve();
    id = newId();
    reads = followed();
    await reads.of([newId()]);
    readAnew = 0;
  });
  afterAll(async () => {
    await Promise.all([owner.end(), other.end()]);
    await db.dataSource.destroy();
    await database.drop();
  });

  const followed = () =>
    new ChangeTrackedCache<Words>(db, { log, read, mayKeep: (words) => !words.includes('fleeting'), capacity: 2 });

  async function read(ids: readonly string[]): Promise<ReadonlyMap<string, Words>> {
    readAnew += 1;
    const rows = await db.query<{ id: string; word: string }>(
      'SELECT subject_id AS id, word FROM (SELECT * FROM words UNION ALL SELECT * FROM more_words) AS held WHERE subject_id = ANY($1) ORDER BY word',
      [ids],
    );
    await whileReading();
    return new Map([...Map.groupBy(rows, (row) => row.id)].map(([key, own]) => [key, own.map(({ word }) => word)]));
  }

  const add = (word: string, { table = 'words', by = owner } = {}) =>
    by.query(`INSERT INTO public.${table} VALUES ($1, $2)`, [id, word]);
  const replace = (word: string, by = owner) =>
    by.query('UPDATE public.words SET word = $2 WHERE subject_id = $1', [id, word]);
  const words = async (by = reads) => (await by.of([id])).get(id);

  it('reads once what does not change, and nothing of a subject without rows', async () => {
    await add('one');
    await reads.of([newId()]);
    readAnew = 0;
    expect([await words(), await words(), await words()]).toEqual([['one'], ['one'], ['one']]);
    expect(readAnew).toBe(1);
    expect(await reads.of([newId()])).toEqual(new Map());
  });

  it('sees every change at the next look: added, changed, removed, replaced, given to another, in either table', async () => {
    await add('one');
    expect(await words()).toEqual(['one']);
    await add('two', { table: 'more_words' });
    expect(await words()).toEqual(['one', 'two']);
    await replace('three');
    expect(await words()).toEqual(['three', 'two']);
    await owner.query('DELETE FROM more_words WHERE subject_id = $1', [id]);
    expect(await words()).toEqual(['three']);
    await owner.query('BEGIN');
    await owner.query('DELETE FROM words WHERE subject_id = $1', [id]);
    await add('four');
    expect(await words()).toEqual(['three']);
    await owner.query('COMMIT');
    expect(await words()).toEqual(['four']);
    await owner.query('UPDATE words SET subject_id = $2 WHERE subject_id = $1', [id, newId()]);
    expect(await words()).toBeUndefined();
  });

  it('sees what began before an earlier look and ended after it, in whichever order', async () => {
    await add('one');
    await owner.query('BEGIN');
    await replace('two');
    const first = id;
    id = newId();
    await add('other', { by: other });
    expect(await words()).toEqual(['other']);
    expect((await reads.of([first])).get(first)).toEqual(['one']);
    await replace('another', other);
    expect(await words()).toEqual(['another']);
    await owner.query('COMMIT');
    expect((await reads.of([first])).get(first)).toEqual(['two']);
  });

  it('does not keep what was changed, and seen changed by somebody else, while it was being read', async () => {
    await add('one');
    whileReading = async () => {
      whileReading = () => Promise.resolve();
      await replace('two');
      expect(await words()).toEqual(['two']);
    };
    expect(await words()).toEqual(['one']);
    expect(await words()).toEqual(['two']);
  });

  it('keeps for others nothing of what is rolled back, nor shows it to them', async () => {
    await add('one');
    await db
      .transaction(async () => {
        await db.execute(`UPDATE words SET word = 'never' WHERE subject_id = $1`, [id]);
        expect(await words()).toEqual(['never']);
        expect(await db.outside(() => words())).toEqual(['one']);
        expect(await words()).toEqual(['never']);
        throw new Error('undo');
      })
      .catch(() => undefined);
    expect(await words()).toEqual(['one']);
  });

  it('keeps for others nothing that its own transaction changed again, also when others looked on meanwhile', async () => {
    await db.transaction(async () => {
      await db.execute(`INSERT INTO words VALUES ($1, 'granted')`, [id]);
      expect(await words()).toEqual(['granted']);
      expect(await db.outside(() => words())).toBeUndefined();
      await db.execute(`UPDATE words SET word = 'withdrawn' WHERE subject_id = $1`, [id]);
    });
    expect(await words()).toEqual(['withdrawn']);
  });

  it('sees a change of its own transaction after a look in it that found another transaction ended later', async () => {
    await add('one');
    expect(await words()).toEqual(['one']);
    await db.transaction(async () => {
      await db.execute(`SELECT pg_current_xact_id()`);
      await owner.query('CREATE TABLE public.later (); DROP TABLE public.later');
      expect(await words()).toEqual(['one']);
      await db.execute(`UPDATE words SET word = 'two' WHERE subject_id = $1`, [id]);
    });
    expect(await words()).toEqual(['two']);
  });

  it('does not keep what follows from more than the log names, and no more than it may', async () => {
    await add('fleeting');
    await words();
    await words();
    expect(readAnew).toBe(2);
    const first = id;
    await replace('lasting');
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

  it('reads everything anew when more has changed than is named', async () => {
    await add('one');
    expect(await words()).toEqual(['one']);
    await replace('two');
    await owner.query('INSERT INTO words SELECT gen_random_uuid(), $1 FROM generate_series(1, 20001)', ['many']);
    expect(await words()).toEqual(['two']);
    expect(readAnew).toBe(2);
  });

  it('reads everything anew from another source, which may have lost what was committed and give numbers anew', async () => {
    await add('one');
    expect(await words()).toEqual(['one']);
    const since = jest
      .spyOn(log, 'since')
      .mockImplementationOnce(async (seen) =>
        ChangeLog.prototype.since.call(log, seen && { ...seen, source: 'another' }),
      );
    expect(await words()).toEqual(['one']);
    since.mockRestore();
    expect(readAnew).toBe(2);
  });

  it('reads everything anew once what it has not seen was pruned', async () => {
    await add('one');
    expect(await words()).toEqual(['one']);
    await replace('two');
    await owner.query(`UPDATE identity.changed_subjects_horizon SET pruned = pg_current_xact_id()`);
    await owner.query('DELETE FROM identity.changed_subjects');
    expect(await words()).toEqual(['two']);
    await owner.query(`UPDATE identity.changed_subjects_horizon SET pruned = '0'`);
  });

  it('reads the same as the database does while four writers change it', async () => {
    const subjects = [newId(), newId(), newId()];
    await owner.query('INSERT INTO words SELECT subject_id, $2 FROM unnest($1::uuid[]) AS subject_id', [subjects, '0']);
    const crowd = new ChangeTrackedCache<Words>(db, { log, read, mayKeep: () => true, capacity: 10 });
    let isOver = false;
    const acknowledged = new Map(subjects.map((subject) => [subject, 0]));
    const writer = async (subject: string) => {
      for (let count = 1; !isOver; count += 1) {
        await db.execute('UPDATE words SET word = $2 WHERE subject_id = $1', [subject, String(count)]);
        acknowledged.set(subject, count);
      }
    };
    const checked = [0, 0, 0];
    const reader = async (_: number, index: number) => {
      for (; !isOver; checked[index] = (checked[index] ?? 0) + 1) {
        const floor = new Map(acknowledged);
        const found = await crowd.of(subjects);
        for (const [subject, least] of floor) expect(Number(found.get(subject)?.[0])).toBeGreaterThanOrEqual(least);
      }
    };
    const all = Promise.all([...subjects.map(writer), ...checked.map(reader)]);
    const enough = async () => {
      await sleep(1500);
      while (!isOver && Math.min(...checked) <= 20) await sleep(50);
    };
    await Promise.race([all, enough()]).finally(() => (isOver = true));
    await all;
    expect(Math.min(...checked)).toBeGreaterThan(20);
  });

  it('prunes only what ended before a horizon of its own that is an hour old, and what a copy of another server says of numbers to come', async () => {
    const count = async () =>
      Number((await owner.query('SELECT count(*) FROM identity.changed_subjects')).rows[0].count);
    const age = (by: pg.Client) =>
      by.query(
        `UPDATE identity.changed_subjects_horizon SET noted_at = clock_timestamp() - interval '2 hours', oldest = pg_snapshot_xmin(pg_current_snapshot())`,
      );
    await add('one');
    await log.prune();
    expect(await count()).toBeGreaterThan(0);
    await owner.query(`INSERT INTO identity.changed_subjects VALUES ('18446744073709551000', $1)`, [id]);
    const before = await count();
    await log.prune();
    expect(await count()).toBe(before - 1);
    await owner.query(
      `UPDATE identity.changed_subjects_horizon SET source = 'another', oldest = '18446744073709550000', noted_at = '-infinity'`,
    );
    await log.prune();
    expect(await count()).toBe(before - 1);
    await owner.query('BEGIN');
    await replace('two');
    await age(other);
    await owner.query('COMMIT');
    expect(await words()).toEqual(['two']);
    await log.prune();
    expect(await count()).toBe(1);
    await replace('three');
    expect(await words()).toEqual(['three']);
  });

  it('refuses to have a followed table emptied past it', async () => {
    await expect(owner.query('TRUNCATE words')).rejects.toThrow('emptied by DELETE');
  });
});
