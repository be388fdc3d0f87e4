import { Injectable } from '@nestjs/common';
import { Audit, type Act, type Actor } from '@abide/audit';
import { newId, type ConsentChange } from '@abide/kernel';
import { Database, Jobs, requestContext } from '@abide/platform';
import type { ConsentFact } from '@abide/rulebook';
import { Vault } from '@abide/vault';
import type { ConsentAct } from '../events/consent-event.entity.js';
import { isWithin, scopeHash, scopeOfFact } from '../events/scope.rules.js';
import { Prompts } from '../prompts/prompts.service.js';
import { wordingHashOf } from '../receipts/receipt-record.rules.js';
import { ReceiptRecords, recordHash, type RecordedEvent } from '../receipts/receipt-records.js';
import { citationOf } from '../receipts/receipt-texts.js';
import { ConsentBasis, type Basis } from './consent-basis.js';
import { expiryOf, type ConsentWish } from './consent-wish.rules.js';
import { ConsentWriter, isGrant, type PreparedConsent, type StandingState } from './consent-writer.js';
import type { GivenBy } from './given-by.js';
import { requireMaySpeak } from './may-consent.rules.js';
import { WithdrawalConsequences } from './withdrawal-consequences.js';

/** What stands after a consent was recorded; `isRepeated` when it said nothing new. */
export interface RecordedConsent {
  readonly consentEventId: string;
  readonly receiptId: string;
  /** Where the subject stands with what was said, which is not what a late word says where a newer one stands above it. */
  readonly state: StandingState;
  readonly at: Date;
  readonly isRepeated: boolean;
}

const itself: GivenBy = { kind: 'subject', id: null };

/** The one writer of consent: event, state, receipt and evidence in one transaction; whoever depends on it is told there too. */
@Injectable()
export class Consents {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly vault: Vault,
    private readonly basis: ConsentBasis,
    private readonly prompts: Prompts,
    private readonly records: ReceiptRecords,
    private readonly writer: ConsentWriter,
    private readonly consequences: WithdrawalConsequences,
  ) {}

  /**
   * Records what a subject says now, or said at `occurredAt`. Saying again what stands changes nothing and answers the event
   * that stands.
   * @throws DomainError `consent.*`, `subject.unknown`, `subject.closed`, `subject.restricted`
   */
  async record(subjectId: string, wish: ConsentWish, by: GivenBy = itself): Promise<RecordedConsent> {
    const basis = await this.basis.of(subjectId, wish);
    requireMaySpeak(basis, wish, by);
    const prepared = await this.prepare(subjectId, { wish, by, basis });
    const isNew = await this.write(prepared, by);
    if (!isNew) requireMaySpeak({ ...basis, known: await this.basis.knownStill(subjectId) }, wish, by);
    const { id, receiptId, occurredAt } = isNew ? prepared : await this.writer.standing(prepared);
    const state = prepared.isDated ? await this.writer.stateOf(prepared) : wish.state;
    return { consentEventId: id, receiptId, state, at: occurredAt, isRepeated: !isNew };
  }

  private async prepare(
    subjectId: string,
    { wish, by, basis }: { wish: ConsentWish; by: GivenBy; basis: Basis },
  ): Promise<PreparedConsent> {
    const { now, datedAt, known, scope, hash, choices, notice } = basis;
    const [occurredAt, recordedAt] = [new Date(datedAt ?? now), new Date(now)];
    const locale = wish.locale ?? requestContext()?.locale ?? 'zh-CN';
    const event = {
      subjectId,
      id: newId(),
      receiptId: newId(),
      act: actOf(basis, wish.state),
      occurredAt,
      recordedAt,
      expiresAt:
        wish.state === 'granted'
          ? expiryOf(choices, occurredAt.getTime(), basis.inForce.rulebook.profile.utcOffsetHours)
          : null,
      givenBy: by.kind,
      giverId: by.id,
      locale,
      channel: wish.channel ?? 'app',
      wordingHash:
        wish.wordingHash ??
        (notice && wordingHashOf({ document: notice.revision.document, clauseId: notice.clauseId }, locale)),
    };
    const endedAt = wish.state === 'granted' ? endedSince(basis, occurredAt.getTime()) : null;
    return {
      ...event,
      scope,
      scopeHash: hash,
      evidence: null,
      isDated: datedAt !== null,
      isOverruled: endedAt !== null,
      policy: notice?.revision.policy ?? null,
      revision: notice?.revision.number ?? null,
      revisionId: notice?.revision.id ?? null,
      clauseId: notice?.clauseId ?? null,
      askedAt: wish.state === 'withdrawn' ? await this.prompts.openSince(subjectId, wish.purpose, known) : null,
      record: this.recordOf(basis, { ...event, endsAt: endedAt ?? event.expiresAt }),
    };
  }

  private recordOf(
    { then: { rulebook, registry, key }, scope, hash, choices, notice, texts }: Basis,
    event: Omit<RecordedEvent, 'eventId'> & Pick<PreparedConsent, 'id' | 'locale'>,
  ): string {
    const cited = notice && { ...citationOf(notice.revision), clauseId: notice.clauseId };
    const shared = [key, event.locale, cited?.policy, cited?.revision, cited?.clauseId, hash.toString('base64')].join(
      '|',
    );
    const common = { key: shared, rulebook, registry, scope, choices, notice: cited, texts, locale: event.locale };
    return this.records.write(common, { ...event, eventId: event.id });
  }

  /** One statement writes it all; only what has to be done besides needs a transaction around that. Of a grant that a newer word stands above nobody is told: nothing is granted. */
  private async write(prepared: PreparedConsent, by: GivenBy): Promise<boolean> {
    const change = changeOf(prepared);
    const [event, consequences] = isGrant(prepared)
      ? (['consent.granted', []] as const)
      : (['consent.withdrawn', this.consequences.of(change)] as const);
    const evidence = this.audit.valuesOf(actOfRecording(prepared, by));
    const isTold = !prepared.isOverruled && (await this.jobs.hasSubscribers(event));
    if (by.evidence === undefined && by.stillMay === undefined && consequences.length === 0 && !isTold)
      return this.writer.write(prepared, evidence);
    return this.db.transaction(async () => {
      await by.stillMay?.();
      const sealed = by.evidence === undefined ? null : await this.sealEvidence(prepared, by.evidence);
      const written = await this.writer.write({ ...prepared, evidence: sealed }, evidence);
      if (!written) return false;
      for (const consequence of consequences) await consequence.apply(change);
      if (isTold) await this.jobs.publish(event, change);
      return true;
    });
  }

  private sealEvidence({ subjectId, id }: PreparedConsent, text: string): Promise<Buffer> {
    return this.vault.seal({ subjectId, table: 'consent.events', column: 'evidence', rowId: id }, text, {
      key: 'retained',
    });
  }
}

