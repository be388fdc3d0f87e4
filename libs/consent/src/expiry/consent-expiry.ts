import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock, newId, type Locale } from '@abide/kernel';
import { Database, Jobs, ScheduledTasks } from '@abide/platform';
import { CitedRevisions, EffectiveRulebook } from '@abide/policy';
import { choicesFor } from '../recording/consent-wish.rules.js';
import { scopeHash, type ConsentScope } from '../events/scope.rules.js';
import { isWithdrawn } from '../states/consent-state.sql.js';
import { citationOf, textsOf } from '../receipts/receipt-texts.js';
import { ReceiptRecords, recordHash } from '../receipts/receipt-records.js';
import { ExpiryNotices } from './expiry-notices.js';

const intervalSeconds = 60;
const consentsPerBatch = 100;
const batchesPerRun = 100;

/** A grant whose term is over, as it was given. */
interface EndedGrant {
  readonly subjectId: string;
  readonly scope: Buffer;
  readonly expiresAt: Date;
  readonly grantId: string;
  readonly purpose: string;
  readonly categories: readonly string[] | null;
  readonly service: string | null;
  readonly recipient: string | null;
  readonly region: string | null;
  readonly policy: string | null;
  readonly revision: number | null;
  readonly revisionId: string | null;
  readonly clauseId: string | null;
  readonly grantedAt: Date;
  readonly locale: Locale;
}

const channel = 'system';

const ended = `
  SELECT held.subject_id AS "subjectId", held.scope, held.expires_at AS "expiresAt", held.grant_id AS "grantId",
    held.purpose, held.categories, held.service, held.recipient, held.region,
    given.policy, given.revision, given.revision_id AS "revisionId", given.clause_id AS "clauseId", held.granted_at AS "grantedAt", coalesce(given.locale, 'zh-CN') AS locale
  FROM consent.states held LEFT JOIN consent.events given ON given.subject_id = held.subject_id AND given.id = held.grant_id
  WHERE held.expires_at <= $1 AND held.expired_at IS NULL AND NOT ${isWithdrawn('held')}
  ORDER BY held.expires_at LIMIT ${consentsPerBatch}`;

/** The state decides who writes: whoever marks the very grant as over writes the event and its receipt. */
const expire = `
  WITH state AS (
    UPDATE consent.states AS held SET expired_at = $11, changed_at = $4
    WHERE subject_id = $1 AND scope = $5 AND expires_at = $11 AND expired_at IS NULL AND grant_id = $18 AND NOT ${isWithdrawn('held')}
    RETURNING subject_id
  ), event AS (
    INSERT INTO consent.events (subject_id, id, act, state, scope, purpose, categories, service, recipient, region, occurred_at, recorded_at,
      given_by, policy, revision, revision_id, clause_id, locale, channel, receipt_id)
    SELECT $1, $2, 'expiry', 'expired', $5, $6, $7::text[], $8, $9, $10, $11, $4, 'system', $12, $13::integer, $14::uuid, $15, $16, '${channel}', $3 FROM state
    ON CONFLICT (subject_id, scope, state, occurred_at) DO NOTHING RETURNING id
  ) INSERT INTO consent.receipts (subject_id, id, event_id, record, issued_at) SELECT $1, $3, $2, $17, $4 FROM event`;

/** What was withdrawn before its term was over, by itself or with more, has nothing left to end. */
const settleWithdrawn = `
  UPDATE consent.states AS held SET expired_at = held.expires_at FROM (
    SELECT subject_id, scope FROM consent.states ended WHERE expires_at <= $1 AND expired_at IS NULL AND ${isWithdrawn('ended')} LIMIT 1000
  ) AS over WHERE held.subject_id = over.subject_id AND held.scope = over.scope AND ${isWithdrawn('held')}`;

/**
 * Ends consents whose term is over: event, state, receipt and evidence in one transaction each. The gate refuses from the very
 * instant by itself; this puts it on record. Any number of processes may do it, each end is written once.
 */
