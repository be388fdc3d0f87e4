import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PgBoss } from 'pg-boss';
import type { DomainEvents, EventName } from '@abide/kernel';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { appRole } from '../database/data-source.js';
import { jobsSchema } from '../database/jobs-schema.js';

interface Work {
  readonly queue: string;
  readonly run: (data: object) => Promise<void>;
}

interface Subscription extends Work {
  readonly event: EventName;
}

const retry = { retryLimit: 8, retryDelay: 1, retryBackoff: true, retryDelayMax: 300 };
const deadLetters = 'dead-letters';
const rememberSubscribersMilliseconds = 10_000;

/**
 * Work that happens later, on pg-boss. Sending and publishing join the open transaction: rolled back means never
 * delivered. Handlers run outside any inherited transaction, at least once, and must be idempotent.
 * Payloads carry ids and facts only, never personal data.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly works: Work[] = [];
  private readonly subscriptions: Subscription[] = [];
  private boss: PgBoss | undefined;
  private subscribers: { readonly queues: ReadonlyMap<string, readonly string[]>; readonly readAt: number } | undefined;

  constructor(
    private readonly db: Database,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Declares the one handler of a job. Call it while modules initialise. */
  define<Data extends object>(queue: string, run: (data: Data) => Promise<void>): void {
    this.works.push({ queue, run: run as Work['run'] });
  }

  /** Declares a subscriber of an event: each `subscriber` gets every event once. Call it while modules initialise. */
  subscribe<Name extends EventName>(
    event: Name,
    subscriber: string,
    run: (payload: DomainEvents[Name]) => Promise<void>,
  ): void {
    this.subscriptions.push({ event, queue: `${event}-${subscriber}`, run: run as Work['run'] });
  }

  /** Queues a job, in the open transaction if there is one. `singletonKey` keeps one waiting job per key. */
  async send(queue: string, data: object, options: { startAfter?: Date; singletonKey?: string } = {}): Promise<void> {
    await this.running.send(queue, data, { ...options, db: this.transactionalDb() });
  }

  /** Tells every subscriber of `event`, in the open transaction if there is one. */
  async publish<Name extends EventName>(event: Name, payload: DomainEvents[Name]): Promise<void> {
    for (const queue of await this.queuesOf(event)) await this.send(queue, payload);
  }

  /** Whether `publish` would tell anybody. */
  async hasSubscribers(event: EventName): Promise<boolean> {
    return (await this.queuesOf(event)).length > 0;
  }

  /** The queue of deliveries that failed every retry, newest first; ids and queue names only. */
  async deadLetters(limit: number): Promise<{ id: string; createdOn: Date }[]> {
    const jobs = await this.running.findJobs(deadLetters);
    return jobs.slice(0, limit).map(({ id, createdOn }) => ({ id, createdOn }));
  }

  async onApplicationBootstrap(): Promise<void> {
    const boss = new PgBoss({
      connectionString: this.config.get('DATABASE_URL'),
      options: `-c role=${appRole} -c timezone=UTC`,
      schema: jobsSchema,
      migrate: false,
      schedule: false,
      max: 4,
      application_name: 'abide-jobs',
    });
    boss.on('error', (error) => this.logger.error(`The job queue met an error: ${error.message}`));
    await boss.start();
    this.boss = boss;
    await this.createQueues(boss);
    if (this.config.runsJobs) await this.startWorkers(boss);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.boss?.stop({ graceful: true, timeout: 5000 });
  }

  private get running(): PgBoss {
    if (!this.boss) throw new Error('Jobs are used before the application has started');
    return this.boss;
  }

  private async createQueues(boss: PgBoss): Promise<void> {
    const known = new Set((await boss.getQueues()).map((queue) => queue.name));
    if (!known.has(deadLetters)) await boss.createQueue(deadLetters);
    for (const { queue } of [...this.works, ...this.subscriptions]) {
      if (!known.has(queue)) await boss.createQueue(queue, { ...retry, deadLetter: deadLetters });
    }
    for (const { event, queue } of this.subscriptions) await boss.subscribe(event, queue);
  }

  private async startWorkers(boss: PgBoss): Promise<void> {
    for (const { queue, run } of [...this.works, ...this.subscriptions]) {
      await boss.work<object>(queue, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async ([job]) => {
        if (job) await this.db.background(() => run(job.data));
      });
    }
  }

  /** The queues subscribed to an event, by any process: remembered for a few seconds, so that telling nobody costs nothing. */
  private async queuesOf(event: EventName): Promise<readonly string[]> {
    if (!this.subscribers || Date.now() - this.subscribers.readAt > rememberSubscribersMilliseconds) {
      const rows = await this.db.query<{ event: string; name: string }>(
        `SELECT event, name FROM ${jobsSchema}.subscription ORDER BY event, name`,
      );
      const byEvent = Map.groupBy(rows, (row) => row.event);
      this.subscribers = {
        queues: new Map([...byEvent].map(([name, own]) => [name, own.map((row) => row.name)])),
        readAt: Date.now(),
      };
    }
    return this.subscribers.queues.get(event) ?? [];
  }

  /** pg-boss statements over the open transaction's connection, or pg-boss's own pool outside one. */
  private transactionalDb(): { executeSql(text: string, values?: unknown[]): Promise<{ rows: object[] }> } | undefined {
    if (!this.db.isInTransaction) return undefined;
    return { executeSql: async (text, values) => ({ rows: await this.db.query<object>(text, values ?? []) }) };
  }
}
