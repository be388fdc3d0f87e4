import { Injectable } from '@nestjs/common';
import { Gate, isOverFor, requireRegistered, standingLineage, type GateQuestion } from '@abide/consent';
import { Clock } from '@abide/kernel';
import { Database } from '@abide/platform';
import type { FixCategory } from '../fix.entity.js';
import { refusal } from '../location.errors.js';
import { resolutionOf } from '../places/place.rules.js';
import { heatOf, type Heat, type Sighting } from './heat.rules.js';
import { heatOfWeeks, weekInMilliseconds } from './heat-weeks.rules.js';

export interface HeatQuestion {
  readonly purpose: string;
  /** The beginning of a week; so is `to`. */
  readonly from: Date;
  readonly to: Date;
  /** Of the H3 grid: 5 at the finest, which is what stands in plain. */
  readonly resolution: number;
}

interface Seen extends Sighting {
  readonly category: FixCategory;
  readonly service: string;
  /** Which week of the period it was in, from 0. */
  readonly week: number;
}

const mostSightings = 200_000;
const questionsAtOnce = 1000;
const mostCells = 5000;
/** No profile may go below it. */
const smallestGroup = 10;

/** Draws where subjects were as a coarse map, in groups and never of anybody. */
@Injectable()
export class HeatMaps {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly gate: Gate,
  ) {}

  /** Of positions that are kept for the purpose and that the gate lets be used for it now. @throws DomainError `location.too_much`, `question.unknownPurpose` */
  async read(asked: HeatQuestion): Promise<Heat & { readonly minimumGroup: number }> {
    const { rulebook } = await this.gate.inForce();
    requireRegistered(rulebook, { purpose: asked.purpose });
    const minimumGroup = Math.max(smallestGroup, rulebook.profile.rules.anonymityGroup.value);
    const seen = await this.sightings(asked, rulebook.profile.utcOffsetHours);
    const usable = await this.usableFor(asked, seen);
    const byWeek = Map.groupBy(
      seen.filter((one) => usable.has(nameOf(one))),
      ({ week }) => week,
    );
    const weeks = [...byWeek.values()].map((own) =>
      heatOf(own, { resolution: asked.resolution, minimumGroup, mostCells: Infinity }),
    );
    return { ...heatOfWeeks(weeks, mostCells), minimumGroup };
  }

  private async sightings({ purpose, from, to }: HeatQuestion, utcOffsetHours: number): Promise<Seen[]> {
    const seen = await this.db.query<Seen>(
      `SELECT DISTINCT subject_id AS "subjectId", category, service, coarse_cell AS cell, floor(extract(epoch FROM occurred_at - $1) / ${weekInMilliseconds / 1000})::int AS week
       FROM location.fixes fix
       WHERE occurred_at >= $1 AND occurred_at < $2 AND (retain_until IS NULL OR retain_until > $3) AND lineage @> $4::jsonb AND ${standingLineage('fix')} @> $4::jsonb
         AND NOT ${isOverFor('fix', { purpose: '$5', now: '$3', utcOffsetHours })} LIMIT ${mostSightings + 1}`,
      [from, to, this.clock.now(), JSON.stringify([{ purpose }]), purpose],
    );
    if (seen.length > mostSightings)
      throw refusal('location.too_much', {
        detail: 'There are too many positions in this period. Choose a shorter one.',
      });
    return seen;
  }

  /** Of whom, by category and service, the gate allows the use, at least as exactly as the map is drawn. */
  private async usableFor({ purpose, resolution }: HeatQuestion, seen: readonly Seen[]): Promise<ReadonlySet<string>> {
    const distinct = [...new Map(seen.map((one) => [nameOf(one), one]))];
    const usable = new Set<string>();
    for (let start = 0; start < distinct.length; start += questionsAtOnce) {
      const some = distinct.slice(start, start + questionsAtOnce);
      const decisions = await this.gate.weighMany(
        some.map(([, { subjectId, category, service }]): GateQuestion => ({
          subjectId,
          action: 'use',
          form: 'aggregated',
          purpose,
          categories: [category],
          service,
        })),
      );
      some.forEach(([name], index) => {
        const result = decisions[index]?.results[0];
        if (result?.allowed && (resolutionOf(result.precision ?? 'truncated') ?? Infinity) >= resolution)
          usable.add(name);
      });
    }
    return usable;
  }
}

function nameOf({ subjectId, category, service }: Seen): string {
  return `${subjectId} ${category} ${service}`;
}
