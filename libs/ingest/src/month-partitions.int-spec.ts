import { Logger } from '@nestjs/common';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '@abide/platform/testing';
import { Database } from '@abide/platform';
import { platformPersistence } from '@abide/platform/persistence';
import { createTestDatabase, type TestDatabase } from '@abide/platform/testing';
import { addMonthSql, monthOf, MonthPartitions, openMonth } from './month-partitions.js';

const may = '2031-05-01';
const june = '2031-06-01';

describe('MonthPartitions', () => {
  let own: TestDatabase;
  let owner: pg.Client;
  let sources: DataSource[];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    own = await createTestDatabase(platformPersistence);
    owner = new pg.Client({ connectionString: own.url });
    await owner.connect();
    await owner.query(`
      CREATE SCHEMA shelf;
      GRANT USAGE ON SCHEMA shelf TO abide_app;
      CREATE TABLE shelf.things (id int, due_month date, PRIMARY KEY (id, due_month)) PARTITION BY RANGE (due_month);
      CREATE TABLE shelf.things_open PARTITION OF shelf.things FOR VALUES FROM ('${openMonth}') TO (MAXVALUE);
      GRANT SELECT, INSERT ON shelf.things TO abide_app;
      ${addMonthSql('shelf', 'things')}`);
    const aSource = () =>
      createDataSource(
        { url: own.appUrl, poolSize: 3, statementTimeout: 5000, as: 'app', applicationName: 'test' },
        platformPersistence,
      ).initialize();
    sources = [await aSource(), await aSource()];
  });
  afterEach(() => owner.query('DROP TABLE IF EXISTS shelf.things_2031_05; DROP TABLE IF EXISTS shelf.things_2031_06'));
  afterAll(async () => {
    for (const source of sources) await source.destroy();
    await owner.end();
    await own.drop();
  });

  const databaseOf = (process: number) => new Database(sources[process] as DataSource);
  const partitionsOf = (process = 0) => new MonthPartitions(databaseOf(process), 'shelf');
  const store = (id: number, month: string) =>
    databaseOf(0).execute('INSERT INTO shelf.things VALUES ($1, $2)', [id, month]);
  const partitions = async () =>
    (
      await owner.query<{ name: string }>(
        `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'shelf.things'::regclass ORDER BY 1`,
      )
    ).rows.map(({ name }) => name);

  it('makes what is missing, with the rights of the product alone, and remembers it', async () => {
    const months = partitionsOf();
    expect(months.missingAmong([june, may, june])).toEqual([june, may]);
    await months.ensure([may, june, may]);
    expect(months.missingAmong([june, may])).toEqual([]);
    expect(await partitions()).toEqual(['shelf.things_2031_05', 'shelf.things_2031_06', 'shelf.things_open']);
    expect(await store(1, may)).toBe(1);
    await expect(databaseOf(0).query('DROP TABLE shelf.things_2031_05')).rejects.toThrow(/must be owner/);
  });

  it('makes one where two processes need the same at the same time', async () => {
    const both = [partitionsOf(0), partitionsOf(1)];
    await Promise.all([...both, partitionsOf(0), partitionsOf(1)].map((months) => months.ensure([may, june])));
    expect(both.map((months) => months.missingAmong([may, june]))).toEqual([[], []]);
    expect(await partitions()).toEqual(['shelf.things_2031_05', 'shelf.things_2031_06', 'shelf.things_open']);
  });

  it('makes room while others write into what is there', async () => {
    await partitionsOf().ensure([may]);
    await owner.query('BEGIN');
    await owner.query('INSERT INTO shelf.things VALUES (9, $1)', [may]);
    await partitionsOf(1).ensure([june]);
    expect(await store(10, june)).toBe(1);
    await owner.query('COMMIT');
  });

  it('asks the database again once it was told to forget, and makes what somebody dropped', async () => {
    const months = partitionsOf();
    await months.ensure([may]);
    await owner.query('DROP TABLE shelf.things_2031_05');
    await expect(store(1, may)).rejects.toMatchObject({ driverError: { code: '23514' } });
    months.forget();
    expect(months.missingAmong([may])).toEqual([may]);
    await months.ensure(months.missingAmong([may]));
    expect(await store(1, may)).toBe(1);
  });

  it('makes again a month that was taken out of the table and is not dropped yet', async () => {
    await partitionsOf().ensure([may]);
    await owner.query(
      'ALTER TABLE shelf.things DETACH PARTITION shelf.things_2031_05; ALTER TABLE shelf.things_2031_05 RENAME TO things_leaving',
    );
    await partitionsOf().ensure([may]);
    expect(await store(1, may)).toBe(1);
    await owner.query('DROP TABLE shelf.things_leaving');
  });

  it('has room from the start for what falls due with an event, and takes days and instants for their month', async () => {
    await partitionsOf().ensure([openMonth]);
    expect(await partitions()).toEqual(['shelf.things_open']);
    expect([monthOf(null), monthOf(Date.UTC(2031, 4, 31, 23, 59, 59, 999)), monthOf(Date.UTC(2031, 5, 1))]).toEqual([
      openMonth,
      may,
      june,
    ]);
    expect(await store(2, monthOf(null))).toBe(1);
  });
});
