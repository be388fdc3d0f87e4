import { Injectable } from '@nestjs/common';
import type { Localized } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { GlossaryEntry } from '@abide/rulebook';
import { In } from 'typeorm';
import { refusal } from '../policy.errors.js';
import { Policies } from '../revisions/policies.js';
import { Policy } from '../revisions/policy.entity.js';
import { publishedStates, Revision, summaryColumns } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';

/** A policy as the public sees it: what is in force and what has been announced. */
export interface PublishedPolicy {
  readonly policy: Policy;
  readonly inForce: Revision | null;
  readonly scheduled: Revision | null;
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

/** Reading what anybody may read. Drafts, reviews and withdrawn texts are not among it. */
@Injectable()
export class PublishedPolicies {
  constructor(
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

  /** Every policy that is in force or announced, the general one first. */
  async list(): Promise<PublishedPolicy[]> {
    const live = await this.db.manager.find(Revision, { where: { state: In(['effective', 'scheduled']) }, take: 1000 });
    const ids = [...new Set(live.map((revision) => revision.policyId))];
    const found = await this.db.manager.findBy(Policy, { id: In(ids) });
    const order = { general: 0, agreement: 1, service: 2 };
    return found.map((policy) => publishedOf(policy, live)).sort((a, b) => order[a.policy.kind] - order[b.policy.kind] || (a.policy.slug < b.policy.slug ? -1 : 1));
  }

  /** @throws DomainError `policy.not_found` also where nothing of the policy is published yet */
  async get(slug: string): Promise<PublishedPolicy> {
    const policy = await this.policies.get(slug);
    const live = await this.db.manager.find(Revision, { where: { policyId: policy.id, state: In(['effective', 'scheduled']) } });
    if (live.length === 0) throw refusal('policy.not_found', { detail: `There is no policy named ${slug}.` });
    return publishedOf(policy, live);
  }

  /** The revision in force. @throws DomainError `policy.not_found` */
  async inForce(slug: string): Promise<PublishedRevision> {
    const published = await this.get(slug);
    const revision = published.inForce;
    if (!revision) throw refusal('policy.not_found', { detail: `The policy ${slug} is announced and not in force yet.` });
    return this.complete(published, revision);
  }

  /** A published revision by number. @throws DomainError `policy.not_found`, `policy.revision_not_found` */
  async revision(slug: string, number: number): Promise<PublishedRevision> {
    const policy = await this.policies.get(slug);
    const revision = await this.findNumber(policy, number);
    if (!revision) throw refusal('policy.revision_not_found', { detail: `The policy ${slug} has no published revision ${number}.` });
    const live = await this.db.manager.find(Revision, { where: { policyId: policy.id, state: In(['effective', 'scheduled']) } });
    return this.complete(publishedOf(policy, live), revision);
  }

  /** The revision that `revision` is compared with: the one asked for, else the one in force before it; null for a first one. */
  async before({ policy, revision }: PublishedRevision, from: number | undefined): Promise<Revision | null> {
    if (from === undefined) return this.revisions.predecessorOf(revision);
    const earlier = await this.findNumber(policy, from);
    if (!earlier) throw refusal('policy.revision_not_found', { detail: `The policy ${policy.slug} has no published revision ${from}.` });
    return earlier;
  }

  /** Everything published of a policy, newest first, without the texts. */
  history(policyId: string): Promise<Revision[]> {
    return this.db.manager.find(Revision, { select: Object.fromEntries(summaryColumns.map((column) => [column, true])), where: { policyId, state: In([...publishedStates]) }, order: { number: 'DESC' }, take: mostRevisions });
  }

  /** Whom to ask where a page is about no policy in particular. */
  async generalContact(): Promise<Localized | null> {
    const general = (await this.revisions.allInForce()).find(({ policy }) => policy.kind === 'general');
    return general?.revision.document.contact ?? null;
  }

  private findNumber(policy: Policy, number: number): Promise<Revision | null> {
    return this.db.manager.findOneBy(Revision, { policyId: policy.id, number, state: In([...publishedStates]) });
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

function publishedOf(policy: Policy, live: readonly Revision[]): PublishedPolicy {
  const own = live.filter((revision) => revision.policyId === policy.id);
  return {
    policy,
    inForce: own.find((revision) => revision.state === 'effective') ?? null,
    scheduled: own.find((revision) => revision.state === 'scheduled') ?? null,
  };
}
