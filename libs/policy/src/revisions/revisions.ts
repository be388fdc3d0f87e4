import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, isId, newId, type Localized } from '@abide/kernel';
import { Audit } from '@abide/audit';
import { ClientAuthors } from '@abide/identity';
import { Database } from '@abide/platform';
import { In, LessThan, Repository } from 'typeorm';
import { refusal } from '../policy.errors.js';
import { acting } from '../acting.js';
import { byKindAndSlug, Policy } from './policy.entity.js';
import { RevisionAct, type AnsweredWarning, type RevisionActName } from './revision-act.entity.js';
import {
  draftLine,
  publishedStates,
  Revision,
  summaryColumns,
  type RevisionState,
  type TitledRevision,
} from './revision.entity.js';

/** A revision in force with the policy it belongs to. */
export interface InForce {
  readonly policy: Policy;
  readonly revision: Revision;
}

/** Who wrote a text, and whether somebody may have whom nobody knows. */
export interface Authors {
  readonly operatorIds: ReadonlySet<string>;
  readonly isUnknown: boolean;
}

const mostActs = 500;
const mostPublished = 100;

interface Act {
  readonly revision: Revision;
  readonly act: RevisionActName;
  readonly comment?: string;
  readonly answers?: readonly AnsweredWarning[];
  readonly details?: Record<string, string | number | boolean | null>;
}

/** The revisions as they are kept: reading them, locking a policy to act on one, and writing an act with its evidence. */
@Injectable()
export class Revisions {
  private inForceKept: { readonly key: string; readonly all: readonly InForce[] } | null = null;

  constructor(
    @InjectRepository(Policy) private readonly policyRepository: Repository<Policy>,
    @InjectRepository(Revision) private readonly revisionRepository: Repository<Revision>,
    @InjectRepository(RevisionAct) private readonly revisionActRepository: Repository<RevisionAct>,
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly clientAuthors: ClientAuthors,
  ) {}

  find(id: string): Promise<Revision | null> {
    return isId(id) ? this.revisionRepository.findOneBy({ id }) : Promise.resolve(null);
  }

  /** @throws DomainError `policy.revision_not_found` */
  async get(id: string): Promise<Revision> {
    const revision = await this.find(id);
    if (!revision) throw refusal('policy.revision_not_found', { detail: 'There is no such revision.' });
    return revision;
  }

  /** The same, of one policy only. */
  async getOfPolicy(id: string, policyId: string): Promise<Revision> {
    const revision = await this.find(id);
    if (revision?.policyId !== policyId)
      throw refusal('policy.revision_not_found', { detail: 'There is no such revision of this policy.' });
    return revision;
  }

  /** The revision that was in force before this one took effect, or null for a first one. */
  predecessorOf({ policyId, number }: Revision): Promise<Revision | null> {
    return this.revisionRepository
      .createQueryBuilder('revision')
      .where(`revision.policyId = :policyId AND revision.number < :number AND revision.tookEffectAt IS NOT NULL`, {
        policyId,
        number,
      })
      .orderBy('revision.number', 'DESC')
      .limit(1)
      .getOne();
  }

  /** The published revisions of the policy before this one, oldest first. */
  async publishedBefore({ policyId, number }: Revision): Promise<Revision[]> {
    const newest = await this.revisionRepository.find({
      where: { policyId, number: LessThan(number), state: In([...publishedStates]) },
      order: { number: 'DESC' },
      take: mostPublished,
    });
    return newest.reverse();
  }

  /**
   * Locks the revision's policy until the transaction ends and reads the revision as it then stands, so that of several
   * acts on one policy each sees what the one before it did.
   */
  async getForAct(id: string): Promise<Revision> {
    const { policyId } = await this.get(id);
    await this.lockPolicy(policyId);
    return this.get(id);
  }

  async lockPolicy(policyId: string): Promise<void> {
    await this.db.query('SELECT 1 FROM policy.policies WHERE id = $1 FOR UPDATE', [policyId]);
  }

  inForce(policyId: string): Promise<Revision | null> {
    return this.findInState(policyId, ['effective']);
  }

  scheduled(policyId: string): Promise<Revision | null> {
    return this.findInState(policyId, ['scheduled']);
  }

  /** The draft of a policy, or what became of it before it is scheduled. */
  open(policyId: string): Promise<Revision | null> {
    return this.findInState(policyId, draftLine);
  }

  /** The revisions of the policies in these states, with their titles and without their texts. */
  async titled(policyIds: readonly string[], states: readonly RevisionState[]): Promise<TitledRevision[]> {
    const query = this.revisionRepository
      .createQueryBuilder('revision')
      .select(summaryColumns.map((column) => `revision.${column}`))
      .addSelect(`"revision"."document" -> 'title'`, 'title')
      .where({ policyId: In([...policyIds]), state: In([...states]) });
    const { entities, raw } = await query.getRawAndEntities<{ title: Localized }>();
    return entities.flatMap((revision, index) => {
      const title = raw[index]?.title;
      return title ? [Object.assign(revision, { title })] : [];
    });
  }

