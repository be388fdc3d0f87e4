import type { Database } from '@abide/platform';
import type { Answered, IngestAnswer, IngestBatch, Refusal, BatchDecision } from './batch.js';

interface KnownBatch {
  readonly owner: string;
  readonly batch_id: string;
  readonly accepted: number;
  readonly already_stored: number;
  readonly refused: readonly Refusal[];
  readonly content_hash: Buffer | null;
}

const dayMilliseconds = 86_400_000;
const refusedBatchesKept = 8 * dayMilliseconds;
const forgottenAtOnce = 5000;

/** What each batch was answered, in the table `batches` of a schema, so that one that is sent again gets the same answer. */
export class BatchAnswers {
  constructor(
    private readonly db: Database,
    private readonly schema: string,
    private readonly now: () => Date,
  ) {}

  /** The answers of those that were answered before, by `keyOf`. */
  async known(batches: readonly IngestBatch<unknown>[]): Promise<Map<string, Answered>> {
    const rows = await this.db.prepared<KnownBatch>(
      `${this.schema}.known_batches`,
      `SELECT known.owner, known.batch_id, known.accepted, known.already_stored, known.refused, known.content_hash FROM unnest($1::text[], $2::uuid[]) AS asked (owner, batch_id)
       JOIN ${this.schema}.batches known ON known.owner = asked.owner AND known.batch_id = asked.batch_id`,
      [batches.map(({ owner }) => owner), batches.map(({ batchId }) => batchId)],
    );
    const answers = new Map<string, Answered>();
    for (const {
      owner,
      batch_id: batchId,
      accepted,
      already_stored: alreadyStored,
      refused,
      content_hash: content,
    } of rows) {
      answers.set(keyOf({ owner, batchId }), {
        answer: { accepted, alreadyStored, refused, duplicate: true },
        alreadyStored: [],
        content,
      });
    }
    return answers;
  }

  /** Kept for as long as a row of it can live; of a batch without rows, until its items are too old to be sent again. */
  async remember(
    batches: readonly IngestBatch<unknown>[],
    decisions: readonly BatchDecision[],
    answers: readonly IngestAnswer[],
  ): Promise<void> {
    const now = this.now();
    const keptUntil = decisions.map(({ rows }) => {
      if (rows.some(({ dueAt }) => dueAt === null)) return null;
      return new Date(
        rows.reduce((latest, { dueAt }) => Math.max(latest, dueAt ?? 0), now.getTime() + refusedBatchesKept),
      );
    });
    await this.db.executePrepared(
      `${this.schema}.remember_batches`,
      `INSERT INTO ${this.schema}.batches (owner, batch_id, received_at, accepted, already_stored, refused, kept_until, content_hash)
       SELECT owner, batch_id, $3, accepted, already_stored, refused, kept_until, content_hash
       FROM unnest($1::text[], $2::uuid[], $4::int[], $5::int[], $6::jsonb[], $7::timestamptz[], $8::bytea[])
         AS answered (owner, batch_id, accepted, already_stored, refused, kept_until, content_hash)`,
      [
        batches.map(({ owner }) => owner),
        batches.map(({ batchId }) => batchId),
        now,
        answers.map(({ accepted }) => accepted),
        answers.map(({ alreadyStored }) => alreadyStored),
        answers.map(({ refused }) => JSON.stringify(refused)),
        keptUntil,
        batches.map(({ content }) => content),
      ],
    );
  }

  /** Deletes the answers of batches of which no row can live any more. */
  async forget(): Promise<void> {
    while ((await this.forgetSome()) === forgottenAtOnce);
  }

  private forgetSome(): Promise<number> {
    return this.db.execute(
      `DELETE FROM ${this.schema}.batches WHERE (owner, batch_id) IN (SELECT owner, batch_id FROM ${this.schema}.batches WHERE kept_until <= $1 LIMIT ${forgottenAtOnce})`,
      [this.now()],
    );
  }
}

/** A batch id is one within its owner. */
export function keyOf({ owner, batchId }: { owner: string; batchId: string }): string {
  return `${owner} ${batchId}`;
}
