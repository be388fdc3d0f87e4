import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { Clock, DomainError, type Localized, type Page } from '@abide/kernel';
import { Database, readCursor, toPage, type Channel, type PageQuery } from '@abide/platform';
import type { DeliveryState, Materiality } from './notice.entity.js';
import type { PersonalNoticeKind } from './personal-notice.entity.js';

interface NoticeWords {
  readonly id: string;
  readonly title: Localized;
  readonly summary: Localized;
  readonly publishedAt: Date;
}

/** A notice that stands on the public pages: of which revision, and where its changes are told. */
export interface WebsiteNotice {
  readonly id: string;
  readonly title: Localized;
  readonly link: string;
  readonly policySlug: string;
  readonly revisionNumber: number;
  readonly effectiveAt: Date;
  /** Null while it is still to come. */
  readonly inEffectAt: Date | null;
}

/** A notice of a policy change as its readers see it, with the revision it tells of. */
export interface NoticeView extends NoticeWords {
  readonly kind: 'policyChange';
  readonly link: string;
  readonly policySlug: string;
  readonly revisionNumber: number;
  readonly materiality: Materiality;
  readonly effectiveAt: Date;
}

/** A notice for one subject alone, which tells of no revision. */
interface PersonalNoticeView extends NoticeWords {
  readonly kind: PersonalNoticeKind;
  readonly link: string | null;
  readonly policySlug: null;
  readonly revisionNumber: null;
  readonly materiality: null;
  readonly effectiveAt: null;
}

export type AnyNoticeView = NoticeView | PersonalNoticeView;

/** A notice in a subject's inbox; `banner`: still shown and not read. */
export type InboxNotice = AnyNoticeView & {
  readonly readAt: Date | null;
  readonly banner: boolean;
};

/** A notice as a support agent sees it: whether this subject read it, and what was sent. */
export type SubjectNotice = AnyNoticeView & {
  readonly campaignId: string | null;
  readonly withdrawnAt: Date | null;
  readonly readAt: Date | null;
  readonly deliveries: readonly { readonly channel: Channel; readonly state: DeliveryState; readonly at: string }[];
};

const view = `n.id, c.kind, n.title, n.summary, n.link, c.policy_slug AS "policySlug", c.revision_number AS "revisionNumber",
  c.materiality, c.effective_at AS "effectiveAt", n.published_at AS "publishedAt"`;
const source = 'notifications.notices n JOIN notifications.campaigns c ON c.id = n.campaign_id';
const readBySubject = 'LEFT JOIN notifications.notice_reads r ON r.subject_id = $1 AND r.notice_id = n.id';
const newestFirst = 'ORDER BY n.published_at DESC, n.id DESC';

const personalView = `p.id, p.kind, p.title, p.summary, p.link, NULL::text AS "policySlug", NULL::integer AS "revisionNumber",
  NULL::text AS materiality, NULL::timestamptz AS "effectiveAt", p.published_at AS "publishedAt"`;
const personalNewestFirst = 'ORDER BY p.published_at DESC, p.id DESC';

/** The newest of both, each read in the order of its index and no further than the page. */
function merged(policyChanges: string, personal: string, limit: string): string {
  return `SELECT * FROM ((${policyChanges} ${newestFirst} LIMIT ${limit}) UNION ALL (${personal} ${personalNewestFirst} LIMIT ${limit})) AS notice
    ORDER BY "publishedAt" DESC, id DESC LIMIT ${limit}`;
}

const bannersAtOnce = 50;
/** Counting reads in one of several rows keeps a million readers from queueing for one. */
const readCountSlots = 16;

/**
 * The in-app notices: the public feed, a subject's inbox, and what was read. A policy change is one row for everybody; beside
 * it stand the notices for the subject alone.
 */
