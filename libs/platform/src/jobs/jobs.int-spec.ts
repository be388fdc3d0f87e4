import { setTimeout as sleep } from 'node:timers/promises';
import { Global, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import pg from 'pg';
import { Database } from '../database/database.js';
import { Authenticator } from '../http/access.guard.js';
import { platformPersistence } from '../persistence.js';
import { createTestApp, type TestApp } from '../testing/index.js';
import { Jobs } from './jobs.js';
import { ScheduledTasks } from './scheduled-tasks.js';

class NoAuthenticator extends Authenticator {
  bearer = async (): Promise<null> => null;
  operatorSession = async (): Promise<null> => null;
}

@Injectable()
class Recorder implements OnModuleInit {
  readonly seen: string[] = [];
  failuresLeft = 0;
  isHopeless = true;
  held = Promise.resolve();
  running = 0;
  mostAtOnce = 0;

  constructor(
    private readonly jobs: Jobs,
    private readonly tasks: ScheduledTasks,
    private readonly db: Database,
  ) {}

  onModuleInit(): void {
    for (const subscriber of ['first', 'second']) {
      this.jobs.subscribe(
        'identity.subject_registered',
        subscriber,
        async ({ subjectId }) => void this.seen.push(`${subscriber} ${subjectId}`),
      );
    }
    this.jobs.define<{ id: string }>('test.flaky', async ({ id }) => {
      if (this.failuresLeft-- > 0) throw new Error('not yet');
      this.seen.push(`${id} ${this.db.isInTransaction ? 'inside' : 'outside'}`);
    });
    this.jobs.define<{ id: string }>('test.hopeless', async ({ id }) => {
      if (this.isHopeless) throw new Error('never');
      this.seen.push(`${id} after all`);
    });
    this.jobs.define<{ id: string }>(
      'test.busy',
      async ({ id }) => {
        this.seen.push(`${id} begun`);
        await this.held;
      },
      { atOnce: 4, atOncePerGroup: 2, keepsOneWaitingPerKey: true },
    );
    this.tasks.every(3600, 'test.task', async () => {
      this.running += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
      await sleep(50);
      this.running -= 1;
    });
  }
}

@Global()
@Module({ providers: [Recorder, { provide: Authenticator, useClass: NoAuthenticator }], exports: [Authenticator] })
class RecorderModule {}

async function eventually(check: () => boolean | Promise<boolean>): Promise<void> {
  let isSo = false;
  for (let i = 0; i < 1200 && !(isSo = await check()); i += 1) await sleep(50);
  expect(isSo).toBe(true);
}

describe('jobs and events', () => {
  let test: TestApp;
  let jobs: Jobs;
  let recorder: Recorder;
  let db: Database;

  beforeAll(async () => {
    test = await createTestApp([RecorderModule], platformPersistence);
    [jobs, recorder, db] = [test.get(Jobs), test.get(Recorder), test.get(Database)];
  });
  afterAll(() => test.close());

  const registered = (subjectId: string) => ({ subjectId, kind: 'person' as const, at: '2026-01-01T00:00:00Z' });

  it('delivers a committed event once to every subscriber, and a rolled-back one to nobody', async () => {
    const rolledBack = db.transaction(async () => {
      await jobs.publish('identity.subject_registered', registered('undone'));
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    await db.transaction(() => jobs.publish('identity.subject_registered', registered('done')));
    await eventually(() => recorder.seen.length >= 2);
    await sleep(1500);
    expect(recorder.seen.sort()).toEqual(['first done', 'second done']);
  });

  it('tries a failed job again, outside any transaction', async () => {
    recorder.failuresLeft = 1;
    await db.transaction(() => jobs.send('test.flaky', { id: 'job' }));
    await eventually(() => recorder.seen.includes('job outside'));
  });

  it('shows what failed every time, and runs it again when somebody says so', async () => {
    await jobs.send('test.hopeless', { id: 'lost' });
    const failNow = "UPDATE jobs.job SET retry_limit = 0 WHERE name = 'test.hopeless'";
    await db.execute(failNow);
    await eventually(async () => (await jobs.dead(10)).length === 1);
    const [dead] = await jobs.dead(10);
    expect(dead).toMatchObject({ queue: 'test.hopeless', queuedAt: expect.any(Date), failedAt: expect.any(Date) });
    recorder.isHopeless = false;
    const undone = db.transaction(async () => {
      expect(await jobs.revive(dead?.id ?? '')).toBe(true);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await jobs.dead(10)).toHaveLength(1);
    expect(await jobs.revive(dead?.id ?? '')).toBe(true);
    await eventually(() => recorder.seen.includes('lost after all'));
    expect([await jobs.dead(10), await jobs.revive(dead?.id ?? '')]).toEqual([[], false]);
  });

  it('works on several at once, on no more of one group than it may, and keeps one waiting per key', async () => {
    let release = () => undefined as void;
    recorder.held = new Promise<void>((done) => (release = done));
    const send = (id: string, group: string, singletonKey = id) =>
      jobs.send('test.busy', { id }, { group, singletonKey });
    const begun = () => recorder.seen.filter((one) => one.endsWith('begun')).sort();
    for (const id of ['a1', 'a2', 'a3', 'a4']) await send(id, 'a');
    await eventually(() => begun().length === 2);
    await send('b1', 'b');
    await eventually(() => begun().includes('b1 begun'));
    expect(begun()).toHaveLength(3);
    await send('a4', 'a');
    release();
    await eventually(() => begun().length === 5);
    await sleep(1500);
    expect(begun()).toEqual(['a1 begun', 'a2 begun', 'a3 begun', 'a4 begun', 'b1 begun']);
  });

  it('runs a scheduled task on one process at a time', async () => {
    const tasks = test.get(ScheduledTasks);
    await Promise.all([tasks.runAll(), tasks.runAll(), tasks.runAll()]);
    expect(recorder.mostAtOnce).toBe(1);
  });

  it('keeps no connection for a scheduled task beside the one that it works on', async () => {
    const narrow = await createTestApp([RecorderModule], platformPersistence, {
      DATABASE_POOL_SIZE: '2',
      ABIDE_ROLE: 'web',
    });
    try {
      const ran: string[] = [];
      narrow
        .get(ScheduledTasks)
        .every(
          3600,
          'test.counts',
          async () =>
            void ran.push(
              ...(await narrow.get(Database).query<{ one: string }>("SELECT 'ran' AS one")).map(({ one }) => one),
            ),
        );
      await Promise.all([1, 2, 3, 4].map(() => narrow.get(ScheduledTasks).runAll()));
      expect(ran).toEqual(['ran', 'ran', 'ran', 'ran']);
    } finally {
      await narrow.close();
    }
  });

  it('goes on with its scheduled tasks after the connection of their locks was cut', async () => {
    const tasks = test.get(ScheduledTasks);
    await tasks.runAll();
    const server = new pg.Client({ connectionString: test.databaseUrl });
    await server.connect();
    const cut = await server.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_advisory_unlock%'",
    );
    expect(cut.rowCount).toBe(1);
    await server.end();
    await eventually(async () =>
      tasks.runAll().then(
        () => true,
        () => false,
      ),
    );
    expect(recorder.mostAtOnce).toBe(1);
  });
});
