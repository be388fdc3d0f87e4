import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, type Page } from '@abide/kernel';
import { areSameWords, sentLatelyMinutes, startAudienceRun } from '@abide/notifications';
import { Database, Jobs, readCursor, toPage, type PageQuery } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { choicesOf } from '@abide/rulebook';
import { MoreThan, Repository } from 'typeorm';
import { refusal } from '../consent.errors.js';
import { ConsentAudience, type Lapse } from './consent-audience.js';
import { Reminder, type ReminderTerms } from './reminder.entity.js';

export const reminderQueue = 'consent.reminder';

const countedPerRead = 1000;

/** Reminders to those whose consent has lapsed: counted first, then started by an operator and brought to them by a job. */
@Injectable()
export class Reminders {
  constructor(
    @InjectRepository(Reminder) private readonly reminderRepository: Repository<Reminder>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly rulebooks: EffectiveRulebook,
    private readonly audience: ConsentAudience,
  ) {}

  /** How many subjects a reminder would reach now. @throws DomainError `consent.unknown_purpose`, `consent.no_clause` */
  async preview(lapse: Lapse): Promise<number> {
    await this.requireOffered(lapse.purpose);
    let matched = 0;
    let cursor: string | null = null;
    do {
      const { matching, next } = await this.audience.after(cursor, countedPerRead, lapse);
      matched += matching.length;
      cursor = next;
    } while (cursor !== null);
    return matched;
  }

  /**
   * Puts it on record and leaves the audience to a job. One is started at a time, so that two alike see each other.
   * @throws DomainError `consent.unknown_purpose`, `consent.no_clause`, `consent.reminded_lately`
   */
  async start(terms: ReminderTerms, operatorId: string): Promise<Reminder> {
    await this.requireOffered(terms.purpose);
    return this.db.transaction(async () => {
      await this.db.query("SELECT pg_advisory_xact_lock(hashtext('consent.reminders'))");
      if (!terms.again) await this.requireNotRemindedLately(terms);
      const reminder = Reminder.start(terms, operatorId, this.clock.now());
      const { id, purpose, state } = reminder;
      await this.audit.record({
        act: 'consent.remind',
        object: { type: 'consentReminder', id },
        details: { purpose, state },
      });
      await this.reminderRepository.insert(reminder);
      await startAudienceRun(this.jobs, reminderQueue, id);
      return reminder;
    });
  }

  /** @throws DomainError `consent.reminder_not_found` */
  async get(id: string): Promise<Reminder> {
    const reminder = await this.reminderRepository.findOneBy({ id });
    if (!reminder) throw refusal('consent.reminder_not_found', { detail: 'There is no such reminder.' });
    return reminder;
  }

  /** Newest first. @throws DomainError `request.bad_cursor` */
  async page({ limit, cursor }: PageQuery): Promise<Page<Reminder>> {
    const after = readCursor(cursor);
    const rows = await this.reminderRepository
      .createQueryBuilder('reminder')
      .where('CAST(:at AS timestamptz) IS NULL OR (reminder.created_at, reminder.id) < (:at, CAST(:id AS uuid))', {
        at: after?.at ?? null,
        id: after?.id ?? null,
      })
      .orderBy({ 'reminder.createdAt': 'DESC', 'reminder.id': 'DESC' })
      .limit(limit + 1)
      .getMany();
    return toPage(
      rows,
      limit,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      (row) => row,
    );
  }

  private async requireNotRemindedLately({ purpose, state, title, summary }: ReminderTerms): Promise<void> {
    const since = new Date(this.clock.now().getTime() - sentLatelyMinutes * 60_000);
    const lately = await this.reminderRepository.find({
      where: { purpose, state, createdAt: MoreThan(since) },
      order: { createdAt: 'DESC' },
    });
    const earlier = lately.find((reminder) => areSameWords([reminder.title, reminder.summary], [title, summary]));
    if (!earlier) return;
    throw refusal('consent.reminded_lately', {
      detail:
        'The same was sent to the same people within the hour. Nobody was told; say `again` to send it once more.',
      extra: { earlierId: earlier.id, sentAt: earlier.createdAt.toISOString(), sentBy: earlier.createdBy },
    });
  }

  private async requireOffered(purpose: string): Promise<void> {
    const { rulebook, registry } = await this.rulebooks.current();
    if (!registry.catalogue.purposes.some(({ code }) => code === purpose))
      throw refusal('consent.unknown_purpose', { detail: 'No such purpose is registered. Nobody was told.' });
    if (!choicesOf(rulebook).has(purpose))
      throw refusal('consent.no_clause', {
        detail: 'No clause in force asks for this consent, so there is nothing to remind of. Nobody was told.',
      });
  }
}
