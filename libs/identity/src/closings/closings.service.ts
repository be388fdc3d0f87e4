import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { SubjectSessions } from '../sessions/subject-sessions.service.js';
import { Verifications } from '../verifications/verifications.service.js';

/** That an account is over: nobody signs in to it, nothing is collected or used for it, and what it holds goes as whoever erases it gets to it. There is no way back. */
@Injectable()
export class Closings {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly verifications: Verifications,
    private readonly sessions: SubjectSessions,
  ) {}

  /** Ends every session, those of the devices that are theirs, and codes on their way; closed already, or nobody's, nothing happens. Joins the open transaction. */
  async close(subjectId: string, details: Readonly<Record<string, string>>): Promise<void> {
    const changed = await this.db.execute(
      "UPDATE identity.subjects SET status = 'closed', state_changed_at = $2, version = version + 1 WHERE subject_id = $1 AND status <> 'closed'",
      [subjectId, this.clock.now()],
    );
    if (changed === 0) return;
    await this.sessions.endAllAround(subjectId);
    await this.verifications.endAllOf(subjectId);
    await this.audit.record({
      act: 'subject.closed',
      object: { type: 'subject', id: subjectId },
      subjectId,
      details: { ...details },
    });
  }
}
