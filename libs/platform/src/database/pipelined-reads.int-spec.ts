import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { platformPersistence } from '../persistence.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { lookupConfigOf } from './data-source.js';
import { PipelinedReads } from './pipelined-reads.js';

describe('PipelinedReads', () => {
  let database: TestDatabase;
  let reads: PipelinedReads;

  beforeAll(async () => {
    database = await createTestDatabase(platformPersistence);
  });
  beforeEach(() => {
    reads = new PipelinedReads({ connectionString: database.url, application_name: 'pipelined' });
  });
  afterEach(() => reads.close());
  afterAll(() => database.drop());

  const ask = async (n: number) =>
    (await reads.query({ name: 'echo', text: 'SELECT $1::int AS n, pg_backend_pid() AS pid', values: [n] }))
      .rows[0] as { n: number; pid: number };

  it('answers each question by itself, whatever is asked at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(n)));
    expect(answers.map(({ n }) => n)).toEqual(Array.from({ length: 200 }, (_, n) => n));
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(1);
  });

  it('fails one question without the others', async () => {
    const outcomes = await Promise.allSettled([ask(1), reads.query({ text: 'SELECT 1 / 0' }), ask(2)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('comes back after its connections were cut', async () => {
    await ask(1);
    await sleep(5);
    await ask(2);
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    const slow = expect(reads.query({ text: 'SELECT pg_sleep(5)' })).rejects.toThrow();
    await sleep(50);
    await other.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pipelined'`);
    await other.end();
    await slow;
    await sleep(50);
    expect((await Promise.all([ask(3), ask(4)])).map(({ n }) => n)).toEqual([3, 4]);
  });

  it('gives up on a database that has fallen silent, and asks anew once it speaks again', async () => {
    const { hostname, port } = new URL(database.url);
    const sockets: Socket[] = [];
    const line = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) sockets.push(socket.on('error', () => undefined));
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((listening) => line.listen(0, '127.0.0.1', listening));
    const url = Object.assign(new URL(database.url), {
      host: `127.0.0.1:${(line.address() as AddressInfo).port}`,
    }).toString();
    const far = new PipelinedReads(
      lookupConfigOf({ url, poolSize: 1, statementTimeout: 300, as: 'migrator', applicationName: 'silent' }),
    );
    await far.query({ text: 'SELECT 1' });
    await sleep(5);
    await far.query({ text: 'SELECT 1' });
    for (const socket of sockets) socket.unpipe().pause();
    for (const _connection of [1, 2]) {
      const outcomes = await Promise.race([
        Promise.allSettled([1, 2, 3].map(() => far.query({ text: 'SELECT 1' }))),
        sleep(20_000, undefined, { ref: false }),
      ]);
      expect(outcomes?.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      await sleep(50);
    }
    expect((await far.query({ text: 'SELECT 2 AS n' })).rows).toEqual([{ n: 2 }]);
    await far.close();
    for (const socket of sockets) socket.destroy();
    line.close();
  });

  it('says so when the database cannot be reached, and answers once it can', async () => {
    const away = new PipelinedReads({
      connectionString: 'postgres://nobody@127.0.0.1:1/nothing',
      connectionTimeoutMillis: 500,
    });
    await expect(away.query({ text: 'SELECT 1' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await away.close();
    await expect(away.query({ text: 'SELECT 1' })).rejects.toThrow('Connection terminated');
  });
});
