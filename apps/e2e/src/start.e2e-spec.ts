import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { call, signInOperator } from './clients.js';
import {
  aDataFolder,
  freePort,
  launch,
  processesIn,
  removeFolder,
  start,
  stop,
  until,
  waitForReady,
  type Product,
} from './product.js';

/** The one line that a start which cannot succeed ends with. */
async function refusal(product: Product): Promise<string> {
  expect(await product.ended()).toBe(1);
  const lines = product.output().trim().split('\n');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

const serverIn = (folder: string): number => Number(readFileSync(join(folder, 'abide.pid'), 'utf8'));

/** User and system time of a process and of those that it has waited for (proc(5), fields 14 to 17), in hundredths there. */
function processorSecondsOf(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  return (
    fields
      .split(' ')
      .slice(11, 15)
      .reduce((sum, ticks) => sum + Number(ticks), 0) / 100
  );
}

async function subjectCount(product: Product): Promise<number> {
  const answer = await fetch(`${product.url}/api/v1/policies`);
  return ((await answer.json()) as { items: unknown[] }).items.length;
}

describe('npm start', () => {
  const folder = aDataFolder();
  afterAll(() => removeFolder(folder));

  it('comes up with the demo, keeps its data, starts again without loading it again, survives kills and leaves nothing behind', async () => {
    const first = await start(folder);
    expect(first.output()).toMatch(/Console +http:\/\/localhost:\d+\/console/);
    expect(first.output()).toMatch(/Sample app +http:\/\/localhost:\d+\/sample\/\n/);
    expect(first.output()).toMatch(/Swagger +http:\/\/localhost:\d+\/docs/);
    expect(first.output()).toContain('administrator@abide.example');
    const policies = await subjectCount(first);
    expect(policies).toBeGreaterThan(0);
    const costOfFirst = processorSecondsOf(serverIn(folder));
    expect(await stop(first)).toBe(0);
    expect(processesIn(folder)).toEqual([]);

    const second = await start(folder);
    expect(processorSecondsOf(serverIn(folder))).toBeLessThan(0.6 * costOfFirst);
    expect(await subjectCount(second)).toBe(policies);

    process.kill(serverIn(folder), 'SIGKILL');
    await waitForReady(second, 2);
    expect(await subjectCount(second)).toBe(policies);

    second.process.kill('SIGKILL');
    await second.ended();
    const third = await start(folder);
    expect(await subjectCount(third)).toBe(policies);

    const serverBefore = serverIn(folder);
    const postmaster = Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(postmaster, 'SIGKILL');
    await until(async () => third.output().includes('The embedded database ended unexpectedly'));
    await until(async () => (await fetch(`${third.url}/health/ready`)).ok);
    expect(await subjectCount(third)).toBe(policies);
    expect(serverIn(folder)).toBe(serverBefore);
    await stop(third);

    const fourth = await start(folder);
    expect(await subjectCount(fourth)).toBe(policies);
    await stop(fourth);
    expect(processesIn(folder)).toEqual([]);
  }, 600_000);

  it('says that another one runs on the same data', async () => {
    const running = await start(folder);
    const line = await refusal(launch(folder, await freePort()));
    expect(line).toMatch(/runs already.*process \d+.*ABIDE_DATA_DIR/);
    await stop(running);
  }, 600_000);

  it('lets the ticketing service of the demo answer from another port where its own is taken', async () => {
    const { port } = JSON.parse(readFileSync(join(folder, 'ticketing.json'), 'utf8')) as { port: number };
    const taken = createServer().listen(port, '127.0.0.1');
    const product = await start(folder);
    const headers = await signInOperator(product, 'administrator');
    const { body } = await call(product, 'GET', 'operator/holders', { headers });
    const { id, baseUrl } = body.items.find(({ code }: { code: string }) => code === 'ticketing');
    expect(new URL(baseUrl).port).not.toBe(String(port));
    const checked = await call(product, 'POST', `operator/holders/${id}/check`, { headers, body: {} });
    expect(checked.body).toMatchObject({ failure: null });
    await stop(product);
    taken.close();
  }, 600_000);
});

describe('npm start that cannot succeed', () => {
  const folder = aDataFolder();
  let taken: Server;
  afterAll(() => removeFolder(folder));
  afterEach(() => taken?.close());

  it('says that the port is taken and how to choose another', async () => {
    const port = await freePort();
    taken = createServer().listen(port, '127.0.0.1');
    expect(await refusal(launch(folder, port))).toContain(`Port ${port} is taken`);
  });

  it('says that the data folder cannot be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    expect(await refusal(launch(join(file, 'below'), await freePort()))).toMatch(
      /data folder .* cannot be made.*ABIDE_DATA_DIR/,
    );
  });

  it('says that the database in the folder is not ours', async () => {
    const foreign = aDataFolder();
    mkdirSync(join(foreign, 'postgres'));
    writeFileSync(join(foreign, 'postgres/PG_VERSION'), '18\n');
    expect(await refusal(launch(foreign, await freePort()))).toMatch(/Abide did not make.*ABIDE_DATA_DIR/);
    removeFolder(foreign);
  });

  it('says that nothing answers at DATABASE_URL', async () => {
    const port = await freePort();
    expect(
      await refusal(launch(folder, await freePort(), { DATABASE_URL: `postgres://abide@127.0.0.1:${port}/abide` })),
    ).toContain('no PostgreSQL answers');
  });

  it('says that DATABASE_URL is not an address of PostgreSQL, without repeating it', async () => {
    const product = launch(folder, await freePort(), { DATABASE_URL: 'mysql://somebody:hidden@localhost/abide' });
    expect(await product.ended()).toBe(1);
    expect(product.output()).toContain('DATABASE_URL: expected postgres://');
    expect(product.output()).not.toContain('hidden');
  });
});