@Injectable()
export class Notices {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly subjects: Subjects,
  ) {}

  /** What the home page shows now to everybody, newest first. */
  banners(): Promise<NoticeView[]> {
    return this.db.query<NoticeView>(
      `SELECT ${view} FROM ${source} WHERE n.audience = 'everyone' AND n.withdrawn_at IS NULL AND (n.shown_until IS NULL OR n.shown_until > $1) ${newestFirst} LIMIT $2`,
      [this.clock.now(), bannersAtOnce],
    );
  }

  /** The changes that were promised to be told of on the website, for as long as their notices are shown, newest first. */
  onWebsite(): Promise<WebsiteNotice[]> {
    return this.db.query<WebsiteNotice>(
      `SELECT n.id, n.title, n.link, c.policy_slug AS "policySlug", c.revision_number AS "revisionNumber",
         c.effective_at AS "effectiveAt", c.in_effect_at AS "inEffectAt"
       FROM ${source}
       WHERE n.withdrawn_at IS NULL AND (n.shown_until IS NULL OR n.shown_until > $1)
         AND ('website' = ANY(c.channels) OR jsonb_path_exists(c.any_of, '$[*][*] ? (@ == "website")')) ${newestFirst} LIMIT $2`,
      [this.clock.now(), bannersAtOnce],
    );
  }

  /** The policy changes that were shown at some time since the subject registered, and what they alone were told. */
  async inbox(subjectId: string, query: PageQuery & { readonly unread?: boolean }): Promise<Page<InboxNotice>> {
    const subject = await this.requireSubject(subjectId);
    const after = readCursor(query.cursor);
    const policyChanges = `SELECT ${view}, r.read_at AS "readAt", (r.read_at IS NULL AND (n.shown_until IS NULL OR n.shown_until > $3)) AS banner
      FROM ${source} ${readBySubject}
      WHERE n.withdrawn_at IS NULL AND (n.shown_until IS NULL OR n.shown_until > $2) AND (NOT $4 OR r.read_at IS NULL)
        AND ($5::timestamptz IS NULL OR (n.published_at, n.id) < ($5, $6::uuid)) AND (n.audience = 'everyone' OR $8)`;
    const personal = `SELECT ${personalView}, p.read_at AS "readAt", p.read_at IS NULL AS banner FROM notifications.inbox_notices p
      WHERE p.subject_id = $1 AND (NOT $4 OR p.read_at IS NULL) AND ($5::timestamptz IS NULL OR (p.published_at, p.id) < ($5, $6::uuid))`;
    const rows = await this.db.query<InboxNotice>(merged(policyChanges, personal, '$7'), [
      subjectId,
      subject.registeredAt,
      this.clock.now(),
      query.unread ?? false,
      after?.at ?? null,
      after?.id ?? null,
      query.limit + 1,
      await this.subjects.isOf(subjectId, 'children'),
    ]);
    return toPage(rows, query.limit, positionOf, (row) => row);
  }

  /** Idempotent: the first reading counts. @throws DomainError `notice.not_found` */
  async markRead(subjectId: string, noticeId: string): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async () => {
      const inserted = await this.db.execute(
        `INSERT INTO notifications.notice_reads (subject_id, notice_id, read_at)
         SELECT $1, id, $3 FROM notifications.notices WHERE id = $2 ON CONFLICT DO NOTHING`,
        [subjectId, noticeId, now],
      );
      if (inserted === 1) return this.countRead(noticeId);
      const marked = await this.db.execute(
        'UPDATE notifications.inbox_notices SET read_at = $3 WHERE subject_id = $1 AND id = $2 AND read_at IS NULL',
        [subjectId, noticeId, now],
      );
      if (marked === 0) await this.requireNotice(subjectId, noticeId);
    });
  }

  /** Every notice that reached for the subject, withdrawn ones included, for the operator who answers a question. */
  async ofSubject(subjectId: string, query: PageQuery): Promise<Page<SubjectNotice>> {
    const subject = await this.requireSubject(subjectId);
    const after = readCursor(query.cursor);
    const policyChanges = `SELECT ${view}, n.campaign_id AS "campaignId", n.withdrawn_at AS "withdrawnAt", r.read_at AS "readAt", COALESCE(
        (SELECT jsonb_agg(jsonb_build_object('channel', d.channel, 'state', d.state, 'at', d.at) ORDER BY d.channel)
         FROM notifications.deliveries d WHERE d.subject_id = $1 AND d.campaign_id = n.campaign_id), '[]') AS deliveries
      FROM ${source} ${readBySubject}
      WHERE (n.shown_until IS NULL OR n.shown_until > $2) AND (n.withdrawn_at IS NULL OR n.withdrawn_at > $2)
        AND ($3::timestamptz IS NULL OR (n.published_at, n.id) < ($3, $4::uuid)) AND (n.audience = 'everyone' OR $6)`;
    const personal = `SELECT ${personalView}, NULL::uuid AS "campaignId", NULL::timestamptz AS "withdrawnAt", p.read_at AS "readAt", '[]'::jsonb AS deliveries
      FROM notifications.inbox_notices p
      WHERE p.subject_id = $1 AND ($3::timestamptz IS NULL OR (p.published_at, p.id) < ($3, $4::uuid))`;
    const rows = await this.db.query<SubjectNotice>(merged(policyChanges, personal, '$5'), [
      subjectId,
      subject.registeredAt,
      after?.at ?? null,
      after?.id ?? null,
      query.limit + 1,
      await this.subjects.isOf(subjectId, 'children'),
    ]);
    return toPage(rows, query.limit, positionOf, (row) => row);
  }

  private async countRead(noticeId: string): Promise<void> {
    await this.db.execute(
      `INSERT INTO notifications.notice_read_counts AS counts (notice_id, slot, reads) VALUES ($1, $2, 1)
       ON CONFLICT (notice_id, slot) DO UPDATE SET reads = counts.reads + 1`,
      [noticeId, randomInt(readCountSlots)],
    );
  }

  private async requireNotice(subjectId: string, noticeId: string): Promise<void> {
    const found = await this.db.query(
      'SELECT 1 FROM notifications.notices WHERE id = $2 UNION ALL SELECT 1 FROM notifications.inbox_notices WHERE subject_id = $1 AND id = $2',
      [subjectId, noticeId],
    );
    if (found.length === 0)
      throw new DomainError('notFound', 'notice.not_found', { detail: 'There is no such notice.' });
  }

  private async requireSubject(subjectId: string): Promise<{ readonly registeredAt: Date }> {
    const subject = await this.subjects.find(subjectId);
    if (!subject) throw new DomainError('notFound', 'subject.not_found', { detail: 'There is no such subject.' });
    return subject;
  }
}

function positionOf({ publishedAt, id }: AnyNoticeView): { at: Date; id: string } {
  return { at: publishedAt, id };
}
