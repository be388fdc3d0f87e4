import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Localized, Page } from '@abide/kernel';
import { Database, readCursor, toPage, type PageQuery } from '@abide/platform';
import type { GlossaryEntry } from '@abide/rulebook';
import { In, Repository } from 'typeorm';
import { refusal } from '../policy.errors.js';
import { Policies } from '../revisions/policies.js';
import { kindsInOrder, type Policy } from '../revisions/policy.entity.js';
import {
  publishedStates,
  Revision,
  standingOf,
  summaryColumns,
  type RevisionState,
  type TitledRevision,
} from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';

/** A policy as the public sees it: what is in force and what has been announced. */
export interface PublishedPolicy {
  readonly policy: Policy;
  readonly inForce: TitledRevision | null;
  readonly scheduled: TitledRevision | null;
}

/** One published revision of it, with what its page needs besides. */
export interface PublishedRevision extends PublishedPolicy {
  readonly revision: Revision;
  /** Terms explained in its text: its own glossary, and the definitions of the agreement in force. */
  readonly glossary: readonly GlossaryEntry[];
  /** Whom to ask: its own contact, else that of the general policy. */
  readonly contact: Localized | null;
}

const mostRevisions = 200;
const mostPolicies = 1000;
const live: readonly RevisionState[] = ['effective', 'scheduled'];

/** Reading what anybody may read. Drafts, reviews and withdrawn texts are not among it. */
@Injectable()
export class PublishedPolicies {
  constructor(
    @InjectRepository(Revision) private readonly revisionRepository: Repository<Revision>,
    private readonly db: Database,
    private readonly policies: Policies,
    private readonly revisions: Revisions,
  ) {}

  /** Differs whenever anything does that a public answer shows. */
  async version(): Promise<string> {
    const [row] = await this.db.query<{ version: string }>(
      `SELECT concat_ws(' ', (SELECT version FROM policy.registry_state WHERE id = 1),
         (SELECT md5(string_agg(concat_ws(' ', id, state, effective_at, took_effect_at), ',' ORDER BY id)) FROM policy.revisions WHERE state = ANY($1))) AS version`,
      [publishedStates],
    );
    return row?.version ?? '';
  }

  /** The policies in force, the general ones first. */
  async inForcePage({ limit, cursor }: PageQuery): Promise<Page<PublishedPolicy>> {
    const found = await this.having(['effective'], { after: readCursor(cursor)?.id ?? null, limit: limit + 1 });
    return toPage(
      found,
      limit,
      ({ policy }) => ({ at: policy.createdAt, id: policy.id }),
      (published) => published,
    );
  }

  /** Every policy that is in force or announced, the general ones first. */
  list(): Promise<PublishedPolicy[]> {
    return this.having(live, { after: null, limit: mostPolicies });
  }

  /** @throws DomainError `policy.not_found` also where nothing of the policy is published yet */
  async get(slug: string): Promise<PublishedPolicy> {
    const policy = await this.policies.get(slug);
    const published = await this.withStanding(policy);
    if (!published.inForce && !published.scheduled)
      throw refusal('policy.not_found', { detail: `There is no policy named ${slug}.` });
    return published;
  }

  /** The revision in force. @throws DomainError `policy.not_found` */
  async inForce(slug: string): Promise<PublishedRevision> {
    const published = await this.get(slug);
    const revision = await this.revisions.inForce(published.policy.id);
    if (!revision)
      throw refusal('policy.not_found', { detail: `The policy ${slug} is announced and not in force yet.` });
    return this.complete(published, revision);
  }

  /** A published revision by number. @throws DomainError `policy.not_found`, `policy.revision_not_found` */
  async revision(slug: string, number: number): Promise<PublishedRevision> {
    const policy = await this.policies.get(slug);
    const revision = await this.findNumber(policy, number);
    if (!revision)
      throw refusal('policy.revision_not_found', { detail: `The policy ${slug} has no published revision ${number}.` });
    return this.complete(await this.withStanding(policy), revision);
  }

  /** The revision that `revision` is compared with: the one asked for, else the one in force before it; null for a first one. */
  async before({ policy, revision }: PublishedRevision, from: number | undefined): Promise<Revision | null> {
    if (from === undefined) return this.revisions.predecessorOf(revision);
    const earlier = await this.findNumber(policy, from);
    if (!earlier)
      throw refusal('policy.revision_not_found', {
        detail: `The policy ${policy.slug} has no published revision ${from}.`,
      });
    return earlier;
  }

  /** Everything published of a policy, newest first, without the texts. */
  history(policyId: string): Promise<Revision[]> {
    return this.revisionRepository.find({
      select: Object.fromEntries(summaryColumns.map((column) => [column, true])),
      where: { policyId, state: In([...publishedStates]) },
      order: { number: 'DESC' },
      take: mostRevisions,
    });
  }

  /** Whom to ask where a page is about no policy in particular. */
  async generalContact(): Promise<Localized | null> {
    const general = (await this.revisions.allInForce()).find(({ policy }) => policy.kind === 'general');
    return general?.revision.document.contact ?? null;
  }

  /** Policies with a revision in one of the states, as they are listed, after the one with the id `after`. */
  private async having(
    states: readonly RevisionState[],
    { after, limit }: { after: string | null; limit: number },
  ): Promise<PublishedPolicy[]> {
    const place = `array_position($2::text[], kind), slug COLLATE "C"`;
    const policies = await this.db.query<Policy>(
      `SELECT id, slug, kind, service, created_at AS "createdAt" FROM policy.policies listed
       WHERE EXISTS (SELECT FROM policy.revisions WHERE policy_id = listed.id AND state = ANY($1))
         AND ($3::uuid IS NULL OR (${place}) > (SELECT ${place} FROM policy.policies WHERE id = $3))
       ORDER BY ${place} LIMIT $4`,
      [states, kindsInOrder, after, limit],
    );
    const revisions = await this.revisions.titled(
      policies.map((policy) => policy.id),
      live,
    );
    return policies.map((policy) => publishedOf(policy, revisions));
  }

  private async withStanding(policy: Policy): Promise<PublishedPolicy> {
    return publishedOf(policy, await this.revisions.titled([policy.id], live));
  }

  private findNumber(policy: Policy, number: number): Promise<Revision | null> {
    return this.revisionRepository.findOneBy({ policyId: policy.id, number, state: In([...publishedStates]) });
  }

  private async complete(published: PublishedPolicy, revision: Revision): Promise<PublishedRevision> {
    const inForce = await this.revisions.allInForce();
    const agreement = inForce.find(({ policy }) => policy.kind === 'agreement');
    const own = [...revision.document.glossary, ...revision.document.definitions];
    const known = new Set(own.map((entry) => entry.term['zh-CN']));
    const shared = (agreement?.revision.document.definitions ?? []).filter((entry) => !known.has(entry.term['zh-CN']));
    const contact = revision.document.contact ?? (await this.generalContact());
    return { ...published, revision, glossary: [...own, ...shared], contact };
  }
}

function publishedOf(policy: Policy, revisions: readonly TitledRevision[]): PublishedPolicy {
  const { inForce, scheduled } = standingOf(policy.id, revisions);
  return { policy, inForce, scheduled };
}
