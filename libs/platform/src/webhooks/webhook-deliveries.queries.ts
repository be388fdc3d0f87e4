import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { readCursor, type Position } from '../http/page.js';

export const webhookStates = ['pending', 'delivered', 'dead', 'withdrawn'] as const;
export type WebhookState = (typeof webhookStates)[number];

/** What is brought to whom. It holds ids and facts: what is said is put together when it is sent. */
export interface WebhookDelivery {
  /** The receiver knows it by this id, in every attempt. */
  readonly id: string;
  readonly kind: string;
  readonly destinationId: string;
  readonly destinationName: string;
  /** The row of the module that sends it. */
  readonly reference: string;
  readonly state: WebhookState;
  readonly attempts: number;
  /** Why the last attempt failed, and what the receiver answered to it. */
  readonly failure: string | null;
  readonly answeredStatus: number | null;
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

/** How an attempt ended, as it is kept. */
export interface Settlement {
  readonly state: WebhookState;
  readonly failure: string | null;
  readonly answeredStatus: number | null;
  readonly nextAttemptAt: Date | null;
  readonly at: Date;
}

const columns = `id, kind, destination_id AS "destinationId", destination_name AS "destinationName", reference, state, attempts, failure,
  answered_status AS "answeredStatus", next_attempt_at AS "nextAttemptAt", created_at AS "createdAt", settled_at AS "settledAt"`;

/** The statements about `platform.webhook_deliveries`. */
@Injectable()
export class WebhookDeliveries {
  constructor(private readonly db: Database) {}

  async add(
    delivery: Pick<WebhookDelivery, 'id' | 'kind' | 'destinationId' | 'destinationName' | 'reference'>,
    now: Date,
  ): Promise<void> {
    const { id, kind, destinationId, destinationName, reference } = delivery;
    await this.db.execute(
      `INSERT INTO platform.webhook_deliveries (id, kind, destination_id, destination_name, reference, state, next_attempt_at, created_at)
       VALUES ($1, $2, $3, $4, $5, 'pending', $6, $6)`,
      [id, kind, destinationId, destinationName, reference, now],
    );
  }

  /** Takes what is due for an attempt; until `until` nobody else gets it, and then whoever took it is thought dead. */
  async claim(id: string, now: Date, until: Date): Promise<WebhookDelivery | null> {
    const [claimed] = await this.db.query<WebhookDelivery>(
      `UPDATE platform.webhook_deliveries SET attempts = attempts + 1, next_attempt_at = $3
       WHERE id = $1 AND state = 'pending' AND next_attempt_at <= $2 RETURNING ${columns}`,
      [id, now, until],
    );
    return claimed ?? null;
  }

  /** Answers false where the attempt is another one's by now, or the delivery was withdrawn meanwhile. */
  async settle({ id, attempts }: WebhookDelivery, to: Settlement): Promise<boolean> {
    const settled = await this.db.execute(
      `UPDATE platform.webhook_deliveries SET state = $3, failure = $4, answered_status = $5, next_attempt_at = $6, settled_at = $7
       WHERE id = $1 AND attempts = $2 AND state = 'pending'`,
      [id, attempts, to.state, to.failure, to.answeredStatus, to.nextAttemptAt, to.nextAttemptAt ? null : to.at],
    );
    return settled > 0;
  }

  due(now: Date, limit: number): Promise<{ id: string; destinationId: string }[]> {
    return this.db.query(
      `SELECT id, destination_id AS "destinationId" FROM platform.webhook_deliveries
       WHERE state = 'pending' AND next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $2`,
      [now, limit],
    );
  }

  /** Begins anew what was given up. */
  async revive(id: string, now: Date): Promise<WebhookDelivery | null> {
    const [revived] = await this.db.query<WebhookDelivery>(
      `UPDATE platform.webhook_deliveries SET state = 'pending', attempts = 0, next_attempt_at = $2, settled_at = NULL
       WHERE id = $1 AND state = 'dead' RETURNING ${columns}`,
      [id, now],
    );
    return revived ?? null;
  }

  withdrawFor(destinationId: string, now: Date): Promise<number> {
    return this.db.execute(
      `UPDATE platform.webhook_deliveries SET state = 'withdrawn', next_attempt_at = NULL, settled_at = $2
       WHERE destination_id = $1 AND state IN ('pending', 'dead')`,
      [destinationId, now],
    );
  }

  async find(id: string): Promise<WebhookDelivery | null> {
    const [found] = await this.db.query<WebhookDelivery>(
      `SELECT ${columns} FROM platform.webhook_deliveries WHERE id = $1`,
      [id],
    );
    return found ?? null;
  }

  /** Newest first, `limit` and one more. */
  list(filter: { state?: WebhookState; limit: number; cursor?: string }): Promise<WebhookDelivery[]> {
    const after: Position | null = readCursor(filter.cursor);
    return this.db.query(
      `SELECT ${columns} FROM platform.webhook_deliveries
       WHERE ($1::text IS NULL OR state = $1) AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $4`,
      [filter.state ?? null, after?.at ?? null, after?.id ?? null, filter.limit + 1],
    );
  }

  async forgetSettledBefore(before: Date): Promise<void> {
    await this.db.execute(
      `DELETE FROM platform.webhook_deliveries WHERE state IN ('delivered', 'withdrawn') AND settled_at < $1`,
      [before],
    );
  }
}
