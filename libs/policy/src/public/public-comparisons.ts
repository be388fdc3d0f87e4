import { Injectable } from '@nestjs/common';
import { Comparisons } from '../comparison/comparisons.js';
import type { ComparisonDto } from '../comparison/comparison.dto.js';
import type { Revision } from '../revisions/revision.entity.js';

/** What changed between published revisions, as anybody may ask. */
@Injectable()
export class PublicComparisons {
  constructor(private readonly comparisons: Comparisons) {}

  async between(from: Revision | null, to: Revision): Promise<ComparisonDto> {
    return this.comparisons.inWords(await this.comparisons.between(from, to, 'public'), 'public');
  }
}
