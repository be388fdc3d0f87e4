import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database, epochMilliseconds, BatchingLoader, requestContext } from '@abide/platform';
import {
  compile,
  retentionsFor,
  withRecipients,
  type CompileSource,
  type FreshAtom,
  type FreshMark,
  type RetentionPromise,
  type Rulebook,
  type RulebookRegistry,
  type SourceProblem,
} from '@abide/rulebook';
import { BoundedMemory } from '../bounded-memory.js';
import { refusal } from '../policy.errors.js';
import type { EventFields } from '../registries/event-fields.rules.js';
import { openingsOf } from '../registries/openings.js';
import { Registries } from '../registries/registries.js';
import { Revisions, type InForce } from '../revisions/revisions.js';
import { registryInForce } from '../registries/registry-in-force.js';

/** The rulebook of what is in force, and what it was compiled from. */
export interface RulebookInForce {
  /** Differs whenever the rulebook could. */
  readonly key: string;
  readonly rulebook: Rulebook;
  readonly registry: RulebookRegistry;
  /** The ids of the revisions by policy slug. */
  readonly revisionIds: ReadonlyMap<string, string>;
  /** The slugs of the registered recipients by id. */
  readonly recipientSlugs: ReadonlyMap<string, string>;
  /** What the registry lets events hold, by category, beside what the product knows. */
  readonly eventFields: ReadonlyMap<string, EventFields>;
}

/** What was in force at an instant. */
interface Period {
  readonly revisions: readonly InForce[];
  /** Changes that needed fresh consent after it are not known to it. */
  readonly until: Date | null;
}

/** How long something is kept, what follows, and the clause that promises it. */
export type Keeping = Pick<
  RetentionPromise,
  'purposes' | 'period' | 'until' | 'then' | 'policy' | 'revision' | 'clauseId'
>;

const pastPeriodsKept = 20;
const mostTurns = 1000;

/**
 * Compiles the revisions in force into the one rulebook for everybody, and keeps it as long as neither they nor the
 * registries change; each answer is checked against the database, so that every process agrees at every moment.
 */
@Injectable()
export class EffectiveRulebook implements OnModuleInit {
  private readonly logger = new Logger('EffectiveRulebook');
  private kept: RulebookInForce | null = null;
  private readonly past = new BoundedMemory<RulebookInForce>(pastPeriodsKept);
  private readonly present: BatchingLoader<RulebookInForce>;

  constructor(
    private readonly db: Database,
    private readonly registries: Registries,
    private readonly revisions: Revisions,
  ) {
    this.present = new BatchingLoader(db, async () => new Map([['present', await this.read()]]));
  }

  onModuleInit(): void {
    this.registries.guardChanges(() => this.requireCompilable());
    this.registries.foreseeWith(async ({ before, after }, touched, instants) => {
      const present = before ? await this.under(before) : (await this.read()).rulebook;
      return openingsOf({ before: present, after: await this.under(after) }, touched, instants);
    });
  }

  /** The rulebook in force now; one that permits nothing while no policy is. Concurrent questions share one look. */
  async current(): Promise<RulebookInForce> {
    return (await this.present.get('present')) ?? this.read();
  }

  /** How long each of these is promised to be kept now, in their order: for whatever it is, or each promise for the purposes that it names; none where no clause in force says so. */
  async keepings(things: readonly { readonly category: string; readonly service: string }[]): Promise<Keeping[][]> {
    const { rulebook } = await this.current();
    return things.map(({ category, service }) =>
      retentionsFor(rulebook, { category, service }).map(
        ({ purposes, period, until, then, policy, revision, clauseId }) => ({
          purposes,
          period,
          until,
          then,
          policy,
          revision,
          clauseId,
        }),
      ),
    );
  }

  /** The rulebook of what was in force at an instant, under the registries as they stood then; one that permits nothing where the two do not fit together. */
  async asOf(at: Date): Promise<RulebookInForce> {
    const [then] = await this.db.prepared<{ key: string; ids: string[] | null }>(
      'policy.rulebook_key_then',
      `SELECT concat_ws('|', (SELECT version FROM policy.registry_state WHERE id = 1), (SELECT max(since) FROM policy.registry_history WHERE since <= $1),
         array_to_string(era.ids, ',')) AS key, era.ids
       FROM (SELECT array_agg(id::text ORDER BY id) AS ids FROM policy.revisions WHERE took_effect_at <= $1 AND (superseded_at IS NULL OR superseded_at > $1)) AS era`,
      [at],
    );
    const key = `${then?.key}|past`;
    return this.past.recall(key, async () =>
      this.compile(key, { revisions: await this.revisions.withPolicies(then?.ids ?? []), until: at }),
    );
  }

  /** The instants (epoch milliseconds) since another at which what was in force or registered changed, the oldest first; null where they are too many to name. */
  async turnsSince(since: Date): Promise<number[] | null> {
    const turns = await this.db.query<{ at: number }>(
      `SELECT DISTINCT ${epochMilliseconds('turn.at')} AS at FROM (
         SELECT took_effect_at AS at FROM policy.revisions UNION ALL SELECT superseded_at FROM policy.revisions UNION ALL SELECT since FROM policy.registry_history WHERE since > $1) AS turn
       WHERE turn.at > $1 ORDER BY 1 LIMIT ${mostTurns + 1}`,
      [since],
    );
    return turns.length > mostTurns ? null : turns.map(({ at }) => at);
  }

