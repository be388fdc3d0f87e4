import { Injectable } from '@nestjs/common';
import { Database } from '@abide/platform';
import type { WantedDecision } from '../findings/finding.rules.js';
import type { RequestOutcome, RequestState, RequestType } from '../request-kinds.js';

/** One request among those that are decided together: what would come of it, or came of it, or why not. */
export interface BulkItem {
  readonly id: string;
  readonly number: string;
  readonly type: RequestType;
  /** Held of what it is about, when it was proposed; null where nobody counted. */
  readonly records: number | null;
  readonly outcome: RequestOutcome | null;
  /** Where it is after the decision. */
  readonly state: RequestState | null;
  /** The code of what refused it. */
  readonly refusal: string | null;
}

/** With the tag of what was held when it was proposed. */
export interface WeighedItem extends BulkItem {
  readonly seen: string;
}

/** One decision for many requests. */
export interface BulkDecision {
  readonly id: string;
  readonly decision: { readonly wanted: WantedDecision; readonly text: string | null };
  readonly proposedBy: string;
  readonly confirmedBy: string | null;
}

const itemColumns = 'request_id AS id, number, type, records::float AS records, outcome, state, refusal, seen';

/** The statements about decisions in bulk. */
@Injectable()
export class BulkDecisionQueries {
  constructor(private readonly db: Database) {}

  /** In the open transaction. */
  async insert(
    { id, decision, proposedBy }: Omit<BulkDecision, 'confirmedBy'>,
    items: readonly WeighedItem[],
    at: Date,
  ): Promise<void> {
    await this.db.execute(
      'INSERT INTO rights.bulk_decisions (id, decision, proposed_by, proposed_at) VALUES ($1, $2, $3, $4)',
      [id, JSON.stringify(decision), proposedBy, at],
    );
    const rows = items.map(({ id: request_id, number, type, records, seen }, position) => ({
      request_id,
      number,
      type,
      records,
      seen,
      position,
    }));
    await this.db.execute(
      `INSERT INTO rights.bulk_decision_items (bulk_id, request_id, position, number, type, records, seen)
       SELECT $1, request_id, position, number, type, records, seen
       FROM jsonb_to_recordset($2::jsonb) AS item (request_id uuid, position int, number text, type text, records bigint, seen text)`,
      [id, JSON.stringify(rows)],
    );
  }

  async find(id: string): Promise<BulkDecision | null> {
    const [row] = await this.db.query<BulkDecision>(
      `SELECT id, decision, proposed_by AS "proposedBy", confirmed_by AS "confirmedBy" FROM rights.bulk_decisions WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  confirm(id: string, by: string): Promise<number> {
    return this.db.execute('UPDATE rights.bulk_decisions SET confirmed_by = $2 WHERE id = $1', [id, by]);
  }

  /** In the order in which they were proposed. */
  items(id: string): Promise<WeighedItem[]> {
    return this.db.query<WeighedItem>(
      `SELECT ${itemColumns} FROM rights.bulk_decision_items WHERE bulk_id = $1 ORDER BY position`,
      [id],
    );
  }

  /** The item, locked until the open transaction ends; null where it is settled. */
  async lockUnsettled(bulkId: string, requestId: string): Promise<WeighedItem | null> {
    const [row] = await this.db.query<WeighedItem>(
      `SELECT ${itemColumns} FROM rights.bulk_decision_items
       WHERE bulk_id = $1 AND request_id = $2 AND outcome IS NULL AND refusal IS NULL FOR UPDATE`,
      [bulkId, requestId],
    );
    return row ?? null;
  }

  async settle(bulkId: string, { id, outcome, state, refusal }: BulkItem): Promise<void> {
    await this.db.execute(
      `UPDATE rights.bulk_decision_items SET outcome = $3, state = $4, refusal = $5
       WHERE bulk_id = $1 AND request_id = $2 AND outcome IS NULL AND refusal IS NULL`,
      [bulkId, id, outcome, state, refusal],
    );
  }

  forgetBefore(at: Date): Promise<number> {
    return this.db.execute('DELETE FROM rights.bulk_decisions WHERE proposed_at < $1', [at]);
  }
}
