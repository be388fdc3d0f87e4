import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, HolderRegistry, type HeldRecord, type Holder, type HoldingSummary } from '@abide/platform';
import { Registries } from '@abide/policy';
import { addDuration } from '@abide/rulebook';

const category = 'client.instruction';
const evidence = ['events', 'receipts'] as const;
const choices = [
  'states',
  'prompts',
  'preferences',
  'positioning_changes',
  'privacy_control_changes',
  'reminder_recipients',
] as const;
/** That something of a subject changed, for an hour or two, and what a withdrawal has still to take away, for seconds: an erasure leaves both to run their course. */
const passing = ['fact_changes', 'purpose_removals'] as const;
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
  readonly tables = [...evidence, ...choices, ...passing].map((table) => `consent.${table}`);

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly registries: Registries,
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

  async *export(subjectId: string): AsyncIterable<HeldRecord> {
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

  /** A consent is changed by giving or withdrawing it. */
  async correct(): Promise<boolean> {
    return false;
  }

  async erase(subjectId: string): Promise<number> {
    return this.db.transaction(async () => {
      const { rules, utcOffsetHours } = await this.registries.profile();
      const keptUntil = new Date(
        addDuration(
          this.clock.now().getTime(),
          { months: 12 * rules.transactionRecordsYears.value, days: 0, hours: 0 },
          utcOffsetHours,
        ),
      );
      for (const table of evidence)
        await this.db.execute(
          `UPDATE consent.${table} SET kept_until = $2 WHERE subject_id = $1 AND kept_until IS NULL`,
          [subjectId, keptUntil],
        );
      let gone = 0;
      for (const table of choices)
        gone += await this.db.execute(`DELETE FROM consent.${table} WHERE subject_id = $1`, [subjectId]);
      return gone;
    });
  }

  /** The gate refuses what is restricted; choices themselves stay as they are, so that nothing is lost with the restriction. */
  async restrict(): Promise<void> {}

  /** The database judges by the product's clock what evidence is over. */
  async expire(now: Date, limit: number): Promise<number> {
    const [deleted] = await this.db.query<{ rows: number }>('SELECT consent.delete_evidence_that_is_over($1) AS rows', [
      limit,
    ]);
    const gone = deleted?.rows ?? 0;
    return gone + (await this.forgetReminders(now, limit - gone));
  }

  /** That somebody was reminded is kept as long as other notices. */
  private async forgetReminders(now: Date, limit: number): Promise<number> {
    const before = new Date(now);
    before.setUTCFullYear(before.getUTCFullYear() - noticesKeptYears);
    return this.db.execute(
      'DELETE FROM consent.reminder_recipients WHERE (subject_id, reminder_id) IN (SELECT subject_id, reminder_id FROM consent.reminder_recipients WHERE told_at < $1 LIMIT $2)',
      [before, limit],
    );
  }
}