  /** The rulebooks that were in force at some time since an instant and have given way to another. */
  async inForceSince(since: Date): Promise<RulebookInForce[]> {
    const turns = await this.db.query<{ at: Date }>(
      'SELECT DISTINCT took_effect_at AS at FROM policy.revisions WHERE took_effect_at > $1 ORDER BY 1 DESC LIMIT 50',
      [since],
    );
    const before: RulebookInForce[] = [];
    for (const { at } of turns) before.push(await this.asOf(new Date(at.getTime() - 1)));
    return before;
  }

  /** Differs whenever the rulebook could: the revisions in force and the version of the registries. */
  async key(): Promise<string> {
    const [row] = await this.db.prepared<{ key: string }>(
      'policy.rulebook_key',
      `SELECT concat_ws('|', (SELECT version FROM policy.registry_state WHERE id = 1),
         (SELECT string_agg(id::text, ',' ORDER BY id) FROM policy.revisions WHERE state = 'effective')) AS key`,
    );
    return row?.key ?? '';
  }

  private async read(): Promise<RulebookInForce> {
    const key = await this.key();
    if (this.kept?.key === key) return this.kept;
    const compiled = await this.compile(key, { revisions: await this.revisions.allInForce(), until: null });
    if (!this.db.isInTransaction) this.kept = compiled;
    return compiled;
  }

  private async compile(key: string, { revisions, until }: Period): Promise<RulebookInForce> {
    const { registry, recipientSlugs, eventFields } = await (until === null
      ? this.registries.snapshot()
      : this.registries.snapshotAt(until));
    const sources = sourcesOf(revisions);
    const known = registryInForce(registry, sources);
    const { rulebook, problems } = compile(sources, known, await this.marks(until));
    if (!rulebook && until === null) throw new Error(`The policies in force do not compile: ${codesOf(problems)}`);
    if (!rulebook)
      this.logger.error(
        `What was in force at ${until?.toISOString()} does not compile under the registries of then, and permits nothing: ${codesOf(problems)}`,
      );
    const standing = withRecipients(rulebook ?? permittingNothing(sources, known), registry.recipients ?? []);
    const revisionIds = new Map(revisions.map(({ policy, revision }) => [policy.slug, revision.id]));
    return { key, rulebook: standing, registry, revisionIds, recipientSlugs, eventFields };
  }

  /** What is in force, read under registries that are not. @throws DomainError `registry.breaks_policy` */
  private async under(registry: RulebookRegistry): Promise<Rulebook> {
    const sources = sourcesOf(await this.revisions.allInForce());
    const { rulebook, problems } = compile(sources, registryInForce(registry, sources), await this.marks(null));
    if (!rulebook) throw breaksPolicy(problems);
    return withRecipients(rulebook, registry.recipients ?? []);
  }

  /** @throws DomainError `registry.breaks_policy` when a text in force would be wrong under the registries as they stand */
  private async requireCompilable(): Promise<void> {
    const { registry } = await this.registries.snapshot();
    const sources = sourcesOf(await this.revisions.allInForce());
    const { rulebook, problems } = compile(sources, registryInForce(registry, sources));
    if (!rulebook) throw breaksPolicy(problems);
  }

  /** Everything that needed fresh consent under a policy, ever or until an instant: older consents never carry it again. */
  private async marks(until: Date | null): Promise<FreshMark[]> {
    const revisions = await this.db.query<{
      slug: string;
      number: number;
      took_effect_at: Date;
      fresh_atoms: readonly FreshAtom[];
    }>(
      `SELECT policy.slug, revision.number, revision.took_effect_at, revision.fresh_atoms
       FROM policy.revisions revision JOIN policy.policies policy ON policy.id = revision.policy_id
       WHERE revision.took_effect_at IS NOT NULL AND ($1::timestamptz IS NULL OR revision.took_effect_at <= $1) AND revision.fresh_atoms <> '[]'
       ORDER BY revision.took_effect_at`,
      [until],
    );
    return revisions.flatMap(({ slug, number, took_effect_at: at, fresh_atoms: atoms }) =>
      atoms.map((atom) => ({ ...atom, policy: slug, revision: number, effectiveAt: at.getTime() })),
    );
  }
}

/** Knows every code that the texts name, and has none of their statements. */
function permittingNothing(sources: readonly CompileSource[], registry: RulebookRegistry): Rulebook {
  const services =
    registry.services ??
    sources.flatMap(({ document: { services, service } }) => [
      ...services,
      ...(service === undefined ? [] : [service]),
    ]);
  const { rulebook } = compile([], { ...registry, services });
  if (!rulebook) throw new Error('A rulebook of nothing compiles');
  return rulebook;
}

function codesOf(problems: readonly SourceProblem[]): string {
  return [...new Set(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code))].join(', ');
}

function breaksPolicy(problems: readonly SourceProblem[]): Error {
  const locale = requestContext()?.locale ?? 'zh-CN';
  return refusal('registry.breaks_policy', {
    detail: 'A policy in force would become wrong. Nothing was changed; revise the policy first.',
    errors: problems
      .filter(({ severity }) => severity === 'error')
      .map(({ policy, path, code, message }) => ({ pointer: `${policy}: ${path}`, code, message: message[locale] })),
  });
}

function sourcesOf(inForce: readonly InForce[]): CompileSource[] {
  return inForce.map(({ revision }) => ({ document: revision.document, revision: revision.number }));
}
