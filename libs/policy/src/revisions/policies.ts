import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, isId, newId, type Page } from '@abide/kernel';
import { Database, readCursor, toPage, type PageQuery } from '@abide/platform';
import type { PolicyDocument } from '@abide/rulebook';
import { Repository } from 'typeorm';
import { refusal } from '../policy.errors.js';
import { isSlug, Policy } from './policy.entity.js';
import {
  draftLine,
  Revision,
  standingOf,
  summaryColumns,
  type ListedRevision,
  type Standing,
} from './revision.entity.js';
import { Revisions } from './revisions.js';

/** A policy with where its revisions stand. */
export interface PolicyOverview extends Standing {
  readonly policy: Policy;
  readonly revisionCount: number;
}

/** The policies themselves: any number of general ones, one agreement, and one per service. */
@Injectable()
export class Policies {
  constructor(
    @InjectRepository(Policy) private readonly policyRepository: Repository<Policy>,
    @InjectRepository(Revision) private readonly revisionRepository: Repository<Revision>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly stored: Revisions,
  ) {}

  findBySlug(slug: string): Promise<Policy | null> {
    return isSlug(slug) ? this.policyRepository.findOneBy({ slug }) : Promise.resolve(null);
  }

  /** @throws DomainError `policy.not_found` */
  async get(slug: string): Promise<Policy> {
    const policy = await this.findBySlug(slug);
    if (!policy) throw refusal('policy.not_found', { detail: `There is no policy named ${slug}.` });
    return policy;
  }

  /** The same for an id as well. A policy whose slug looks like an id is found by its slug first. */
  async getByAnyName(idOrSlug: string): Promise<Policy> {
    const policy = await this.findBySlug(idOrSlug);
    if (policy || !isId(idOrSlug)) return policy ?? this.get(idOrSlug);
    return (await this.policyRepository.findOneBy({ id: idOrSlug })) ?? this.get(idOrSlug);
  }

  async getById(id: string): Promise<Policy> {
    return this.policyRepository.findOneByOrFail({ id });
  }

  /**
   * Finds the policy of `document` or creates it, and keeps it locked until the transaction ends.
   * @throws DomainError `policy.kind_taken` when another policy already is the agreement or the service's
   */
  async findOrCreate({
    policy: slug,
    kind,
    service,
  }: Pick<PolicyDocument, 'policy' | 'kind' | 'service'>): Promise<{ policy: Policy; isNew: boolean }> {
    const row = { id: newId(), slug, kind, service: service ?? null, createdAt: this.clock.now() };
    const { raw } = await this.policyRepository
      .createQueryBuilder()
      .insert()
      .values(row)
      .orIgnore()
      .returning('id')
      .execute();
    const policy = await this.policyRepository.findOne({ where: { slug }, lock: { mode: 'pessimistic_write' } });
    if (policy) return { policy, isNew: (raw as unknown[]).length > 0 };
    const taken = await this.policyRepository.findOneBy(
      kind === 'service' ? { kind, service: row.service ?? '' } : { kind },
    );
    throw refusal('policy.kind_taken', {
      detail: `There is already such a policy, named ${taken?.slug}. Nothing was stored; edit that one.`,
      extra: { slug: taken?.slug },
    });
  }

  async list({ limit, cursor }: PageQuery): Promise<Page<PolicyOverview>> {
    const after = readCursor(cursor);
    const query = this.policyRepository
      .createQueryBuilder('policy')
      .orderBy('policy.createdAt')
      .addOrderBy('policy.id')
      .limit(limit + 1);
    if (after) query.where('(policy.createdAt, policy.id) > (:at, :id)', after);
    const overviews = await this.overviews(await query.getMany());
    return toPage(
      overviews,
      limit,
      ({ policy }) => ({ at: policy.createdAt, id: policy.id }),
      (overview) => overview,
    );
  }

  async overview(policy: Policy): Promise<PolicyOverview> {
    const [overview] = await this.overviews([policy]);
    if (!overview) throw refusal('policy.not_found');
    return overview;
  }

  /** A policy's revisions, newest first. */
  async revisions(
    policyId: string,
    { limit, cursor }: PageQuery,
    states?: readonly Revision['state'][],
  ): Promise<Page<ListedRevision>> {
    const after = readCursor(cursor);
    const query = this.revisionRepository
      .createQueryBuilder('revision')
      .select(summaryColumns.map((column) => `revision.${column}`))
      .where('revision.policyId = :policyId', { policyId })
      .orderBy('revision.createdAt', 'DESC')
      .addOrderBy('revision.id', 'DESC')
      .limit(limit + 1);
    if (states) query.andWhere('revision.state IN (:...states)', { states: [...states] });
    if (after) query.andWhere('(revision.createdAt, revision.id) < (:at, :id)', after);
    return toPage(
      await query.getMany(),
      limit,
      ({ createdAt: at, id }) => ({ at, id }),
      (revision) => revision,
    );
  }

  private async overviews(policies: readonly Policy[]): Promise<PolicyOverview[]> {
    const ids = policies.map((policy) => policy.id);
    const live = await this.stored.titled(ids, ['effective', 'scheduled', ...draftLine]);
    const counts = await this.db.query<{ policy_id: string; count: number }>(
      'SELECT policy_id, count(*)::int AS count FROM policy.revisions WHERE policy_id = ANY($1) GROUP BY policy_id',
      [ids],
    );
    const countOf = new Map(counts.map((row) => [row.policy_id, row.count]));
    return policies.map((policy) => ({
      policy,
      ...standingOf(policy.id, live),
      revisionCount: countOf.get(policy.id) ?? 0,
    }));
  }
}
