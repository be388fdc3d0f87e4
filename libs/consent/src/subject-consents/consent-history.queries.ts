import { Injectable } from '@nestjs/common';
import { Operators } from '@abide/identity';
import type { Locale, Page } from '@abide/kernel';
import { Database, readCursor, toPage, type PageQuery } from '@abide/platform';
import type { ConsentAct, Giver } from '../events/consent-event.entity.js';
import type { ConsentScope } from '../events/scope.rules.js';

/** A consent event as operators see it; the evidence itself stays sealed. */
export interface PastConsent {
  readonly id: string;
  readonly act: ConsentAct;
  readonly scope: ConsentScope;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly expiresAt: Date | null;
  readonly givenBy: Giver;
  /** An operator, or the subject that is the guardian. */
  readonly giverId: string | null;
  /** Only of an operator. */
  readonly giverName: string | null;
  readonly policy: string | null;
  readonly revision: number | null;
  readonly revisionId: string | null;
  readonly clauseId: string | null;
  readonly locale: Locale;
  readonly channel: string;
  readonly receiptId: string;
  readonly hasEvidence: boolean;
}

type Row = Omit<PastConsent, 'scope' | 'giverName'> & ConsentScope;

const select = `SELECT id, act, purpose, categories, service, recipient, region, occurred_at AS "occurredAt", recorded_at AS "recordedAt", expires_at AS "expiresAt",
  given_by AS "givenBy", giver_id AS "giverId", policy, revision, revision_id AS "revisionId", clause_id AS "clauseId", locale, channel,
  receipt_id AS "receiptId", evidence IS NOT NULL AS "hasEvidence" FROM consent.events WHERE subject_id = $1`;

/** What a subject said, event by event. */
@Injectable()
export class ConsentHistory {
  constructor(
    private readonly db: Database,
    private readonly operators: Operators,
  ) {}

  /** In the order in which it was recorded, newest first. */
  async ofSubject(subjectId: string, { limit, cursor }: PageQuery): Promise<Page<PastConsent>> {
    const after = readCursor(cursor);
    const rows = await this.db.query<Row>(
      `${select} AND ($2::timestamptz IS NULL OR (recorded_at, id) < ($2, $3::uuid)) ORDER BY recorded_at DESC, id DESC LIMIT $4`,
      [subjectId, after?.at ?? null, after?.id ?? null, limit + 1],
    );
    const names = await this.namesOf(rows);
    return toPage(
      rows,
      limit,
      ({ recordedAt, id }) => ({ at: recordedAt, id }),
      (row) => toPastConsent(row, names),
    );
  }

  /** Those of a subject's events that are named, in no order. */
  async named(subjectId: string, ids: readonly string[]): Promise<PastConsent[]> {
    if (ids.length === 0) return [];
    const rows = await this.db.query<Row>(`${select} AND id = ANY($2::uuid[])`, [subjectId, ids]);
    const names = await this.namesOf(rows);
    return rows.map((row) => toPastConsent(row, names));
  }

  private namesOf(rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
    const ids = rows.flatMap(({ givenBy, giverId }) => (givenBy === 'operator' && giverId !== null ? [giverId] : []));
    return this.operators.namesOf([...new Set(ids)]);
  }
}

function toPastConsent(
  { purpose, categories, service, recipient, region, ...row }: Row,
  names: ReadonlyMap<string, string>,
): PastConsent {
  const giverName = row.givenBy === 'operator' ? (names.get(row.giverId ?? '') ?? null) : null;
  return { ...row, giverName, scope: { purpose, categories, service, recipient, region } };
}
