import { migrate } from '@abide/platform';
import { createTestDatabase, type TestDatabase } from '@abide/platform/testing';
import pg from 'pg';
import { persistence } from './modules.js';

/** What an installation of an earlier version has yet to do, while a fresh one does it in its place among the rest. */
const newest = ['DestroyedKeys', 'KeysByTheVault', 'ChangedSubjects', 'FollowedAcceptances', 'FollowedByIdentity'];

/**
 * Migrations that share their number with another one. They have run under these names, by which an installation knows what it has done, so that they
 * keep them; neither touches what the other does, so that either may be first.
 */
const sharingNumbers = [
  'Deaths1764000343000',
  'MinorLooks1764000343000',
  'Location1764000800000',
  'Requests1764000800000',
  'LaterConsents1764000812000',
  'OnBehalf1764000812000',
];

const schemas = "nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public', 'jobs')";
const catalogue = {
  columns: `SELECT concat_ws(' ', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)) AS line
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)
    WHERE attnum > 0 AND NOT attisdropped AND ${schemas}`,
  tables: `SELECT concat_ws(' ', c.oid::regclass, relkind, relacl) AS line FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE ${schemas}`,
  indexes: `SELECT pg_get_indexdef(indexrelid) AS line FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE ${schemas}`,
  constraints: `SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(o.oid)) AS line FROM pg_constraint o JOIN pg_namespace n ON n.oid = connamespace WHERE ${schemas}`,
  triggers: `SELECT concat_ws(' ', pg_get_triggerdef(t.oid), tgenabled) AS line FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE NOT tgisinternal AND ${schemas}`,
  functions: `SELECT concat_ws(' ', pg_get_functiondef(p.oid), proacl) AS line FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE ${schemas}`,
};

describe('the schemas of an installation', () => {
  let fresh: TestDatabase;
  let upgraded: TestDatabase;
  beforeAll(async () => {
    fresh = await createTestDatabase(persistence);
    upgraded = await createTestDatabase({
      ...persistence,
      migrations: persistence.migrations.filter(({ name }) => !newest.includes(name.replace(/\d+$/, ''))),
    });
  });
  afterAll(() => Promise.all([fresh.drop(), upgraded.drop()]));

  it('come out of an upgrade as a fresh installation has them', async () => {
    expect(await migrate(upgraded.url, persistence)).toHaveLength(newest.length);
    for (const sql of Object.values(catalogue)) {
      const lines = await linesOf(fresh, sql);
      expect(lines.length).toBeGreaterThan(5);
      expect(await linesOf(upgraded, sql)).toEqual(lines);
    }
  });

  it('come about in one order: no two migrations have one number', () => {
    const byNumber = Object.values(Object.groupBy(persistence.migrations, ({ name }) => name.replace(/^\D+/, '')));
    const sharing = byNumber.flatMap((some = []) => (some.length > 1 ? some.map(({ name }) => name) : []));
    expect(sharing.sort()).toEqual([...sharingNumbers].sort());
  });

  it('hold no function that names a table of another module', async () => {
    const named = await rowsOf<{ schema: string; source: string; other: string }>(
      fresh,
      `SELECT n.nspname AS schema, proname AS source, t.schemaname || '.' || t.tablename AS other
       FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace JOIN pg_tables t ON t.schemaname <> n.nspname AND prosrc ~ (t.schemaname || '\\.' || t.tablename || '\\M')
       WHERE ${schemas}`,
    );
    expect(named).toEqual([]);
  });

  it('hold triggers that run their own module’s functions, or those by which identity follows changes', async () => {
    const crossing = await rowsOf<{ on: string; runs: string }>(
      fresh,
      `SELECT DISTINCT n.nspname AS on, f.nspname AS runs
       FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_proc p ON p.oid = tgfoid JOIN pg_namespace f ON f.oid = pronamespace
       WHERE NOT tgisinternal AND f.nspname <> n.nspname AND n.nspname <> 'jobs' ORDER BY 1`,
    );
    expect(crossing).toEqual([
      { on: 'consent', runs: 'identity' },
      { on: 'policy', runs: 'identity' },
    ]);
  });
});

async function linesOf(database: TestDatabase, sql: string): Promise<string[]> {
  return (await rowsOf<{ line: string }>(database, sql)).map(({ line }) => line).sort();
}

async function rowsOf<Row>({ url }: TestDatabase, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}
