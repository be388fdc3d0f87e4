import { Injectable } from '@nestjs/common';
import type { Lane } from '@abide/platform';
import { Calculator } from '../calculation/calculator.js';
import { Registries } from '../registries/registries.js';
import type { Revision } from '../revisions/revision.entity.js';
import { Revisions } from '../revisions/revisions.js';
import { toComparison, type ComparisonDto } from './comparison.dto.js';
import type { RevisionComparison } from './revision-comparison.js';

/** What a revision changes, computed by the rulebook beside the other policies in force, the agreement among them. */
@Injectable()
export class Comparisons {
  constructor(
    private readonly revisions: Revisions,
    private readonly registries: Registries,
    private readonly calculator: Calculator,
  ) {}

  /** Lets the comparison against what is in force be ready before a transaction asks for it: nobody waits behind its locks. */
  async prepare(id: string): Promise<void> {
    await this.againstInForce(await this.revisions.get(id));
  }

  /** Against what is in force now: what decides how the revision must be announced. */
  async againstInForce(to: Revision): Promise<RevisionComparison> {
    return this.between(await this.revisions.inForce(to.policyId), to);
  }

  /** Against what is in force; a revision that is in force itself, against what it replaced. */
  async withPresent(to: Revision): Promise<RevisionComparison> {
    const present = await this.revisions.inForce(to.policyId);
    return this.between(present?.id === to.id ? await this.revisions.predecessorOf(to) : present, to);
  }

  async between(from: Revision | null, to: Revision, lane?: Lane): Promise<RevisionComparison> {
    const others = await this.others(to);
    const { version, registry } = await this.registries.snapshot();
    const key = [
      'compare',
      from?.contentHash,
      to.contentHash,
      ...others.map((other) => other.contentHash),
      version,
    ].join(' ');
    const documents = others.map((other) => other.document);
    const before = from && { document: from.document, others: documents };
    const comparison = await this.calculator.recall(
      key,
      'compare',
      [before, { document: to.document, others: documents }, registry],
      lane,
    );
    return { from, to, comparison };
  }

  /** The comparison as it is answered, its texts compared word by word. */
  async inWords(compared: RevisionComparison, lane?: Lane): Promise<ComparisonDto> {
    const { from, to, comparison } = compared;
    const key = ['words', from?.contentHash, to.contentHash].join(' ');
    const texts = { before: from?.document.clauses ?? [], after: to.document.clauses, paired: comparison.clauses };
    return toComparison(compared, await this.calculator.recall(key, 'comparedClauses', [texts], lane));
  }

  private async others({ policyId }: Revision): Promise<readonly Revision[]> {
    const all = await this.revisions.allInForce();
    return all.filter(({ policy }) => policy.id !== policyId).map(({ revision }) => revision);
  }
}
