import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, DomainError } from '@abide/kernel';
import { Campaigns } from '@abide/notifications';
import { Database, Jobs, requireMatch, ScheduledTasks } from '@abide/platform';
import { Comparisons } from '../comparison/comparisons.js';
import type { RevisionComparison } from '../comparison/revision-comparison.js';
import { refusal } from '../policy.errors.js';
import type { Revision } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';
import { ActivationConditions, type ScheduledRevision } from './activation-conditions.js';
import { leadOf, type Conditions } from './conditions.rules.js';
import { noticeText } from './notice-text.js';

/** Held while a revision takes effect: what one changes depends on what else is in force. */
const activationLock = 4_207_050;

/** The gate between a scheduled revision and its effect: conditions are checked at the moment of effect, on exactly one node. */
@Injectable()
export class Activation implements OnModuleInit {
  private readonly logger = new Logger('Activation');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly tasks: ScheduledTasks,
    private readonly revisions: Revisions,
    private readonly comparisons: Comparisons,
    private readonly campaigns: Campaigns,
    private readonly registered: ActivationConditions,
  ) {}

  onModuleInit(): void {
    this.tasks.every(2, 'policy.activate_due', () => this.activateDue());
  }

  /** What the revision waits for; null unless it is scheduled. */
  async conditions(revision: Revision): Promise<Conditions | null> {
    if (revision.state !== 'scheduled') return null;
    const scheduled = scheduledOf(revision, await this.comparisons.againstInForce(revision));
    const { materiality, leadDays, effectiveAt, campaignId } = scheduled;
    const missing = await this.registered.missing(scheduled);
    const notice = campaignId ? await this.campaigns.progress(campaignId) : null;
    return {
      materiality,
      requiredLeadDays: leadDays,
      ...leadOf({ materiality, leadDays, notice }),
      effectiveAt,
      missing,
      met: missing.length === 0,
    };
  }

  /**
   * Puts a scheduled revision into force and supersedes the one before it.
   * @throws DomainError `policy.conditions_not_met` with every condition `missing`, `policy.wrong_state`
   */
  async activate(id: string, expectedHash?: string): Promise<Revision> {
    await this.comparisons.prepare(id);
    return this.db.transaction(async () => {
      await this.db.query('SELECT pg_advisory_xact_lock($1)', [activationLock]);
      const revision = await this.revisions.getForAct(id);
      requireMatch(expectedHash, revision.contentHash, 'policy.stale_edit');
      const at = this.clock.now();
      const compared = await this.comparisons.againstInForce(revision);
      if (revision.state === 'scheduled') await this.requireConditions(revision, compared);
      revision.takeEffect(at);
      await this.supersede(compared.from, at);
      revision.addFresh(compared.comparison.freshAtoms);
      revision.campaignId ??= await this.startNotice(compared, at);
      if (revision.campaignId) await this.campaigns.markEffective(revision.campaignId, at);
      await this.revisions.save('scheduled', {
        revision,
        act: 'activation',
        details: { tookEffectAt: at.toISOString() },
      });
      await this.jobs.publish('policy.revision_effective', {
        policyId: revision.policyId,
        revisionId: revision.id,
        at: at.toISOString(),
      });
      return revision;
    });
  }

  /** Puts into force what is due and may be, the earliest first; what may not yet stays scheduled. Safe to run at any moment. */
  async activateDue(): Promise<void> {
    for (const id of await this.revisions.dueBy(this.clock.now())) {
      await this.activate(id).catch((error: unknown) => {
        if (error instanceof DomainError && isExpected(error.code)) return;
        this.logger.error(
          `The revision ${id} is due and could not take effect: ${error instanceof Error ? error.name : 'unknown error'}`,
        );
      });
    }
  }

  private async requireConditions(revision: Revision, compared: RevisionComparison): Promise<void> {
    const missing = await this.registered.missing(scheduledOf(revision, compared));
    if (missing.length === 0) return;
    throw refusal('policy.conditions_not_met', {
      detail: 'The revision stays scheduled until every condition is met, and then takes effect by itself.',
      extra: { missing: missing.map(({ code, message, until }) => ({ code, message, until: until?.toISOString() })) },
    });
  }

  private async supersede(previous: Revision | null, at: Date): Promise<void> {
    if (!previous) return;
    previous.supersede(at);
    await this.revisions.save('effective', { revision: previous, act: 'supersession' });
  }

  /** An informational change is told of at its effect; a change of wording alone is not announced. */
  private async startNotice({ from, to, comparison }: RevisionComparison, at: Date): Promise<string | null> {
    const { document, number, weight } = to;
    if (weight !== 'informational') return null;
    return this.campaigns.start({
      kind: 'policyChange',
      revisionId: to.id,
      policySlug: document.policy,
      revisionNumber: number,
      materiality: weight,
      leadDays: 0,
      channels: ['inApp'],
      meantFor: document.audience,
      effectiveAt: at,
      ...noticeText({
        document,
        number,
        from: from?.number ?? null,
        materiality: weight,
        differences: comparison.differences,
      }),
    });
  }
}

function scheduledOf(revision: Revision, { comparison }: RevisionComparison): ScheduledRevision {
  const { id, policyId, number, document, contentHash, weight, leadDays, effectiveAt, campaignId } = revision;
  if (!weight || !effectiveAt) throw refusal('policy.wrong_state', { detail: 'The revision has no schedule.' });
  return {
    revisionId: id,
    policyId,
    number,
    document,
    contentHash,
    effectiveAt,
    materiality: weight,
    materialityNow: comparison.materiality,
    leadDays: leadDays ?? 0,
    campaignId,
  };
}

function isExpected(code: string): boolean {
  return code === 'policy.conditions_not_met' || code === 'policy.wrong_state';
}
