import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, dayInMilliseconds, DomainError, newId } from '@abide/kernel';
import { Database, type Message, type Position } from '@abide/platform';
import { Repository } from 'typeorm';
import { staleChange } from '../operators/stale-change.js';
import { Factors } from '../operators/factors.service.js';
import {
  changeLastsDays,
  OperatorChange,
  type ChangeKind,
  type ChangeState,
  type ProposedContent,
} from '../operators/operator-change.entity.js';
import { OperatorLinks } from '../operators/operator-links.service.js';
import type { Operator } from '../operators/operator.entity.js';
import {
  grantEvidence,
  Operators,
  type Confirmation,
  type NewOperator,
  type OperatorFields,
} from '../operators/operators.service.js';
import type { Role } from '../operators/roles.js';
import { SecondPerson } from '../operators/second-person.js';

/** What an administrator asks to be changed; what is absent stays. */
export interface WantedChanges {
  readonly name?: string;
  readonly roles?: readonly Role[];
  readonly isActive?: boolean;
}

/** Whom to add; they choose their password themselves. */
type InvitedOperator = Omit<NewOperator, 'password'>;

/** What came of it: it is done, or it waits for a second person. */
export type Outcome = { readonly operator: Operator } | { readonly waiting: ChangeFacts };

/** A change with its state now and the people it names. */
export interface ChangeFacts {
  readonly change: OperatorChange;
  readonly state: ChangeState;
  readonly people: ReadonlyMap<string, Operator>;
}

/** What is done, and the message that is to leave after it. */
interface Applied {
  readonly operator: Operator;
  readonly message: Message | null;
}

export interface Decision {
  readonly by: string;
  readonly reason: string | null;
}

interface Proposal {
  readonly kind: ChangeKind;
  readonly operatorId: string | null;
  readonly proposed: ProposedContent;
  readonly by: string;
}

/**
 * Four eyes on who may come into the console and do what there: what one administrator asks for waits for a second person.
 * Where nobody could be that, it is done at once and the evidence says `singleHanded`.
 */
@Injectable()
export class OperatorChanges {
  constructor(
    @InjectRepository(OperatorChange) private readonly operatorChangeRepository: Repository<OperatorChange>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly operators: Operators,
    private readonly factors: Factors,
    private readonly secondPerson: SecondPerson,
    private readonly links: OperatorLinks,
  ) {}

  /** Adds an operator and invites them, or proposes to. @throws DomainError `operator.email_taken`, `delivery.not_configured`. */
  async create(wanted: InvitedOperator, by: string): Promise<Outcome> {
    const { message, ...outcome } = await this.db.transaction(async () => {
      if (await this.secondPerson.isSingleHanded(by)) return this.invite(wanted, null);
      await this.operators.requireFreeEmail(wanted.email);
      return {
        message: null,
        waiting: await this.propose({ kind: 'creation', operatorId: null, proposed: { ...wanted }, by }),
      };
    });
    await this.links.deliver(message);
    return outcome;
  }

  /**
   * Changes an operator. A name and a deactivation take effect at once; the rest needs a second
   * person and is proposed. So is the deactivation of whoever may be one, who is out meanwhile and counts on.
   * @throws DomainError `operator.own_roles`, `operator.stale_edit` (412), `operator.last_administrator`.
   */
  async amend(
    id: string,
    wanted: WantedChanges,
    { by, etag }: { by: string; etag: string | undefined },
  ): Promise<Outcome> {
    const isOwn = by === id;
    if (isOwn && (wanted.roles || wanted.isActive === false))
      throw new DomainError('forbidden', 'operator.own_roles', {
        detail: 'Nobody changes their own roles. Ask another administrator.',
      });
    return this.db.transaction(async () => {
      if (isOwn) return { operator: await this.operators.change(id, wanted, { etag }) };
      if (await this.secondPerson.isSingleHanded(by))
        return { operator: await this.operators.change(id, wanted, { etag, evidence: grantEvidence(null) }) };
      const target = await this.operators.get(id);
      const operator = await this.operators.change(id, { name: wanted.name, ...shutOut(target, wanted, by) }, { etag });
      const proposed = waitingOf(wanted, operator);
      if (!proposed) return { operator };
      return { waiting: await this.propose({ kind: 'amendment', operatorId: id, proposed, by }) };
    });
  }

