import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ExpectingRequests, type Expecting } from '@abide/holders';
import { Database } from '@abide/platform';
import { aboutHeldData, owedOutcomes } from '../request-kinds.js';

/** Tells the registry of holders outside how many requests under way count on one. */
@Injectable()
export class HolderExpectations implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly expecting: ExpectingRequests,
  ) {}

  onModuleInit(): void {
    this.expecting.register(({ holderName, createdAt }) => this.count(holderName, createdAt));
  }

  /**
   * Of those that are decided whoever has yet to do what was granted there; of those that are not, whatever began since it was registered, as the scope that
   * was sealed then names everybody who was.
   */
  private async count(holder: string, registeredAt: Date): Promise<Expecting> {
    const [row] = await this.db.query<Expecting>(
      `SELECT count(*) FILTER (WHERE state IN ('open', 'awaitingSubject'))::int AS undecided,
         count(*) FILTER (WHERE state NOT IN ('open', 'awaitingSubject'))::int AS decided
       FROM rights.requests AS request
       WHERE (state IN ('open', 'awaitingSubject') AND type = ANY($3::text[])
           AND CASE WHEN opened_by IS NULL THEN coalesce(verified_at, opened_at) ELSE opened_at END >= $2)
         OR (state IN ('awaitingSecond', 'waiting', 'fulfilling')
           AND EXISTS (SELECT FROM rights.request_holders AS asked
             WHERE (asked.subject_id, asked.request_id, asked.round, asked.holder) = (request.subject_id, request.id, request.round, $1)
               AND (asked.outcome IS NULL OR asked.outcome = ANY($4::text[])))
           AND EXISTS (SELECT FROM rights.request_decisions AS decided
             WHERE (decided.subject_id, decided.request_id, decided.round, decided.holder) = (request.subject_id, request.id, request.round, $1)
               AND decided.outcome = 'grant'))`,
      [holder, registeredAt, aboutHeldData, owedOutcomes],
    );
    return row ?? { decided: 0, undecided: 0 };
  }
}
