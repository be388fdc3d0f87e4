import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from './embedded-postgres.js';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'abide-embedded-'));
  chmodSync(folder, 0o755);
  return folder;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded database', () => {
  const folders: string[] = [];
  const folder = (): string => {
    const made = aFolder();
    folders.push(made);
    return made;
  };
  afterAll(() => folders.forEach((made) => rmSync(made, { recursive: true, force: true })));

  it('keeps its data over a stop, is adopted while it runs, and recovers from a kill', async () => {
    const directory = folder();
    const first = await EmbeddedPostgres.start({ directory });
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    const adopted = await EmbeddedPostgres.start({ directory });
    expect(adopted.url).toBe(first.url);
    await adopted.stop();

    const second = await EmbeddedPostgres.start({ directory });
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    const pid = Number(readFileSync(join(directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await new Promise((done) => setTimeout(done, 500));

    const third = await EmbeddedPostgres.start({ directory });
    expect(await query(third.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await third.stop();
  }, 60_000);

  it('is started again at the same address once it was killed, and is left alone while it runs', async () => {
    const directory = folder();
    const server = await EmbeddedPostgres.start({ directory });
    await query(server.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    expect(await server.restartIfKilled()).toBe(false);
    process.kill(Number(readFileSync(join(directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
    await new Promise((done) => setTimeout(done, 200));
    expect(await server.restartIfKilled()).toBe(true);
    expect(await query(server.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await server.stop();
  }, 60_000);

  it('logs that a value was there already, and not the value', async () => {
    const directory = folder();
    const server = await EmbeddedPostgres.start({ directory });
    await query(server.url, 'CREATE TABLE addresses (address text PRIMARY KEY)');
    const insert =
      "DO $$ BEGIN INSERT INTO addresses SELECT 'canary' || '@abide.example' FROM generate_series(1, 2); END $$";
    await expect(query(server.url, insert)).rejects.toThrow(/duplicate key/);
    await server.stop();
    const log = readFileSync(join(directory, 'postgres.log'), 'utf8');
    expect(log).toMatch(/duplicate key value violates unique constraint/);
    expect(log).not.toContain('canary@abide.example');
  });

  it('begins anew where an earlier start was cut off half-way', async () => {
    const directory = folder();
    mkdirSync(join(directory, 'postgres.new/base'), { recursive: true });
    writeFileSync(join(directory, 'postgres.new/PG_VERSION'), '18');
    const server = await EmbeddedPostgres.start({ directory });
    expect(existsSync(join(directory, 'postgres.new'))).toBe(false);
    await server.stop();
  }, 60_000);

  it('refuses a database that Abide did not make', async () => {
    const directory = folder();
    mkdirSync(join(directory, 'postgres'));
    writeFileSync(join(directory, 'postgres/PG_VERSION'), '18\n');
    await expect(EmbeddedPostgres.start({ directory })).rejects.toThrow(/Abide did not make.*ABIDE_DATA_DIR/);
  });

  it('refuses a database of another major version', async () => {
    const directory = folder();
    mkdirSync(join(directory, 'postgres'));
    writeFileSync(join(directory, 'postgres/PG_VERSION'), '14\n');
    await expect(EmbeddedPostgres.start({ directory })).rejects.toThrow(/PostgreSQL 14.*needs 18/);
  });

  it('leaves a folder with unknown files alone', async () => {
    const directory = folder();
    mkdirSync(join(directory, 'postgres'));
    writeFileSync(join(directory, 'postgres/letters.txt'), 'mine');
    await expect(EmbeddedPostgres.start({ directory })).rejects.toThrow(/holds files but no database/);
    expect(readFileSync(join(directory, 'postgres/letters.txt'), 'utf8')).toBe('mine');
  });

  it('says which folder cannot be written', async () => {
    const directory = join(folder(), 'occupied');
    writeFileSync(directory, 'a file, not a folder');
    await expect(EmbeddedPostgres.start({ directory })).rejects.toThrow(/occupied cannot be written.*ABIDE_DATA_DIR/);
  });
});