@Injectable()
export class ConsentExpiry implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly tasks: ScheduledTasks,
    private readonly rulebooks: EffectiveRulebook,
    private readonly cited: CitedRevisions,
    private readonly records: ReceiptRecords,
    private readonly notices: ExpiryNotices,
  ) {}

  onModuleInit(): void {
    this.tasks.every(intervalSeconds, 'consent.expire', () => this.expireDue());
  }

  /** Tells who is due to be told, then ends what is over. */
  async expireDue(): Promise<void> {
    await this.notices.tellDue();
    await this.db.execute(settleWithdrawn, [this.clock.now()]);
    for (let batch = 0; batch < batchesPerRun; batch += 1) {
      const grants = await this.db.query<EndedGrant>(ended, [this.clock.now()]);
      for (const grant of grants) await this.expire(grant);
      if (grants.length < consentsPerBatch) return;
    }
  }

  private async expire(grant: EndedGrant): Promise<void> {
    const [id, receiptId] = [newId(), newId()];
    const recordedAt = new Date(Math.max(this.clock.now().getTime(), grant.expiresAt.getTime()));
    const record = await this.recordOf(grant, { id, receiptId, recordedAt });
    const {
      subjectId,
      scope,
      purpose,
      categories,
      service,
      recipient,
      region,
      policy,
      revision,
      revisionId,
      clauseId,
      locale,
      expiresAt,
      grantId,
    } = grant;
    await this.db.transaction(async () => {
      const written = await this.db.execute(expire, [
        subjectId,
        id,
        receiptId,
        recordedAt,
        scope,
        purpose,
        categories,
        service,
        recipient,
        region,
        expiresAt,
        policy,
        revision,
        revisionId,
        clauseId,
        locale,
        record,
        grantId,
      ]);
      if (written === 1) await this.tell(grant, { id, recordedAt, record });
    });
  }

  private async recordOf(
    grant: EndedGrant,
    { id, receiptId, recordedAt }: { id: string; receiptId: string; recordedAt: Date },
  ): Promise<string> {
    const inForce = await this.rulebooks.asOf(grant.grantedAt);
    const { rulebook, registry, key } = inForce;
    const { subjectId, expiresAt, revisionId, clauseId, locale } = grant;
    const scope: ConsentScope = {
      purpose: grant.purpose,
      categories: grant.categories,
      service: grant.service,
      recipient: grant.recipient,
      region: grant.region,
    };
    const shown = revisionId === null ? null : await this.cited.text(revisionId);
    const notice = shown && { ...citationOf(shown), clauseId };
    const choices = choicesFor(rulebook, scope);
    const texts = await textsOf(this.cited, choices, { inForce, shown });
    const shared = [key, locale, notice?.policy, notice?.revision, clauseId, scopeHash(scope).toString('base64')].join(
      '|',
    );
    return this.records.write(
      { key: shared, rulebook, registry, scope, choices, notice, texts, locale },
      {
        subjectId,
        eventId: id,
        receiptId,
        act: 'expiry',
        occurredAt: expiresAt,
        recordedAt,
        endsAt: null,
        givenBy: 'system',
        giverId: null,
        wordingHash: null,
        channel,
      },
    );
  }

  private async tell(
    { subjectId, purpose, categories, service, recipient, region, expiresAt }: EndedGrant,
    { id, recordedAt, record }: { id: string; recordedAt: Date; record: string },
  ): Promise<void> {
    const occurredAt = expiresAt.toISOString();
    await this.audit.record({
      act: 'consent.expire',
      object: { type: 'consent', id },
      subjectId,
      actor: { kind: 'system', id: 'system' },
      details: {
        purpose,
        categories: categories?.join(' ') ?? null,
        service,
        recipient,
        region,
        occurredAt,
        receipt: recordHash(record),
      },
    });
    await this.jobs.publish('consent.expired', {
      subjectId,
      consentEventId: id,
      purpose,
      categories,
      service,
      recipient,
      region,
      occurredAt,
      at: recordedAt.toISOString(),
    });
  }
}
