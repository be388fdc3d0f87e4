import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { platformPersistence } from '../persistence.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { createDataSource } from './data-source.js';
import { Database } from './database.js';

const insert = `INSERT INTO platform.idempotency_keys (scope, key_hash, request_hash, created_at) VALUES ('test', $1, '', $2)`;
const at = new Date('2026-01-01T00:00:00Z');

describe('the database', () => {
  let own: TestDatabase;
  let source: DataSource;
  let db: Database;

  beforeAll(async () => {
    own = await createTestDatabase(platformPersistence);
    source = createDataSource(
      { url: own.url, poolSize: 4, statementTimeout: 300, as: 'app', applicationName: 'test' },
      platformPersistence,
    );
    await source.initialize();
    db = new Database(source);
  });
  afterAll(async () => {
    await source.destroy();
    await own.drop();
  });

  const count = async (key: string): Promise<number> => {
    const [row] = await db.query<{ n: string }>(
      'SELECT count(*) AS n FROM platform.idempotency_keys WHERE key_hash = $1',
      [key],
    );
    return Number(row?.n);
  };

  it('commits what a transaction did when its work resolves', async () => {
    await db.transaction(() => db.execute(insert, ['kept', at]));
    expect(await count('kept')).toBe(1);
  });

  it('undoes inner and outer work together, since the inner transaction joins', async () => {
    const work = db.transaction(async () => {
      await db.execute(insert, ['outer', at]);
      await db.transaction(() => db.execute(insert, ['inner', at]));
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect([await count('outer'), await count('inner')]).toEqual([0, 0]);
  });

  it('keeps what was done outside the transaction that failed', async () => {
    const work = db.transaction(async () => {
      await db.outside(() => db.transaction(() => db.execute(insert, ['outside', at])));
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await count('outside')).toBe(1);
  });

  it('calls back after the commit, and not after a rollback', async () => {
    const calls: string[] = [];
    await db.transaction(async () => db.afterCommit(() => calls.push('committed')));
    const failing = db.transaction(async () => {
      db.afterCommit(() => calls.push('never'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(calls).toEqual(['committed']);
  });

  it('does not pretend to have committed when somebody swallows the error of a statement', async () => {
    const work = db.transaction(async () => {
      await db.execute(insert, ['swallowed', at]);
      await db.query('SELECT 1 / 0').catch(() => undefined);
      return 'done';
    });
    await expect(work).rejects.toThrow('division by zero');
    expect(await count('swallowed')).toBe(0);
  });

  it('does not pretend to have committed when a statement of the ORM failed and nobody said so', async () => {
    const work = db.transaction(async () => {
      await db.execute(insert, ['silent', at]);
      await db.manager.query('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('nobody said so');
    expect(await count('silent')).toBe(0);
  });

  it('does not commit once somebody has refused it', async () => {
    const work = db.transaction(async () => {
      await db.execute(insert, ['refused', at]);
      db.refuseCommit(new Error('no evidence'));
      return 'done';
    });
    await expect(work).rejects.toThrow('no evidence');
    expect(await count('refused')).toBe(0);
  });

  it('counts the rows that a statement touched', async () => {
    await db.execute(insert, ['counted', at]);
    expect(await db.execute('UPDATE platform.idempotency_keys SET status = 200 WHERE key_hash = $1', ['counted'])).toBe(
      1,
    );
    expect(await db.execute('UPDATE platform.idempotency_keys SET status = 200 WHERE key_hash = $1', ['missing'])).toBe(
      0,
    );
  });

  describe('reads rows by a copy', () => {
    const columns = { text: 'text', at: 'timestamptz', held: 'jsonb', bytes: 'bytea' } as const;
    const said = (rows: readonly (readonly (string | null)[])[]) =>
      `SELECT text, at, held, bytes FROM (VALUES ${rows.map((row, place) => `(${place}, ${row.map((value) => value ?? 'NULL').join(', ')})`).join(', ')}) AS said (place, text, at, held, bytes) ORDER BY place`;
    const instant = (text: string) => `timestamptz '${text}'`;
    const copied = (select: string) => db.transaction(() => db.copied<Record<string, unknown>>(columns, select));

    it('as a query reads them: each type, what is absent, and long and short values like those before', async () => {
      const long = `'${JSON.stringify({ 海港: ['🎫', 1.5, null], text: 'x'.repeat(100) })}'::jsonb`;
      const select = said([
        [`'Lin "quoted" it\\''s'`, instant('2026-11-30 23:08:49.677Z'), long, `'\\x00ff5c'::bytea`],
        [`'Lin "quoted" it\\''s'`, instant('2026-11-30 23:08:49.677Z'), long, `'\\x00ff5c'::bytea`],
        ['NULL::text', null, null, null],
        [`''`, instant('1969-07-20 20:17:40Z'), `'[]'::jsonb`, `''::bytea`],
        [`'海港'`, instant('9999-12-31 23:59:59.999Z'), `'"a"'::jsonb`, `'\\x00ff5d'::bytea`],
        [`'海港'`, instant('9999-12-31 23:59:59.998Z'), `'"b"'::jsonb`, null],
      ]);
      const rows = await copied(select);
      expect(rows).toEqual(await db.query(select));
      expect(rows[1]?.held).toBe(rows[0]?.held);
      expect(await copied(said([[`'one'`, instant('2026-01-01Z'), `'{}'::jsonb`, `''::bytea`]]))).toHaveLength(1);
    });

    it('as many as there are', async () => {
      const many = `SELECT repeat(n::text, 50) AS text, now() AS at, to_jsonb(n) AS held, NULL::bytea AS bytes FROM generate_series(1, 20000) AS n`;
      expect((await copied(many)).map(({ held }) => held)).toEqual(Array.from({ length: 20_000 }, (_, n) => n + 1));
      expect(await copied(`${many} WHERE n < 0`)).toEqual([]);
    });

    it('with what is to be found put in as it is, whatever is in it', async () => {
      const found = ["it's", '\\', '$1', 'a, b', '海港'];
      const select = 'SELECT one FROM unnest($1::text[]) AS one WHERE $2::text IS NULL AND one <> $3';
      const rows = await db.transaction(() =>
        db.copied<{ one: string }>({ one: 'text' }, select, [found, null, "'; DROP TABLE platform.jobs; --"]),
      );
      expect(rows.map(({ one }) => one)).toEqual(found);
    });

    it('and commits nothing where that fails', async () => {
      const failing = db.transaction(async () => {
        await db.execute(insert, ['before the copy', at]);
        await db.copied({ one: 'text' }, `SELECT (1 / n)::text FROM generate_series(-2000, 0) AS n`).catch(() => []);
      });
      await expect(failing).rejects.toThrow(/division by zero/);
      expect(await count('before the copy')).toBe(0);
      await expect(db.copied({ one: 'text' }, 'SELECT 1')).rejects.toThrow(/in a transaction/);
    });
  });

  it('runs as the app role, which owns nothing and cannot change the schema', async () => {
    expect(await db.query('SELECT current_user')).toEqual([{ current_user: 'abide_app' }]);
    await expect(db.query('DROP TABLE platform.idempotency_keys')).rejects.toThrow(/must be owner/);
    await expect(db.query('CREATE TABLE platform.more (id int)')).rejects.toThrow(/permission denied/);
  });

  it('ends a statement that takes too long in a request, and lets one of a job finish', async () => {
    await expect(db.transaction(() => db.query('SELECT pg_sleep(0.6)'))).rejects.toThrow(/statement timeout/);
    await expect(db.background(() => db.transaction(() => db.query('SELECT pg_sleep(0.6)')))).resolves.toHaveLength(1);
  });

  it('says that the connection was lost where it ended between two statements of a transaction', async () => {
    const lost = async (after: () => Promise<unknown>) =>
      db.transaction(async () => {
        const [{ pid } = { pid: 0 }] = await db.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await db.outside(() => endAsOwner(pid));
        await after();
      });
    await expect(lost(() => setTimeout(100))).rejects.toThrow(/Connection terminated/);
    await expect(lost(() => setTimeout(100).then(() => db.execute(insert, ['lost', at])))).rejects.toThrow(
      /Connection terminated/,
    );
    await expect(lost(() => setTimeout(100).then(() => db.query('SELECT 1')))).rejects.toThrow(/Connection terminated/);
    await expect(
      lost(() => setTimeout(100).then(() => db.executePrepared('lost', insert, ['lost', at]))),
    ).rejects.toThrow(/not queryable/);
    await expect(
      lost(() => setTimeout(100).then(() => db.copy('COPY platform.idempotency_keys FROM STDIN', Buffer.alloc(0)))),
    ).rejects.toThrow(/not queryable/);
    await expect(lost(() => setTimeout(100).then(() => db.copied({ one: 'text' }, `SELECT 'one'`)))).rejects.toThrow(
      /not queryable/,
    );
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  async function endAsOwner(pid: number): Promise<void> {
    const owner = new pg.Client({ connectionString: own.url });
    await owner.connect();
    await owner.query('SELECT pg_terminate_backend($1)', [pid]);
    await owner.end();
  }
});
