import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { minimumEndOf, minimumValues, promisedMinimumsOf } from './legal-minimums.js';
import type { Kind, LineageTable } from './lineage-tables.js';
import { keptForOf } from '../states/standing-lineage.sql.js';

/** Finds the rows that something is taken away from: `sql` gives `subject_id`, the id, `due_month`, `category`, `service` and as `lineage` what is left, by `$1` and on for `parameters`. */
export interface LeftOverRows {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * Writes what is left of the purposes of stored rows, which stay as long as the longest of them; a row with no purpose left is due at once. Either only when the
 * law's minimum is over, and never later than before (rules.md, Keep).
 */
@Injectable()
export class LeftOver {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  /** `kinds` covers every row that is found. Answers how many rows were written. */
  async write({ name, id }: LineageTable, { sql, parameters }: LeftOverRows, kinds: readonly Kind[]): Promise<number> {
    const first = parameters.length + 1;
    const { rulebook } = await this.rulebooks.current();
    const keptFor = keptForOf('held', 'entry', rulebook.profile.utcOffsetHours);
    return this.db.execute(
      `UPDATE ${name} AS held SET lineage = left_over.lineage,
         retain_until = nullif(least(coalesce(held.retain_until, 'infinity'), greatest($${first}::timestamptz, ${minimumEndOf('held', first + 1)},
           (SELECT max(coalesce(${keptFor}, 'infinity')) FROM jsonb_array_elements(left_over.lineage) AS entry))), 'infinity')
       FROM (${sql}) AS left_over
       WHERE held.subject_id = left_over.subject_id AND held.${id} = left_over.${id} AND held.due_month = left_over.due_month`,
      [...parameters, this.clock.now(), ...minimumValues(promisedMinimumsOf(rulebook, kinds), rulebook)],
    );
  }
}
