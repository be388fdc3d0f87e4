import { Injectable } from '@nestjs/common';
import { Audit, type Act, type Actor } from '@abide/audit';
import { Clock, newId, type ConsentChange } from '@abide/kernel';
import { Database, Jobs, requestContext } from '@abide/platform';
import { CitedRevisions, EffectiveRulebook, type CitedRevision, type RulebookInForce } from '@abide/policy';
import { birthdayAfter, type Choice, type ConsentFact } from '@abide/rulebook';
import { Vault } from '@abide/vault';
import { refusal } from '../consent.errors.js';
import { SubjectFactsLoader, type KnownSubject } from '../gate/facts/subject-facts.loader.js';
import { Prompts } from '../prompts/prompts.service.js';
import { wordingHashOf } from '../receipts/receipt-record.rules.js';
import { ReceiptRecords, recordHash, type RecordedEvent } from '../receipts/receipt-records.js';
import { citationOf, textsOf } from '../receipts/receipt-texts.js';
import type { ConsentAct, Giver } from '../events/consent-event.entity.js';
import { asksFor, choicesFor, expiryOf, occurredAtOf, scopeOf, type ConsentWish } from './consent-wish.rules.js';
import { ConsentWriter, isGrant, type PreparedConsent, type StandingState } from './consent-writer.js';
import { WithdrawalConsequences } from './withdrawal-consequences.js';
import { isWithin, scopeHash, scopeOfFact, type ConsentScope } from '../events/scope.rules.js';

/** Who speaks for the subject. `evidence`: an operator's note of how the subject said so. */
export interface GivenBy {
  readonly kind: Exclude<Giver, 'system'>;
  readonly id: string | null;
  readonly evidence?: string;
  readonly reason?: string;
  /** Whose act the recording is, where an operator brings a guardian's word. */
  readonly isBroughtByOperator?: boolean;
  /** Asked in the transaction that writes, over what it locks: whoever may speak no more by then writes nothing. */
  readonly stillMay?: () => Promise<void>;
}

/** What stands after a consent was recorded; `isRepeated` when it said nothing new. */
export interface RecordedConsent {
  readonly consentEventId: string;
  readonly receiptId: string;
  /** Where the subject stands with what was said, which is not what a late word says where a newer one stands above it. */
  readonly state: StandingState;
  readonly at: Date;
  readonly isRepeated: boolean;
}

interface Basis {
  readonly inForce: RulebookInForce;
  /** What was in force when the subject said so. */
  readonly then: RulebookInForce;
  /** Epoch milliseconds: when it is recorded, and when the subject says that they said so; null for now. */
  readonly now: number;
  readonly datedAt: number | null;
  readonly known: KnownSubject;
  readonly scope: ConsentScope;
  readonly hash: Buffer;
  readonly choices: readonly Choice[];
  readonly notice: { readonly revision: CitedRevision; readonly clauseId: string | null } | null;
  /** The texts of the choices, by policy. */
  readonly texts: Awaited<ReturnType<typeof textsOf>>;
}

/** How many grants and withdrawals one subject may have standing before no further scope is told apart. */
const mostSaid = 1000;

const itself: GivenBy = { kind: 'subject', id: null };

