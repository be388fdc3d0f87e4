import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { retentionFor } from '@abide/rulebook';
import type { LineageTable } from './lineage-tables.js';

/** What rows are about: by it the law says how long they must be kept. */
export interface Kind {
  readonly category: string;
  readonly service: string;
}

/** Finds the rows that something is taken away from: `sql` gives `subject_id`, the id, `due_month`, `category`, `service` and as `lineage` what is left, by `$1` and on for `parameters`. */
export interface LeftOverRows {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Writes what is left of the purposes of stored rows; a row with no purpose left is due at once, or when the law's minimum is over (rules.md, Keep). */
@Injectable()
export class LeftOver {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  /** `kinds` covers every row that is found. Answers how many rows were written. */
  async write({ name, id }: LineageTable, { sql, parameters }: LeftOverRows, kinds: readonly Kind[]): Promise<number> {
    const [now, categories, services, periods, zone] = [1, 2, 3, 4, 5].map((place) => `$${parameters.length + place}`);
    const { rulebook } = await this.rulebooks.current();
    const minimums = kinds.flatMap(({ category, service }) => {
      const period = retentionFor(rulebook, category, service)?.minimum?.period;
      return period === undefined ? [] : [{ category, service, period }];
    });
    // The months of a period are those of the law's zone, which is that far ahead of the database's, UTC. PostgreSQL reads ISO 8601 as an interval.
    return this.db.execute(
      `UPDATE ${name} AS held SET lineage = left_over.lineage,
         retain_until = CASE WHEN left_over.lineage <> '[]' THEN held.retain_until
           ELSE least(coalesce(held.retain_until, 'infinity'), greatest(${now}::timestamptz, held.occurred_at + ${zone}::interval + least_kept.period::interval - ${zone}::interval)) END
       FROM (${sql}) AS left_over
       LEFT JOIN (SELECT DISTINCT * FROM unnest(${categories}::text[], ${services}::text[], ${periods}::text[]) AS each (category, service, period)) AS least_kept
         ON least_kept.category = left_over.category AND least_kept.service = left_over.service
       WHERE held.subject_id = left_over.subject_id AND held.${id} = left_over.${id} AND held.due_month = left_over.due_month`,
      [
        ...parameters,
        this.clock.now(),
        minimums.map(({ category }) => category),
        minimums.map(({ service }) => service),
        minimums.map(({ period }) => period),
        `${rulebook.profile.utcOffsetHours} hours`,
      ],
    );
  }
}
