import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { Database } from '@abide/platform';
import type { RelativesAct } from './subject.entity.js';

/** What a person arranged for the time after their death: what their relatives may not ask then (PIPL art. 49). */
@Injectable()
export class AfterDeath {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  /** Nothing, unless they said so. */
  async relativesMayNot(subjectId: string): Promise<readonly RelativesAct[]> {
    const [row] = await this.db.query<{ acts: RelativesAct[] }>(
      'SELECT relatives_may_not AS acts FROM identity.subjects WHERE subject_id = $1',
      [subjectId],
    );
    return row?.acts ?? [];
  }

  /** In place of what they said before. */
  async arrange(subjectId: string, acts: readonly RelativesAct[]): Promise<void> {
    const relativesMayNot = [...new Set(acts)].sort();
    await this.db.transaction(async () => {
      const changed = await this.db.execute(
        'UPDATE identity.subjects SET relatives_may_not = $2 WHERE subject_id = $1 AND relatives_may_not <> $2',
        [subjectId, relativesMayNot],
      );
      if (changed === 0) return;
      await this.audit.record({
        act: 'subject.afterDeathArranged',
        object: { type: 'subject', id: subjectId },
        subjectId,
        details: { relativesMayNot: relativesMayNot.join(' ') },
      });
    });
  }
}
