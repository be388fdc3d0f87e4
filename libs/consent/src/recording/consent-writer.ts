import { Injectable } from '@nestjs/common';
import { evidenceCount, evidenceParts } from '@abide/audit';
import { lockedGiver } from '@abide/identity';
import type { Locale } from '@abide/kernel';
import { Database } from '@abide/platform';
import { isCoveredBy, countsFrom } from '../states/consent-state.sql.js';
import { LineageTables, type LineageTable } from '../lineage/lineage-tables.js';
import type { ConsentAct, Giver } from '../events/consent-event.entity.js';
import type { ConsentScope } from '../events/scope.rules.js';

/** A grant or withdrawal ready to be written, with its receipt. */
export interface PreparedConsent {
  readonly subjectId: string;
  readonly id: string;
  readonly act: Exclude<ConsentAct, 'expiry'>;
  readonly scope: ConsentScope;
  readonly scopeHash: Buffer;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly expiresAt: Date | null;
  readonly givenBy: Giver;
  readonly giverId: string | null;
  readonly policy: string | null;
  readonly revision: number | null;
  readonly revisionId: string | null;
  readonly clauseId: string | null;
  readonly locale: Locale;
  readonly wordingHash: string | null;
  readonly channel: string;
  readonly evidence: Buffer | null;
  readonly receiptId: string;
  readonly record: string;
  /** The subject says when it happened; else it is what they say now, and saying it again changes nothing. */
  readonly isDated: boolean;
  /** A grant that was withdrawn again before it was heard of. */
  readonly isOverruled: boolean;
  /** When a question was shown that this is the answer to: a no is recorded anew where the last one is older, so that asking cools off again. */
  readonly askedAt: Date | null;
}

/** An event that stands, whether it was written now or before. */
export interface StandingEvent {
  readonly id: string;
  readonly receiptId: string;
  readonly occurredAt: Date;
}

/** `expired`: of a grant, that its term was over before it was heard of. */
export type StandingState = 'granted' | 'withdrawn' | 'expired';

/** The last grant and the last withdrawal that are about all that is asked of; `$1` to `$6` are whose and its scope, `$7` the present. */
const standingState = `
  SELECT CASE WHEN said.granted_at IS NULL OR said.granted_at <= said.withdrawn_at THEN 'withdrawn' WHEN said.ended THEN 'expired' ELSE 'granted' END AS state
  FROM (
    SELECT max(held.granted_at) AS granted_at, max(held.withdrawn_at) AS withdrawn_at, (array_agg(held.expires_at <= $7 ORDER BY held.granted_at DESC NULLS LAST))[1] AS ended
    FROM (SELECT $1::uuid AS subject_id, $2::text AS purpose, $3::text[] AS categories, $4::text AS service, $5::text AS recipient, $6::text AS region) AS asked
    JOIN consent.states held ON ${isCoveredBy('asked', 'held')}) AS said`;

const eventColumns = `subject_id, id, act, state, scope, purpose, categories, service, recipient, region, occurred_at, recorded_at, expires_at,
  given_by, giver_id, policy, revision, revision_id, clause_id, locale, wording_hash, channel, evidence, receipt_id`;
const eventValues = `$1::uuid, $2::uuid, $3, $4, $5::bytea, $6, $7::text[], $8, $9, $10, $11::timestamptz, $12::timestamptz, $13::timestamptz,
  $14, $15, $16, $17::integer, $18::uuid, $19, $20, $21, $22, $23::bytea, $24::uuid`;
const firstOfEvidence = 26;
const evidence = evidenceParts({ of: 'event', first: firstOfEvidence });
const askedAt = `$${firstOfEvidence + evidenceCount}::timestamptz`;
const receipt = `INSERT INTO consent.receipts (subject_id, id, event_id, record, issued_at) SELECT $1, $24, $2, $25, $12 FROM event`;

const grantColumns =
  'subject_id, scope, purpose, categories, service, recipient, region, changed_at, granted_at, grant_id, grant_policy, grant_revision, grant_clause, expires_at, given_by';
/** A grant counts from no later than when it was heard, so that the clock that dated it cannot put it above a later withdrawal. */
const grantValues =
  '$1::uuid, $5::bytea, $6, $7::text[], $8, $9, $10, $12::timestamptz, least($11::timestamptz, $12::timestamptz), $2::uuid, $16, $17::integer, $19, $13::timestamptz, $14';
const grantChanges = `granted_at = excluded.granted_at, grant_id = excluded.grant_id, grant_policy = excluded.grant_policy, grant_revision = excluded.grant_revision,
  grant_clause = excluded.grant_clause, expires_at = excluded.expires_at, given_by = excluded.given_by, expiry_told_at = NULL, expired_at = NULL, changed_at = excluded.changed_at`;
const withdrawalColumns =
  'subject_id, scope, purpose, categories, service, recipient, region, changed_at, withdrawn_at, withdrawal_id';
