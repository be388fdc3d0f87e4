import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';

/** Whose session. */
export interface SessionOf {
  readonly subjectId: string;
  readonly sessionId: string;
}

/** From when to when a session lasts, as it stands: it may be ended before, or be used further. */
export interface SessionSpan {
  readonly id: string;
  readonly beganAt: Date;
  readonly endsAt: Date;
}

/** Joins the open transaction, in which these sessions of the subject end. */
type Ending = (subjectId: string, sessionIds: readonly string[]) => Promise<void>;

/** How long sessions last, and what ends with them in the very transaction: modules above register it. That a session runs out by itself is no act, and nobody is told of it. */
@Injectable()
export class SessionSpans {
  private readonly endings: Ending[] = [];

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Call it while modules initialise. */
  register(ending: Ending): void {
    this.endings.push(ending);
  }

  /** Which of these are live sessions that somebody signed in to, by their ids; they stay so until the open transaction ends. A device's registration is none. */
  async hold(asked: readonly SessionOf[]): Promise<ReadonlyMap<string, SessionSpan>> {
    const rows = await this.db.query<SessionSpan>(
      `SELECT session.id, session.created_at AS "beganAt", session.expires_at AS "endsAt"
       FROM unnest($1::uuid[], $2::uuid[]) AS asked (subject_id, id) JOIN identity.subject_sessions session ON session.subject_id = asked.subject_id AND session.id = asked.id
       WHERE session.ended_at IS NULL AND session.expires_at > $3 AND session.method <> 'device' ORDER BY session.subject_id, session.id FOR SHARE OF session`,
      [asked.map(({ subjectId }) => subjectId), asked.map(({ sessionId }) => sessionId), this.clock.now()],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** For whoever ends sessions. */
  async tellEnded(subjectId: string, sessionIds: readonly string[]): Promise<void> {
    for (const ending of this.endings) await ending(subjectId, sessionIds);
  }
}
