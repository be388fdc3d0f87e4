import { connect, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { aServiceToken, TestSubject } from '@abide/consent/testing';
import { newId } from '@abide/kernel';
import {
  createTestDatabase,
  TcpProxy,
  type TestAnswer,
  type TestApp,
  type TestDatabase,
} from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import pg from 'pg';
import { anEvent, createTelemetryApp, send, telemetryStack, telemetryPolicy } from '../testing/app.js';

const answerMilliseconds = 5000;
const recoveryMilliseconds = 10_000;

interface Batch {
  readonly batchId: string;
  readonly events: readonly Record<string, any>[];
}

interface Timed extends TestAnswer {
  readonly milliseconds: number;
}

describe('batches while the database is slow or away', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let test: TestApp;
  let owner: pg.Client;
  let service: string;
  let person: TestSubject;

  beforeAll(async () => {
    database = await createTestDatabase(telemetryStack.persistence);
    proxy = await TcpProxy.before(database.appUrl);
    test = await createTelemetryApp({ ABIDE_ROLE: 'web', DATABASE_URL: proxy.url });
    owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    const revisionId = await (await PolicyStaff.open(test)).inForce(telemetryPolicy);
    service = await aServiceToken(test);
    person = await TestSubject.register(test, [revisionId]);
    await deliver(aBatch(1));
  });
  afterEach(() => proxy.recover());
  afterAll(async () => {
    await owner.end();
    await test.close();
    await proxy.refuse();
    await database.drop();
  });

  const aBatch = (size: number): Batch => ({
    batchId: newId(),
    events: Array.from({ length: size }, () => anEvent(person.id, { category: 'log.device' })),
  });

  async function deliver({ batchId, events }: Batch): Promise<Timed> {
    const startedAt = performance.now();
    const answer = await send(test, service, events, batchId);
    return { ...answer, milliseconds: performance.now() - startedAt };
  }

  async function ready(): Promise<Timed> {
    const startedAt = performance.now();
    const answer = await test.request({ method: 'GET', path: '/health/ready' });
    return { ...answer, milliseconds: performance.now() - startedAt };
  }

  const deliverAll = (batches: readonly Batch[]): Promise<Timed[]> => Promise.all(batches.map(deliver));

  /** Everything sent now waits until `work` is over. */
  async function whileLocked(work: () => Promise<void>): Promise<void> {
    await owner.query('BEGIN');
    await owner.query('LOCK TABLE telemetry.events IN ACCESS EXCLUSIVE MODE');
    try {
      await work();
    } finally {
      await owner.query('ROLLBACK');
    }
  }

  async function timesStored(batches: readonly Batch[]): Promise<number[]> {
    const ids = batches.flatMap(({ events }) => events.map(({ eventId }) => eventId));
    const { rows } = await owner.query<{ n: number }>(
      'SELECT (SELECT count(*)::int FROM telemetry.events WHERE event_id = id) AS n FROM unnest($1::uuid[]) AS id',
      [ids],
    );
    return rows.map(({ n }) => n);
  }

  function expectSentAway(answers: readonly Timed[]): void {
    expect(
      answers
        .filter(({ status, headers }) => status !== 503 || !(Number(headers['retry-after']) > 0))
        .map(({ status, text }) => `${status} ${text}`),
    ).toEqual([]);
    expect(
      new Set(answers.map(({ body }) => body.code)).difference(new Set(['service.busy', 'service.unavailable'])),
    ).toEqual(new Set());
    expect(Math.max(...answers.map(({ milliseconds }) => milliseconds))).toBeLessThan(answerMilliseconds);
  }

  async function expectRecovered(batches: readonly Batch[]): Promise<void> {
    const startedAt = Date.now();
    let waiting = batches;
    while (waiting.length > 0 && Date.now() - startedAt < recoveryMilliseconds) {
      const answers = await deliverAll(waiting);
      expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
      waiting = waiting.filter((_, index) => answers[index]?.status !== 200);
      await sleep(100);
    }
    expect(waiting).toEqual([]);
    expect(Date.now() - startedAt).toBeLessThan(recoveryMilliseconds);
    expect(new Set(await timesStored(batches))).toEqual(new Set([1]));
  }

  it('are sent away within five seconds while the database is slow, and stored once when they come again', async () => {
    const batches = Array.from({ length: 8 }, () => aBatch(5));
    await whileLocked(async () => expectSentAway(await deliverAll(batches)));
    await expectRecovered(batches);
  }, 60_000);

  it('are sent away at once when more waits than may, so that memory stays bounded', async () => {
    const batches = Array.from({ length: 50 }, () => aBatch(1000));
    await whileLocked(async () => {
      const answers = await deliverAll(batches);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
      const longest = Math.max(...answers.map(({ milliseconds }) => milliseconds));
      expect(answers.filter(({ milliseconds }) => milliseconds < longest - 1500).length).toBeGreaterThanOrEqual(10);
    });
    await expectRecovered([aBatch(1)]);
  }, 60_000);

  it('weigh what they hold, also where all of it is refused', async () => {
    const malformed = Array.from({ length: 60 }, () => ({
      batchId: newId(),
      events: Array.from({ length: 1000 }, () => ({ category: 'log.device' })),
    }));
    await owner.query('BEGIN');
    await owner.query('LOCK TABLE telemetry.batches IN ACCESS EXCLUSIVE MODE');
    const answers = await deliverAll(malformed).finally(() => owner.query('ROLLBACK'));
    const longest = Math.max(...answers.map(({ milliseconds }) => milliseconds));
    expect(answers.filter(({ milliseconds }) => milliseconds < longest - 1500).length).toBeGreaterThanOrEqual(10);
  }, 60_000);

  it('are answered within five seconds also where what comes before storing is slow', async () => {
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query('LOCK TABLE policy.registry_state IN ACCESS EXCLUSIVE MODE');
    await whileLocked(async () => {
      const answers = deliverAll([aBatch(1)]);
      await sleep(3500);
      await other.query('ROLLBACK');
      expectSentAway(await answers);
    });
    await other.end();
  }, 60_000);

  it('share their commits also where one of their events is stored already', async () => {
    const [known] = [aBatch(1)];
    await deliver(known as Batch);
    const commits = async () =>
      Number((await owner.query('SELECT count(DISTINCT xmin::text)::int AS n FROM telemetry.batches')).rows[0].n);
    const before = await commits();
    const others = Array.from({ length: 40 }, () => aBatch(1));
    const answers = await deliverAll([
      ...others.slice(0, 20),
      { batchId: newId(), events: known?.events ?? [] },
      ...others.slice(20),
    ]);
    expect(answers.map(({ body }) => body.alreadyStored)).toEqual([...Array(20).fill(0), 1, ...Array(20).fill(0)]);
    expect((await commits()) - before).toBeLessThan(20);
  });

  it('are sent away within five seconds while the database refuses connections, and stored within ten of its return', async () => {
    const batches = Array.from({ length: 8 }, () => aBatch(5));
    await proxy.refuse();
    expectSentAway(await deliverAll(batches));
    await sleep(1000);
    expectSentAway(await deliverAll(batches));
    await proxy.recover();
    await expectRecovered(batches);
  }, 60_000);

  it('are sent away within five seconds while the database has fallen silent, and stored within ten of its return', async () => {
    const batches = Array.from({ length: 8 }, () => aBatch(5));
    proxy.fallSilent();
    const isReady = ready();
    for (let round = 0; round < 2; round += 1) expectSentAway(await deliverAll(batches));
    expectSentAway([await isReady]);
    await proxy.recover();
    await expectRecovered(batches);
  }, 60_000);

  it('are not acknowledged by a connection that breaks while they are being stored, and stored once when they come again', async () => {
    const batches = Array.from({ length: 8 }, () => aBatch(5));
    await whileLocked(async () => {
      const answers = deliverAll(batches);
      await sleep(500);
      await owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      expectSentAway(await answers);
    });
    await expectRecovered(batches);
  }, 60_000);

  it('of a client that went away in the middle are stored whole or not at all', async () => {
    await test.app.listen(0, '127.0.0.1');
    const { port } = test.app.getHttpServer().address() as AddressInfo;
    const [whole, half] = [aBatch(5), aBatch(5)];
    await whileLocked(async () => {
      for (const [batch, share] of [
        [whole, 1],
        [half, 0.5],
      ] as const) {
        const body = JSON.stringify(batch);
        const socket = connect(port, '127.0.0.1');
        socket.write(
          `POST /api/v1/telemetry/batches HTTP/1.1\r\nhost: abide\r\nauthorization: Bearer ${service}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`,
        );
        socket.write(body.slice(0, body.length * share));
        await sleep(300);
        socket.destroy();
      }
    });
    await sleep(500);
    expect(await timesStored([whole, half])).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
    expect((await deliver(whole)).body).toMatchObject({ accepted: 5, duplicate: true });
    await expectRecovered([whole, half]);
  }, 60_000);
});
