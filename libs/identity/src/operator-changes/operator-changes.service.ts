import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, newId } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { PendingChange } from '../changes/pending-change.entity.js';
import {
  PendingChanges,
  type Afterwards,
  type ChangeOutcome,
  type Wanted,
} from '../changes/pending-changes.service.js';
import { Factors } from '../operators/factors.service.js';
import { OperatorLinks } from '../operators/operator-links.service.js';
import type { Operator } from '../operators/operator.entity.js';
import {
  grantEvidence,
  Operators,
  type AcceptedOperator,
  type GrantEvidence,
  type NewOperator,
  type OperatorFields,
} from '../operators/operators.service.js';
import type { Role } from '../operators/roles.js';
import { opensWords, passwordAlone } from './operator-words.js';

/** What the changes of operators are about. */
export const operatorType = 'operator';

const kinds = {
  creation: 'operatorCreation',
  amendment: 'operatorAmendment',
  suspension: 'operatorSuspension',
  factorReset: 'operatorFactorReset',
} as const;

/** What an administrator asks to be changed; what is absent stays. */
export interface WantedChanges {
  readonly name?: string;
  readonly roles?: readonly Role[];
  readonly isActive?: boolean;
}

/** Whom to add; they choose their password themselves. */
type InvitedOperator = Omit<NewOperator, 'password'>;

/** How an operator is to be once a change is confirmed, and whom it is about by their address; what is absent stays. */
interface ProposedOperator {
  readonly email: string;
  readonly roles?: readonly Role[];
  readonly active?: boolean;
  readonly before?: { readonly roles: readonly Role[] };
}

/**
 * Four eyes on who may come into the console and do what there: what one administrator asks for waits for a second person.
 * Where nobody could be that, it is done at once and the evidence says `singleHanded`.
 */
