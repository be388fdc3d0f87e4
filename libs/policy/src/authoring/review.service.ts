import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Campaigns } from '@abide/notifications';
import { Database, Jobs, requireMatch } from '@abide/platform';
import { Comparisons } from '../comparison/comparisons.js';
import { PolicyTestRuns } from '../policy-tests/policy-test-runs.js';
import { actingOperator } from '../acting.js';
import { answeredWarnings, type WarningAnswer } from './answered-warnings.js';
import { PolicyCheck, requireNoErrors } from '../revisions/policy-check.js';
import type { Revision } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';

/**
 * Review by a second pair of eyes: submission, approval, rejection and withdrawal of a revision. `expectedHash` is the
 * hash of the text that the operator had before them (`If-Match`).
 */
@Injectable()
export class Review {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly revisions: Revisions,
    private readonly checks: PolicyCheck,
    private readonly comparisons: Comparisons,
    private readonly tests: PolicyTestRuns,
    private readonly campaigns: Campaigns,
  ) {}

  /**
   * Failing tests do not refuse it; how they ended is in the evidence. Whoever submits a text whose author nobody knows takes it over.
   * @throws DomainError `policy.invalid` when registries or neighbours have changed so that the text no longer holds, `policy.warnings_unanswered`
   */
  async submit(
    id: string,
    { comment, answers = [] }: { comment: string; answers?: readonly WarningAnswer[] },
    expectedHash?: string,
  ): Promise<Revision> {
    await this.prepareSubmission(id);
    return this.act(id, expectedHash, async (revision) => {
      const was = revision.state;
      const findings = await this.checks.stored(revision);
      revision.submit(actingOperator().operatorId, this.clock.now());
      requireNoErrors(findings);
      const { comparison } = await this.comparisons.againstInForce(revision);
      const answered = answeredWarnings(comparison.warnings, answers);
      const { isUnknown } = await this.revisions.authors(id);
      const details = {
        ...(await this.tests.ofSubmission(revision)),
        ...(answered.length > 0 && { warningsAnswered: answered.length }),
        ...(isUnknown && { takenOver: true }),
      };
      await this.revisions.save(was, { revision, act: 'submission', comment, answers: answered, details });
    });
  }

  /** Keeps with the approval how heavy the change is at that moment. @throws DomainError `policy.self_approval`, `policy.content_changed`, `policy.wrong_state` */
  async approve(
    id: string,
    { comment, contentHash }: { comment: string; contentHash: string },
    expectedHash?: string,
  ): Promise<Revision> {
    await this.comparisons.prepare(id);
    return this.act(id, expectedHash, async (revision) => {
      const was = revision.state;
      const { operatorIds: editors } = await this.revisions.authors(id);
      revision.approve({ by: actingOperator().operatorId, at: this.clock.now(), contentHash, editors });
      const { from, comparison } = await this.comparisons.againstInForce(revision);
      revision.keepApproved(from, comparison);
      await this.revisions.save(was, {
        revision,
        act: 'approval',
        comment,
        details: { materiality: comparison.materiality },
      });
    });
  }

  reject(id: string, comment: string, expectedHash?: string): Promise<Revision> {
    return this.act(id, expectedHash, async (revision) => {
      const was = revision.state;
      revision.reject(this.clock.now());
      await this.revisions.save(was, { revision, act: 'rejection', comment });
    });
  }

  /** Takes a submission back to draft; ends a draft or a scheduled revision, whose notice is withdrawn with it. */
  withdraw(id: string, reason: string, expectedHash?: string): Promise<Revision> {
    return this.act(id, expectedHash, async (revision) => {
      const was = revision.state;
      const at = this.clock.now();
      revision.withdraw(at);
      await this.revisions.save(was, { revision, act: 'withdrawal', comment: reason });
      if (was !== 'scheduled') return;
      if (revision.campaignId) await this.campaigns.cancel(revision.campaignId);
      await this.jobs.publish('policy.revision_withdrawn', {
        policyId: revision.policyId,
        revisionId: revision.id,
        at: at.toISOString(),
      });
    });
  }

  /** What takes long is calculated before the transaction, which then finds it ready. */
  private async prepareSubmission(id: string): Promise<void> {
    const revision = await this.revisions.get(id);
    await this.checks.stored(revision);
    await this.comparisons.againstInForce(revision);
    await this.tests.ofSubmission(revision);
  }

  private act(
    id: string,
    expectedHash: string | undefined,
    work: (revision: Revision) => Promise<void>,
  ): Promise<Revision> {
    return this.db.transaction(async () => {
      const revision = await this.revisions.getForAct(id);
      requireMatch(expectedHash, revision.contentHash, 'policy.stale_edit');
      await work(revision);
      return revision;
    });
  }
}