/** A grant beside one that stands renews it; a no beside no yes for the purpose refuses. */
function actOf({ known, scope, hash }: Basis, state: ConsentWish['state']): Exclude<ConsentAct, 'expiry'> {
  const own = (known.facts.consents ?? []).filter((one) => one.purpose === scope.purpose);
  if (state === 'withdrawn') return own.some((one) => one.state === 'granted') ? 'withdrawal' : 'refusal';
  const same = own.filter((one) => scopeHash(scopeOfFact(one)).equals(hash));
  const latest = (which: ConsentFact['state']) =>
    Math.max(-Infinity, ...same.filter((one) => one.state === which).map((one) => one.at));
  return latest('granted') > latest('withdrawn') ? 'renewal' : 'grant';
}

/** When a grant given at an instant was withdrawn again, before it was heard of: by the first word since that covers it whole. */
function endedSince({ known, scope }: Basis, at: number): Date | null {
  const since = (known.facts.consents ?? []).filter(
    (one) => one.state === 'withdrawn' && one.at >= at && isWithin(scope, scopeOfFact(one)),
  );
  return since.length === 0 ? null : new Date(Math.min(...since.map((one) => one.at)));
}

function changeOf({ scope, subjectId, id, occurredAt, recordedAt }: PreparedConsent): ConsentChange {
  return {
    ...scope,
    subjectId,
    consentEventId: id,
    occurredAt: occurredAt.toISOString(),
    at: recordedAt.toISOString(),
  };
}

function actOfRecording({ subjectId, id, act, scope, occurredAt, record }: PreparedConsent, by: GivenBy): Act {
  return {
    act: `consent.${act}`,
    object: { type: 'consent', id },
    subjectId,
    actor: actorOf(subjectId, by),
    reason: by.reason,
    details: {
      purpose: scope.purpose,
      categories: scope.categories?.join(' ') ?? null,
      service: scope.service,
      recipient: scope.recipient,
      region: scope.region,
      givenBy: by.kind,
      occurredAt: occurredAt.toISOString(),
      receipt: recordHash(record),
    },
  };
}

function actorOf(subjectId: string, by: GivenBy): Actor | undefined {
  if (by.kind === 'operator' || by.isBroughtByOperator) return undefined;
  return { kind: 'subject', id: by.id ?? subjectId };
}