const withdrawalValues =
  '$1::uuid, $5::bytea, $6, $7::text[], $8, $9, $10, $12::timestamptz, $11::timestamptz, $2::uuid';
const withdrawalChanges =
  'withdrawn_at = excluded.withdrawn_at, withdrawal_id = excluded.withdrawal_id, changed_at = excluded.changed_at';

/** What another scope of the purpose, or the signal of the browser, has said since: saying it again is not saying the same then. */
const isOverruledGrant = `EXISTS (SELECT FROM consent.states other WHERE other.subject_id = held.subject_id AND other.purpose = held.purpose AND other.withdrawn_at >= held.granted_at)
  OR EXISTS (SELECT FROM consent.preferences own WHERE own.subject_id = held.subject_id AND own.gpc_since >= held.granted_at)`;
const isOverruledWithdrawal = `EXISTS (SELECT FROM consent.states other WHERE other.subject_id = held.subject_id AND other.purpose = held.purpose AND other.granted_at > held.withdrawn_at)`;

/** What was said at the same moment, or a moment later, has been written first: then there is nothing to add, and the state never turns back. */
const isLaterGrant = '(held.granted_at IS NULL OR held.granted_at < excluded.granted_at)';
const isLaterWithdrawal = '(held.withdrawn_at IS NULL OR held.withdrawn_at < excluded.withdrawn_at)';

const isNewGrant = `held.granted_at IS NULL OR held.granted_at <= held.withdrawn_at OR held.grant_policy IS DISTINCT FROM excluded.grant_policy
  OR held.grant_revision IS DISTINCT FROM excluded.grant_revision OR held.given_by <> excluded.given_by
  OR (held.expires_at IS NOT NULL AND held.expires_at < excluded.expires_at - interval '1 minute')
  OR ${isOverruledGrant}`;
const isNewWithdrawal = `held.withdrawn_at IS NULL OR held.granted_at > held.withdrawn_at OR held.withdrawn_at < ${askedAt} OR ${isOverruledWithdrawal}`;

/**
 * What a withdrawal takes away from what is stored: a line for each that ends a grant and is not about sharing, and at once the rows of what may
 * not outlive it that have no other purpose.
 */
function removals(tables: readonly LineageTable[]): string {
  const line = `removal AS (
    INSERT INTO consent.purpose_removals (subject_id, withdrawal_id, purpose, categories, service, grants)
    SELECT $1, $2, $6, $7, $8, ended.grants
    FROM event, (SELECT array_agg(given.id::text) AS grants FROM consent.events given
      WHERE given.subject_id = $1 AND given.purpose = $6 AND given.state = 'granted' AND ${countsFrom('given')} <= $11) AS ended
    WHERE $9 IS NULL AND $10 IS NULL AND ended.grants IS NOT NULL RETURNING categories, service, purpose, grants
  )`;
  return [line, ...tables.filter(({ goneAtOnce }) => goneAtOnce.length > 0).map((table) => goneAtOnce(table))].join(
    ', ',
  );
}

function goneAtOnce({ module, name, goneAtOnce: categories }: LineageTable): string {
  const listed = categories.map((category) => `'${category}'`).join(', ');
  return `gone_from_${module} AS (
    DELETE FROM ${name} AS row USING removal WHERE row.subject_id = $1 AND row.category IN (${listed})
      AND (removal.categories IS NULL OR row.category = ANY(removal.categories)) AND (removal.service IS NULL OR row.service = removal.service) AND row.lineage <> '[]'
      AND NOT EXISTS (SELECT FROM jsonb_array_elements(row.lineage) AS entry WHERE NOT (entry->>'purpose' = removal.purpose AND coalesce(entry->>'consentEvent' = ANY(removal.grants), false)))
  )`;
}

interface Saying {
  readonly columns: string;
  readonly values: string;
  /** Where what is written comes from: nothing is where it may not be said any more. */
  readonly whoMay: string;
  readonly changes: string;
  /** What else follows from the event: further parts of the statement, each with a comma in front. */
  readonly follows: string;
}

/** What is said now: the state decides whether it is anything new, and only then there is an event. */
function sayingNow({ columns, values, whoMay, changes, follows }: Saying, isNew: string): string {
  return `WITH state AS (
    INSERT INTO consent.states AS held (${columns}) SELECT ${values} FROM ${whoMay}
    ON CONFLICT (subject_id, scope) DO UPDATE SET ${changes} WHERE ${isNew} RETURNING subject_id
  ), event AS (INSERT INTO consent.events (${eventColumns}) SELECT ${eventValues} FROM state RETURNING id)${follows}, ${evidence} ${receipt}`;
}

