import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { NoticeText } from './notice.entity.js';
import type { PersonalNoticeKind } from './personal-notice.entity.js';

/** What a personal notice says; its words name nobody. */
export interface PersonalNoticeText extends Omit<NoticeText, 'link'> {
  /** An absolute address, or a path below the public address; null where there is nothing more to read. */
  readonly link: string | null;
  readonly kind: PersonalNoticeKind;
}

/** Puts a notice of their own into subjects' inboxes, in the open transaction if there is one. */
@Injectable()
export class Inbox {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async tell(subjectId: string, notice: PersonalNoticeText): Promise<void> {
    await this.tellMany([subjectId], notice);
  }

  /** Tells each of them once, in one statement. */
  async tellMany(subjectIds: readonly string[], { kind, title, summary, link }: PersonalNoticeText): Promise<void> {
    const subjects = [...new Set(subjectIds)];
    if (subjects.length === 0) return;
    await this.db.execute(
      `INSERT INTO notifications.inbox_notices (subject_id, id, kind, title, summary, link, published_at)
       SELECT told.subject_id, told.id, $3, $4, $5, $6, $7 FROM unnest($1::uuid[], $2::uuid[]) AS told (subject_id, id)`,
      [
        subjects,
        subjects.map(() => newId()),
        kind,
        JSON.stringify(title),
        JSON.stringify(summary),
        link,
        this.clock.now(),
      ],
    );
  }
}
