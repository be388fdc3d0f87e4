import { Injectable } from '@nestjs/common';
import { BoundedMemory } from '../bounded-memory.js';
import { Comparisons } from '../comparison/comparisons.js';
import { toComparison, type ComparisonDto } from '../comparison/comparison.dto.js';
import { EffectiveRulebook } from '../effective/effective-rulebook.js';
import type { Revision } from '../revisions/revision.entity.js';

const mostKept = 40;

/** What changed between published revisions, kept as long as the texts beside them stay: comparing costs too much to do it for every reader. */
@Injectable()
export class PublicComparisons {
  private readonly memory = new BoundedMemory<ComparisonDto>(mostKept);

  constructor(
    private readonly comparisons: Comparisons,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  async between(from: Revision | null, to: Revision): Promise<ComparisonDto> {
    const key = [from?.id, from?.state, to.id, to.state, to.weight, await this.rulebooks.key()].join(' ');
    return this.memory.recall(key, async () => toComparison(await this.comparisons.between(from, to)));
  }
}
