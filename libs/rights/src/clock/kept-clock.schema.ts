import { z } from 'zod';
import { clockOf, type Clock, type ClockFacts } from './request-clock.rules.js';
import { workingDaysOf, type WorkingDays } from './working-days.js';

const instant = z.iso.datetime({ offset: true });
const answerTime = z.strictObject({
  within: z.union([
    z.strictObject({ workingDays: z.int().min(1).max(1000) }),
    z.strictObject({ calendarDays: z.int().min(0).max(1000) }),
    z.strictObject({ months: z.int().min(1).max(24) }),
  ]),
  article: z.union([z.string(), z.strictObject({ 'zh-CN': z.string(), en: z.string() })]),
});

/** The facts of a deadline as they are kept and told: instants are texts. */
export const keptClockSchema = z.strictObject({
  profile: z.string(),
  utcOffsetHours: z.number().min(-14).max(14),
  start: z.strictObject({ at: instant, on: z.enum(['receipt', 'verification']), article: z.string() }),
  answer: answerTime,
  extension: answerTime.nullable(),
  pauses: z.array(z.strictObject({ from: instant, until: instant.nullable() })).max(1000),
});
export type KeptClock = z.infer<typeof keptClockSchema>;

/** The deadline that follows from the facts, with the calendar of their country. */
export function clockOfKept(kept: KeptClock, calendar: WorkingDays = workingDaysOf(kept.profile)): Clock {
  return clockOf(factsOf(kept), calendar);
}

function factsOf({ start, pauses, ...rest }: KeptClock): ClockFacts {
  return {
    ...rest,
    start: { ...start, at: new Date(start.at) },
    pauses: pauses.map(({ from, until }) => ({ from: new Date(from), until: until === null ? null : new Date(until) })),
  };
}
