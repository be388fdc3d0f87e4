import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { claimedUntil } from '../audience-run/audience-run.js';
import { afterFailure } from '../audience-run/hand-over.rules.js';
import type { OutreachMessage, OutreachMessageState, OutreachRun } from './outreach.entity.js';

export type OutreachClaim = Pick<OutreachMessage, 'subjectId' | 'tries'>;

/** How one claimed message ended. `dropped`: it may not be sent any more; `unreachable`: there is no working address after all. */
export interface OutreachOutcome extends OutreachClaim {
  readonly result: 'sent' | 'notHandedOver' | 'dropped' | 'unreachable';
}

type Row = OutreachClaim & Pick<OutreachMessage, 'state'>;
type Settled = Pick<OutreachMessage, 'subjectId' | 'state' | 'nextTryAt'>;

/** The messages of outreaches: rows, and in step with them the figures. Callers hold the outreach's lock. */
@Injectable()
export class OutreachMessages {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async queue({ id }: OutreachRun, subjectIds: readonly string[]): Promise<void> {
    await this.db.execute(
      `INSERT INTO notifications.outreach_messages (subject_id, outreach_id, state, tries, next_try_at, at)
       SELECT subject_id, $1, 'queued', 0, $3, $3 FROM unnest($2::uuid[]) AS m (subject_id)`,
      [id, subjectIds, this.clock.now()],
    );
  }

  /** Takes messages whose time has come, longest due first: one more try of each, and nobody else's until the claim runs out. */
  async claim({ id }: OutreachRun, limit: number): Promise<OutreachClaim[]> {
    const now = this.clock.now();
    return this.db.query<OutreachClaim>(
      `UPDATE notifications.outreach_messages AS m SET tries = m.tries + 1, next_try_at = $4
       FROM (SELECT subject_id FROM notifications.outreach_messages
             WHERE outreach_id = $1 AND state = 'queued' AND next_try_at <= $2 ORDER BY next_try_at, subject_id LIMIT $3) AS due
       WHERE m.outreach_id = $1 AND m.subject_id = due.subject_id RETURNING m.subject_id AS "subjectId", m.tries`,
      [id, now, limit, claimedUntil(now)],
    );
  }

  /**
   * Books what became of claimed messages. A hand-over counts whatever happened to the row meanwhile; anything else only
   * while nobody has dropped or claimed it since.
   */
  async settle(run: OutreachRun, outcomes: readonly OutreachOutcome[]): Promise<void> {
    const now = this.clock.now();
    const rows = new Map((await this.ofSubjects(run, outcomes)).map((row) => [row.subjectId, row]));
    const settled: Settled[] = [];
    for (const { subjectId, tries, result } of outcomes) {
      const row = rows.get(subjectId);
      if (!row || row.state === 'sent' || (result !== 'sent' && (row.state !== 'queued' || row.tries !== tries)))
        continue;
      if (result === 'unreachable') await this.lose(run, subjectId);
      else
        settled.push(
          this.book(
            run,
            row,
            result === 'notHandedOver' ? afterFailure(tries, now) : { state: result, nextTryAt: now },
          ),
        );
    }
    await this.store(run, settled, now);
  }

  /** Drops what waits for one subject. Answers how many messages. */
  async dropOf(run: OutreachRun, subjectId: string): Promise<number> {
    const dropped = await this.db.execute(
      `UPDATE notifications.outreach_messages SET state = 'dropped', at = $3 WHERE subject_id = $2 AND outreach_id = $1 AND state = 'queued'`,
      [run.id, subjectId, this.clock.now()],
    );
    run.move('queued', 'dropped', dropped);
    return dropped;
  }

  /** Drops what waits for anybody, `limit` messages at most. Answers how many. */
  async dropSome(run: OutreachRun, limit: number): Promise<number> {
    const dropped = await this.db.execute(
      `UPDATE notifications.outreach_messages AS m SET state = 'dropped', at = $2
       FROM (SELECT subject_id FROM notifications.outreach_messages WHERE outreach_id = $1 AND state = 'queued' LIMIT $3) AS waiting
       WHERE m.outreach_id = $1 AND m.subject_id = waiting.subject_id`,
      [run.id, this.clock.now(), limit],
    );
    run.move('queued', 'dropped', dropped);
    return dropped;
  }

  private ofSubjects({ id }: OutreachRun, claims: readonly OutreachClaim[]): Promise<Row[]> {
    return this.db.query<Row>(
      'SELECT subject_id AS "subjectId", state, tries FROM notifications.outreach_messages WHERE outreach_id = $1 AND subject_id = ANY($2)',
      [id, claims.map(({ subjectId }) => subjectId)],
    );
  }

  private book(
    run: OutreachRun,
    row: Row,
    after: { readonly state: OutreachMessageState; readonly nextTryAt: Date },
  ): Settled {
    run.move(row.state, after.state);
    return { subjectId: row.subjectId, ...after };
  }

  private async lose(run: OutreachRun, subjectId: string): Promise<void> {
    await this.db.execute('DELETE FROM notifications.outreach_messages WHERE subject_id = $2 AND outreach_id = $1', [
      run.id,
      subjectId,
    ]);
    run.queued -= 1;
    run.unreachable += 1;
  }

  private async store({ id }: OutreachRun, settled: readonly Settled[], at: Date): Promise<void> {
    await this.db.execute(
      `UPDATE notifications.outreach_messages AS m SET state = s.state, next_try_at = s.next_try_at, at = $5
       FROM unnest($2::uuid[], $3::text[], $4::timestamptz[]) AS s (subject_id, state, next_try_at)
       WHERE m.outreach_id = $1 AND m.subject_id = s.subject_id`,
      [
        id,
        settled.map(({ subjectId }) => subjectId),
        settled.map(({ state }) => state),
        settled.map(({ nextTryAt }) => nextTryAt),
        at,
      ],
    );
  }
}