  /**
   * Takes away the second factor of an operator who lost it, or proposes to; null when it is done. One's own goes only
   * where none is required. @throws DomainError `operator.not_found`, `factor.required`.
   */
  async resetFactors(id: string, by: string): Promise<ChangeFacts | null> {
    const operator = await this.operators.get(id);
    const waiting = await this.db.transaction(async () => {
      if (by === id) await this.factors.remove(id);
      else if (await this.secondPerson.isSingleHanded(by)) await this.factors.clear(id, grantEvidence(null));
      else return this.propose({ kind: 'factorReset', operatorId: id, proposed: {}, by });
      return null;
    });
    if (!waiting) await this.links.tell(operator, 'factorRemoved');
    return waiting;
  }

  /** Changes before `position`, newest first, one more than `limit`; of one state when given. */
  async list(
    limit: number,
    { position, state }: { position: Position | null; state: ChangeState | undefined },
  ): Promise<ChangeFacts[]> {
    const query = this.operatorChangeRepository
      .createQueryBuilder('change')
      .orderBy('change.proposedAt', 'DESC')
      .addOrderBy('change.id', 'DESC')
      .limit(limit + 1);
    if (position) query.andWhere('(change.proposedAt, change.id) < (:at, :id)', position);
    if (state) query.andWhere('change.state = :stored', { stored: state === 'expired' ? 'pending' : state });
    if (state === 'pending') query.andWhere('change.expiresAt > :now', { now: this.clock.now() });
    if (state === 'expired') query.andWhere('change.expiresAt <= :now', { now: this.clock.now() });
    return this.describeAll(await query.getMany());
  }

  /**
   * Applies a change that an administrator proposed, once, in one transaction with the evidence of both.
   * @throws DomainError `operator.change_not_found`, `operator.change_decided`, `operator.change_expired`,
   * `operator.proposer_gone`, `change.stale`, what `SecondPerson` refuses and what the act itself may refuse.
   */
  async confirm(id: string, decision: Decision): Promise<ChangeFacts> {
    const { facts, operator, message } = await this.db.transaction(async () => {
      const change = await this.getUndecided(id, decision.by);
      if (!(await this.operators.get(change.proposedBy)).isAdministrator) throw proposerGone();
      await this.requireUnchanged(change);
      const applied = await this.apply(change, { proposedBy: change.proposedBy, confirmedBy: decision.by });
      change.operatorId = applied.operator.id;
      return { ...applied, facts: await this.decide(change, 'confirmed', decision) };
    });
    await this.links.deliver(message);
    if (facts.change.kind === 'factorReset') await this.links.tell(operator, 'factorRemoved');
    return facts;
  }

  /** Sets aside a change that an administrator proposed; whom only they had shut out is let in again. @throws DomainError as `confirm`. */
  async reject(id: string, decision: Decision): Promise<ChangeFacts> {
    return this.db.transaction(async () => {
      const change = await this.getUndecided(id, decision.by);
      await this.endSuspension(change, decision.by);
      return this.decide(change, 'rejected', decision);
    });
  }

  private async propose({ kind, operatorId, proposed, by }: Proposal): Promise<ChangeFacts> {
    const now = this.clock.now();
    const basis = operatorId === null ? null : (await this.operators.get(operatorId)).accessVersion;
    const change = this.operatorChangeRepository.create({
      id: newId(),
      kind,
      operatorId,
      proposed,
      basis,
      proposedBy: by,
      proposedAt: now,
      expiresAt: new Date(now.getTime() + changeLastsDays * dayInMilliseconds),
      state: 'pending',
      decidedBy: null,
      decidedAt: null,
      reason: null,
    });
    await this.operatorChangeRepository.insert(change);
    await this.audit.record({ act: 'operatorChange.proposed', object: objectOf(change), details: evidenceOf(change) });
    return this.describe(change);
  }

  /** Read once nobody else decides: of many in parallel the others find it decided. */
  private async getUndecided(id: string, by: string): Promise<OperatorChange> {
    await this.secondPerson.lockOperators();
    const change = await this.operatorChangeRepository.findOneBy({ id });
    if (!change) throw new DomainError('notFound', 'operator.change_not_found');
    await this.secondPerson.requireMayDecide(by, {
      proposedBy: change.proposedBy,
      beneficiaries: change.operatorId === null ? [] : [change.operatorId],
    });
    const state = change.stateAt(this.clock.now());
    if (state === 'expired')
      throw new DomainError('conflict', 'operator.change_expired', {
        detail: 'Nobody decided within seven days. Nothing was changed; propose it again.',
      });
    if (state !== 'pending') throw alreadyDecided();
    return change;
  }

  private async requireUnchanged({ operatorId, basis }: OperatorChange): Promise<void> {
    if (operatorId !== null && (await this.operators.get(operatorId)).accessVersion !== basis) throw staleChange();
  }

