import { Injectable } from '@nestjs/common';
import { compare, type Comparison } from '@abide/rulebook';
import { BoundedMemory } from '../bounded-memory.js';
import { Registries } from '../registries/registries.js';
import type { Revision } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';

const mostKept = 40;

/** Two revisions of a policy and what the later one changes; `from` is null where there is no earlier one. */
export interface RevisionComparison {
  readonly from: Revision | null;
  readonly to: Revision;
  readonly comparison: Comparison;
}

/** What a revision changes, computed by the rulebook beside the other policies in force. */
@Injectable()
export class Comparisons {
  private readonly memory = new BoundedMemory<Comparison>(mostKept);

  constructor(
    private readonly revisions: Revisions,
    private readonly registries: Registries,
  ) {}

  /** Against what is in force now: what decides how the revision must be announced. */
  async againstInForce(to: Revision): Promise<RevisionComparison> {
    return this.between(await this.revisions.inForce(to.policyId), to);
  }

  /** Against what is in force; a revision that is in force itself, against what it replaced. */
  async withPresent(to: Revision): Promise<RevisionComparison> {
    const present = await this.revisions.inForce(to.policyId);
    return this.between(present?.id === to.id ? await this.revisions.predecessorOf(to) : present, to);
  }

  async between(from: Revision | null, to: Revision): Promise<RevisionComparison> {
    const others = await this.others(to);
    const { version, registry } = await this.registries.snapshot();
    const key = [from?.contentHash, to.contentHash, ...others.map((other) => other.contentHash), version].join(' ');
    const documents = others.map((other) => other.document);
    const before = from && { document: from.document, others: documents };
    const comparison = await this.memory.recall(key, async () => compare(before, { document: to.document, others: documents }, registry));
    return { from, to, comparison };
  }

  private async others({ policyId }: Revision): Promise<readonly Revision[]> {
    const all = await this.revisions.allInForce();
    return all.filter(({ policy }) => policy.id !== policyId && policy.kind !== 'agreement').map(({ revision }) => revision);
  }
}
