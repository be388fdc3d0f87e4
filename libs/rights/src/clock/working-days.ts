import { Injectable } from '@nestjs/common';
import chineseDays from 'chinese-days';
import { Temporal } from 'temporal-polyfill';
import type { Localized } from '@abide/kernel';

/** What a day is for whoever works by the calendar of a country. `name` is that of the holiday, or of the holiday that a weekend is worked for. */
export interface CalendarDay {
  readonly isWorking: boolean;
  readonly name?: Localized;
}

/** The working days of one country. */
export interface WorkingDays {
  dayOf(date: Temporal.PlainDate): CalendarDay;
  /** Whether the holidays of that year are published; before they are, only weekends are known. */
  isPublished(year: number): boolean;
}

/** As the State Council announces them, adjusted weekends included. */
const china: WorkingDays = {
  dayOf(date) {
    const { work, name } = chineseDays.getDayDetail(date.toString());
    const [en, zh] = name.split(',');
    return en && zh ? { isWorking: work, name: { 'zh-CN': zh, en } } : { isWorking: work };
  },
  // Each announcement names the National Day of its year; New Year's Day may stand in the one before.
  isPublished: (year) => chineseDays.getDayDetail(`${year}-10-01`).name.includes(','),
};

/** Where no calendar of holidays is known: a deadline is then early rather than late. */
const weekendsOnly: WorkingDays = {
  dayOf: ({ dayOfWeek }) => ({ isWorking: dayOfWeek < 6 }),
  isPublished: () => true,
};

/** Where deadlines get their calendars from. */
@Injectable()
export class Calendars {
  of(profile: string): WorkingDays {
    return workingDaysOf(profile);
  }
}

/** The calendar of the country that a profile is for. */
export function workingDaysOf(profile: string): WorkingDays {
  return profile.startsWith('cn-') ? china : weekendsOnly;
}