  /** Every revision in force, with its policy; the general one first. What is in force cannot change but by another taking its place. */
  async allInForce(): Promise<readonly InForce[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM policy.revisions WHERE state = 'effective' ORDER BY id LIMIT 1000`,
    );
    const ids = rows.map((row) => row.id);
    const key = ids.join();
    if (this.inForceKept?.key === key) return this.inForceKept.all;
    const all = await this.withPolicies(ids);
    if (!this.db.isInTransaction) this.inForceKept = { key, all };
    return all;
  }

  /** Revisions with their policies, the general ones first. */
  async withPolicies(ids: readonly string[]): Promise<InForce[]> {
    const revisions = await this.revisionRepository.findBy({ id: In([...ids]) });
    const policies = await this.policyRepository.findBy({ id: In(revisions.map((revision) => revision.policyId)) });
    const byId = new Map(policies.map((policy) => [policy.id, policy]));
    return revisions
      .flatMap((revision) => {
        const policy = byId.get(revision.policyId);
        return policy ? [{ policy, revision }] : [];
      })
      .sort((a, b) => byKindAndSlug(a.policy, b.policy));
  }

  /** The scheduled revisions whose time has come by `now`, the earliest first. */
  async dueBy(now: Date): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM policy.revisions WHERE state = 'scheduled' AND effective_at <= $1 ORDER BY effective_at, number LIMIT 100`,
      [now],
    );
    return rows.map((row) => row.id);
  }

  async nextNumber(policyId: string): Promise<number> {
    const [row] = await this.db.query<{ next: number }>(
      'SELECT coalesce(max(number), 0) + 1 AS next FROM policy.revisions WHERE policy_id = $1',
      [policyId],
    );
    return row?.next ?? 1;
  }

  async add(revision: Revision): Promise<void> {
    await this.revisionRepository.insert(revision as never);
    await this.record({ revision, act: 'edit' });
  }

  /**
   * Writes what an act made of a revision that was in state `was`, with its history and audit entry.
   * @throws DomainError `policy.wrong_state` when somebody else moved the revision on in the meantime
   */
  async save(was: RevisionState, act: Act): Promise<void> {
    const { revision } = act;
    const { affected } = await this.revisionRepository.update({ id: revision.id, state: was }, columnsOf(revision));
    if (affected !== 1)
      throw refusal('policy.wrong_state', {
        detail: 'Somebody else acted on this revision in the meantime. Nothing was changed; reload it.',
      });
    await this.record(act);
  }

  /** The newest acts on a revision, oldest first. */
  async acts(revisionId: string): Promise<RevisionAct[]> {
    const newest = await this.revisionActRepository.find({
      where: { revisionId },
      order: { at: 'DESC', id: 'DESC' },
      take: mostActs,
    });
    return newest.reverse();
  }

  /**
   * The operators who wrote any of the revision's text, whoever held the secret of a client that pushed some of it included. Where nobody knows who that was,
   * whoever submitted the text took it over, and counts as well.
   */
  async authors(revisionId: string): Promise<Authors> {
    const rows = await this.db.query<{ act: 'edit' | 'submission'; kind: string; id: string; at: Date }>(
      `SELECT act, actor_kind AS kind, actor_id AS id, min(at) AS at FROM policy.revision_acts WHERE revision_id = $1 AND act IN ('edit', 'submission') GROUP BY 1, 2, 3`,
      [revisionId],
    );
    const pushes = rows
      .filter(({ act, kind }) => act === 'edit' && kind === 'client')
      .map(({ id, at }) => ({ clientId: id, at }));
    const { operatorIds, isUnknown } = await this.clientAuthors.of(pushes);
    const own = rows
      .filter(({ act, kind }) => kind === 'operator' && (act === 'edit' || isUnknown))
      .map(({ id }) => id);
    return { operatorIds: new Set([...own, ...operatorIds]), isUnknown };
  }

  private findInState(policyId: string, states: readonly RevisionState[]): Promise<Revision | null> {
    return this.revisionRepository.findOneBy({ policyId, state: In([...states]) });
  }

  private async record({ revision, act, comment, answers, details = {} }: Act): Promise<void> {
    const { kind, id } = acting();
    const { id: revisionId, contentHash, policyId, number } = revision;
    const row = {
      id: newId(),
      revisionId,
      act,
      actorKind: kind,
      actorId: id,
      comment: comment ?? null,
      answers: answers?.length ? answers : null,
      contentHash,
      at: this.clock.now(),
    };
    await this.revisionActRepository.insert(row);
    await this.audit.record({
      act: `policy.revision_${act}`,
      object: { type: 'revision', id: revisionId },
      reason: comment,
      details: { ...details, policyId, number, contentHash, state: revision.state },
    });
  }
}

function columnsOf({
  id: _id,
  policyId: _policyId,
  number: _number,
  createdAt: _createdAt,
  ...columns
}: Revision): never {
  return columns as never;
}
