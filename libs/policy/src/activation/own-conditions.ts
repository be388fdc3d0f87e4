import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Campaigns } from '@abide/notifications';
import { hasErrors, PolicyCheck } from '../revisions/policy-check.js';
import { ActivationConditions, type MissingCondition, type ScheduledRevision } from './activation-conditions.js';
import { missingOf } from './conditions.rules.js';

/** What this module asks of every revision: its time, a text that still holds, the weight that was announced, and the notice. */
@Injectable()
export class OwnConditions implements OnModuleInit {
  constructor(
    private readonly conditions: ActivationConditions,
    private readonly clock: Clock,
    private readonly checks: PolicyCheck,
    private readonly campaigns: Campaigns,
  ) {}

  onModuleInit(): void {
    this.conditions.register({ name: 'policy', missing: (revision) => this.missing(revision) });
  }

  private async missing(revision: ScheduledRevision): Promise<readonly MissingCondition[]> {
    const { document, contentHash, campaignId } = revision;
    const findings = await this.checks.stored({ document, contentHash, state: 'scheduled' });
    return missingOf({
      ...revision,
      now: this.clock.now(),
      isTextValid: !hasErrors(findings),
      notice: campaignId ? await this.campaigns.progress(campaignId) : null,
    });
  }
}
