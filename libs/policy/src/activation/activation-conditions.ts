import { Injectable } from '@nestjs/common';
import type { Localized } from '@abide/kernel';
import type { Materiality, PolicyDocument } from '@abide/rulebook';

/** A scheduled revision as the conditions of its effect see it. */
export interface ScheduledRevision {
  readonly revisionId: string;
  readonly policyId: string;
  readonly number: number;
  readonly document: PolicyDocument;
  readonly contentHash: string;
  readonly effectiveAt: Date;
  /** The class that was announced, and what the change weighs against what is in force now. */
  readonly materiality: Materiality;
  readonly materialityNow: Materiality;
  readonly leadDays: number;
  /** The campaign that tells of it; null where none was started. */
  readonly campaignId: string | null;
}

/** One thing that still stands between a scheduled revision and its effect. */
export interface MissingCondition {
  /** Stable, for machines. */
  readonly code: string;
  /** What operators read. */
  readonly message: Localized;
  /** When it will be met by waiting, where that is known. */
  readonly until?: Date;
}

/** What has to hold before a revision takes effect. */
export interface ActivationCondition {
  readonly name: string;
  /** Nothing where it is met. Asked in the transaction of the activation, and whenever somebody looks at the revision. What it throws keeps the revision from taking effect. */
  missing(revision: ScheduledRevision): Promise<readonly MissingCondition[]>;
}

/** The registry of what has to hold before a revision takes effect, asked in the order in which it was registered. */
@Injectable()
export class ActivationConditions {
  private readonly conditions: ActivationCondition[] = [];

  /** Call it while modules initialise. */
  register(condition: ActivationCondition): void {
    if (this.conditions.some(({ name }) => name === condition.name))
      throw new Error(`The condition ${condition.name} is registered twice`);
    this.conditions.push(condition);
  }

  /** All that is missing, not only the first. */
  async missing(revision: ScheduledRevision): Promise<MissingCondition[]> {
    const missing: MissingCondition[] = [];
    for (const condition of this.conditions) missing.push(...(await condition.missing(revision)));
    return missing;
  }
}
