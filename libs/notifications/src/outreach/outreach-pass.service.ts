import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Subjects } from '@abide/identity';
import { Clock, type Locale } from '@abide/kernel';
import { Config, Database, Delivery, Jobs, ScheduledTasks } from '@abide/platform';
import { Repository } from 'typeorm';
import { AudienceRun, messagesPerBatch, type Claimed } from '../audience-run/audience-run.js';
import { lossOf } from '../audience-run/hand-over.rules.js';
import { Notifier } from '../notifier.service.js';
import { SendChecks } from '../send-checks.service.js';
import { OutreachChanges, outreachQueue } from './outreach-changes.service.js';
import { composeOutreach } from './outreach-message.rules.js';
import { OutreachMessages, type OutreachClaim, type OutreachOutcome } from './outreach-messages.service.js';
import { OutreachRun, type Looked } from './outreach.entity.js';

const subjectsPerBatch = 200;
const droppedPerBatch = 1000;

/** Whom a page of subjects allows to be written to, and what the figures gain by it. */
interface Page extends Looked {
  readonly allowed: readonly string[];
  readonly isLast: boolean;
}

/** Brings outreaches to those who allow them; the checks are asked while the audience is looked at, and again at the hand-over. */
@Injectable()
export class OutreachPass extends AudienceRun<OutreachRun, Page, OutreachClaim, OutreachOutcome> {
  constructor(
    jobs: Jobs,
    tasks: ScheduledTasks,
    @InjectRepository(OutreachRun) private readonly outreachRunRepository: Repository<OutreachRun>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly delivery: Delivery,
    private readonly subjects: Subjects,
    private readonly checks: SendChecks,
    private readonly notifier: Notifier,
    private readonly changes: OutreachChanges,
    private readonly messages: OutreachMessages,
  ) {
    super(jobs, tasks, { queue: outreachQueue, everySeconds: 10 });
  }

  protected async unfinished(): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM notifications.outreaches WHERE state = 'running' OR queued > 0 ORDER BY id LIMIT 100`,
    );
    return rows.map(({ id }) => id);
  }

  protected read(id: string): Promise<OutreachRun | null> {
    return this.outreachRunRepository.findOneBy({ id });
  }

  protected isEnumerating({ isEnumerating }: OutreachRun): boolean {
    return isEnumerating;
  }

  protected async look({ kind, channel, createdAt, lastSubjectId }: OutreachRun): Promise<Page> {
    const batch = await this.subjects.activeAfter(lastSubjectId, subjectsPerBatch, createdAt);
    const reachable = batch.filter((subject) => subject.reachable.includes(channel));
    const allowed: string[] = [];
    for (const { subjectId } of reachable) {
      if (await this.checks.allow(kind, subjectId, channel)) allowed.push(subjectId);
    }
    return {
      allowed,
      isLast: batch.length < subjectsPerBatch,
      lastSubjectId: batch.at(-1)?.subjectId ?? null,
      unreachable: batch.length - reachable.length,
      notAllowed: reachable.length - allowed.length,
      queued: allowed.length,
    };
  }

  protected async keep(run: OutreachRun, page: Page): Promise<void> {
    await this.messages.queue(run, page.allowed);
    run.enumerate(page);
    if (page.isLast) run.enumeratedAt = this.clock.now();
  }

  protected async claim(run: OutreachRun): Promise<Claimed<OutreachClaim>> {
    if (run.state === 'cancelled')
      return { claims: [], hasMore: (await this.messages.dropSome(run, droppedPerBatch)) > 0 };
    const claims = await this.messages.claim(run, messagesPerBatch);
    return { claims, hasMore: claims.length > 0 };
  }

  protected send(claims: readonly OutreachClaim[], run: OutreachRun): Promise<OutreachOutcome[]> {
    return Promise.all(claims.map((claim) => this.write(claim, run)));
  }

  protected settle(run: OutreachRun, outcomes: readonly OutreachOutcome[]): Promise<void> {
    return this.messages.settle(run, outcomes);
  }

  protected change<T>(id: string, work: (run: OutreachRun) => Promise<T>): Promise<T> {
    return this.changes.change(id, work);
  }

  private async write({ subjectId, tries }: OutreachClaim, run: OutreachRun): Promise<OutreachOutcome> {
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
    const result = await this.handOver(
      () =>
        this.notifier.send(kind, subjectId, {
          channel,
          compose: (locale: Locale) => composeOutreach({ title, text, link }, locale),
        }),
      tries,
    );
    if (result === 'handedOver') return 'sent';
    return result === 'notAllowed' ? 'dropped' : lossOf(result, this.delivery.isConfigured(channel));
  }
}
