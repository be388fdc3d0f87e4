import { Injectable } from '@nestjs/common';
import { Database, type Position } from '@abide/platform';
import type { Article } from '../clock/request-clock.rules.js';
import {
  isSaidByItsKind,
  requestTypes,
  type RequestChannel,
  type RequestState,
  type RequestType,
} from '../request-kinds.js';
import { conditions, isBeyondDeadlines, type QueueFilter } from './queue-filter.js';
import type { SubjectRequest } from './request.entity.js';

/** One line of the queue. */
export interface QueuedRequest {
  readonly id: string;
  readonly subjectId: string;
  readonly number: string;
  readonly type: RequestType;
  readonly state: RequestState;
  readonly categories: readonly string[];
  readonly openedAt: Date;
  readonly dueAt: Date | null;
  readonly isProvisional: boolean;
  readonly article: Article;
  readonly assignee: string | null;
  readonly askedBy: string | null;
  readonly askedAs: SubjectRequest['askedAs'];
  readonly outcome: SubjectRequest['outcome'];
  readonly closedAt: Date | null;
  readonly channel: RequestChannel;
  readonly round: number;
  readonly joinedTo: string | null;
}

const columns = `id, subject_id AS "subjectId", number, type, state, categories, opened_at AS "openedAt", due_at AS "dueAt",
  is_provisional AS "isProvisional", clock->'answer'->'article' AS article, assignee, asked_by AS "askedBy", asked_as AS "askedAs", outcome, closed_at AS "closedAt",
  channel, round, joined_to AS "joinedTo"`;

/** Has a deadline, and somebody who has proven who they are. */
const isQueued = "due_at IS NOT NULL AND state <> 'awaitingIdentity'";

/** Lists and counts of requests. */
@Injectable()
export class RequestQueries {
  constructor(private readonly db: Database) {}

  /** The subject's own, newest first; with `types`, those of these kinds. */
  async ownOf(
    subjectId: string,
    limit: number,
    after: Position | null,
    types: readonly RequestType[] = requestTypes,
  ): Promise<QueuedRequest[]> {
    return this.toldOf({ subjectId, limit, after }, 'type = ANY($5::text[])', types);
  }

  /** What a guardian asked for a ward, newest first. */
  async ofGuardian(
    { guardianId, wardId: subjectId }: { guardianId: string; wardId: string },
    limit: number,
    after: Position | null,
  ): Promise<QueuedRequest[]> {
    return this.toldOf({ subjectId, limit, after }, "asked_as = 'guardian' AND asked_by = $5::uuid", guardianId);
  }

  /** What falls due first, first. Whatever has no deadline (it waits for the subject, or is over) is not in it. */
  async byDeadline(filter: QueueFilter, limit: number, after: Position | null): Promise<QueuedRequest[]> {
    const { where, values } = conditions(filter);
    values.push(after?.at ?? null, after?.id ?? null, limit + 1);
    const [at, id, most] = [values.length - 2, values.length - 1, values.length];
    return this.db.query<QueuedRequest>(
      `SELECT ${columns} FROM rights.requests WHERE ${where} AND ${isQueued}
         AND ($${at}::timestamptz IS NULL OR (due_at, id) > ($${at}, $${id}::uuid))
       ORDER BY due_at, id LIMIT $${most}`,
      values,
    );
  }

  async newest(filter: QueueFilter, limit: number, after: Position | null): Promise<QueuedRequest[]> {
    const { where, values } = conditions(filter);
    values.push(after?.at ?? null, after?.id ?? null, limit + 1);
    const [at, id, most] = [values.length - 2, values.length - 1, values.length];
    return this.db.query<QueuedRequest>(
      `SELECT ${columns} FROM rights.requests WHERE ${where} AND ($${at}::timestamptz IS NULL OR (opened_at, id) < ($${at}, $${id}::uuid))
       ORDER BY opened_at DESC, id DESC LIMIT $${most}`,
      values,
    );
  }

