import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { BatchRuns, type Jobs, type ScheduledTasks } from '@abide/platform';
import type { SendResult } from '../send-result.js';
import { errorCodeOf, isAddressDead, type HandOver } from './hand-over.rules.js';

/** How many messages one process has under way: what a kill can repeat at most. */
export const messagesPerBatch = 10;
const claimSeconds = 120;

/** A run over an audience as it is stored; its cursor is the last subject that was looked at. */
interface StoredRun {
  readonly id: string;
  readonly lastSubjectId: string | null;
}

/** Messages to send now, and whether there is more behind them. */
export interface Claimed<Claim> {
  readonly claims: readonly Claim[];
  readonly hasMore: boolean;
}

interface Schedule {
  /** Names the job that starts a run and the task that resumes it. */
  readonly queue: string;
  readonly everySeconds: number;
}

/**
 * Brings something to an audience, in bounded batches that any process can take up where another was killed. First the
 * audience by keyset: a page is looked at outside a transaction, then stored together with the cursor, unless somebody else
 * was faster. Then the messages: each claimed before it is sent and settled after, nothing sent inside a transaction. A job
 * starts a run, a scheduled task resumes it. What differs between kinds of runs are the steps below.
 */
export abstract class AudienceRun<Run extends StoredRun, Page, Claim, Outcome>
  implements OnModuleInit, OnApplicationShutdown
{
  private readonly logger = new Logger(this.constructor.name);
  private readonly runs = new BatchRuns({
    takeBatch: (runId) => this.takeBatch(runId),
    goOnLater: (runId) => startAudienceRun(this.jobs, this.schedule.queue, runId),
  });

  protected constructor(
    private readonly jobs: Jobs,
    private readonly tasks: ScheduledTasks,
    private readonly schedule: Schedule,
  ) {}

  /** The runs with something left to do, a hundred at most. */
  protected abstract unfinished(): Promise<string[]>;
  /** The run as it stands, not locked; null where nothing is left to do. */
  protected abstract read(id: string): Promise<Run | null>;
  protected abstract isEnumerating(run: Run): boolean;
  /** The next page of the audience after the run's cursor; outside a transaction. */
  protected abstract look(run: Run): Promise<Page>;
  /** Keeps a page: its messages, figures and cursor, and that it was the last one. */
  protected abstract keep(run: Run, page: Page): Promise<void>;
  /** Takes messages whose time has come; of a run that was cancelled none, what waits is dropped. */
  protected abstract claim(run: Run): Promise<Claimed<Claim>>;
  /** Sends all of these at once, outside a transaction; a failure is an outcome. */
  protected abstract send(claims: readonly Claim[], run: Run): Promise<Outcome[]>;
  protected abstract settle(run: Run, outcomes: readonly Outcome[]): Promise<void>;
  /** Runs `work` on the locked run and stores it, in one transaction. */
  protected abstract change<T>(id: string, work: (run: Run) => Promise<T>): Promise<T>;

  onModuleInit(): void {
    const { queue, everySeconds } = this.schedule;
    // A job that an earlier version queued names its run otherwise: the scheduled task takes that one up.
    this.jobs.define<{ runId?: string }>(queue, async ({ runId }) => {
      if (runId !== undefined) await this.runs.run(runId);
    });
    this.tasks.every(everySeconds, queue, () => this.resumeUnfinished());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runs.stop();
  }

  /** Takes up every run that is not finished: after a kill, and when failed messages are due again. */
  async resumeUnfinished(): Promise<void> {
    for (const id of await this.unfinished()) await this.runs.run(id);
  }

  /** Hands one message over and says how that ended. @throws never for what a channel or an address refuses */
  protected async handOver(send: () => Promise<SendResult>, tries: number): Promise<HandOver> {
    try {
      return await send();
    } catch (error) {
      if (isAddressDead(error)) return 'addressDead';
      this.logger.warn(`A hand-over failed at try ${tries}: ${errorCodeOf(error)}`);
      return 'failed';
    }
  }

  private async takeBatch(id: string): Promise<boolean> {
    const run = await this.read(id);
    if (run === null) return false;
    return this.isEnumerating(run) ? this.enumerate(run) : this.sendSome(run);
  }

  private async enumerate(run: Run): Promise<boolean> {
    const page = await this.look(run);
    await this.change(run.id, async (locked) => {
      if (this.isEnumerating(locked) && locked.lastSubjectId === run.lastSubjectId) await this.keep(locked, page);
    });
    return true;
  }

  private async sendSome(run: Run): Promise<boolean> {
    const { claims, hasMore } = await this.change(run.id, (locked) => this.claim(locked));
    if (claims.length === 0) return hasMore;
    const outcomes = await this.send(claims, run);
    await this.change(run.id, (locked) => this.settle(locked, outcomes));
    return hasMore;
  }
}

/** Lets some process take a run up soon; in the open transaction if there is one. */
export function startAudienceRun(jobs: Jobs, queue: string, runId: string): Promise<void> {
  return jobs.send(queue, { runId });
}

/** Until when a message that is claimed now is nobody else's. */
export function claimedUntil(now: Date): Date {
  return new Date(now.getTime() + claimSeconds * 1000);
}
