import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock } from '@abide/kernel';
import { Inbox, Notifier } from '@abide/notifications';
import { BatchRuns, Config, Database, Jobs, ScheduledTasks } from '@abide/platform';
import { Repository } from 'typeorm';
import { reminderText } from './reminder-text.rules.js';
import { ConsentAudience } from './consent-audience.js';
import { Reminder, type ReminderMessage } from './reminder.entity.js';
import { reminderQueue } from './reminders.service.js';

const intervalSeconds = 30;
const subjectsPerBatch = 500;
/** How many messages are under way at once: what a kill can repeat at most. */
const messagesPerBatch = 10;
const claimSeconds = 120;
const minutesUntilNextTry = [1, 5, 30];

interface Claim {
  readonly subjectId: string;
  readonly tries: number;
}

interface Outcome extends Claim {
  readonly message: ReminderMessage;
}

/**
 * Brings reminders to whom they are for, in batches that any process can take up where another was killed. First the
 * audience by keyset: a row and a notice in the inbox for each, stored with the cursor. Then one message each, claimed
 * before and booked after it is sent.
 */
@Injectable()
export class ReminderPass implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('ReminderPass');
  private readonly runs = new BatchRuns({
    takeBatch: (reminderId) => this.takeBatch(reminderId),
    goOnLater: (reminderId) => this.jobs.send(reminderQueue, { reminderId }),
  });

  constructor(
    @InjectRepository(Reminder) private readonly reminderRepository: Repository<Reminder>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly tasks: ScheduledTasks,
    private readonly audit: Audit,
    private readonly inbox: Inbox,
    private readonly notifier: Notifier,
    private readonly audience: ConsentAudience,
  ) {}

  onModuleInit(): void {
    this.jobs.define<{ reminderId: string }>(reminderQueue, ({ reminderId }) => this.runs.run(reminderId));
    this.tasks.every(intervalSeconds, reminderQueue, () => this.resumeUnfinished());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runs.stop();
  }

  /** Takes up every reminder that is not finished: after a kill, and when failed messages are due again. */
  async resumeUnfinished(): Promise<void> {
    const unfinished = await this.db.query<{ id: string }>(
      'SELECT id FROM consent.reminders WHERE finished_at IS NULL ORDER BY id LIMIT 100',
    );
    for (const { id } of unfinished) await this.runs.run(id);
  }

  private async takeBatch(reminderId: string): Promise<boolean> {
    const reminder = await this.reminderRepository.findOneBy({ id: reminderId });
    if (!reminder || reminder.finishedAt !== null) return false;
    return reminder.enumeratedAt === null ? this.enumerate(reminder) : this.sendSome(reminder);
  }

  private async enumerate({ id, purpose, state, title, summary, lastSubjectId: cursor }: Reminder): Promise<boolean> {
    const { matching, next } = await this.audience.after(cursor, subjectsPerBatch, { purpose, state });
    await this.change(id, async (reminder) => {
      if (reminder.enumeratedAt !== null || reminder.lastSubjectId !== cursor) return;
      const told = await this.keepRecipients(id, matching);
      await this.inbox.tellMany(told, { kind: 'consentAgain', title, summary, link: '/policies' });
      reminder.matched += told.length;
      reminder.lastSubjectId = next;
      if (next === null) reminder.enumeratedAt = this.clock.now();
    });
    return true;
  }

  /** Answers who had no row yet: nobody is reminded twice. */
  private async keepRecipients(reminderId: string, subjectIds: readonly string[]): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `INSERT INTO consent.reminder_recipients (subject_id, reminder_id, message, tries, next_try_at, told_at)
       SELECT matching.id, $1, 'waiting', 0, $3, $3 FROM unnest($2::uuid[]) AS matching (id) ON CONFLICT DO NOTHING RETURNING subject_id AS id`,
      [reminderId, subjectIds, this.clock.now()],
    );
    return rows.map(({ id }) => id);
  }

  private async sendSome(reminder: Reminder): Promise<boolean> {
    const claims = await this.change(reminder.id, ({ id }) => this.claim(id));
    if (claims.length === 0) return false;
    const outcomes = await Promise.all(claims.map((claim) => this.send(reminder, claim)));
    await this.change(reminder.id, (locked) => this.book(locked, outcomes));
    return true;
  }

  private async claim(reminderId: string): Promise<Claim[]> {
    const now = this.clock.now();
    return this.db.query<Claim>(
      `UPDATE consent.reminder_recipients AS told SET tries = told.tries + 1, next_try_at = $4
       FROM (SELECT subject_id FROM consent.reminder_recipients
             WHERE reminder_id = $1 AND message = 'waiting' AND next_try_at <= $2 ORDER BY next_try_at, subject_id LIMIT $3) AS due
       WHERE told.reminder_id = $1 AND told.subject_id = due.subject_id RETURNING told.subject_id AS "subjectId", told.tries`,
      [reminderId, now, messagesPerBatch, new Date(now.getTime() + claimSeconds * 1000)],
    );
  }

  private async send({ title, summary }: Reminder, { subjectId, tries }: Claim): Promise<Outcome> {
    try {
      const link = `${this.config.publicUrl}/policies`;
      const result = await this.notifier.sendToBest('transactional', subjectId, (locale) =>
        reminderText({ title, summary, link }, locale),
      );
      return { subjectId, tries, message: result === 'handedOver' ? 'sent' : 'unreachable' };
    } catch (error) {
      this.logger.warn(
        `A reminder could not be handed over at try ${tries}: ${error instanceof Error ? error.name : 'unknown'}`,
      );
      return { subjectId, tries, message: tries > minutesUntilNextTry.length ? 'failed' : 'waiting' };
    }
  }

  private async book(reminder: Reminder, outcomes: readonly Outcome[]): Promise<void> {
    for (const { subjectId, tries, message } of outcomes) {
      const nextTryAt = new Date(this.clock.now().getTime() + (minutesUntilNextTry[tries - 1] ?? 0) * 60_000);
      const booked = await this.db.execute(
        `UPDATE consent.reminder_recipients SET message = $3, next_try_at = $5 WHERE subject_id = $1 AND reminder_id = $2 AND message = 'waiting' AND tries = $4`,
        [subjectId, reminder.id, message, tries, nextTryAt],
      );
      if (booked === 0 || message === 'waiting') continue;
      reminder.told += 1;
      if (message === 'sent') reminder.sent += 1;
    }
  }

  /** Locks the reminder, changes it, finishes it when nothing is left, and stores it, in one transaction. */
  private async change<T>(id: string, work: (reminder: Reminder) => Promise<T>): Promise<T> {
    return this.db.transaction(async () => {
      const reminder = await this.reminderRepository.findOneOrFail({
        where: { id },
        lock: { mode: 'for_no_key_update' },
      });
      const result = await work(reminder);
      if (reminder.finishedAt === null && reminder.enumeratedAt !== null && !(await this.isAnyWaiting(id)))
        await this.finish(reminder);
      await this.reminderRepository.save(reminder);
      return result;
    });
  }

  private async isAnyWaiting(reminderId: string): Promise<boolean> {
    return (
      (
        await this.db.query(
          `SELECT 1 FROM consent.reminder_recipients WHERE reminder_id = $1 AND message = 'waiting' LIMIT 1`,
          [reminderId],
        )
      ).length > 0
    );
  }

  private async finish(reminder: Reminder): Promise<void> {
    reminder.finishedAt = this.clock.now();
    const { id, matched, sent } = reminder;
    await this.audit.record({
      act: 'consent.reminded',
      object: { type: 'consentReminder', id },
      actor: { kind: 'system', id: 'system' },
      details: { matched, sent },
    });
  }
}
