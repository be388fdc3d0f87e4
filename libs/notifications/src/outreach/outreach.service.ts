import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError } from '@abide/kernel';
import { Database, Delivery, Jobs, type Channel } from '@abide/platform';
import { MoreThan, Repository } from 'typeorm';
import { startAudienceRun } from '../audience-run/audience-run.js';
import { areSameWords, sentLatelyMinutes } from '../same-words.rules.js';
import type { OutreachKind } from '../send-checks.service.js';
import { OutreachChanges, outreachQueue } from './outreach-changes.service.js';
import { OutreachMessages } from './outreach-messages.service.js';
import { OutreachRun, type OutreachTerms } from './outreach.entity.js';

/** Survey invitations and offers: started and cancelled by operators, dropped where a subject withdraws. */
@Injectable()
export class Outreach {
  constructor(
    @InjectRepository(OutreachRun) private readonly outreachRunRepository: Repository<OutreachRun>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly delivery: Delivery,
    private readonly changes: OutreachChanges,
    private readonly messages: OutreachMessages,
  ) {}

  /**
   * Puts it on record and leaves the audience to a job. One is started at a time, so that two alike see each other.
   * @throws DomainError `outreach.channel_not_configured`, `outreach.sent_lately`
   */
  async start(terms: OutreachTerms, operatorId: string): Promise<OutreachRun> {
    this.requireConfigured(terms.channel);
    return this.db.transaction(async () => {
      await this.db.query("SELECT pg_advisory_xact_lock(hashtext('notifications.outreaches'))");
      if (!terms.again) await this.requireNotSentLately(terms);
      const run = OutreachRun.start(terms, operatorId, this.clock.now());
      await this.record('outreach.started', run);
      await this.outreachRunRepository.insert(run);
      await startAudienceRun(this.jobs, outreachQueue, run.id);
      return run;
    });
  }

  /**
   * Nothing more is claimed for sending from commit on; what a channel is taking at that moment still goes, and counts as sent.
   * @throws DomainError `outreach.not_found`, `outreach.already_finished`
   */
  async cancel(outreachId: string): Promise<OutreachRun> {
    return this.changes.change(outreachId, async (run) => {
      if (run.state !== 'running') throw alreadyFinished();
      run.cancel(this.clock.now());
      await this.record('outreach.cancelled', run);
      await startAudienceRun(this.jobs, outreachQueue, outreachId);
      return run;
    });
  }

  /**
   * Drops every message of the kind that waits for the subject, in the open transaction if there is one: for whoever records
   * a withdrawal. Answers how many were dropped.
   */
  async drop(subjectId: string, kind: OutreachKind): Promise<number> {
    return this.db.transaction(async () => {
      let dropped = 0;
      for (const id of await this.waitingFor(subjectId, kind))
        dropped += await this.changes.change(id, (run) => this.messages.dropOf(run, subjectId));
      return dropped;
    });
  }

  /** In one order for everybody, so that two who lock several outreaches do not wait for each other. */
  private async waitingFor(subjectId: string, kind: OutreachKind): Promise<string[]> {
    const waiting = await this.db.query<{ id: string }>(
      `SELECT run.id FROM notifications.outreach_messages m JOIN notifications.outreaches run ON run.id = m.outreach_id
       WHERE m.subject_id = $1 AND m.state = 'queued' AND run.kind = $2 ORDER BY run.id`,
      [subjectId, kind],
    );
    return waiting.map(({ id }) => id);
  }

  /** Another link, or one that was cancelled, is the same to whoever got the message. */
  private async requireNotSentLately({ kind, channel, title, text }: OutreachTerms): Promise<void> {
    const since = new Date(this.clock.now().getTime() - sentLatelyMinutes * 60_000);
    const lately = await this.outreachRunRepository.find({
      where: { kind, channel, createdAt: MoreThan(since) },
      order: { createdAt: 'DESC' },
    });
    const earlier = lately.find((run) => areSameWords([run.title, run.text], [title, text]));
    if (!earlier) return;
    throw new DomainError('conflict', 'outreach.sent_lately', {
      detail:
        'The same was sent to the same people within the hour. Nothing was sent; say `again` to send it once more.',
      extra: { earlierId: earlier.id, sentAt: earlier.createdAt.toISOString(), sentBy: earlier.createdBy },
    });
  }

  private requireConfigured(channel: Channel): void {
    if (this.delivery.isConfigured(channel)) return;
    throw new DomainError('conflict', 'outreach.channel_not_configured', {
      detail: 'The channel is not configured. Nothing was sent.',
      extra: { channel },
    });
  }

  private async record(act: string, { id, kind, channel, audience, sent }: OutreachRun): Promise<void> {
    await this.audit.record({ act, object: { type: 'outreach', id }, details: { kind, channel, audience, sent } });
  }
}

function alreadyFinished(): DomainError {
  return new DomainError('conflict', 'outreach.already_finished', {
    detail: 'The outreach is over already. Nothing was changed.',
  });
}
