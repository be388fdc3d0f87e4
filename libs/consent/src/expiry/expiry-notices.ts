import { Injectable, Logger } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import { Inbox, Notifier } from '@abide/notifications';
import { Config, Database } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { isWithdrawn } from '../states/consent-state.sql.js';
import { reminderText } from '../reminders/reminder-text.rules.js';
import { expiryNotice, type ExpiryNotice } from './expiry-notice.rules.js';

const daysBefore = 14;
const consentsPerBatch = 200;
const batchesPerRun = 50;

interface Ending {
  readonly subjectId: string;
  readonly purpose: string;
  readonly expiresAt: Date;
}

interface Told {
  readonly subjectId: string;
  readonly notice: ExpiryNotice;
}

/** Whoever has grants that end within `$2` and was not told: the earliest first, of everybody all that end by then. */
const claim = `
  WITH due AS (
    SELECT subject_id, scope FROM consent.states ending
    WHERE expires_at > $1 AND expires_at <= $2 AND expired_at IS NULL AND expiry_told_at IS NULL AND NOT ${isWithdrawn('ending')}
    ORDER BY expires_at LIMIT ${consentsPerBatch} FOR UPDATE SKIP LOCKED
  )
  UPDATE consent.states AS held SET expiry_told_at = $1 FROM due WHERE held.subject_id = due.subject_id AND held.scope = due.scope
  RETURNING held.subject_id AS "subjectId", held.purpose, held.expires_at AS "expiresAt"`;

/**
 * Tells subjects that consents are about to end, each consent once: a notice in the inbox with the mark in one transaction,
 * and a message after it, which a kill may lose and never repeats.
 */
@Injectable()
export class ExpiryNotices {
  private readonly logger = new Logger('ExpiryNotices');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly subjects: Subjects,
    private readonly rulebooks: EffectiveRulebook,
    private readonly inbox: Inbox,
    private readonly notifier: Notifier,
  ) {}

  /** Tells everybody who is due, a bounded number at a time. */
  async tellDue(): Promise<void> {
    for (let batch = 0; batch < batchesPerRun; batch += 1) {
      const { told, isLast } = await this.db.transaction(() => this.tellSome());
      for (const one of told) await this.send(one);
      if (isLast) return;
    }
  }

  private async tellSome(): Promise<{ told: readonly Told[]; isLast: boolean }> {
    const now = this.clock.now();
    const endings = await this.db.query<Ending>(claim, [now, new Date(now.getTime() + daysBefore * dayInMilliseconds)]);
    const { registry } = await this.rulebooks.current();
    const names = new Map(registry.catalogue.purposes.map(({ code, label }) => [code, label]));
    const facts = await this.subjects.decisionFacts(endings.map(({ subjectId }) => subjectId));
    const active = endings.filter(({ subjectId }) => facts.get(subjectId)?.status === 'active');
    const told = [...Map.groupBy(active, ({ subjectId }) => subjectId)].map(([subjectId, own]) => {
      const purposes = [...new Set(own.map(({ purpose }) => purpose))].map(
        (purpose) => names.get(purpose) ?? { 'zh-CN': purpose, en: purpose },
      );
      const first = new Date(Math.min(...own.map(({ expiresAt }) => expiresAt.getTime())));
      return { subjectId, notice: expiryNotice(purposes, first, registry.profile.utcOffsetHours) };
    });
    for (const { subjectId, notice } of told)
      await this.inbox.tell(subjectId, { kind: 'consentExpiring', ...notice, link: '/policies' });
    return { told, isLast: endings.length < consentsPerBatch };
  }

  private async send({ subjectId, notice }: Told): Promise<void> {
    try {
      await this.notifier.sendToBest('transactional', subjectId, (locale) =>
        reminderText({ ...notice, link: `${this.config.publicUrl}/policies` }, locale),
      );
    } catch (error) {
      this.logger.warn(
        `A message that a consent ends could not be handed over; the notice is in the inbox: ${error instanceof Error ? error.name : 'unknown'}`,
      );
    }
  }
}
