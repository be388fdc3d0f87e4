import { Injectable } from '@nestjs/common';
import { Comparisons } from '../comparison/comparisons.js';
import { toComparison, type ComparisonDto } from '../comparison/comparison.dto.js';
import { EffectiveRulebook } from '../effective/effective-rulebook.js';
import type { Revision } from '../revisions/revision.entity.js';

const mostKept = 40;

/** What changed between published revisions, kept for as long as the texts beside them stay: comparing costs too much to do it for every reader. */
@Injectable()
export class PublicComparisons {
  private readonly kept = new Map<string, ComparisonDto>();

  constructor(
    private readonly comparisons: Comparisons,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  async between(from: Revision | null, to: Revision): Promise<ComparisonDto> {
    const key = [from?.id, from?.state, to.id, to.state, await this.rulebooks.key()].join(' ');
    const known = this.kept.get(key);
    if (known) return known;
    const comparison = toComparison(await this.comparisons.between(from, to));
    const oldest = this.kept.size >= mostKept ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, comparison);
    return comparison;
  }
}
