import { DomainError } from '@abide/kernel';

export const minorStatuses = ['adult', 'under18', 'under14', 'unknown'] as const;
export type MinorStatus = (typeof minorStatuses)[number];

/** Below which age, in completed years, a guardian's consent is needed, and below which somebody is a minor at all. */
export interface AgesOfMinority {
  readonly guardianUnder: number;
  readonly minorUnder: number;
  /** Below which nobody may register; 0 where no policy says so. */
  readonly notAllowedUnder: number;
  /** The zone in which a birthday begins. */
  readonly utcOffsetHours: number;
}

/** PIPL art. 31 and Civil Code art. 17. */
export const legalAges: AgesOfMinority = { guardianUnder: 14, minorUnder: 18, notAllowedUnder: 0, utcOffsetHours: 0 };

const oldestPlausibleYears = 130;
const hourInMilliseconds = 3_600_000;

/** The most protective of several: the law's own ages can be raised, never lowered; of several zones, the one where a day begins last. */
export function strictestAges(wanted: readonly Partial<AgesOfMinority>[]): AgesOfMinority {
  const guardianUnder = Math.max(legalAges.guardianUnder, ...wanted.map((ages) => ages.guardianUnder ?? 0));
  const notAllowedUnder = Math.max(legalAges.notAllowedUnder, ...wanted.map((ages) => ages.notAllowedUnder ?? 0));
  const offsets = wanted.flatMap((ages) => ages.utcOffsetHours ?? []);
  return {
    guardianUnder,
    minorUnder: Math.max(
      legalAges.minorUnder,
      guardianUnder,
      notAllowedUnder,
      ...wanted.map((ages) => ages.minorUnder ?? 0),
    ),
    notAllowedUnder,
    utcOffsetHours: offsets.length > 0 ? Math.min(...offsets) : legalAges.utcOffsetHours,
  };
}

/**
 * Whether somebody born on `birthDate` (`YYYY-MM-DD`) is a minor on the day of `at` in the zone of `ages`; `unknown` without a date.
 * `under14` stands for everybody who needs a guardian, also where a policy asks for one above 14.
 * @throws DomainError `registration.implausible_birth_date` for a day to come or more than 130 years ago.
 */
export function minorStatusOf(birthDate: string | undefined, at: Date, ages: AgesOfMinority = legalAges): MinorStatus {
  if (birthDate === undefined) return 'unknown';
  const age = ageOn(birthDate, inZone(at, ages));
  if (age < 0 || age > oldestPlausibleYears) {
    throw new DomainError('invalid', 'registration.implausible_birth_date', {
      errors: [
        {
          pointer: '/birthDate',
          code: 'registration.implausible_birth_date',
          message: 'The birth date cannot be right.',
        },
      ],
    });
  }
  return statusAtAge(age, ages);
}

/** @throws DomainError `registration.too_young` below the age that a policy in force asks for */
export function requireOldEnough(birthDate: string | undefined, at: Date, ages: AgesOfMinority): void {
  if (birthDate === undefined || ageOn(birthDate, inZone(at, ages)) >= ages.notAllowedUnder) return;
  throw new DomainError('invalid', 'registration.too_young', {
    detail: `Nobody under ${ages.notAllowedUnder} may use this service. Nothing was stored.`,
    errors: [{ pointer: '/birthDate', code: 'registration.too_young', message: 'Too young for this service.' }],
  });
}

/** The same for a birth date that was found plausible before, at whatever time. */
export function presentMinorStatus(birthDate: string, at: Date, ages: AgesOfMinority): MinorStatus {
  return statusAtAge(ageOn(birthDate, inZone(at, ages)), ages);
}

/** The day of `at` in the zone of `ages`, `YYYY-MM-DD`. */
export function dayOf(at: Date, ages: AgesOfMinority): string {
  return inZone(at, ages).toISOString().slice(0, 10);
}

/** Completed years; somebody born on 29 February completes a year on 1 March where there is no such day. */
export function ageOn(birthDate: string, at: Date): number {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const years = at.getUTCFullYear() - year;
  const isBeforeBirthday = at.getUTCMonth() + 1 < month || (at.getUTCMonth() + 1 === month && at.getUTCDate() < day);
  return isBeforeBirthday ? years - 1 : years;
}

/** An instant whose UTC day is the day of `at` in the zone of `ages`. */
function inZone(at: Date, { utcOffsetHours }: AgesOfMinority): Date {
  return new Date(at.getTime() + utcOffsetHours * hourInMilliseconds);
}

function statusAtAge(age: number, { guardianUnder, minorUnder }: AgesOfMinority): MinorStatus {
  if (age < guardianUnder) return 'under14';
  return age < minorUnder ? 'under18' : 'adult';
}