/** The one writer of consent: event, state, receipt and evidence in one transaction; whoever depends on it is told there too. */
@Injectable()
export class Consents {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly vault: Vault,
    private readonly rulebooks: EffectiveRulebook,
    private readonly cited: CitedRevisions,
    private readonly subjectFacts: SubjectFactsLoader,
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
    const basis = await this.basisOf(subjectId, wish);
    requireMaySpeak(basis, wish, by);
    const prepared = await this.prepare(subjectId, { wish, by, basis });
    const isNew = await this.write(prepared, by);
    if (!isNew) requireMaySpeak({ ...basis, known: await this.knownStill(subjectId) }, wish, by);
    const { id, receiptId, occurredAt } = isNew ? prepared : await this.writer.standing(prepared);
    const state = prepared.isDated ? await this.writer.stateOf(prepared) : wish.state;
    return { consentEventId: id, receiptId, state, at: occurredAt, isRepeated: !isNew };
  }

  private async basisOf(subjectId: string, wish: ConsentWish): Promise<Basis> {
    const inForce = await this.rulebooks.current();
    const known = await this.knownStill(subjectId);
    const scope = bounded(scopeOf(wish, inForce, known.facts.consents ?? []), known, wish.state);
    const now = Math.max(this.clock.now().getTime(), known.latestAt + 1);
    const datedAt = occurredAtOf(wish, { now, registeredAt: known.registeredAt });
    const then = datedAt === null || datedAt >= now ? inForce : await this.rulebooks.asOf(new Date(datedAt));
    const asked = choicesFor(then.rulebook, scope);
    const notice = await this.noticeOf(wish, then, asked);
    const choices = notice
      ? asked.filter(
          (choice) =>
            choice.policy !== notice.revision.policy ||
            choice.revision <= notice.revision.number ||
            asksFor(notice.revision.document, choice),
        )
      : asked;
    return {
      inForce,
      then,
      now,
      datedAt,
      known,
      scope,
      hash: scopeHash(scope),
      choices,
      notice,
      texts: await textsOf(this.cited, choices, { inForce: then, shown: notice?.revision ?? null }),
    };
  }

  private async knownStill(subjectId: string): Promise<KnownSubject> {
    const known = await this.subjectFacts.of(subjectId);
    if (!known) throw refusal('subject.unknown', { detail: 'There is no such subject. Nothing was recorded.' });
    return known;
  }

  /** The text that the subject saw: the one they name, else the one in force when they said so, with the clause that asks for this consent. */
  private async noticeOf(
    wish: ConsentWish,
    { revisionIds }: RulebookInForce,
    choices: readonly Choice[],
  ): Promise<Basis['notice']> {
    const [asking] = choices;
    const inForceId = asking && revisionIds.get(asking.policy);
    const id = wish.revisionId ?? inForceId;
    if (id === undefined) return null;
    const revision = id === inForceId ? await this.cited.text(id) : await this.cited.find(id);
    if (!revision) throw unknownText('consent.unknown_revision', '/revisionId');
    const clauseId =
      wish.clauseId ?? revision.document.clauses.find((clause) => clause.id === asking?.clauseId)?.id ?? null;
    if (clauseId !== null && !revision.document.clauses.some((clause) => clause.id === clauseId))
      throw unknownText('consent.unknown_clause', '/clauseId');
    return { revision, clauseId };
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

/** Withdrawing is never harder than giving: it is refused to nobody who has an account. */
function requireMaySpeak(basis: Basis, wish: ConsentWish, by: GivenBy): void {
  const { known, choices } = basis;
  if (known.status === 'closed')
    throw refusal('subject.closed', { detail: 'The account is closed. Nothing was recorded.' });
  if (wish.state === 'withdrawn') return;
  if (known.facts.isRestricted)
    throw refusal('subject.restricted', {
      detail: 'The data is stored only, until a stated date. Nothing was recorded.',
    });
  if (by.kind !== 'guardian' && isTooYoung(basis, wish)) {
    throw refusal('consent.guardian_needed', {
      detail:
        'Somebody this young consents through a confirmed guardian. Nothing was recorded; name the guardian whose word it is.',
    });
  }
  if (choices.length === 0)
    throw refusal('consent.no_clause', {
      detail: 'No clause in force asks for this consent, so there is nothing to consent to. Nothing was recorded.',
    });
}

/** Now, or when they said so: what a child said alone is no consent, also when it arrives after the birthday that lets them decide. */
function isTooYoung({ known, inForce: { rulebook } }: Basis, { occurredAt }: ConsentWish): boolean {
  if (known.minorStatus === 'under14' || known.status === 'pendingGuardian') return true;
  const { birthDate = null } = known.facts;
  if (occurredAt === undefined || birthDate === null) return false;
  return (
    Date.parse(occurredAt) < birthdayAfter(birthDate, rulebook.guardianConsentUnder, rulebook.profile.utcOffsetHours)
  );
}

/**
 * Whoever has said so many things apart that reading them would hold up others says no more of them: a grant is refused, and a
 * no, which is refused to nobody, becomes one to the whole purpose.
 */
function bounded(
  scope: ConsentScope,
  { facts: { consents } }: KnownSubject,
  state: ConsentWish['state'],
): ConsentScope {
  const said = consents ?? [];
  if (said.length < mostSaid) return scope;
  const whole = { purpose: scope.purpose, categories: null, service: null, recipient: null, region: null };
  const hash = scopeHash(scope);
  if (hash.equals(scopeHash(whole)) || said.some((one) => scopeHash(scopeOfFact(one)).equals(hash))) return scope;
  if (state === 'withdrawn') return whole;
  throw refusal('consent.too_many', {
    detail:
      'So many things were named apart already that no more can be. Consent to the whole purpose instead. Nothing was recorded.',
  });
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

function unknownText(code: 'consent.unknown_revision' | 'consent.unknown_clause', pointer: string) {
  const message = 'No published text has it.';
  return refusal(code, {
    detail: 'The text that the consent cites is not published. Nothing was recorded.',
    errors: [{ pointer, code, message }],
  });
}