  private async apply({ kind, operatorId, proposed }: OperatorChange, confirmation: Confirmation): Promise<Applied> {
    const evidence = grantEvidence(confirmation);
    if (operatorId === null) return this.invite(toInvited(proposed), confirmation);
    if (kind === 'amendment')
      return {
        operator: await this.operators.change(
          operatorId,
          { roles: proposed.roles, isActive: proposed.isActive },
          { evidence },
        ),
        message: null,
      };
    await this.factors.clear(operatorId, evidence);
    return { operator: await this.operators.get(operatorId), message: null };
  }

  private async invite(wanted: InvitedOperator, confirmation: Confirmation | null): Promise<Applied> {
    const operator = await this.operators.add(wanted, confirmation);
    return { operator, message: await this.links.prepare(operator.id) };
  }

  private async endSuspension({ operatorId, proposed, proposedBy }: OperatorChange, rejectedBy: string): Promise<void> {
    if (operatorId === null || proposed.isActive !== false) return;
    const operator = await this.operators.get(operatorId);
    if (operator.suspendedBy === null) return;
    await this.operators.change(operatorId, { isActive: true }, { evidence: { suspendedBy: proposedBy, rejectedBy } });
  }

  private async describe(change: OperatorChange): Promise<ChangeFacts> {
    return { change, state: change.stateAt(this.clock.now()), people: await this.operators.getAll(namedIn(change)) };
  }

  private async describeAll(changes: readonly OperatorChange[]): Promise<ChangeFacts[]> {
    const people = await this.operators.getAll(changes.flatMap(namedIn));
    const now = this.clock.now();
    return changes.map((change) => ({ change, state: change.stateAt(now), people }));
  }

  /** Only the first of many decisions finds the change pending. */
  private async decide(
    change: OperatorChange,
    state: 'confirmed' | 'rejected',
    { by, reason }: Decision,
  ): Promise<ChangeFacts> {
    const now = this.clock.now();
    const decided = await this.db.execute(
      `UPDATE identity.operator_changes SET state = $2, operator_id = $3, decided_by = $4, decided_at = $5, reason = $6
       WHERE id = $1 AND state = 'pending' AND expires_at > $5 AND proposed_by <> $4`,
      [change.id, state, change.operatorId, by, now, reason],
    );
    if (decided === 0) throw alreadyDecided();
    await this.audit.record({
      act: `operatorChange.${state}`,
      object: objectOf(change),
      ...(reason === null ? {} : { reason }),
      details: { ...evidenceOf(change), proposedBy: change.proposedBy },
    });
    return this.describe(await this.operatorChangeRepository.findOneByOrFail({ id: change.id }));
  }
}

/** How `wanted` shuts the operator out at once: for good, or, whoever may be a second person, until a second person has confirmed it. */
function shutOut(target: Operator, { isActive }: WantedChanges, by: string): OperatorFields {
  if (isActive !== false) return {};
  return target.mayBeSecondPerson ? { suspendedBy: target.suspendedBy ?? by } : { isActive };
}

/** What of the wanted fields needs a second person; null when nothing does. */
function waitingOf({ roles, isActive }: WantedChanges, { suspendedBy }: Operator): ProposedContent | null {
  const asksForAccess = isActive === true || (isActive === false && suspendedBy !== null);
  if (!roles && !asksForAccess) return null;
  return { ...(roles ? { roles } : {}), ...(asksForAccess ? { isActive } : {}) };
}

function toInvited({ email, name, roles, locale }: ProposedContent): InvitedOperator {
  if (email === undefined || name === undefined) throw new Error('The change does not tell whom to add');
  return { email, name, roles: roles ?? [], ...(locale ? { locale } : {}) };
}

function namedIn({ operatorId, proposedBy, decidedBy }: OperatorChange): string[] {
  return [operatorId, proposedBy, decidedBy].filter((id) => id !== null);
}

function evidenceOf({ kind, operatorId, proposed }: OperatorChange): Record<string, string> {
  return {
    kind,
    ...(operatorId ? { operatorId } : {}),
    ...(proposed.roles ? { roles: proposed.roles.join(' ') } : {}),
  };
}

function objectOf({ id }: OperatorChange): { type: string; id: string } {
  return { type: 'operatorChange', id };
}

function alreadyDecided(): DomainError {
  return new DomainError('conflict', 'operator.change_decided', {
    detail: 'Somebody has decided on this change already.',
  });
}

function proposerGone(): DomainError {
  return new DomainError('conflict', 'operator.proposer_gone', {
    detail:
      'Whoever proposed this is no longer an administrator. Nothing was changed; reject it, and propose it anew if it is still wanted.',
  });
}
