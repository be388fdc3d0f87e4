import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import {
  answerOf,
  Database,
  deleteCounted,
  HolderRegistry,
  isAskedFor,
  isSpared,
  nothingToDo,
  rowsIn,
  sparedParameter,
  type AffectedCount,
  type Expiry,
  type HeldRecord,
  type Holder,
  type HolderAnswer,
  type HoldingSummary,
  type RetainedCount,
  type SuppliedRecord,
} from '@abide/platform';
import { EvidenceTerms } from '@abide/policy';

const category = 'client.instruction';
const inSql = `'${category}'`;
const evidence = ['events', 'receipts'] as const;
const choices = [
  'states',
  'prompts',
  'preferences',
  'positioning_changes',
  'privacy_control_changes',
  'reminder_recipients',
] as const;
/** What a withdrawal has still to take away, for seconds: an erasure leaves it to run its course. */
const passing = ['purpose_removals'] as const;
const rowsPerPage = 500;
const noticesKeptYears = 3;

interface Row {
  readonly id: string;
  readonly since: Date;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What an export says of each table that holds more than what follows from another. */
const exported = [
  {
    table: 'events',
    since: 'recorded_at',
    id: 'id::text',
    values: `jsonb_build_object('act', act, 'purpose', purpose, 'categories', categories, 'service', service, 'recipient', recipient, 'region', region,
      'occurredAt', occurred_at, 'expiresAt', expires_at, 'givenBy', given_by, 'policy', policy, 'revision', revision, 'clause', clause_id, 'channel', channel, 'receiptId', receipt_id)`,
  },
  {
    table: 'positioning_changes',
    since: 'at',
    id: 'id::text',
    values: `jsonb_build_object('positioningOn', is_on, 'at', at)`,
  },
  {
    table: 'privacy_control_changes',
    since: 'at',
    id: 'id::text',
    values: `jsonb_build_object('globalPrivacyControl', is_on, 'at', at)`,
  },
  {
    table: 'prompts',
    since: 'shown_at',
    id: 'purpose',
    values: `jsonb_build_object('askedFor', purpose, 'at', shown_at)`,
  },
  {
    table: 'reminder_recipients',
    since: 'told_at',
    id: 'reminder_id::text',
    values: `jsonb_build_object('remindedAt', told_at, 'message', message)`,
  },
  {
    table: 'preferences',
    since: `coalesce(gpc_since, gpc_cleared_at, positioning_changed_at)`,
    id: `'preferences'`,
    values: `jsonb_build_object('globalPrivacyControlSince', gpc_since)`,
  },
] as const;

/**
 * Answers for what subjects chose. Events and receipts are evidence: an erasure leaves them, under an id that leads to nobody
 * any more, for as long as records of transactions are kept; everything else goes at once, but for the note that it went.
 */
@Injectable()
export class ConsentHolder implements Holder, OnModuleInit {
  readonly name = 'consent';
  readonly phase = 'dependents';
  readonly tables = [...evidence, ...choices, ...passing].map((table) => `consent.${table}`);

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly terms: EvidenceTerms,
    private readonly holders: HolderRegistry,
  ) {}

  onModuleInit(): void {
    this.holders.register(this);
  }

  async describe(subjectId: string): Promise<HoldingSummary[]> {
    const [row] = await this.db.query<{ count: number; since: Date | null }>(
      `SELECT sum(count)::int AS count, min(since) AS since FROM (
         SELECT count(*) AS count, min(recorded_at) AS since FROM consent.events WHERE subject_id = $1
         UNION ALL SELECT count(*), min(at) FROM consent.positioning_changes WHERE subject_id = $1
         UNION ALL SELECT count(*), min(told_at) FROM consent.reminder_recipients WHERE subject_id = $1
         UNION ALL SELECT count(*), min(at) FROM consent.privacy_control_changes WHERE subject_id = $1
         UNION ALL SELECT count(*), min(shown_at) FROM consent.prompts WHERE subject_id = $1 AND shown_at > '-infinity'
       ) AS held`,
      [subjectId],
    );
    return row && row.count > 0 ? [{ category, ...row }] : [];
  }

