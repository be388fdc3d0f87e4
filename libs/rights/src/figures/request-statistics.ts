import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import { Registries } from '@abide/policy';
import { ageFilters, agesInDays, hasArrived, isAnswered } from '../requests/queue-filter.js';
import { askedAgo } from '../requests/queue-filters.js';
import { RequestQueries } from '../requests/request.queries.js';

/** A week from Monday on, in the zone of the profile. */
export interface RequestWeek {
  readonly startsAt: Date;
  /** Begun: proven, where that was needed. */
  readonly arrived: number;
  readonly answered: number;
  /** Of those answered, by their deadline. */
  readonly inTime: number;
  /** Of those answered, such of which it is known whether they were in time. */
  readonly timed: number;
}

/** How many of those that are not over are this old; null: older than any before it. */
export interface RequestAge {
  readonly upToDays: number | null;
  readonly count: number;
}

export interface RequestStatisticsAnswer {
  readonly weeks: readonly RequestWeek[];
  readonly ages: readonly RequestAge[];
  readonly utcOffsetHours: number;
}

/** Requests counted over time. */
@Injectable()
export class RequestStatistics {
  constructor(
    private readonly db: Database,
    private readonly queries: RequestQueries,
    private readonly clock: Clock,
    private readonly registries: Registries,
  ) {}

  /** The week of now and those before it, oldest first. */
  async of(weeks: number): Promise<RequestStatisticsAnswer> {
    const { utcOffsetHours } = await this.registries.profile();
    return { weeks: await this.weeks(weeks, utcOffsetHours), ages: await this.ages(), utcOffsetHours };
  }

  private weeks(count: number, utcOffsetHours: number): Promise<RequestWeek[]> {
    return this.db.query<RequestWeek>(
      `WITH span AS (
         SELECT (local - interval '1 hour' * $2) AT TIME ZONE 'UTC' AS starts_at, (local + interval '7 days' - interval '1 hour' * $2) AT TIME ZONE 'UTC' AS ends_at
         FROM (SELECT date_trunc('week', $1::timestamptz AT TIME ZONE 'UTC' + interval '1 hour' * $2) - interval '7 days' * back AS local
               FROM generate_series($3::int - 1, 0, -1) AS back) AS week)
       SELECT starts_at AS "startsAt", begun.n AS arrived, ended.n AS answered, ended.in_time AS "inTime", ended.timed
       FROM span
       CROSS JOIN LATERAL (SELECT count(*)::int AS n FROM rights.requests
         WHERE opened_at >= starts_at AND opened_at < ends_at AND ${hasArrived}) AS begun
       CROSS JOIN LATERAL (SELECT count(*)::int AS n, count(*) FILTER (WHERE is_in_time)::int AS in_time, count(is_in_time)::int AS timed
         FROM rights.requests WHERE ${isAnswered} AND closed_at >= starts_at AND closed_at < ends_at) AS ended
       ORDER BY starts_at`,
      [this.clock.now(), utcOffsetHours, count],
    );
  }

  /** As many as the queue lists of each age. */
  private ages(): Promise<RequestAge[]> {
    const now = this.clock.now();
    return Promise.all(
      ageFilters.map(async (age, index) => ({
        upToDays: agesInDays[index] ?? null,
        count: await this.queries.count({ underWay: askedAgo(age, now) }),
      })),
    );
  }
}
