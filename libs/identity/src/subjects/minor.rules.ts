import { DomainError } from '@abide/kernel';

export const minorStatuses = ['adult', 'under18', 'under14', 'unknown'] as const;
export type MinorStatus = (typeof minorStatuses)[number];

const oldestPlausibleYears = 130;

/**
 * Whether somebody born on `birthDate` (`YYYY-MM-DD`) is a minor on the UTC day of `at`; `unknown` without a date.
 * @throws DomainError `registration.implausible_birth_date` for a day to come or more than 130 years ago.
 */
export function minorStatusOf(birthDate: string | undefined, at: Date): MinorStatus {
  if (birthDate === undefined) return 'unknown';
  const age = ageOn(birthDate, at);
  if (age < 0 || age > oldestPlausibleYears) {
    throw new DomainError('invalid', 'registration.implausible_birth_date', { errors: [{ pointer: '/birthDate', code: 'registration.implausible_birth_date', message: 'The birth date cannot be right.' }] });
  }
  if (age < 14) return 'under14';
  return age < 18 ? 'under18' : 'adult';
}

/** Completed years; somebody born on 29 February completes a year on 1 March where there is no such day. */
export function ageOn(birthDate: string, at: Date): number {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const years = at.getUTCFullYear() - year;
  const isBeforeBirthday = at.getUTCMonth() + 1 < month || (at.getUTCMonth() + 1 === month && at.getUTCDate() < day);
  return isBeforeBirthday ? years - 1 : years;
}
