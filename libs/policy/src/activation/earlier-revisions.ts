import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { compare, type FreshAtom } from '@abide/rulebook';
import { registryInForce } from '../registries/registry-in-force.js';
import { Registries } from '../registries/registries.js';
import type { Revision } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';

/** Held while one process weighs them; each revision is weighed once. */
const weighingLock = 4_207_051;

/**
 * Weighs, once after an upgrade and before anything is decided, what took effect when a further policy was not yet compared
 * with the whole rulebook. What needed fresh consent then is only ever added to: how a change was announced stays as it was.
 */
@Injectable()
export class EarlierRevisions implements OnApplicationBootstrap {
  private readonly logger = new Logger('EarlierRevisions');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly registries: Registries,
    private readonly revisions: Revisions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if ((await this.unweighed()).length === 0) return;
    await this.db.transaction(async () => {
      await this.db.query('SELECT pg_advisory_xact_lock($1)', [weighingLock]);
      const ids = await this.unweighed();
      for (const id of ids) await this.weigh(await this.revisions.get(id));
      this.logger.log(`Weighed ${ids.length} revision(s) beside everything that was in force when they took effect`);
    });
  }

  private async unweighed(): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      'SELECT id FROM policy.revisions WHERE took_effect_at IS NOT NULL AND weighed_at IS NULL ORDER BY took_effect_at, number',
    );
    return rows.map(({ id }) => id);
  }

  private async weigh(revision: Revision): Promise<void> {
    const fresh = await this.newlySaid(revision);
    const had = revision.freshAtoms.length;
    revision.addFresh(fresh);
    const at = this.clock.now();
    await this.db.execute('UPDATE policy.revisions SET fresh_atoms = $2::jsonb, weighed_at = $3 WHERE id = $1', [
      revision.id,
      JSON.stringify(revision.freshAtoms),
      at,
    ]);
    const { id, policyId, number } = revision;
    await this.audit.record({
      act: 'policy.revision_weighing',
      object: { type: 'revision', id },
      details: { policyId, number, freshBefore: had, freshNow: revision.freshAtoms.length },
    });
  }

  /** What it let be done that nothing in force just before it did, under the registries as they stand. */
  private async newlySaid(revision: Revision): Promise<readonly FreshAtom[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM policy.revisions WHERE id <> $1 AND took_effect_at <= $2 AND (superseded_at IS NULL OR superseded_at >= $2)
         AND (took_effect_at < $2 OR number < $3) ORDER BY id LIMIT 1000`,
      [revision.id, revision.tookEffectAt, revision.number],
    );
    const beside = await this.revisions.withPolicies(rows.map(({ id }) => id));
    const predecessor = beside.find(({ policy }) => policy.id === revision.policyId)?.revision.document ?? null;
    const others = beside.filter(({ policy }) => policy.id !== revision.policyId).map((one) => one.revision.document);
    const { registry } = await this.registries.snapshot();
    const known = registryInForce(
      registry,
      [revision.document, ...beside.map((one) => one.revision.document)].map((document) => ({ document })),
    );
    return compare(predecessor && { document: predecessor, others }, { document: revision.document, others }, known)
      .freshAtoms;
  }
}
