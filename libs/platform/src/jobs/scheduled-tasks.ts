import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { ProcessLocks } from './process-locks.js';

interface ScheduledTask {
  readonly name: string;
  readonly everySeconds: number;
  readonly run: () => Promise<void>;
  readonly lock: number;
}

/** How long a task that has to run waits before it looks again whether another process is through with it. */
const busyMilliseconds = 50;

/**
 * Work due by the clock: each task runs on one process at a time (an advisory lock), every few seconds,
 * and whenever development moves the clock. A task asks "what is due?" and must be safe to run at any moment.
 */
@Injectable()
export class ScheduledTasks implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('ScheduledTasks');
  private readonly tasks: ScheduledTask[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly db: Database,
    private readonly locks: ProcessLocks,
    private readonly config: Config,
  ) {}

  /** Declares a task. Call it while modules initialise. */
  every(everySeconds: number, name: string, run: () => Promise<void>): void {
    this.tasks.push({ name, everySeconds, run, lock: lockOf(name) });
  }

  /** Runs every task once, in the order of declaration, waiting for one that is under way elsewhere. */
  async runAll(): Promise<void> {
    for (const task of this.tasks) await this.runOne(task, 'wait');
  }

  onApplicationBootstrap(): void {
    if (!this.config.runsJobs) return;
    for (const task of this.tasks) {
      const timer = setInterval(() => this.start(task), task.everySeconds * 1000);
      timer.unref();
      this.timers.push(timer);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.underWay);
    await this.locks.close();
  }

  private start(task: ScheduledTask): void {
    const run = this.runOne(task, 'skip').catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.error(`The task ${task.name} failed and will be tried again: ${reason}`);
    });
    this.underWay.add(run);
    void run.finally(() => this.underWay.delete(run));
  }

  private async runOne(task: ScheduledTask, whenBusy: 'wait' | 'skip'): Promise<void> {
    while (!(await this.locks.acquire(task.lock))) {
      if (whenBusy === 'skip') return;
      await sleep(busyMilliseconds);
    }
    try {
      await this.db.background(task.run);
    } finally {
      await this.locks.release(task.lock);
    }
  }
}

function lockOf(name: string): number {
  let hash = 17;
  for (const character of name) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_000_007;
  return hash;
}
