import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, newId, type Localized } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Vault, type Place } from '@abide/vault';
import { Repository } from 'typeorm';
import { PendingChange } from '../changes/pending-change.entity.js';
import { PendingChanges, type PendingChangeFacts } from '../changes/pending-changes.service.js';
import { MinorLook, minorLookMinutes } from '../looks/minor-look.entity.js';
import { MinorLooks } from '../looks/minor-looks.service.js';
import { OperatorSubjects } from '../operator-subjects/operator-subjects.service.js';
import type { Operator } from '../operators/operator.entity.js';
import type { GrantEvidence } from '../operators/operators.service.js';
import type { Permission } from '../operators/roles.js';

const kind = 'minorLook';
const opens: Localized = {
  'zh-CN': '提议人可以在一小时内查看这名未成年人的信息。',
  en: 'Whoever asks may look at this minor’s data for an hour.',
};
const approving: Permission = 'subject.approveMinorLook';

/** How an operator stands with a minor's data. */
export interface MinorLookStanding {
  /** Whether a colleague has to agree first. */
  readonly isClosed: boolean;
  readonly openUntil: Date | null;
  /** What they have asked for and nobody has decided on. */
  readonly waiting: PendingChangeFacts | null;
}

/** Operators ask for a colleague's agreement to look at a minor's data, each for themselves, for one minor and an hour. */
@Injectable()
export class MinorLookAsks implements OnModuleInit {
  constructor(
    @InjectRepository(MinorLook) private readonly minorLookRepository: Repository<MinorLook>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly vault: Vault,
    private readonly changes: PendingChanges,
    private readonly subjects: OperatorSubjects,
    private readonly looks: MinorLooks,
  ) {}

  onModuleInit(): void {
    this.changes.register({
      name: kind,
      permission: 'subject.read',
      readPermission: 'subject.read',
      confirmPermission: approving,
      basisNow: async ({ objectId }) => (await this.find(objectId))?.id ?? null,
      apply: (change, evidence) => this.open(change, evidence),
      detailsFor: (change, viewer) => this.detailsFor(change, viewer),
    });
  }

  /** @throws DomainError `subject.not_found` */
  async standing(subjectId: string, operatorId: string): Promise<MinorLookStanding> {
    await this.subjects.requireKnown(subjectId);
    const waitingId = await this.waitingId(subjectId, operatorId);
    return {
      isClosed: await this.looks.isClosed(subjectId, operatorId),
      openUntil: await this.openUntil(subjectId, operatorId),
      waiting: waitingId === null ? null : await this.changes.get(waitingId, operatorId),
    };
  }

  /** Asks, also where there is nobody yet who could agree; what waits already stands. @throws DomainError `subject.not_found`, `subject.not_a_minor` */
  async ask(subjectId: string, reason: string, operatorId: string): Promise<PendingChangeFacts> {
    return this.db.transaction(async () => {
      await this.changes.lock();
      await this.subjects.requireMinor(subjectId);
      const waitingId = await this.waitingId(subjectId, operatorId);
      if (waitingId !== null) return this.changes.get(waitingId, operatorId);
      const id = newId();
      await this.minorLookRepository.insert({
        subjectId,
        id,
        operatorId,
        reason: await this.vault.seal(placeOf({ subjectId, id }), reason),
        askedAt: this.clock.now(),
        openUntil: null,
      });
      await this.audit.record({
        act: 'subject.minorLookAsked',
        object: { type: 'subject', id: subjectId },
        subjectId,
        reason,
      });
      return this.changes.propose({
        kind,
        objectType: 'minorLook',
        objectId: id,
        name: { 'zh-CN': '一名未成年人', en: 'A minor' },
        proposed: {},
        basis: id,
        opens: [opens],
        by: operatorId,
      });
    });
  }

  private async open({ objectId }: PendingChange, evidence: GrantEvidence): Promise<void> {
    const { subjectId } = await this.minorLookRepository.findOneByOrFail({ id: objectId });
    const openUntil = new Date(this.clock.now().getTime() + minorLookMinutes * 60_000);
    await this.minorLookRepository.update({ subjectId, id: objectId }, { openUntil });
    await this.audit.record({
      act: 'subject.minorLookApproved',
      object: { type: 'subject', id: subjectId },
      subjectId,
      details: { ...evidence, until: openUntil.toISOString() },
    });
  }

  /** Whom it is about, masked; why, for whoever asked and whoever may agree. */
  private async detailsFor({ objectId, proposedBy }: PendingChange, viewer: Operator): Promise<object> {
    const look = await this.find(objectId);
    if (!look) return {};
    const { subjectId } = look;
    const displayName = (await this.subjects.displayNames([subjectId])).get(subjectId) ?? null;
    const mayReadWhy = viewer.id === proposedBy || viewer.permissions.includes(approving);
    return {
      subjectId,
      displayName,
      ...(mayReadWhy ? { reason: await this.vault.open(placeOf(look), look.reason) } : {}),
    };
  }

  private find(id: string): Promise<MinorLook | null> {
    return this.minorLookRepository.findOneBy({ id });
  }

  private async waitingId(subjectId: string, operatorId: string): Promise<string | null> {
    const [row] = await this.db.query<{ id: string }>(
      `SELECT change.id FROM identity.minor_looks look
       JOIN identity.pending_changes change ON change.kind = $4 AND change.object_id = look.id::text
       WHERE look.subject_id = $1 AND look.operator_id = $2 AND change.state = 'waiting' AND change.expires_at > $3
       ORDER BY change.proposed_at DESC LIMIT 1`,
      [subjectId, operatorId, this.clock.now(), kind],
    );
    return row?.id ?? null;
  }

  private async openUntil(subjectId: string, operatorId: string): Promise<Date | null> {
    const [row] = await this.db.query<{ until: Date | null }>(
      'SELECT max(open_until) AS until FROM identity.minor_looks WHERE subject_id = $1 AND operator_id = $2 AND open_until > $3',
      [subjectId, operatorId, this.clock.now()],
    );
    return row?.until ?? null;
  }
}

function placeOf({ subjectId, id }: Pick<MinorLook, 'subjectId' | 'id'>): Place {
  return { subjectId, table: 'identity.minor_looks', column: 'reason', rowId: id };
}
