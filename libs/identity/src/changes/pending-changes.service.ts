import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, dayInMilliseconds, DomainError, newId, type Localized } from '@abide/kernel';
import { Database, type Position } from '@abide/platform';
import { MoreThan, Repository } from 'typeorm';
import type { Operator } from '../operators/operator.entity.js';
import { grantEvidence, Operators, type GrantEvidence } from '../operators/operators.service.js';
import type { Permission } from '../operators/roles.js';
import { SecondPerson } from '../operators/second-person.js';
import { changeLastsDays, PendingChange, type PendingChangeState } from './pending-change.entity.js';

/** What a module registers so that its changes can wait for a second operator. */
export interface PendingChangeKind {
  readonly name: string;
  /** Held by whoever proposes, also at the confirmation. */
  readonly permission: Permission;
  /** Held by whoever may see that it waits, beside those who may confirm it. */
  readonly readPermission: Permission;
  /** Held by whoever may confirm or reject it, other than who proposed it; left out: as `SecondPerson` says. */
  readonly confirmPermission?: Permission;
  /**
   * What a change would be done to, as it stands now; null where there is nothing yet. Where that is no longer what it was
   * proposed against, nobody confirms it.
   */
  readonly basisNow: (change: PendingChange) => Promise<string | null>;
  /** Does what was proposed, in the transaction of the confirmation. @throws DomainError to leave the change waiting */
  readonly apply: (change: PendingChange, evidence: GrantEvidence) => Promise<Afterwards | void>;
  /** What of it stands sealed elsewhere, for whoever looks; added to what is proposed. */
  readonly detailsFor?: (change: PendingChange, viewer: Operator) => Promise<object>;
  /** Takes back, in the transaction of the rejection, what had been done before anybody decided. */
  readonly undo?: (change: PendingChange, rejectedBy: string) => Promise<void>;
}

/** What is left to do once the confirmation is committed, such as to send what was written in it. */
export type Afterwards = () => Promise<void>;

/** What an operator asks for, and what it would open. */
export interface Wanted extends Pick<PendingChange, 'objectType' | 'objectId' | 'name' | 'proposed' | 'basis'> {
  readonly kind: string;
  readonly by: string;
  readonly opens: readonly Localized[];
  /** How many more than `opens` lists. */
  readonly opensMore?: number;
  /** Who beside the proposer would gain by it. */
  readonly beneficiaries?: readonly string[];
}

/** What came of it: it is done, or it waits for a second operator. */
export type ChangeOutcome<T> = { readonly done: T } | { readonly waiting: PendingChangeFacts };

/** A change with its state now, the people it names, and whether the operator who looks may decide on it. */
export interface PendingChangeFacts {
  readonly change: PendingChange;
  readonly state: PendingChangeState;
  readonly people: ReadonlyMap<string, Operator>;
  readonly mayConfirm: boolean;
  /** What of it stands sealed elsewhere, as far as whoever looks may read it. */
  readonly details: object;
}

interface ChangesAsked {
  readonly limit: number;
  readonly position: Position | null;
  readonly state: PendingChangeState | undefined;
  /** What they are about, where only those are asked for. */
  readonly objectType?: string;
}

export interface ChangeDecision {
  readonly by: string;
  readonly reason: string | null;
  /** What it has to be about, where only such changes are decided on. */
  readonly objectType?: string;
}

/**
 * Four eyes on what widens what is allowed: one operator proposes, another confirms within seven days, and it is applied
 * once, with the evidence of both. Where nobody could confirm it is done at once and the evidence says `singleHanded`.
 */
@Injectable()
export class PendingChanges {
  private readonly kinds = new Map<string, PendingChangeKind>();

  constructor(
    @InjectRepository(PendingChange) private readonly pendingChangeRepository: Repository<PendingChange>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly operators: Operators,
    private readonly secondPerson: SecondPerson,
  ) {}

  register(kind: PendingChangeKind): void {
    this.kinds.set(kind.name, kind);
  }

  /** Keeps operators and what waits as they are until the open transaction ends: taken before anything that a change is about. */
  async lock(): Promise<void> {
    await this.secondPerson.lockOperators();
  }

  /** Whether what this operator asks for has to wait for somebody else. */
  async areNeeded(by: string): Promise<boolean> {
    return !(await this.secondPerson.isSingleHanded(by));
  }

  /** Lets what is wanted wait for a second operator; where there is none, `act` does it at once. */
  async proposeOrAct<T>(wanted: Wanted, act: (evidence: GrantEvidence) => Promise<T>): Promise<ChangeOutcome<T>> {
    return this.db.transaction(async () => {
      if (await this.secondPerson.isSingleHanded(wanted.by))
        return { done: await act({ ...grantEvidence(null), ...opensEvidence(wanted) }) };
      return { waiting: await this.propose(wanted) };
    });
  }

