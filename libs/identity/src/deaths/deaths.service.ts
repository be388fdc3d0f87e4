import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock, DomainError } from '@abide/kernel';
import { Database } from '@abide/platform';
import { SubjectSessions } from '../sessions/subject-sessions.service.js';
import { Verifications } from '../verifications/verifications.service.js';

/** That somebody died, as two operators noted: nothing is done by or with their account any more, until it is closed or the note turns out to be wrong. */
@Injectable()
export class Deaths {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly verifications: Verifications,
    private readonly sessions: SubjectSessions,
  ) {}

  /** Ends every session, those of the devices that are theirs, and codes on their way; noted already, it stays as it is. Joins the open transaction. @throws DomainError `subject.not_a_person` */
  async note(subjectId: string, evidence: Readonly<Record<string, string>>): Promise<void> {
    const changed = await this.turn(subjectId, { from: 'active', to: 'deceased' });
    if (!changed && !(await this.notedAt(subjectId)))
      throw new DomainError('conflict', 'subject.not_a_person', {
        detail: 'Only of a person with an account can it be noted that they died. Nothing was changed.',
      });
    if (!changed) return;
    await this.sessions.endAllAround(subjectId);
    await this.verifications.endAllOf(subjectId);
    await this.record('subject.deathNoted', subjectId, { details: evidence });
  }

  /** The note was wrong: they can sign in again. Joins the open transaction. @throws DomainError `subject.not_found` where nothing is noted */
  async withdraw(subjectId: string, reason: string): Promise<void> {
    if (!(await this.turn(subjectId, { from: 'deceased', to: 'active' })))
      throw new DomainError('notFound', 'subject.not_found', { detail: 'No death is noted of this account.' });
    await this.record('subject.deathWithdrawn', subjectId, { reason });
  }

  /** Null where nothing is noted. */
  async notedAt(subjectId: string): Promise<Date | null> {
    const [row] = await this.db.query<{ at: Date }>(
      "SELECT state_changed_at AS at FROM identity.subjects WHERE subject_id = $1 AND kind = 'person' AND status = 'deceased'",
      [subjectId],
    );
    return row?.at ?? null;
  }

  private async turn(
    subjectId: string,
    { from, to }: Readonly<Record<'from' | 'to', 'active' | 'deceased'>>,
  ): Promise<boolean> {
    const changed = await this.db.execute(
      "UPDATE identity.subjects SET status = $3, state_changed_at = $4, version = version + 1 WHERE subject_id = $1 AND kind = 'person' AND status = $2",
      [subjectId, from, to, this.clock.now()],
    );
    return changed > 0;
  }

  private async record(act: string, subjectId: string, more: object): Promise<void> {
    await this.audit.record({ act, object: { type: 'subject', id: subjectId }, subjectId, ...more });
  }
}
