import { setTimeout as sleep } from 'node:timers/promises';
import { Global, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Authenticator } from '../http/access.guard.js';
import { platformPersistence } from '../persistence.js';
import { createTestApp, type TestApp } from '../testing/index.js';
import { Jobs } from './jobs.js';
import { Ticks } from './ticks.js';

class NoAuthenticator extends Authenticator {
  bearer = async (): Promise<null> => null;
  operatorSession = async (): Promise<null> => null;
}

@Injectable()
class Recorder implements OnModuleInit {
  readonly seen: string[] = [];
  failuresLeft = 0;
  running = 0;
  mostAtOnce = 0;

  constructor(
    private readonly jobs: Jobs,
    private readonly ticks: Ticks,
    private readonly db: Database,
  ) {}

  onModuleInit(): void {
    for (const subscriber of ['first', 'second']) {
      this.jobs.subscribe('identity.subject_registered', subscriber, async ({ subjectId }) => void this.seen.push(`${subscriber} ${subjectId}`));
    }
    this.jobs.define<{ id: string }>('test.flaky', async ({ id }) => {
      if (this.failuresLeft-- > 0) throw new Error('not yet');
      this.seen.push(`${id} ${this.db.isInTransaction ? 'inside' : 'outside'}`);
    });
    this.ticks.every(3600, 'test.tick', async () => {
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

async function eventually(check: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !check(); i += 1) await sleep(50);
  expect(check()).toBe(true);
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

  it('runs a tick on one process at a time', async () => {
    const ticks = test.get(Ticks);
    await Promise.all([ticks.runAll(), ticks.runAll(), ticks.runAll()]);
    expect(recorder.mostAtOnce).toBe(1);
  });
});
