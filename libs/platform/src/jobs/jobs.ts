import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PgBoss, type WorkOptions } from 'pg-boss';
import type { DomainEvents, EventName } from '@abide/kernel';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { appRole } from '../database/data-source.js';
import { jobsSchema } from '../database/jobs-schema.js';

/** How the jobs of one queue are worked on in one process; one after the other where nothing is said. */
interface WorkTerms {
  /** How many at once. */
  readonly atOnce?: number;
  /** How many of one `group` among them, so that a slow one does not keep the others waiting. */
  readonly atOncePerGroup?: number;
  /** Of the jobs with one `singletonKey`, one waits at most. */
  readonly keepsOneWaitingPerKey?: boolean;
}

interface Work {
  readonly queue: string;
  readonly run: (data: object) => Promise<void>;
  readonly terms: WorkTerms;
}

/** A job that failed every time. */
export interface DeadJob {
  readonly id: string;
  /** The queue in which it failed. */
  readonly queue: string;
  readonly queuedAt: Date;
  readonly failedAt: Date;
}

interface SendTerms {
  readonly startAfter?: Date;
  readonly singletonKey?: string;
  readonly group?: string;
}

interface Subscription extends Work {
  readonly event: EventName;
}

const retry = { retryLimit: 8, retryDelay: 1, retryBackoff: true, retryDelayMax: 300 };
const deadLetters = 'dead-letters';
const keepDeadSeconds = 365 * 24 * 3600;
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
  define<Data extends object>(queue: string, run: (data: Data) => Promise<void>, terms: WorkTerms = {}): void {
    this.works.push({ queue, run: run as Work['run'], terms });
  }

  /** Declares a subscriber of an event: each `subscriber` gets every event once. Call it while modules initialise. */
  subscribe<Name extends EventName>(
    event: Name,
    subscriber: string,
    run: (payload: DomainEvents[Name]) => Promise<void>,
  ): void {
    this.subscriptions.push({ event, queue: `${event}-${subscriber}`, run: run as Work['run'], terms: {} });
  }

  /** Queues a job, in the open transaction if there is one. */
  async send(queue: string, data: object, { group, ...terms }: SendTerms = {}): Promise<void> {
    await this.running.send(queue, data, {
      ...terms,
      ...(group === undefined ? {} : { group: { id: group } }),
      db: this.transactionalDb(),
    });
  }

  /** Tells every subscriber of `event`, in the open transaction if there is one. */
  async publish<Name extends EventName>(event: Name, payload: DomainEvents[Name]): Promise<void> {
    for (const queue of await this.queuesOf(event)) await this.send(queue, payload);
  }

  /** Whether `publish` would tell anybody. */
  async hasSubscribers(event: EventName): Promise<boolean> {
    return (await this.queuesOf(event)).length > 0;
  }

  /** What failed every time, the longest first. */
  async dead(limit: number): Promise<DeadJob[]> {
    const jobs = await this.running.findJobs(deadLetters, { queued: true, limit });
    return jobs.map(({ id, sourceName, sourceCreatedOn, createdOn }) => ({
      id,
      queue: sourceName ?? deadLetters,
      queuedAt: sourceCreatedOn ?? createdOn,
      failedAt: createdOn,
    }));
  }

  /** Puts what failed every time back into its queue, in the open transaction if there is one; false where it is not there. */
  async revive(id: string): Promise<boolean> {
    return (await this.running.redrive(deadLetters, { ids: [id], db: this.transactionalDb() })) > 0;
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
    const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
    const kept = { retentionSeconds: keepDeadSeconds };
    if (!known.has(deadLetters)) await boss.createQueue(deadLetters, kept);
    else if (known.get(deadLetters)?.retentionSeconds !== keepDeadSeconds) await boss.updateQueue(deadLetters, kept);
    for (const { queue, terms } of [...this.works, ...this.subscriptions]) {
      const policy = terms.keepsOneWaitingPerKey ? ({ policy: 'short' } as const) : {};
      if (!known.has(queue)) await boss.createQueue(queue, { ...retry, ...policy, deadLetter: deadLetters });
    }
    for (const { event, queue } of this.subscriptions) await boss.subscribe(event, queue);
  }

  private async startWorkers(boss: PgBoss): Promise<void> {
    for (const { queue, run, terms } of [...this.works, ...this.subscriptions]) {
      await boss.work<object>(queue, { pollingIntervalSeconds: 0.5, batchSize: 1, ...paceOf(terms) }, async ([job]) => {
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

/** Where several run at once there may be many: none waits for the next look at the queue. */
function paceOf({ atOnce, atOncePerGroup }: WorkTerms): WorkOptions {
  if (atOnce === undefined) return {};
  return { localConcurrency: atOnce, localGroupConcurrency: atOncePerGroup, burstWhenReadyExceeds: 1 };
}