  /** Changes before `position`, newest first, one more than `limit`, of the kinds that the permissions let one see. */
  async list(by: string, { limit, position, state, objectType }: ChangesAsked): Promise<PendingChangeFacts[]> {
    const viewer = await this.operators.get(by);
    const query = this.pendingChangeRepository
      .createQueryBuilder('change')
      .orderBy('change.proposedAt', 'DESC')
      .addOrderBy('change.id', 'DESC')
      .limit(limit + 1);
    query.where('change.kind = ANY(:kinds)', { kinds: this.kindsSeenBy(viewer) });
    if (objectType) query.andWhere('change.objectType = :objectType', { objectType });
    if (position) query.andWhere('(change.proposedAt, change.id) < (:at, :id)', position);
    if (state) query.andWhere('change.state = :stored', { stored: state === 'expired' ? 'waiting' : state });
    if (state === 'waiting') query.andWhere('change.expiresAt > :now', { now: this.clock.now() });
    if (state === 'expired') query.andWhere('change.expiresAt <= :now', { now: this.clock.now() });
    return this.describe(await query.getMany(), viewer);
  }

  /** The change of such an object that waits for somebody, by its id; null where none does. */
  async findWaiting(objectType: string, objectId: string): Promise<string | null> {
    const expiresAt = MoreThan(this.clock.now());
    const change = await this.pendingChangeRepository.findOneBy({ objectType, objectId, state: 'waiting', expiresAt });
    return change?.id ?? null;
  }

  /** @throws DomainError `change.not_found` */
  async get(id: string, by: string): Promise<PendingChangeFacts> {
    const viewer = await this.operators.get(by);
    const change = await this.pendingChangeRepository.findOneBy({ id });
    if (!change || !this.kindsSeenBy(viewer).includes(change.kind)) throw notFound();
    return this.describeOne(change, viewer);
  }

  /**
   * Applies a change that another operator proposed, once, in one transaction with the evidence of both.
   * @throws DomainError `change.not_found`, `change.decided`, `change.expired`, `change.proposer_gone`, `change.stale`,
   * what `SecondPerson` refuses, and what the act itself may refuse.
   */
  async confirm(id: string, decision: ChangeDecision): Promise<PendingChangeFacts> {
    const { facts, afterwards } = await this.db.transaction(async () => {
      const { change, kind, decider } = await this.getUndecided(id, decision);
      const proposer = await this.operators.get(change.proposedBy);
      if (!proposer.isActive || !proposer.permissions.includes(kind.permission)) throw proposerGone();
      if ((await kind.basisNow(change)) !== change.basis) throw stale();
      const decided = await this.decide(change, 'confirmed', decision);
      const both = grantEvidence({ proposedBy: change.proposedBy, confirmedBy: decision.by });
      const afterwards = await kind.apply(change, { ...both, ...opensEvidence(change) });
      return { facts: await this.describeOne(decided, decider), afterwards };
    });
    if (afterwards) await afterwards();
    return facts;
  }

  /** Sets aside a change that another operator proposed. @throws DomainError as `confirm`. */
  async reject(id: string, decision: ChangeDecision): Promise<PendingChangeFacts> {
    return this.db.transaction(async () => {
      const { change, kind, decider } = await this.getUndecided(id, decision);
      await kind.undo?.(change, decision.by);
      return this.describeOne(await this.decide(change, 'rejected', decision), decider);
    });
  }

  /** Lets what is wanted wait for a second operator, also where there is none. In a transaction that has called `lock`. */
  async propose({ kind, by, opens, opensMore = 0, beneficiaries = [], ...about }: Wanted): Promise<PendingChangeFacts> {
    const now = this.clock.now();
    const change = this.pendingChangeRepository.create({
      ...about,
      id: newId(),
      kind,
      opens,
      opensMore,
      beneficiaries: [...new Set(beneficiaries)].filter((one) => one !== by),
      proposedBy: by,
      proposedAt: now,
      expiresAt: new Date(now.getTime() + changeLastsDays * dayInMilliseconds),
      state: 'waiting',
      decidedBy: null,
      decidedAt: null,
      reason: null,
    });
    await this.pendingChangeRepository.insert(change);
    await this.audit.record({
      act: 'change.proposed',
      object: objectOf(change),
      details: { ...aboutOf(change), ...opensEvidence(change) },
    });
    return this.describeOne(change, await this.operators.get(by));
  }

