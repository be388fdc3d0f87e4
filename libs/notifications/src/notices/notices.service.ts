import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { Clock, DomainError, type Localized, type Page } from '@abide/kernel';
import { Database, readCursor, toPage, type Channel, type PageQuery } from '@abide/platform';
import type { DeliveryState, Materiality } from '../campaigns/campaign.entity.js';

/** A notice as its readers see it, with the revision it tells of. */
export interface NoticeView {
  readonly id: string;
  readonly kind: 'policyChange';
  readonly title: Localized;
  readonly summary: Localized;
  readonly link: string;
  readonly policySlug: string;
  readonly revisionNumber: number;
  readonly materiality: Materiality;
  readonly effectiveAt: Date;
  readonly publishedAt: Date;
}

/** A notice in a subject's inbox; `banner`: still shown and not read. */
export interface InboxNotice extends NoticeView {
  readonly readAt: Date | null;
  readonly banner: boolean;
}

/** A notice as a support agent sees it: whether this subject read it, and what was sent. */
export interface SubjectNotice extends NoticeView {
  readonly campaignId: string;
  readonly withdrawnAt: Date | null;
  readonly readAt: Date | null;
  readonly deliveries: readonly { readonly channel: Channel; readonly state: DeliveryState; readonly at: string }[];
}

const view = `n.id, c.kind, n.title, n.summary, n.link, c.policy_slug AS "policySlug", c.revision_number AS "revisionNumber",
  c.materiality, c.effective_at AS "effectiveAt", n.published_at AS "publishedAt"`;
const source = 'notifications.notices n JOIN notifications.campaigns c ON c.id = n.campaign_id';
const readBySubject = 'LEFT JOIN notifications.notice_reads r ON r.subject_id = $1 AND r.notice_id = n.id';
const newestFirst = 'ORDER BY n.published_at DESC, n.id DESC';

const bannersAtOnce = 50;
/** Counting reads in one of several rows keeps a million readers from queueing for one. */
const readCountSlots = 16;

/** The in-app notices: the public feed, a subject's inbox, and what was read. A notice is one row for everybody. */
@Injectable()
export class Notices {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly subjects: Subjects,
  ) {}

  /** What the home page shows now, newest first. */
  banners(): Promise<NoticeView[]> {
    return this.db.query<NoticeView>(
      `SELECT ${view} FROM ${source} WHERE n.withdrawn_at IS NULL AND (n.shown_until IS NULL OR n.shown_until > $1) ${newestFirst} LIMIT $2`,
      [this.clock.now(), bannersAtOnce],
    );
  }

  /** The notices that were shown at some time since the subject registered. */
  async inbox(subjectId: string, query: PageQuery & { readonly unread?: boolean }): Promise<Page<InboxNotice>> {
    const subject = await this.requireSubject(subjectId);
    const after = readCursor(query.cursor);
    const rows = await this.db.query<InboxNotice>(
      `SELECT ${view}, r.read_at AS "readAt", (r.read_at IS NULL AND (n.shown_until IS NULL OR n.shown_until > $3)) AS banner
       FROM ${source} ${readBySubject}
       WHERE n.withdrawn_at IS NULL AND (n.shown_until IS NULL OR n.shown_until > $2) AND (NOT $4 OR r.read_at IS NULL)
         AND ($5::timestamptz IS NULL OR (n.published_at, n.id) < ($5, $6::uuid)) ${newestFirst} LIMIT $7`,
      [subjectId, subject.registeredAt, this.clock.now(), query.unread ?? false, after?.at ?? null, after?.id ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, positionOf, (row) => row);
  }

  /** Idempotent: the first reading counts. @throws DomainError `notice.not_found` */
  async markRead(subjectId: string, noticeId: string): Promise<void> {
    await this.db.transaction(async () => {
      const inserted = await this.db.execute(
        `INSERT INTO notifications.notice_reads (subject_id, notice_id, read_at)
         SELECT $1, id, $3 FROM notifications.notices WHERE id = $2 ON CONFLICT DO NOTHING`,
        [subjectId, noticeId, this.clock.now()],
      );
      if (inserted === 1) await this.countRead(noticeId);
      else await this.requireNotice(noticeId);
    });
  }

  /** Every notice that reached for the subject, withdrawn ones included, for the operator who answers a question. */
  async ofSubject(subjectId: string, query: PageQuery): Promise<Page<SubjectNotice>> {
    const subject = await this.requireSubject(subjectId);
    const after = readCursor(query.cursor);
    const rows = await this.db.query<SubjectNotice>(
      `SELECT ${view}, n.campaign_id AS "campaignId", n.withdrawn_at AS "withdrawnAt", r.read_at AS "readAt", COALESCE(
         (SELECT jsonb_agg(jsonb_build_object('channel', d.channel, 'state', d.state, 'at', d.at) ORDER BY d.channel)
          FROM notifications.deliveries d WHERE d.subject_id = $1 AND d.campaign_id = n.campaign_id), '[]') AS deliveries
       FROM ${source} ${readBySubject}
       WHERE (n.shown_until IS NULL OR n.shown_until > $2) AND (n.withdrawn_at IS NULL OR n.withdrawn_at > $2)
         AND ($3::timestamptz IS NULL OR (n.published_at, n.id) < ($3, $4::uuid)) ${newestFirst} LIMIT $5`,
      [subjectId, subject.registeredAt, after?.at ?? null, after?.id ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, positionOf, (row) => row);
  }

  private async countRead(noticeId: string): Promise<void> {
    await this.db.execute(
      `INSERT INTO notifications.notice_read_counts AS counts (notice_id, slot, reads) VALUES ($1, $2, 1)
       ON CONFLICT (notice_id, slot) DO UPDATE SET reads = counts.reads + 1`,
      [noticeId, randomInt(readCountSlots)],
    );
  }

  private async requireNotice(noticeId: string): Promise<void> {
    const found = await this.db.query('SELECT 1 FROM notifications.notices WHERE id = $1', [noticeId]);
    if (found.length === 0) throw new DomainError('notFound', 'notice.not_found', { detail: 'There is no such notice.' });
  }

  private async requireSubject(subjectId: string): Promise<{ readonly registeredAt: Date }> {
    const subject = await this.subjects.find(subjectId);
    if (!subject) throw new DomainError('notFound', 'subject.not_found', { detail: 'There is no such subject.' });
    return subject;
  }
}

function positionOf({ publishedAt, id }: NoticeView): { at: Date; id: string } {
  return { at: publishedAt, id };
}
