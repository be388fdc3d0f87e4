import { longestSpanInDays } from './duration.js';
import type { AnswerWithin, PromisedAnswer } from './terms.js';

/** Working days a long public holiday can take out of a stretch, beyond the weekends in it. */
const longestHolidayInWorkingDays = 7;

/** The longest calendar span that an answer time can have, whatever day it starts on. */
export function answerSpanInDays(answer: AnswerWithin): number {
  if ('calendarDays' in answer) return answer.calendarDays;
  if ('months' in answer) return longestSpanInDays({ months: answer.months, days: 0, hours: 0 });
  return answer.workingDays + 2 * Math.ceil(answer.workingDays / 5) + longestHolidayInWorkingDays;
}

/** At once is before the day ends. */
export function countedAnswer(promised: PromisedAnswer): AnswerWithin {
  return promised === 'immediate' ? { calendarDays: 0 } : promised;
}