  /** Read once nobody else decides: of many at the same time the others find it decided. */
  private async getUndecided(
    id: string,
    { by, objectType }: ChangeDecision,
  ): Promise<{ change: PendingChange; kind: PendingChangeKind; decider: Operator }> {
    await this.lock();
    const change = await this.pendingChangeRepository.findOneBy({ id, ...(objectType ? { objectType } : {}) });
    const kind = change && this.kinds.get(change.kind);
    if (!change || !kind) throw notFound();
    const decider = await this.operators.get(by);
    if (!kind.confirmPermission) await this.secondPerson.requireMayDecide(by, change);
    else if (!holdsSecond(decider, change, kind.confirmPermission)) throw notSecond(decider, change);
    const state = change.stateAt(this.clock.now());
    if (state === 'expired')
      throw new DomainError('conflict', 'change.expired', {
        detail: 'Nobody decided within seven days. Nothing was changed; propose it again.',
      });
    if (state !== 'waiting') throw alreadyDecided();
    return { change, kind, decider };
  }

  private async decide(
    change: PendingChange,
    state: 'confirmed' | 'rejected',
    { by, reason }: ChangeDecision,
  ): Promise<PendingChange> {
    const now = this.clock.now();
    const decided = await this.db.execute(
      `UPDATE identity.pending_changes SET state = $2, decided_by = $3, decided_at = $4, reason = $5
       WHERE id = $1 AND state = 'waiting' AND expires_at > $4 AND proposed_by <> $3`,
      [change.id, state, by, now, reason],
    );
    if (decided === 0) throw alreadyDecided();
    await this.audit.record({
      act: `change.${state}`,
      object: objectOf(change),
      ...(reason === null ? {} : { reason }),
      details: { ...aboutOf(change), proposedBy: change.proposedBy },
    });
    return this.pendingChangeRepository.findOneByOrFail({ id: change.id });
  }

  private kindsSeenBy({ permissions }: Operator): string[] {
    return [...this.kinds.values()]
      .filter(
        ({ readPermission, confirmPermission = 'change.decide' }) =>
          permissions.includes(readPermission) || permissions.includes(confirmPermission),
      )
      .map(({ name }) => name);
  }

  private async describeOne(change: PendingChange, viewer: Operator): Promise<PendingChangeFacts> {
    const [described] = await this.describe([change], viewer);
    if (!described) throw notFound();
    return described;
  }

  private async describe(changes: readonly PendingChange[], viewer: Operator): Promise<PendingChangeFacts[]> {
    const people = await this.operators.getAll(
      changes.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy].filter((id) => id !== null)),
    );
    const isDecidable = await this.secondPerson.decidableBy(viewer.id);
    const now = this.clock.now();
    const described: PendingChangeFacts[] = [];
    for (const change of changes) {
      const state = change.stateAt(now);
      const { confirmPermission: second, detailsFor } = this.kinds.get(change.kind) ?? {};
      const may = second ? holdsSecond(viewer, change, second) : isDecidable(change);
      const details = (await detailsFor?.(change, viewer)) ?? {};
      described.push({ change, people, state, mayConfirm: state === 'waiting' && may, details });
    }
    return described;
  }
}

function holdsSecond({ id, isActive, permissions }: Operator, change: PendingChange, needed: Permission): boolean {
  return isActive && id !== change.proposedBy && !change.beneficiaries.includes(id) && permissions.includes(needed);
}

function notSecond({ id }: Operator, { proposedBy }: PendingChange): DomainError {
  return id === proposedBy
    ? new DomainError('forbidden', 'operator.own_change', {
        detail: 'Whoever proposed a change does not decide on it.',
      })
    : new DomainError('forbidden', 'operator.second_person_only', {
        detail: 'Somebody else has to decide on this, who could have done it themselves.',
      });
}

const mostEvidence = 2000;

/** What the evidence says of what was opened. */
function opensEvidence({ opens, opensMore = 0 }: Pick<Wanted, 'opens' | 'opensMore'>): Record<string, string> {
  if (opens.length === 0) return {};
  const more = opensMore > 0 ? ` (+${opensMore})` : '';
  return {
    opens: `${opens
      .map(({ en }) => en)
      .join(' ')
      .slice(0, mostEvidence)}${more}`,
  };
}

function aboutOf({ kind, objectType, objectId }: PendingChange): Record<string, string> {
  return { kind, objectType, objectId };
}

function objectOf({ id }: PendingChange): { type: string; id: string } {
  return { type: 'change', id };
}

function notFound(): DomainError {
  return new DomainError('notFound', 'change.not_found');
}

function alreadyDecided(): DomainError {
  return new DomainError('conflict', 'change.decided', { detail: 'Somebody has decided on this change already.' });
}

function stale(): DomainError {
  return new DomainError('conflict', 'change.stale', {
    detail:
      'What it is about, or what it would open, has changed since it was proposed. Nothing was changed; reject it, and propose it anew if it is still wanted.',
  });
}

function proposerGone(): DomainError {
  return new DomainError('conflict', 'change.proposer_gone', {
    detail:
      'Whoever proposed this may no longer do so. Nothing was changed; reject it, and propose it anew if it is still wanted.',
  });
}
