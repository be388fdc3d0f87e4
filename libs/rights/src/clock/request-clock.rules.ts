import { Temporal } from 'temporal-polyfill';
import type { Localized } from '@abide/kernel';
import type { AnswerWithin } from '@abide/rulebook';
import type { WorkingDays } from './working-days.js';

/** As the profile cites it, or a clause in words. */
export type Article = string | Localized;

/** A time to answer, and the article or clause that sets it. */
export interface AnswerTime {
  readonly within: AnswerWithin;
  readonly article: Article;
}

/** While the subject owes an answer; `until` is null as long as they do. */
export interface ClockPause {
  readonly from: Date;
  readonly until: Date | null;
}

/** Everything a deadline follows from. */
export interface ClockFacts {
  /** The code of the profile whose working days count. */
  readonly profile: string;
  /** Where the last day ends, in hours ahead of UTC. */
  readonly utcOffsetHours: number;
  /** When the clock began, and the article that says so. */
  readonly start: { readonly at: Date; readonly on: 'receipt' | 'verification'; readonly article: string };
  readonly answer: AnswerTime;
  /** Given once, before the first deadline. */
  readonly extension: AnswerTime | null;
  readonly pauses: readonly ClockPause[];
}

/** Why a day did not count, or why a weekend did. */
export interface ClockDay {
  /** `YYYY-MM-DD` in the zone of the profile. */
  readonly date: string;
  readonly why: 'holiday' | 'paused' | 'workedWeekend';
  readonly name?: Localized;
}

/** One step of the way to the deadline; days are those of the profile's zone. */
export interface ClockStep {
  readonly rule: 'receipt' | 'verification' | 'answer' | 'extension';
  readonly article: Article;
  /** The day that the step begins after. */
  readonly from: string;
  /** Its last day. */
  readonly to: string;
  /** Days that counted: working days where the rule says so. */
  readonly days: number;
  /** Weekend days that were passed over, holidays not among them. */
  readonly weekendDays: number;
  readonly skipped: readonly ClockDay[];
  readonly workedWeekends: readonly ClockDay[];
}

export interface Clock {
  /** The end of the last day; null while the subject owes an answer. */
  readonly dueAt: Date | null;
  /** The holidays of a year on the way are not published yet. */
  readonly isProvisional: boolean;
  readonly trace: readonly ClockStep[];
}

/**
 * The deadline of a request and how it comes about. The day on which the clock starts does not count. A day counts as paused
 * when the subject owed an answer at its end. Months end on the same day of the month, or on its last.
 */
export function clockOf(facts: ClockFacts, calendar: WorkingDays): Clock {
  const startDay = dayOf(facts.start.at, facts.utcOffsetHours);
  const trace = [startStep(facts, startDay)];
  let last = startDay;
  for (const [rule, time] of [
    ['answer', facts.answer],
    ['extension', facts.extension],
  ] as const) {
    if (!time) continue;
    const step = stepOf({ rule, ...time }, last, facts, calendar);
    trace.push(step);
    last = Temporal.PlainDate.from(step.to);
  }
  const isRunning = facts.pauses.every(({ until }) => until !== null);
  return {
    dueAt: isRunning ? endOf(last, facts.utcOffsetHours) : null,
    isProvisional: passesUnpublished(startDay, last, facts, calendar),
    trace,
  };
}

function startStep({ start }: ClockFacts, day: Temporal.PlainDate): ClockStep {
  const date = day.toString();
  return {
    rule: start.on,
    article: start.article,
    from: date,
    to: date,
    days: 0,
    weekendDays: 0,
    skipped: [],
    workedWeekends: [],
  };
}

function stepOf(
  { rule, within, article }: AnswerTime & { readonly rule: 'answer' | 'extension' },
  after: Temporal.PlainDate,
  facts: ClockFacts,
  calendar: WorkingDays,
): ClockStep {
  const passed = new PassedDays(after, facts, calendar, 'workingDays' in within);
  const days = 'workingDays' in within ? within.workingDays : calendarDaysOf(within, after);
  // What is due on the day that it came waits for an answer that the subject still owed when that day ended.
  passed.count(days === 0 && isPausedAtEndOf(after, facts) ? 1 : days);
  return {
    rule,
    article,
    from: after.toString(),
    to: passed.day.toString(),
    days: passed.counted,
    weekendDays: passed.weekendDays,
    skipped: passed.skipped,
    workedWeekends: passed.workedWeekends,
  };
}

function calendarDaysOf(within: Exclude<AnswerWithin, { workingDays: number }>, after: Temporal.PlainDate): number {
  if ('calendarDays' in within) return within.calendarDays;
  return after.until(after.add({ months: within.months }), { largestUnit: 'days' }).days;
}

/** Walks from day to day and keeps why one counted or did not. */
class PassedDays {
  day: Temporal.PlainDate;
  counted = 0;
  weekendDays = 0;
  readonly skipped: ClockDay[] = [];
  readonly workedWeekends: ClockDay[] = [];

  constructor(
    after: Temporal.PlainDate,
    private readonly facts: ClockFacts,
    private readonly calendar: WorkingDays,
    private readonly isByWorkingDays: boolean,
  ) {
    this.day = after;
  }

  count(days: number): void {
    while (this.counted < days) {
      this.day = this.day.add({ days: 1 });
      if (this.doesCount()) this.counted += 1;
    }
  }

  private doesCount(): boolean {
    const date = this.day.toString();
    const isWeekend = this.day.dayOfWeek > 5;
    const { isWorking, name } = this.isByWorkingDays ? this.calendar.dayOf(this.day) : { isWorking: true };
    if (!isWorking && name) this.skipped.push({ date, why: 'holiday', name });
    else if (!isWorking) this.weekendDays += 1;
    else if (isPausedAtEndOf(this.day, this.facts)) this.skipped.push({ date, why: 'paused' });
    else {
      if (this.isByWorkingDays && isWeekend && name) this.workedWeekends.push({ date, why: 'workedWeekend', name });
      return true;
    }
    return false;
  }
}

/** A pause that has no end yet takes out no day: where the deadline will lie is not known before it ends. */
function isPausedAtEndOf(day: Temporal.PlainDate, { pauses, utcOffsetHours }: ClockFacts): boolean {
  const end = endOf(day, utcOffsetHours);
  return pauses.some(({ from, until }) => until !== null && from <= end && end < until);
}

function passesUnpublished(
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  { answer, extension }: ClockFacts,
  calendar: WorkingDays,
): boolean {
  const isByWorkingDays = [answer, extension].some((time) => time !== null && 'workingDays' in time.within);
  if (!isByWorkingDays) return false;
  for (let year = from.year; year <= to.year; year += 1) if (!calendar.isPublished(year)) return true;
  return false;
}

function dayOf(at: Date, utcOffsetHours: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime() + utcOffsetHours * 3_600_000)
    .toZonedDateTimeISO('UTC')
    .toPlainDate();
}

/** The last millisecond of a day. */
function endOf(day: Temporal.PlainDate, utcOffsetHours: number): Date {
  const nextMidnight = day.add({ days: 1 }).toZonedDateTime('UTC').epochMilliseconds;
  return new Date(nextMidnight - utcOffsetHours * 3_600_000 - 1);
}