  /** How many the queue lists, in all its pages. */
  async count(filter: QueueFilter): Promise<number> {
    const { where, values } = conditions(filter);
    const [row] = await this.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM rights.requests WHERE ${where}${isBeyondDeadlines(filter) ? '' : ` AND ${isQueued}`}`,
      values,
    );
    return row?.n ?? 0;
  }

  /** The one that a code was sent for, to whoever asked. */
  async awaitingProof(verificationId: string): Promise<string | null> {
    const [row] = await this.db.query<{ id: string }>('SELECT id FROM rights.requests WHERE verification_id = $1', [
      verificationId,
    ]);
    return row?.id ?? null;
  }

  /** Whether a code for it, or for one that was joined to it, was given in this session at `since` or later. */
  async isProvenSince({ subjectId, id }: SubjectRequest, sessionId: string, since: Date): Promise<boolean> {
    const found = await this.db.query(
      `SELECT FROM rights.request_events WHERE subject_id = $1 AND act = 'verified' AND at >= $4
         AND (request_id = $2 OR request_id IN (SELECT id FROM rights.requests WHERE subject_id = $1 AND joined_to = $2))
         AND session_id = $3 LIMIT 1`,
      [subjectId, id, sessionId, since],
    );
    return found.length > 0;
  }

  /** Whether there is something to be fetched of it. */
  async hasPackage({ subjectId, id }: SubjectRequest, now: Date): Promise<boolean> {
    const found = await this.db.query(
      'SELECT FROM rights.request_packages WHERE subject_id = $1 AND request_id = $2 AND expires_at > $3',
      [subjectId, id, now],
    );
    return found.length > 0;
  }

  /** Locked until the open transaction ends: an earlier one of the same kind and about the same, that nobody has decided yet; of a guardian one that they asked themselves, of and for a relative none. */
  async underWay({
    subjectId,
    id,
    type,
    categories,
    purpose,
    askedAs,
    askedBy,
  }: SubjectRequest): Promise<string | null> {
    if (!isSaidByItsKind(type) || askedAs === 'relative') return null;
    const [row] = await this.db.query<{ id: string }>(
      `SELECT id FROM rights.requests WHERE subject_id = $1 AND id <> $2 AND type = $3 AND categories = $4::text[]
         AND purpose IS NOT DISTINCT FROM $5 AND (coalesce(asked_as, '') = 'guardian') = $6 AND (NOT $6 OR asked_by = $7) AND asked_as IS DISTINCT FROM 'relative' AND state IN ('open', 'awaitingSubject')
       ORDER BY opened_at LIMIT 1 FOR NO KEY UPDATE`,
      [subjectId, id, type, categories, purpose, askedAs === 'guardian', askedBy],
    );
    return row?.id ?? null;
  }

  /** Those that whoever asks this one has asked about the account and that are not over; of one that is proven, of the proven. */
  async countUnderWay({ subjectId, askedBy, askedAs, state }: SubjectRequest): Promise<number> {
    const [row] = await this.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM rights.requests WHERE subject_id = $1 AND closed_at IS NULL
         AND asked_by IS NOT DISTINCT FROM $2 AND asked_as IS NOT DISTINCT FROM $3 AND ($4 OR state <> 'awaitingIdentity')`,
      [subjectId, askedBy, askedAs, state === 'awaitingIdentity'],
    );
    return row?.n ?? 0;
  }

  /** The requests of a person that are being carried out. */
  async beingCarriedOut(subjectId: string): Promise<Pick<SubjectRequest, 'subjectId' | 'id' | 'type'>[]> {
    return this.db.query(
      `SELECT id, subject_id AS "subjectId", type FROM rights.requests WHERE subject_id = $1 AND state = 'fulfilling' ORDER BY opened_at`,
      [subjectId],
    );
  }

  /** Those whose identity nobody proved in time, oldest first. */
  async unproven(openedBefore: Date, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM rights.requests WHERE state = 'awaitingIdentity' AND opened_at <= $1 ORDER BY opened_at LIMIT $2`,
      [openedBefore, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Those whose last question to the subject was asked before an instant and never answered. */
  async silent(askedBefore: Date, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM rights.requests WHERE state = 'awaitingSubject' AND (clock -> 'pauses' -> -1 ->> 'from')::timestamptz <= $1
       ORDER BY opened_at LIMIT $2`,
      [askedBefore, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Those that waited until the person could take them back, and may be carried out by now. */
  async waitedOut(now: Date, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      "SELECT id FROM rights.requests WHERE state = 'waiting' AND waiting_until <= $1 ORDER BY waiting_until LIMIT $2",
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Under way with a provisional deadline, by id, after the last one of the page before. */
  async provisional(after: string, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      'SELECT id FROM rights.requests WHERE is_provisional AND closed_at IS NULL AND id > $1 ORDER BY id LIMIT $2',
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Those whose deadline comes before an instant and of which nobody was warned this far yet. */
  async toEscalate(dueBefore: Date, to: 1 | 2, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM rights.requests WHERE due_at <= $1 AND escalation < $2 AND closed_at IS NULL AND state <> 'awaitingIdentity' ORDER BY due_at LIMIT $3`,
      [dueBefore, to, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** About somebody, newest first, without what a second operator has yet to agree to. `which`: SQL over `value`, its `$5`. */
  private async toldOf(
    { subjectId, limit, after }: { subjectId: string; limit: number; after: Position | null },
    which: string,
    value: unknown,
  ): Promise<QueuedRequest[]> {
    const found = await this.db.query<QueuedRequest>(
      `SELECT ${columns} FROM rights.requests WHERE subject_id = $1 AND ${which} AND ($2::timestamptz IS NULL OR (opened_at, id) < ($2, $3::uuid))
       ORDER BY opened_at DESC, id DESC LIMIT $4`,
      [subjectId, after?.at ?? null, after?.id ?? null, limit + 1, value],
    );
    return found.map((one) => (one.state === 'awaitingSecond' ? { ...one, outcome: null } : one));
  }
}
