import { Injectable } from '@nestjs/common';
import { compare, type Comparison, type PolicyDocument } from '@abide/rulebook';
import { Registries } from '../registries/registries.js';
import type { Revision } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';

/** Two revisions of a policy and what the later one changes; `from` is null where there is no earlier one. */
export interface RevisionComparison {
  readonly from: Revision | null;
  readonly to: Revision;
  readonly comparison: Comparison;
}

/** What a revision changes, computed by the rulebook beside the other policies in force. */
@Injectable()
export class Comparisons {
  constructor(
    private readonly revisions: Revisions,
    private readonly registries: Registries,
  ) {}

  /** Against what is in force now: what decides how the revision must be announced. */
  async againstInForce(to: Revision): Promise<RevisionComparison> {
    return this.between(await this.revisions.inForce(to.policyId), to);
  }

  async between(from: Revision | null, to: Revision): Promise<RevisionComparison> {
    const others = await this.others(to);
    const { registry } = await this.registries.snapshot();
    const before = from && { document: from.document, others };
    return { from, to, comparison: compare(before, { document: to.document, others }, registry) };
  }

  private async others({ policyId }: Revision): Promise<readonly PolicyDocument[]> {
    const all = await this.revisions.allInForce();
    return all.filter(({ policy }) => policy.id !== policyId && policy.kind !== 'agreement').map(({ revision }) => revision.document);
  }
}
