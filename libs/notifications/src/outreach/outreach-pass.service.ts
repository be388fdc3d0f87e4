import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Subjects } from '@abide/identity';
import { Clock, type Locale } from '@abide/kernel';
import { BatchRuns, Config, Database, Delivery, Jobs, ScheduledTasks } from '@abide/platform';
import { Repository } from 'typeorm';
import { errorCodeOf, isAddressDead } from '../audience-run/hand-over.rules.js';
import { Notifier } from '../notifier.service.js';
import { SendChecks } from '../send-checks.service.js';
import { OutreachChanges, outreachNotFound, outreachQueue } from './outreach-changes.service.js';
import { composeOutreach } from './outreach-message.rules.js';
import { OutreachMessages, type OutreachClaim, type OutreachOutcome } from './outreach-messages.service.js';
import { OutreachRun } from './outreach.entity.js';

const subjectsPerBatch = 200;
/** How many messages one process has under way: what a kill can repeat at most. */
const messagesPerBatch = 10;
const droppedPerBatch = 1000;
const intervalSeconds = 10;

/** What a batch took: messages to send now, and whether there is more behind them. */
interface Batch {
  readonly claims: readonly OutreachClaim[];
  readonly hasMore: boolean;
}

/**
 * Brings outreaches to those who allow them, in bounded batches that any process can take up where another was killed. First
 * the audience by keyset: the checks are asked outside a transaction, then cursor, rows and figures are stored together.
 * Then the messages, each claimed before and settled after it is sent, the checks asked again at that moment.
 */
@Injectable()
export class OutreachPass implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('OutreachPass');
  private readonly runs = new BatchRuns({
    takeBatch: (outreachId) => this.takeBatch(outreachId),
    goOnLater: (outreachId) => this.jobs.send(outreachQueue, { outreachId }),
  });

  constructor(
    @InjectRepository(OutreachRun) private readonly outreachRunRepository: Repository<OutreachRun>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly tasks: ScheduledTasks,
    private readonly delivery: Delivery,
    private readonly subjects: Subjects,
    private readonly checks: SendChecks,
    private readonly notifier: Notifier,
    private readonly changes: OutreachChanges,
    private readonly messages: OutreachMessages,
  ) {}

  onModuleInit(): void {
    this.jobs.define<{ outreachId: string }>(outreachQueue, ({ outreachId }) => this.runs.run(outreachId));
    this.tasks.every(intervalSeconds, outreachQueue, () => this.resumeUnfinished());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runs.stop();
  }

  /** Takes up every outreach that is not finished: after a kill, and when failed messages are due again. */
  async resumeUnfinished(): Promise<void> {
    const unfinished = await this.db.query<{ id: string }>(
      `SELECT id FROM notifications.outreaches WHERE state = 'running' OR queued > 0 ORDER BY id LIMIT 100`,
    );
    for (const { id } of unfinished) await this.runs.run(id);
  }

  private async takeBatch(outreachId: string): Promise<boolean> {
    const run = await this.outreachRunRepository.findOneBy({ id: outreachId });
    if (!run) throw outreachNotFound();
    if (run.isEnumerating) return this.enumerate(run);
    const { claims, hasMore } = await this.changes.change(outreachId, (locked) => this.take(locked));
    if (claims.length === 0) return hasMore;
    const outcomes = await Promise.all(claims.map((claim) => this.handOver(claim, run)));
    await this.changes.change(outreachId, (locked) => this.messages.settle(locked, outcomes));
    return hasMore;
  }

  private async enumerate({ id, kind, channel, createdAt, lastSubjectId: cursor }: OutreachRun): Promise<boolean> {
    const batch = await this.subjects.activeAfter(cursor, subjectsPerBatch, createdAt);
    const reachable = batch.filter((subject) => subject.reachable.includes(channel));
    const allowed: string[] = [];
    for (const { subjectId } of reachable) {
      if (await this.checks.allow(kind, subjectId, channel)) allowed.push(subjectId);
    }
    const looked = {
      lastSubjectId: batch.at(-1)?.subjectId ?? null,
      unreachable: batch.length - reachable.length,
      notAllowed: reachable.length - allowed.length,
      queued: allowed.length,
    };
    await this.changes.change(id, async (run) => {
      if (!run.isEnumerating || run.lastSubjectId !== cursor) return;
      await this.messages.queue(run, allowed);
      run.enumerate(looked);
      if (batch.length < subjectsPerBatch) run.enumeratedAt = this.clock.now();
    });
    return true;
  }

  /** Claims what to send now; of a cancelled outreach nothing, what waits is dropped. */
  private async take(run: OutreachRun): Promise<Batch> {
    if (run.state === 'cancelled')
      return { claims: [], hasMore: (await this.messages.dropSome(run, droppedPerBatch)) > 0 };
    const claims = await this.messages.claim(run, messagesPerBatch);
    return { claims, hasMore: claims.length > 0 };
  }

  private async handOver({ subjectId, tries }: OutreachClaim, run: OutreachRun): Promise<OutreachOutcome> {
    const subject = await this.subjects.find(subjectId);
    if (subject?.status !== 'active') return { subjectId, tries, result: 'dropped' };
    return { subjectId, tries, result: await this.tryToSend(subjectId, tries, run) };
  }

  private async tryToSend(
    subjectId: string,
    tries: number,
    { kind, channel, title, text, link: written }: OutreachRun,
  ): Promise<OutreachOutcome['result']> {
    const link = written === null ? null : new URL(written, `${this.config.publicUrl}/`).toString();
    try {
      const sent = await this.notifier.send(kind, subjectId, {
        channel,
        compose: (locale: Locale) => composeOutreach({ title, text, link }, locale),
      });
      if (sent === 'handedOver') return 'sent';
      if (sent === 'notAllowed') return 'dropped';
      return this.delivery.isConfigured(channel) ? 'unreachable' : 'notHandedOver';
    } catch (error) {
      if (isAddressDead(error)) return 'unreachable';
      this.logger.warn(`A hand-over by ${channel} failed at try ${tries}: ${errorCodeOf(error)}`);
      return 'notHandedOver';
    }
  }
}