  async *export(subjectId: string, categories?: readonly string[]): AsyncIterable<HeldRecord> {
    if (!isAskedFor(category, categories)) return;
    for (const { table, since, id, values } of exported) {
      for (let last = ''; ;) {
        const rows = await this.db.query<Row>(
          `SELECT ${id} AS id, ${since} AS since, ${values} AS values FROM consent.${table} WHERE subject_id = $1 AND ${id} > $2 AND ${since} > '-infinity' ORDER BY 1 LIMIT ${rowsPerPage}`,
          [subjectId, last],
        );
        for (const row of rows) yield { category, table: `consent.${table}`, ...row };
        if (rows.length < rowsPerPage) break;
        last = rows.at(-1)?.id ?? last;
      }
    }
  }

  /** Consents are proved by receipts; they are not shared as data. */
  async *supply(): AsyncIterable<SuppliedRecord> {}

  /** A consent is changed by giving or withdrawing it. */
  async correct(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  async erase(subjectId: string, categories?: readonly string[]): Promise<HolderAnswer> {
    if (!isAskedFor(category, categories)) return nothingToDo;
    return this.db.transaction(async () => {
      const retained = await this.keepEvidence(subjectId, { accountGoesOn: categories !== undefined });
      const counts: AffectedCount[] = [];
      for (const table of choices) {
        const own = { table: `consent.${table}`, category: inSql, where: 'subject_id = $1' };
        counts.push(...(await deleteCounted(this.db, own, [subjectId])));
      }
      return answerOf(counts, retained);
    });
  }

  /** Until when at the latest: from now, where the account was not erased yet. */
  async staying(subjectId: string): Promise<readonly RetainedCount[]> {
    const article = await this.terms.article();
    const [kept] = await this.db.query<{ count: number; until: Date | null }>(
      `SELECT count(*)::int AS count, max(coalesce(kept_until, $2)) AS until FROM (
         SELECT kept_until FROM consent.events WHERE subject_id = $1 UNION ALL SELECT kept_until FROM consent.receipts WHERE subject_id = $1
       ) AS kept`,
      [subjectId, await this.terms.keptUntil(this.clock.now())],
    );
    return kept && kept.count > 0 ? [{ category, ...kept, ground: 'evidence', article }] : [];
  }

  /** The gate refuses what is restricted; choices themselves stay as they are, so that nothing is lost with the restriction. */
  async restrict(): Promise<HolderAnswer> {
    return nothingToDo;
  }

  /** The database judges by the product's clock what evidence is over. */
  async expire({ now, limit, except }: Expiry): Promise<HolderAnswer> {
    const over = await this.db.query<{ name: string; count: number }>(
      'SELECT name, rows AS count FROM consent.delete_evidence_that_is_over($1, $2)',
      [limit, sparedParameter(except)],
    );
    const counts = over.map(({ name: table, count }): AffectedCount => ({ category, table, count }));
    return answerOf([...counts, ...(await this.forgetReminders({ now, limit: limit - rowsIn(counts), except }))]);
  }

  /** Events and receipts stay as long as records of transactions; how long is said once. While the account goes on nothing says until when. */
  private async keepEvidence(
    subjectId: string,
    { accountGoesOn }: { readonly accountGoesOn: boolean },
  ): Promise<readonly RetainedCount[]> {
    const until = await this.terms.keptUntil(this.clock.now());
    for (const table of accountGoesOn ? [] : evidence)
      await this.db.execute(
        `UPDATE consent.${table} SET kept_until = $2 WHERE subject_id = $1 AND kept_until IS NULL`,
        [subjectId, until],
      );
    const kept = await this.staying(subjectId);
    return accountGoesOn ? kept.map((one) => ({ ...one, until: null })) : kept;
  }

  /** That somebody was reminded is kept as long as other notices. */
  private forgetReminders({ now, limit, except }: Expiry): Promise<AffectedCount[]> {
    const before = new Date(now);
    before.setUTCFullYear(before.getUTCFullYear() - noticesKeptYears);
    const spared = isSpared({ subjectId: 'held.subject_id', category: inSql, occurredAt: 'held.told_at' }, '$3');
    const old = {
      table: 'consent.reminder_recipients',
      category: inSql,
      where: `(subject_id, reminder_id) IN (
        SELECT subject_id, reminder_id FROM consent.reminder_recipients AS held WHERE told_at < $1 AND NOT ${spared} LIMIT $2)`,
    };
    return deleteCounted(this.db, old, [before, limit, sparedParameter(except)]);
  }
}
