import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Subjects, TimelineFragments, type TimelineEntry, type TimelineRange } from '@abide/identity';
import { Database } from '@abide/platform';

interface Row {
  readonly id: string;
  readonly act: 'noticed' | 'opened';
  readonly at: Date;
  readonly notice: string;
  readonly policy: string | null;
  readonly revision: number | null;
}

/** Of a person there are few: every policy change since they registered, and what they alone were told. */
const entries = `
  WITH told AS (
    SELECT n.id, c.kind AS notice, c.policy_slug AS policy, c.revision_number AS revision, n.published_at, r.read_at
    FROM notifications.notices n JOIN notifications.campaigns c ON c.id = n.campaign_id
    LEFT JOIN notifications.notice_reads r ON r.subject_id = $1 AND r.notice_id = n.id
    WHERE (n.shown_until IS NULL OR n.shown_until > $2) AND (n.withdrawn_at IS NULL OR n.withdrawn_at > $2)
      AND (n.audience = 'everyone' OR $6)
    UNION ALL
    SELECT id, kind, NULL, NULL, published_at, read_at FROM notifications.inbox_notices WHERE subject_id = $1
  ), entries AS (
    SELECT ('noticed/' || id) COLLATE "C" AS id, 'noticed' AS act, published_at AS at, notice, policy, revision FROM told
    UNION ALL
    SELECT ('opened/' || id) COLLATE "C", 'opened', read_at, notice, policy, revision FROM told WHERE read_at IS NOT NULL
  )
  SELECT * FROM entries WHERE $3::timestamptz IS NULL OR (at, id) < ($3, $4)
  ORDER BY at DESC, id DESC LIMIT $5`;

/** What happened with a notice to the subject alone, which tells of no revision. */
const personalKind = { noticed: 'personalNoticed', opened: 'personalOpened' } as const;

/** The notices that a subject was given and opened, in their timeline. */
@Injectable()
export class NoticesFragment implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly subjects: Subjects,
    private readonly timeline: TimelineFragments,
  ) {}

  onModuleInit(): void {
    this.timeline.register({
      name: 'notices',
      permission: 'subject.read',
      load: (subjectId, range) => this.load(subjectId, range),
    });
  }

  private async load(subjectId: string, { before, limit }: TimelineRange): Promise<readonly TimelineEntry[]> {
    const subject = await this.subjects.find(subjectId);
    if (!subject) return [];
    const rows = await this.db.query<Row>(entries, [
      subjectId,
      subject.registeredAt,
      before?.at ?? null,
      before?.id ?? null,
      limit,
      await this.subjects.isOf(subjectId, 'children'),
    ]);
    return rows.map(entryOf);
  }
}

function entryOf({ id, act, at, notice, policy, revision }: Row): TimelineEntry {
  if (policy === null || revision === null) return { id, kind: personalKind[act], at, facts: { notice } };
  return { id, kind: act, at, facts: { policy, revision } };
}