/** What is dated: the event is one by its instant, and moves the state on only where nothing later has. */
function sayingThen({ columns, values, whoMay, changes, follows }: Saying, isLater: string): string {
  return `WITH event AS (
    INSERT INTO consent.events (${eventColumns}) SELECT ${eventValues} FROM ${whoMay} ON CONFLICT (subject_id, scope, state, occurred_at) DO NOTHING RETURNING id
  ), state AS (
    INSERT INTO consent.states AS held (${columns}) SELECT ${values} FROM event
    ON CONFLICT (subject_id, scope) DO UPDATE SET ${changes} WHERE ${isLater}
  )${follows}, ${evidence} ${receipt}`;
}

function statementsOver(tables: readonly LineageTable[]) {
  const mayGrant = `(${lockedGiver({ subjectId: '$1', isGuardian: "$14 = 'guardian'" })}) AS giver`;
  const grant: Saying = {
    columns: grantColumns,
    values: grantValues,
    whoMay: mayGrant,
    changes: grantChanges,
    follows: '',
  };
  const withdrawal: Saying = {
    columns: withdrawalColumns,
    values: withdrawalValues,
    whoMay: '(SELECT) AS anybody',
    changes: withdrawalChanges,
    follows: `, ${removals(tables)}`,
  };
  return {
    grant: { now: sayingNow(grant, `${isLaterGrant} AND (${isNewGrant})`), then: sayingThen(grant, isLaterGrant) },
    withdrawal: {
      now: sayingNow(withdrawal, `${isLaterWithdrawal} AND (${isNewWithdrawal})`),
      then: sayingThen(withdrawal, isLaterWithdrawal),
    },
  };
}

/** Whether the event gives; else it takes back. */
export function isGrant({ act }: PreparedConsent): boolean {
  return act === 'grant' || act === 'renewal';
}

/** Writes consent events, each with the state it leads to, its receipt, its evidence and what it takes away from what is stored, in one statement. Joins the open transaction, if there is one. */
@Injectable()
export class ConsentWriter {
  /** Made at the first use, when every module has registered its tables. */
  private statements: ReturnType<typeof statementsOver> | undefined;

  constructor(
    private readonly db: Database,
    private readonly tables: LineageTables,
  ) {}

  /**
   * `evidence`: of the act, as `Audit.valuesOf` gives it. False when the same had been said before, or the account may give no consent any more:
   * nothing was written then.
   */
  async write(consent: PreparedConsent, evidence: readonly unknown[]): Promise<boolean> {
    const grants = isGrant(consent);
    this.statements ??= statementsOver(this.tables.all());
    const sql = this.statements[grants ? 'grant' : 'withdrawal'][consent.isDated ? 'then' : 'now'];
    const { scope } = consent;
    const written = await this.db.executePrepared(
      `consent.${grants ? 'grant' : 'withdrawal'}_${consent.isDated ? 'then' : 'now'}`,
      sql,
      [
        consent.subjectId,
        consent.id,
        consent.act,
        grants ? 'granted' : 'withdrawn',
        consent.scopeHash,
        scope.purpose,
        scope.categories,
        scope.service,
        scope.recipient,
        scope.region,
        consent.occurredAt,
        consent.recordedAt,
        consent.expiresAt,
        consent.givenBy,
        consent.giverId,
        consent.policy,
        consent.revision,
        consent.revisionId,
        consent.clauseId,
        consent.locale,
        consent.wordingHash,
        consent.channel,
        consent.evidence,
        consent.receiptId,
        consent.record,
        ...evidence,
        ...(grants || consent.isDated ? [] : [consent.askedAt]),
      ],
    );
    return written === 1;
  }

  /** Where the subject stands with what `consent` is about, as it is committed or written in the open transaction. */
  async stateOf({ subjectId, scope, recordedAt }: PreparedConsent): Promise<StandingState> {
    const [row] = await this.db.query<{ state: StandingState }>(standingState, [
      subjectId,
      scope.purpose,
      scope.categories,
      scope.service,
      scope.recipient,
      scope.region,
      recordedAt,
    ]);
    if (!row) throw new Error('A consent that was recorded stands nowhere');
    return row.state;
  }

  /** The event that says what `consent` would have said again. */
  async standing(consent: PreparedConsent): Promise<StandingEvent> {
    const { subjectId, scopeHash, isDated, occurredAt } = consent;
    const grants = isGrant(consent);
    const current = `id = (SELECT ${grants ? 'grant_id' : 'withdrawal_id'} FROM consent.states WHERE subject_id = $1 AND scope = $2)`;
    const dated = 'scope = $2 AND state = $3 AND occurred_at = $4';
    const [row] = await this.db.query<{ id: string; receipt_id: string; occurred_at: Date }>(
      `SELECT id, receipt_id, occurred_at FROM consent.events WHERE subject_id = $1 AND ${isDated ? dated : current}`,
      isDated ? [subjectId, scopeHash, grants ? 'granted' : 'withdrawn', occurredAt] : [subjectId, scopeHash],
    );
    if (!row) throw new Error('A consent that was said before is not there');
    return { id: row.id, receiptId: row.receipt_id, occurredAt: row.occurred_at };
  }
}
