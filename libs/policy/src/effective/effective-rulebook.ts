import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, requestContext } from '@abide/platform';
import { compile, withRecipients, type CompileSource, type FreshMark, type Rulebook } from '@abide/rulebook';
import { refusal } from '../policy.errors.js';
import { Registries } from '../registries/registries.js';
import { Revisions, type InForce } from '../revisions/revisions.js';
import { registryInForce } from './registry-in-force.js';

/** The rulebook of what is in force, with the ids of the revisions it was compiled from by policy slug. */
export interface RulebookInForce {
  readonly rulebook: Rulebook;
  readonly revisionIds: ReadonlyMap<string, string>;
}

interface Compiled extends RulebookInForce {
  readonly key: string;
}

/**
 * Compiles the revisions in force into the one rulebook for everybody, and keeps it as long as neither they nor the
 * registries change; each answer is checked against the database, so that every process agrees at every moment.
 */
@Injectable()
export class EffectiveRulebook implements OnModuleInit {
  private kept: Compiled | null = null;

  constructor(
    private readonly db: Database,
    private readonly registries: Registries,
    private readonly revisions: Revisions,
  ) {}

  onModuleInit(): void {
    this.registries.guardChanges(() => this.requireCompilable());
  }

  /** The rulebook in force now; one that permits nothing while no policy is. */
  async current(): Promise<RulebookInForce> {
    const key = await this.key();
    if (this.kept?.key === key) return this.kept;
    const compiled = await this.compile(key);
    if (!this.db.isInTransaction) this.kept = compiled;
    return compiled;
  }

  /** Differs whenever the rulebook could: the revisions in force and the version of the registries. */
  async key(): Promise<string> {
    const [row] = await this.db.query<{ key: string }>(
      `SELECT concat_ws('|', (SELECT version FROM policy.registry_state WHERE id = 1),
         (SELECT string_agg(id::text, ',' ORDER BY id) FROM policy.revisions WHERE state = 'effective')) AS key`,
    );
    return row?.key ?? '';
  }

  private async compile(key: string): Promise<Compiled> {
    const { registry } = await this.registries.snapshot();
    const inForce = await this.revisions.allInForce();
    const { rulebook, problems } = compile(sourcesOf(inForce), registryInForce(registry, sourcesOf(inForce)), await this.marks());
    if (!rulebook) throw new Error(`The policies in force do not compile: ${problems.map((problem) => problem.code).join(', ')}`);
    const revisionIds = new Map(inForce.map(({ policy, revision }) => [policy.slug, revision.id]));
    return { key, rulebook: withRecipients(rulebook, registry.recipients ?? []), revisionIds };
  }

  /** @throws DomainError `registry.breaks_policy` when a text in force would be wrong under the registries as they stand */
  private async requireCompilable(): Promise<void> {
    const { registry } = await this.registries.snapshot();
    const sources = sourcesOf(await this.revisions.allInForce());
    const errors = compile(sources, registryInForce(registry, sources)).problems.filter((problem) => problem.severity === 'error');
    if (errors.length === 0) return;
    const locale = requestContext()?.locale ?? 'zh-CN';
    throw refusal('registry.breaks_policy', {
      detail: 'A policy in force would become wrong. Nothing was changed; revise the policy first.',
      errors: errors.map(({ policy, path, code, message }) => ({ pointer: `${policy}: ${path}`, code, message: message[locale] })),
    });
  }

  /** Everything that ever needed fresh consent under a policy: older consents never carry it again. */
  private async marks(): Promise<FreshMark[]> {
    const revisions = await this.db.query<{ slug: string; number: number; took_effect_at: Date; fresh_atoms: Pick<FreshMark, 'key' | 'region' | 'isWeakenedFromConsent'>[] }>(
      `SELECT policy.slug, revision.number, revision.took_effect_at, revision.fresh_atoms
       FROM policy.revisions revision JOIN policy.policies policy ON policy.id = revision.policy_id
       WHERE revision.took_effect_at IS NOT NULL AND revision.fresh_atoms <> '[]' ORDER BY revision.took_effect_at`,
    );
    return revisions.flatMap(({ slug, number, took_effect_at: at, fresh_atoms: atoms }) =>
      atoms.map((atom) => ({ ...atom, policy: slug, revision: number, effectiveAt: at.getTime() })),
    );
  }
}

function sourcesOf(inForce: readonly InForce[]): CompileSource[] {
  return inForce.map(({ revision }) => ({ document: revision.document, revision: revision.number }));
}
