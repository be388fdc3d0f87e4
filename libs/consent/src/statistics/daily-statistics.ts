import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { Database, ScheduledTasks } from '@abide/platform';
import { EffectiveRulebook, Registries } from '@abide/policy';
import { addDuration, choicesOf } from '@abide/rulebook';
import { countsFrom, isCoveredBy } from '../states/consent-state.sql.js';
import { addDays, dayOf, endOfDay } from './days.js';

const intervalSeconds = 600;
const daysFilled = 60;

/** How many subjects stand where with a purpose. */
interface Standing {
  readonly purpose: string;
  readonly granted: number;
  readonly withdrawn: number;
}

/** The latest event of each subject and scope among those recorded before $1; evidence of who was erased by then ($2) counts no more. */
const standings = `
  WITH latest AS MATERIALIZED (
    SELECT DISTINCT ON (subject_id, scope) subject_id, purpose, categories, service, recipient, region, state, ${countsFrom('event')} AS counts_from, expires_at
    FROM consent.events event
    WHERE recorded_at < $1 AND (kept_until IS NULL OR kept_until >= $2)
    ORDER BY subject_id, scope, counts_from DESC, (state = 'granted'), recorded_at DESC
  ), withdrawal AS (SELECT * FROM latest WHERE state = 'withdrawn')
  SELECT one.purpose,
    count(DISTINCT one.subject_id) FILTER (WHERE one.state = 'granted' AND coalesce(one.expires_at > $1, true) AND NOT EXISTS (
      SELECT 1 FROM withdrawal WHERE withdrawal.counts_from >= one.counts_from AND ${isCoveredBy('one', 'withdrawal')}
    ))::int AS granted,
    count(DISTINCT one.subject_id) FILTER (WHERE one.state = 'withdrawn')::int AS withdrawn
  FROM latest one GROUP BY one.purpose`;

/**
 * Counts, for each day and purpose, the subjects whose grant stands and those whose withdrawal does, from the events as they
 * were known at the end of the day. Today's figures are provisional; a day that is over is counted once more and then stays.
 */
@Injectable()
export class DailyStatistics implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: ScheduledTasks,
    private readonly subjects: Subjects,
    private readonly registries: Registries,
    private readonly rulebooks: EffectiveRulebook,
  ) {}

  onModuleInit(): void {
    this.tasks.every(intervalSeconds, 'consent.daily_figures', () => this.bringUpToDate());
  }

  /** Counts today, and whichever of the last sixty days has no final figures. */
  async bringUpToDate(): Promise<void> {
    const now = this.clock.now();
    const { utcOffsetHours, rules } = await this.registries.profile();
    const today = dayOf(now, utcOffsetHours);
    const days = Array.from({ length: daysFilled }, (_, back) => addDays(today, back + 1 - daysFilled));
    const countedAt = await this.countedAt(days);
    for (const day of days) {
      const until = endOfDay(day, utcOffsetHours);
      const isFinal = (countedAt.get(day)?.getTime() ?? -Infinity) >= until.getTime();
      if (!isFinal)
        await this.count(day, {
          until: until < now ? until : now,
          now,
          evidenceUntil: (at) =>
            addDuration(at, { months: 12 * rules.transactionRecordsYears.value, days: 0, hours: 0 }, utcOffsetHours),
        });
    }
  }

  private async countedAt(days: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.db.query<{ day: string; counted_at: Date }>(
      'SELECT day::text AS day, min(counted_at) AS counted_at FROM consent.daily_figures WHERE day = ANY($1::date[]) GROUP BY day',
      [days],
    );
    return new Map(rows.map(({ day, counted_at }) => [day, counted_at]));
  }

  private async count(
    day: string,
    { until, now, evidenceUntil }: { until: Date; now: Date; evidenceUntil: (at: number) => number },
  ): Promise<void> {
    await this.db.transaction(async () => {
      const figures = await this.withOffered(
        await this.db.query<Standing>(standings, [until, new Date(evidenceUntil(until.getTime()))]),
      );
      const subjects = await this.subjects.countActive(until);
      const column = <T>(of: (one: Standing) => T) => figures.map(of);
      await this.db.execute('DELETE FROM consent.daily_figures WHERE day = $1', [day]);
      await this.db.execute(
        `INSERT INTO consent.daily_figures (day, purpose, granted, withdrawn, subjects, counted_at)
         SELECT $1, purpose, granted, withdrawn, $5, $6 FROM unnest($2::text[], $3::int[], $4::int[]) AS figure (purpose, granted, withdrawn)`,
        [
          day,
          column(({ purpose }) => purpose),
          column(({ granted }) => granted),
          column(({ withdrawn }) => withdrawn),
          subjects,
          now,
        ],
      );
    });
  }

  /** Whatever is left to subjects has a figure, also while nobody has said anything. */
  private async withOffered(counted: readonly Standing[]): Promise<Standing[]> {
    const { rulebook } = await this.rulebooks.current();
    const offered = [...choicesOf(rulebook).keys()].map((purpose): [string, Standing] => [
      purpose,
      { purpose, granted: 0, withdrawn: 0 },
    ]);
    return [...new Map([...offered, ...counted.map((one): [string, Standing] => [one.purpose, one])]).values()];
  }
}
