import { HolderRegistry } from '@abide/platform';
import { createTestApp, uncoveredPersonalData, type TestApp } from '@abide/platform/testing';
import pg from 'pg';
import { appModules, persistence } from './modules.js';

describe('personal data', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp(appModules, persistence);
  });
  afterAll(() => test.close());

  async function rows(sql: string): Promise<string[]> {
    const client = new pg.Client({ connectionString: test.databaseUrl });
    await client.connect();
    try {
      return (await client.query<{ found: string }>(sql)).rows.map(({ found }) => found);
    } finally {
      await client.end();
    }
  }

  it('is covered by a holder wherever an entity names a subject, every column classified', () => {
    expect(uncoveredPersonalData(persistence, test.get(HolderRegistry).all())).toEqual([]);
  });

  it('is covered by a holder in every table that has a subject, with or without an entity; partitions are their table', async () => {
    const tables = await rows(`
      SELECT table_schema || '.' || table_name AS found FROM information_schema.columns
      WHERE column_name = 'subject_id' AND table_schema NOT IN ('pg_catalog', 'information_schema')
        AND NOT (SELECT relispartition FROM pg_class WHERE oid = format('%I.%I', table_schema, table_name)::regclass) ORDER BY 1`);
    const covered = new Set(
      test
        .get(HolderRegistry)
        .all()
        .flatMap((holder) => holder.tables),
    );
    expect(tables.length).toBeGreaterThan(5);
    expect(tables.filter((table) => !covered.has(table))).toEqual([]);
  });

  it('has the subject in the primary key and in every unique constraint, so that tables can be distributed', async () => {
    const without = await rows(`
      SELECT n.nspname || '.' || c.relname || ' ' || i.relname AS found
      FROM pg_index x
      JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute s ON s.attrelid = c.oid AND s.attname = 'subject_id'
      WHERE x.indisunique AND NOT s.attnum = ANY ((x.indkey::int2[])[0:x.indnkeyatts - 1]) ORDER BY 1`);
    // Exclusive identifiers are the one table distributed by blind index.
    expect(without.filter((found) => !found.startsWith('vault.identifier_claims '))).toEqual([]);
  });

  it('lets no foreign key cross from one module to another', async () => {
    const crossing = await rows(`
      SELECT a.relnamespace::regnamespace || '.' || a.relname || ' → ' || b.relnamespace::regnamespace || '.' || b.relname AS found
      FROM pg_constraint k JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid
      WHERE k.contype = 'f' AND a.relnamespace <> b.relnamespace AND a.relnamespace <> 'jobs'::regnamespace`);
    expect(crossing).toEqual([]);
  });
});