@Injectable()
export class OperatorChanges implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly operators: Operators,
    private readonly factors: Factors,
    private readonly links: OperatorLinks,
    private readonly changes: PendingChanges,
  ) {}

  onModuleInit(): void {
    const shared = { permission: 'operator.manage', readPermission: 'operator.read' } as const;
    const basisNow = async ({ objectId }: PendingChange) => basisOf(await this.operators.get(objectId));
    this.changes.register({
      ...shared,
      name: kinds.creation,
      basisNow: () => Promise.resolve(null),
      apply: (change, evidence) => this.applyCreation(change, evidence),
    });
    this.changes.register({
      ...shared,
      name: kinds.amendment,
      basisNow,
      apply: (change, evidence) => this.applyAmendment(change, evidence),
    });
    this.changes.register({
      ...shared,
      name: kinds.suspension,
      basisNow,
      apply: (change, evidence) => this.applyAmendment(change, evidence),
      undo: (change, rejectedBy) => this.endSuspension(change, rejectedBy),
    });
    this.changes.register({
      ...shared,
      name: kinds.factorReset,
      basisNow,
      apply: (change, evidence) => this.applyFactorReset(change, evidence),
    });
  }

  /** Adds an operator and invites them, or proposes to. @throws DomainError `operator.email_taken`, `delivery.not_configured`. */
  async create(wanted: InvitedOperator, by: string): Promise<ChangeOutcome<Operator>> {
    const id = newId();
    await this.operators.requireFreeEmail(wanted.email);
    const outcome = await this.changes.proposeOrAct(
      {
        ...aboutOperator({ id, name: wanted.name }),
        kind: kinds.creation,
        proposed: wanted,
        basis: null,
        opens: opensWords(wanted),
        by,
      },
      (evidence) => this.invite({ ...wanted, id }, evidence),
    );
    if (!('done' in outcome)) return outcome;
    await outcome.done.send();
    return { done: outcome.done.operator };
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
  ): Promise<ChangeOutcome<Operator>> {
    const isOwn = by === id;
    if (isOwn && (wanted.roles || wanted.isActive === false))
      throw new DomainError('forbidden', 'operator.own_roles', {
        detail: 'Nobody changes their own roles. Ask another administrator.',
      });
    return this.db.transaction(async () => {
      if (isOwn) return { done: await this.operators.change(id, wanted, { etag }) };
      const evidence = (await this.changes.areNeeded(by)) ? {} : grantEvidence(null);
      const atOnce = { name: wanted.name, ...shutOut(await this.operators.get(id), wanted, by) };
      const operator = await this.operators.change(id, atOnce, { etag, evidence });
      const rest = restOf(wanted, operator);
      return rest ? this.proposeOrGrant(operator, rest, by) : { done: operator };
    });
  }

  /**
   * Takes away the second factor of an operator who lost it, or proposes to. One's own goes only
   * where none is required. @throws DomainError `operator.not_found`, `factor.required`.
   */
  async resetFactors(id: string, by: string): Promise<ChangeOutcome<void>> {
    const operator = await this.operators.get(id);
    const outcome =
      by === id
        ? { done: await this.factors.remove(id) }
        : await this.changes.proposeOrAct(
            {
              ...aboutOperator(operator),
              kind: kinds.factorReset,
              proposed: { email: operator.email },
              basis: basisOf(operator),
              opens: [passwordAlone],
              by,
            },
            (evidence) => this.factors.clear(id, evidence),
          );
    if ('done' in outcome) await this.links.tell(operator, 'factorRemoved');
    return outcome;
  }

  private proposeOrGrant(
    operator: Operator,
    rest: Pick<ProposedOperator, 'roles' | 'active'>,
    by: string,
  ): Promise<ChangeOutcome<Operator>> {
    const before = rest.roles ? { before: { roles: operator.roles } } : {};
    return this.changes.proposeOrAct(
      {
        ...aboutOperator(operator),
        kind: rest.active === false ? kinds.suspension : kinds.amendment,
        proposed: { email: operator.email, ...rest, ...before },
        basis: basisOf(operator),
        opens: opensWords(rest, operator.roles),
        by,
      },
      (evidence) => this.grant(operator.id, rest, evidence),
    );
  }

  private async applyCreation({ objectId, proposed }: PendingChange, evidence: GrantEvidence): Promise<Afterwards> {
    return (await this.invite({ ...(proposed as InvitedOperator), id: objectId }, evidence)).send;
  }

  private async applyAmendment({ objectId, proposed }: PendingChange, evidence: GrantEvidence): Promise<void> {
    await this.grant(objectId, proposed as ProposedOperator, evidence);
  }

  private async applyFactorReset({ objectId }: PendingChange, evidence: GrantEvidence): Promise<Afterwards> {
    const operator = await this.operators.get(objectId);
    await this.factors.clear(objectId, evidence);
    return () => this.links.tell(operator, 'factorRemoved');
  }

  /** Lets in again whom only whoever proposed it had shut out. */
  private async endSuspension({ objectId, proposedBy }: PendingChange, rejectedBy: string): Promise<void> {
    const { suspendedBy } = await this.operators.get(objectId);
    if (suspendedBy === null) return;
    await this.operators.change(objectId, { isActive: true }, { evidence: { suspendedBy: proposedBy, rejectedBy } });
  }

  private grant(
    id: string,
    { roles, active }: Pick<ProposedOperator, 'roles' | 'active'>,
    evidence: GrantEvidence,
  ): Promise<Operator> {
    return this.operators.change(id, { roles, isActive: active }, { evidence });
  }

  /** Adds an operator; `send` sends the invitation, after the open transaction. */
  private async invite(
    wanted: AcceptedOperator,
    evidence: GrantEvidence,
  ): Promise<{ operator: Operator; send: Afterwards }> {
    const operator = await this.operators.add(wanted, evidence);
    const message = await this.links.prepare(operator.id);
    return { operator, send: () => this.links.deliver(message) };
  }
}

/** How `wanted` shuts the operator out at once: for good, or, whoever may be a second person, until a second person has confirmed it. */
function shutOut(target: Operator, { isActive }: WantedChanges, by: string): OperatorFields {
  if (isActive !== false) return {};
  return target.mayBeSecondPerson ? { suspendedBy: target.suspendedBy ?? by } : { isActive };
}

/** What of the wanted fields is a grant, or a suspension to be confirmed; null when nothing is. */
function restOf(
  { roles, isActive }: WantedChanges,
  { suspendedBy }: Operator,
): Pick<ProposedOperator, 'roles' | 'active'> | null {
  const asksForAccess = isActive === true || (isActive === false && suspendedBy !== null);
  if (!roles && !asksForAccess) return null;
  return { ...(roles ? { roles } : {}), ...(asksForAccess ? { active: isActive } : {}) };
}

function aboutOperator({
  id,
  name,
}: Pick<Operator, 'id' | 'name'>): Pick<Wanted, 'objectType' | 'objectId' | 'name' | 'beneficiaries'> {
  return { objectType: operatorType, objectId: id, name: { 'zh-CN': name, en: name }, beneficiaries: [id] };
}

function basisOf({ accessVersion }: Operator): string {
  return String(accessVersion);
}
