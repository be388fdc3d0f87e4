import { Injectable } from '@nestjs/common';
import { newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { CallFailure, HolderCall } from './holder-call.entity.js';

type Asked = Pick<HolderCall, 'holderId' | 'reference' | 'requestId' | 'operation'>;

/** Of everything that one request asked, or that one holder was asked. */
export interface CallsOf {
  readonly reference?: string;
  readonly holderId?: string;
}

const columns = `id, holder_id AS "holderId", reference, request_id AS "requestId", operation, state, attempts, failure, answer,
  asked_at AS "askedAt", answered_at AS "answeredAt", next_attempt_at AS "nextAttemptAt"`;

/** The statements about `holders.calls`. */
@Injectable()
export class HolderCallQueries {
  constructor(private readonly db: Database) {}

  async find({ holderId, requestId, operation }: Omit<Asked, 'reference'>): Promise<HolderCall | null> {
    const [found] = await this.db.query<HolderCall>(
      `SELECT ${columns} FROM holders.calls WHERE holder_id = $1 AND request_id = $2 AND operation = $3`,
      [holderId, requestId, operation],
    );
    return found ?? null;
  }

  /** Notes an attempt; whoever has not settled it by `until` is thought dead. An answer that was read is read anew; how a holder was described stands until it is again. */
  async begin({ holderId, reference, requestId, operation }: Asked, now: Date, until: Date): Promise<HolderCall> {
    const [begun] = await this.db.query<HolderCall>(
      `INSERT INTO holders.calls (id, holder_id, reference, request_id, operation, state, attempts, asked_at, next_attempt_at)
       VALUES ($1, $2, $3, $4, $5, 'asked', 1, $6, $7)
       ON CONFLICT (holder_id, request_id, operation) DO UPDATE
         SET state = 'asked', attempts = calls.attempts + 1, asked_at = $6, next_attempt_at = $7, answered_at = NULL,
           answer = CASE WHEN calls.operation = 'describe' THEN calls.answer END
       RETURNING ${columns}`,
      [newId(), holderId, reference, requestId, operation, now, until],
    );
    return begun as HolderCall;
  }

  /** The first answer counts: false where there was one. */
  async answer(id: string, answer: object, now: Date): Promise<boolean> {
    const settled = await this.db.execute(
      `UPDATE holders.calls SET state = 'answered', answer = $2, answered_at = $3, failure = NULL, next_attempt_at = NULL
       WHERE id = $1 AND state <> 'answered'`,
      [id, JSON.stringify(answer), now],
    );
    return settled > 0;
  }

  /** Null: no further attempt, it is given up. */
  async fail(id: string, failure: CallFailure, nextAttemptAt: Date | null): Promise<void> {
    await this.db.execute(
      `UPDATE holders.calls SET state = CASE WHEN $3::timestamptz IS NULL THEN 'dead' ELSE 'failed' END, failure = $2, next_attempt_at = $3, answer = NULL
       WHERE id = $1 AND state = 'asked'`,
      [id, failure, nextAttemptAt],
    );
  }

  async accept(id: string, until: Date): Promise<void> {
    await this.db.execute(
      `UPDATE holders.calls SET state = 'accepted', failure = NULL, next_attempt_at = $2 WHERE id = $1 AND state = 'asked'`,
      [id, until],
    );
  }

  /** What a request waits for of whom it may be asked again now; each once, by turns among the holders, so that none keeps the others waiting. */
  async due(now: Date, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ reference: string }>(
      `SELECT reference FROM (
         SELECT reference, min(next_attempt_at) AS due_at,
           row_number() OVER (PARTITION BY holder_id ORDER BY min(next_attempt_at), reference) AS turn
         FROM holders.calls WHERE next_attempt_at <= $1 AND operation <> 'describe' GROUP BY holder_id, reference
       ) AS due
       GROUP BY reference ORDER BY min(turn), min(due_at), reference LIMIT $2`,
      [now, limit],
    );
    return rows.map(({ reference }) => reference);
  }

  /** Begins anew what failed or was given up. */
  async revive({ reference, holderId }: CallsOf, now: Date): Promise<void> {
    await this.db.execute(
      `UPDATE holders.calls SET state = 'failed', attempts = 0, next_attempt_at = $3
       WHERE ($1::uuid IS NULL OR reference = $1) AND ($2::uuid IS NULL OR holder_id = $2) AND state IN ('failed', 'dead', 'accepted')`,
      [reference ?? null, holderId ?? null, now],
    );
  }

  /** Gives up what is not answered, of one request or of one holder; resolves to what it was asked for, each once. */
  async giveUp({ reference, holderId }: CallsOf): Promise<string[]> {
    const rows = await this.db.query<{ reference: string }>(
      `WITH given_up AS (
         UPDATE holders.calls SET state = 'dead', next_attempt_at = NULL
          WHERE ($1::uuid IS NULL OR reference = $1) AND ($2::uuid IS NULL OR holder_id = $2) AND state <> 'answered'
            AND operation <> 'describe'
          RETURNING reference)
       SELECT DISTINCT reference FROM given_up`,
      [reference ?? null, holderId ?? null],
    );
    return rows.map((row) => row.reference);
  }

  /** The newest of a holder, first. */
  async newest(holderId: string, limit: number): Promise<HolderCall[]> {
    return this.db.query(
      `SELECT ${columns} FROM holders.calls WHERE holder_id = $1 ORDER BY asked_at DESC, id DESC LIMIT $2`,
      [holderId, limit],
    );
  }

  /** How many calls of each holder wait for an answer, and how many are given up. */
  async open(): Promise<ReadonlyMap<string, { readonly waiting: number; readonly dead: number }>> {
    const rows = await this.db.query<{ holderId: string; waiting: number; dead: number }>(
      `SELECT holder_id AS "holderId", count(*) FILTER (WHERE state <> 'dead')::int AS waiting,
         count(*) FILTER (WHERE state = 'dead')::int AS dead
       FROM holders.calls WHERE state <> 'answered' AND operation <> 'describe' GROUP BY holder_id`,
    );
    return new Map(rows.map(({ holderId, ...counts }) => [holderId, counts]));
  }

  async forgetBefore(before: Date): Promise<void> {
    await this.db.execute(
      `DELETE FROM holders.calls WHERE (next_attempt_at IS NULL OR operation = 'describe') AND asked_at < $1`,
      [before],
    );
  }
}
