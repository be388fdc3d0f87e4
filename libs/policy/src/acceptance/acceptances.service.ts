import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { RegistrationSteps, type Registration } from '@abide/identity';
import { Clock, isId } from '@abide/kernel';
import { Database, Jobs, UseListeners } from '@abide/platform';
import { asksAcceptance } from '@abide/rulebook';
import { refusal } from '../policy.errors.js';
import { Revisions, type InForce } from '../revisions/revisions.js';
import type { AcceptanceMode } from './acceptance.entity.js';
import { AcceptanceQueries, isAcceptedByUse, type AcceptanceRow } from './acceptance.queries.js';

/** The revisions in force that continuing to use the service accepts, and that the subject `$1` has not accepted. */
const openToUse = `
  FROM policy.revisions revision
  WHERE revision.state = 'effective'
    AND NOT EXISTS (SELECT FROM policy.acceptances WHERE subject_id = $1 AND revision_id = revision.id)
    AND ${isAcceptedByUse}`;

/** A registration whose subject exists; `acceptedAt` is when they agreed, which may be long before they confirmed. */
type CompletedRegistration = Pick<Registration, 'acceptedRevisionIds' | 'acceptedAt'> & { readonly subjectId: string };

/** That a subject agreed, to what, how and when. */
interface Accepted {
  readonly subjectId: string;
  readonly revisionId: string;
  readonly mode: AcceptanceMode;
  readonly at: Date;
}

/**
 * The one writer of acceptances: explicit ones at registration or later, and continued use by the first use after a
 * revision took effect (register of promises, I2 and V3).
 */
@Injectable()
export class Acceptances implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly uses: UseListeners,
    private readonly registration: RegistrationSteps,
    private readonly revisions: Revisions,
    private readonly queries: AcceptanceQueries,
  ) {}

  onModuleInit(): void {
    this.uses.register((subjectId) => this.recordContinuedUse(subjectId));
    this.registration.register({
      name: 'policy.acceptance',
      check: ({ acceptedRevisionIds }) => this.checkRegistration(acceptedRevisionIds),
      run: (registration) => this.recordRegistration(registration),
    });
  }

  /**
   * A registration accepts the newest text in force of every general policy that asks for it, and of the agreement where there is one.
   * @throws DomainError `acceptance.missing` naming the policies by slug, `acceptance.not_in_force` naming the revisions
   */
  async checkRegistration(revisionIds: readonly string[]): Promise<void> {
    const inForce = await this.revisions.allInForce();
    requireInForce(revisionIds, inForce);
    const missing = inForce.filter(
      ({ policy, revision }) =>
        policy.kind !== 'service' && asksAcceptance(revision.document) && !revisionIds.includes(revision.id),
    );
    if (missing.length === 0) return;
    throw refusal('acceptance.missing', {
      detail:
        'Registration needs the acceptance of the newest text in force. Nothing was stored; show it and send its id.',
      extra: {
        policies: missing.map(({ policy }) => policy.slug),
        revisionIds: missing.map(({ revision }) => revision.id),
      },
    });
  }

  /** Records what a registration accepted; what was superseded since it began is kept as accepted, its successor stays open. */
  async recordRegistration({ subjectId, acceptedRevisionIds, acceptedAt: at }: CompletedRegistration): Promise<void> {
    await this.db.transaction(async () => {
      for (const revisionId of new Set(acceptedRevisionIds)) await this.recordExplicit({ subjectId, revisionId, at });
    });
  }

  /** The subject agrees to a revision in force, by an act of their own. Repeating it changes nothing. @throws DomainError `acceptance.not_in_force` */
  async accept(subjectId: string, revisionId: string): Promise<AcceptanceRow> {
    return this.db.transaction(async () => {
      requireInForce([revisionId], await this.revisions.allInForce());
      await this.recordExplicit({ subjectId, revisionId, at: this.clock.now() });
      return this.queries.getExplicit(subjectId, revisionId);
    });
  }

  /**
   * Records continued use of every revision in force that says so and that the subject has not accepted; never where
   * the change, or an earlier one still open, needs an explicit acceptance. Called on every authenticated use, so that it first asks whether anything is new.
   */
  async recordContinuedUse(subjectId: string): Promise<void> {
    const isAnythingNew = await this.db.query(`SELECT 1 ${openToUse} LIMIT 1`, [subjectId]);
    if (isAnythingNew.length === 0) return;
    const at = this.clock.now();
    await this.db.transaction(async () => {
      const accepted = await this.db.query<{ revision_id: string }>(
        `INSERT INTO policy.acceptances (subject_id, revision_id, mode, policy_id, at)
         SELECT $1, revision.id, 'continuedUse', revision.policy_id, $2 ${openToUse} ON CONFLICT DO NOTHING RETURNING revision_id`,
        [subjectId, at],
      );
      for (const { revision_id: revisionId } of accepted)
        await this.tell({ subjectId, revisionId, mode: 'continuedUse', at });
    });
  }

  private async recordExplicit({ subjectId, revisionId, at }: Omit<Accepted, 'mode'>): Promise<void> {
    const { policyId } = await this.revisions.get(revisionId);
    const isNew = await this.db.execute(
      `INSERT INTO policy.acceptances (subject_id, revision_id, mode, policy_id, at) VALUES ($1, $2, 'explicit', $3, $4) ON CONFLICT DO NOTHING`,
      [subjectId, revisionId, policyId, at],
    );
    if (isNew > 0) await this.tell({ subjectId, revisionId, mode: 'explicit', at });
  }

  private async tell({ subjectId, revisionId, mode, at }: Accepted): Promise<void> {
    await this.audit.record({
      act: 'policy.accepted',
      object: { type: 'revision', id: revisionId },
      subjectId,
      actor: { kind: 'subject', id: subjectId },
      details: { mode, at: at.toISOString() },
    });
    await this.jobs.publish('policy.accepted', { subjectId, revisionId, mode, at: at.toISOString() });
  }
}

function requireInForce(revisionIds: readonly string[], inForce: readonly InForce[]): void {
  const known = new Set(inForce.map(({ revision }) => revision.id));
  const unknown = revisionIds.filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  throw refusal('acceptance.not_in_force', {
    detail: 'Only a revision in force can be accepted. Nothing was stored; show the one in force.',
    extra: { revisionIds: unknown.filter(isId) },
  });
}
