import { Injectable } from '@nestjs/common';
import { Clock, dayInMilliseconds } from '@abide/kernel';
import type { OperatorPrincipal } from '@abide/platform';
import { Registries } from '@abide/policy';
import { isDecidedBySupport, requestTypes, type RequestState, type RequestType } from '../request-kinds.js';
import {
  ageFilters,
  agesInDays,
  type AgeFilter,
  type DueFilter,
  type OnlyFilter,
  type QueueFilter,
  type Span,
} from './queue-filter.js';

const daysInWeek = 7;

/** What an operator asks the queue for. */
export interface AskedQueue {
  readonly state?: RequestState | undefined;
  readonly type?: RequestType | undefined;
  /** `me`, `nobody`, or an operator's id. */
  readonly assignee?: string | undefined;
  readonly due?: DueFilter | undefined;
  readonly only?: OnlyFilter | undefined;
  readonly number?: string | undefined;
  /** A day of the week in which it arrived, or was answered, `YYYY-MM-DD`. */
  readonly arrivedIn?: string | undefined;
  readonly answeredIn?: string | undefined;
  readonly age?: AgeFilter | undefined;
  readonly subjectId?: string | undefined;
}

/** Who asks, and what they may do. */
export type Asker = Pick<OperatorPrincipal, 'operatorId' | 'permissions'>;

/** Says what the words of a filter mean: who `me` is, and when a day ends in the zone of the profile. */
@Injectable()
export class QueueFilters {
  constructor(
    private readonly clock: Clock,
    private readonly registries: Registries,
  ) {}

  async of(
    { assignee, due, arrivedIn, answeredIn, age, ...asked }: AskedQueue,
    { operatorId, permissions }: Asker,
  ): Promise<QueueFilter> {
    return {
      ...asked,
      assignee: assignee === 'me' ? operatorId : assignee,
      ...(due ? await this.span(due) : {}),
      ...(arrivedIn ? { arrived: await this.weekOf(arrivedIn) } : {}),
      ...(answeredIn ? { answered: await this.weekOf(answeredIn) } : {}),
      ...(age ? { underWay: askedAgo(age, this.clock.now()) } : {}),
      ...(asked.only === 'second' ? { looker: { operatorId, types: typesOf(permissions) } } : {}),
    };
  }

  /** What is overdue is neither of today nor of the seven days from now: each request is in one of them. */
  private async span(due: DueFilter): Promise<Pick<QueueFilter, 'dueFrom' | 'dueBefore'>> {
    const now = this.clock.now();
    if (due === 'overdue') return { dueBefore: now };
    const { utcOffsetHours } = await this.registries.profile();
    const midnight = midnightAfter(now, utcOffsetHours);
    const days = due === 'today' ? 0 : daysInWeek - 1;
    return { dueFrom: now, dueBefore: new Date(midnight.getTime() + days * dayInMilliseconds) };
  }

  /** The week from Monday on, in the zone of the profile. */
  private async weekOf(day: string): Promise<Span> {
    const { utcOffsetHours } = await this.registries.profile();
    const midnight = new Date(day);
    const sinceMonday = (midnight.getUTCDay() + 6) % daysInWeek;
    const from = midnight.getTime() - sinceMonday * dayInMilliseconds - utcOffsetHours * 3_600_000;
    return { from: new Date(from), before: new Date(from + daysInWeek * dayInMilliseconds) };
  }
}

/** When what is of this age now was asked. */
export function askedAgo(age: AgeFilter, now: Date): Span {
  const index = ageFilters.indexOf(age);
  const ago = (days: number | null | undefined) =>
    days ? new Date(now.getTime() - days * dayInMilliseconds) : undefined;
  return { from: ago(agesInDays[index]), before: ago(agesInDays[index - 1]) };
}

function typesOf(permissions: Asker['permissions']): RequestType[] {
  if (permissions.has('request.decideAny')) return [...requestTypes];
  return permissions.has('request.decide') ? requestTypes.filter(isDecidedBySupport) : [];
}

function midnightAfter(at: Date, utcOffsetHours: number): Date {
  const ahead = utcOffsetHours * 3_600_000;
  const day = Math.floor((at.getTime() + ahead) / dayInMilliseconds);
  return new Date((day + 1) * dayInMilliseconds - ahead);
}
