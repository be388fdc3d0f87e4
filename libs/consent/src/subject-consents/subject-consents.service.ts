import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Guardianships, MinorLooks, Subjects, type MinorStatus, type Permission } from '@abide/identity';
import { DomainError } from '@abide/kernel';
import { Database, type OperatorPrincipal } from '@abide/platform';
import { Vault } from '@abide/vault';
import { refusal } from '../consent.errors.js';
import type { ConsentWish } from '../recording/consent-wish.rules.js';
import { Consents, type RecordedConsent } from '../recording/consents.service.js';
import { SubjectFactsLoader, type KnownSubject } from '../gate/facts/subject-facts.loader.js';

/** How the subject said so, and why the operator records it for them. */
export interface OnBehalf {
  readonly evidence: string;
  readonly reason: string;
  /** Of a child: whose word it is. */
  readonly guardianshipId?: string;
}

const consoleChannel = 'console';

/** What operators do about a subject's consents: record one that was given in another way, and read how it was given. */
@Injectable()
export class SubjectConsents {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly vault: Vault,
    private readonly subjects: Subjects,
    private readonly guardianships: Guardianships,
    private readonly minorLooks: MinorLooks,
    private readonly consents: Consents,
    private readonly subjectFacts: SubjectFactsLoader,
  ) {}

  /**
   * Records what a subject told the operator, or of a child what the guardian did whom `guardianshipId` names. Said to have been shown in the
   * subject's own language where `wish` names none.
   * @throws DomainError those of `Consents.record` and `Guardianships.requireAdultOf`; `operator.forbidden` for a minor without the permission for minors' data
   */
  async record(
    subjectId: string,
    wish: ConsentWish,
    { by, evidence, reason, guardianshipId }: OnBehalf & { by: OperatorPrincipal },
  ): Promise<RecordedConsent> {
    requireMayTouch(await this.get(subjectId), by);
    const locale = wish.locale ?? (await this.subjects.preferredLocale(subjectId));
    const said = { ...wish, channel: wish.channel ?? consoleChannel, locale };
    if (guardianshipId === undefined || wish.state === 'withdrawn')
      return this.consents.record(subjectId, said, { kind: 'operator', id: by.operatorId, evidence, reason });
    const { guardianId } = await this.guardianships.requireAdultOf(guardianshipId, subjectId);
    const stillMay = async () => {
      await this.guardianships.lockWard(subjectId);
      await this.guardianships.requireAdultOf(guardianshipId, subjectId);
    };
    return this.consents.record(subjectId, said, {
      kind: 'guardian',
      id: guardianId,
      evidence,
      reason,
      isBroughtByOperator: true,
      stillMay,
    });
  }

  /**
   * Opens what an operator noted of how a consent was given, and records who read it and why.
   * @throws DomainError `subject.unknown`, `subject.restricted`, `consent.event_not_found`, `consent.no_evidence`, `operator.forbidden` for a minor's, `subject.minor_look_unapproved`
   */
  async readEvidence(
    subjectId: string,
    eventId: string,
    { reason, by }: { reason: string; by: OperatorPrincipal },
  ): Promise<string> {
    return this.db.transaction(async () => {
      const known = await this.get(subjectId);
      requireMayTouch(known, by);
      await this.minorLooks.require(subjectId, by.operatorId);
      if (known.facts.isRestricted)
        throw refusal('subject.restricted', {
          detail: 'The data is stored only, until a stated date. Nothing was shown.',
        });
      const sealed = await this.sealedEvidence(subjectId, eventId);
      await this.audit.record({
        act: 'consent.evidenceRead',
        object: { type: 'consent', id: eventId },
        reason,
        ...(isErased(known) ? {} : { subjectId }),
      });
      return this.vault.open({ subjectId, table: 'consent.events', column: 'evidence', rowId: eventId }, sealed);
    });
  }

  private async sealedEvidence(subjectId: string, eventId: string): Promise<Buffer> {
    const [row] = await this.db.query<{ evidence: Buffer | null }>(
      'SELECT evidence FROM consent.events WHERE subject_id = $1 AND id = $2',
      [subjectId, eventId],
    );
    if (!row) throw refusal('consent.event_not_found', { detail: 'The subject has no such consent event.' });
    if (!row.evidence)
      throw refusal('consent.no_evidence', {
        detail: 'Nobody noted how this consent was given: the subject gave it themselves.',
      });
    return row.evidence;
  }

  private async get(subjectId: string): Promise<KnownSubject> {
    const known = await this.subjectFacts.of(subjectId);
    if (!known) throw refusal('subject.unknown', { detail: 'There is no such subject.' });
    return known;
  }
}

const minors: readonly MinorStatus[] = ['under14', 'under18'];

/** A minor's data is for those who may see it; so is what is left of somebody erased, of whom nobody can tell any more. */
function requireMayTouch(known: KnownSubject, { permissions }: OperatorPrincipal): void {
  const permission: Permission = 'subject.revealMinor';
  if (permissions.has(permission) || !(minors.includes(known.minorStatus) || isErased(known))) return;
  throw new DomainError('forbidden', 'operator.forbidden', {
    detail: "A minor's data is for privacy officers only. Nothing was recorded or shown.",
    extra: { permission },
  });
}

function isErased({ facts }: KnownSubject): boolean {
  return facts.isSuppressed === true;
}
