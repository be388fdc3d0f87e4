import { DomainError } from '@abide/kernel';

export const minorStatuses = ['adult', 'under18', 'under14', 'unknown'] as const;
export type MinorStatus = (typeof minorStatuses)[number];

/** Below which age, in completed years, a guardian's consent is needed, and below which somebody is a minor at all. */
export interface AgesOfMinority {
  readonly guardianUnder: number;
  readonly minorUnder: number;
}

/** PIPL art. 31 and Civil Code art. 17. */
export const legalAges: AgesOfMinority = { guardianUnder: 14, minorUnder: 18 };

const oldestPlausibleYears = 130;

/** The most protective of several: the law's own ages can be raised, never lowered. */
export function strictestAges(wanted: readonly Partial<AgesOfMinority>[]): AgesOfMinority {
  const guardianUnder = Math.max(legalAges.guardianUnder, ...wanted.map((ages) => ages.guardianUnder ?? 0));
  return { guardianUnder, minorUnder: Math.max(legalAges.minorUnder, guardianUnder, ...wanted.map((ages) => ages.minorUnder ?? 0)) };
}

/**
 * Whether somebody born on `birthDate` (`YYYY-MM-DD`) is a minor on the UTC day of `at`; `unknown` without a date. `under14` stands for
 * everybody who needs a guardian, also where a policy asks for one above 14.
 * @throws DomainError `registration.implausible_birth_date` for a day to come or more than 130 years ago.
 */
export function minorStatusOf(birthDate: string | undefined, at: Date, ages: AgesOfMinority = legalAges): MinorStatus {
  if (birthDate === undefined) return 'unknown';
  const age = ageOn(birthDate, at);
  if (age < 0 || age > oldestPlausibleYears) {
    throw new DomainError('invalid', 'registration.implausible_birth_date', { errors: [{ pointer: '/birthDate', code: 'registration.implausible_birth_date', message: 'The birth date cannot be right.' }] });
  }
  if (age < ages.guardianUnder) return 'under14';
  return age < ages.minorUnder ? 'under18' : 'adult';
}

/** Completed years; somebody born on 29 February completes a year on 1 March where there is no such day. */
export function ageOn(birthDate: string, at: Date): number {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const years = at.getUTCFullYear() - year;
  const isBeforeBirthday = at.getUTCMonth() + 1 < month || (at.getUTCMonth() + 1 === month && at.getUTCDate() < day);
  return isBeforeBirthday ? years - 1 : years;
}
