import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock } from '@abide/kernel';
import {
  afterFailure,
  AudienceRun,
  claimedUntil,
  Inbox,
  messagesPerBatch,
  Notifier,
  type Claimed,
} from '@abide/notifications';
import { Config, Database, Jobs, ScheduledTasks } from '@abide/platform';
import { Repository } from 'typeorm';
import { ConsentAudience } from './consent-audience.js';
import { reminderText } from './reminder-text.rules.js';
import { Reminder, type ReminderMessage } from './reminder.entity.js';
import { reminderQueue } from './reminders.service.js';

const subjectsPerBatch = 500;

interface Claim {
  readonly subjectId: string;
  readonly tries: number;
}

interface Outcome extends Claim {
  readonly message: ReminderMessage;
  /** Of one that still waits. */
  readonly nextTryAt: Date;
}

type Page = Awaited<ReturnType<ConsentAudience['after']>>;

/** Brings reminders to whom they are for: a notice in the inbox of each, stored with the cursor, then one message each. */
@Injectable()
export class ReminderPass extends AudienceRun<Reminder, Page, Claim, Outcome> {
  constructor(
    jobs: Jobs,
    tasks: ScheduledTasks,
    @InjectRepository(Reminder) private readonly reminderRepository: Repository<Reminder>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly audit: Audit,
    private readonly inbox: Inbox,
    private readonly notifier: Notifier,
    private readonly audience: ConsentAudience,
  ) {
    super(jobs, tasks, { queue: reminderQueue, everySeconds: 30 });
  }

  protected async unfinished(): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      'SELECT id FROM consent.reminders WHERE finished_at IS NULL ORDER BY id LIMIT 100',
    );
    return rows.map(({ id }) => id);
  }

  protected async read(id: string): Promise<Reminder | null> {
    const reminder = await this.reminderRepository.findOneBy({ id });
    return reminder?.finishedAt === null ? reminder : null;
  }

  protected isEnumerating({ enumeratedAt }: Reminder): boolean {
    return enumeratedAt === null;
  }

  protected look({ purpose, state, lastSubjectId }: Reminder): Promise<Page> {
    return this.audience.after(lastSubjectId, subjectsPerBatch, { purpose, state });
  }

  protected async keep(reminder: Reminder, { matching, next }: Page): Promise<void> {
    const { id, title, summary } = reminder;
    const told = await this.keepRecipients(id, matching);
    await this.inbox.tellMany(told, { kind: 'consentAgain', title, summary, link: '/policies' });
    reminder.matched += told.length;
    reminder.lastSubjectId = next;
    if (next === null) reminder.enumeratedAt = this.clock.now();
  }

  protected async claim({ id }: Reminder): Promise<Claimed<Claim>> {
    const now = this.clock.now();
    const claims = await this.db.query<Claim>(
      `UPDATE consent.reminder_recipients AS told SET tries = told.tries + 1, next_try_at = $4
       FROM (SELECT subject_id FROM consent.reminder_recipients
             WHERE reminder_id = $1 AND message = 'waiting' AND next_try_at <= $2 ORDER BY next_try_at, subject_id LIMIT $3) AS due
       WHERE told.reminder_id = $1 AND told.subject_id = due.subject_id RETURNING told.subject_id AS "subjectId", told.tries`,
      [id, now, messagesPerBatch, claimedUntil(now)],
    );
    return { claims, hasMore: claims.length > 0 };
  }

  protected send(claims: readonly Claim[], reminder: Reminder): Promise<Outcome[]> {
    return Promise.all(claims.map((claim) => this.remind(claim, reminder)));
  }

  protected async settle(reminder: Reminder, outcomes: readonly Outcome[]): Promise<void> {
    for (const { subjectId, tries, message, nextTryAt } of outcomes) {
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
  protected async change<T>(id: string, work: (reminder: Reminder) => Promise<T>): Promise<T> {
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

  private async remind({ subjectId, tries }: Claim, { title, summary }: Reminder): Promise<Outcome> {
    const link = `${this.config.publicUrl}/policies`;
    const result = await this.handOver(
      () =>
        this.notifier.sendToBest('transactional', subjectId, (locale) =>
          reminderText({ title, summary, link }, locale),
        ),
      tries,
    );
    const { state, nextTryAt } = afterFailure(tries, this.clock.now());
    if (result === 'handedOver') return { subjectId, tries, nextTryAt, message: 'sent' };
    if (result !== 'failed') return { subjectId, tries, nextTryAt, message: 'unreachable' };
    return { subjectId, tries, nextTryAt, message: state === 'failed' ? 'failed' : 'waiting' };
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
