import { atLeast, materialities, type Materiality } from '@abide/rulebook';

const millisecondsPerMinute = 60_000;
const millisecondsPerDay = 86_400_000;

/** The classes an operator may raise a revision to: those heavier than what was computed. */
export function heavierThan(materiality: Materiality): readonly Materiality[] {
  return materialities.slice(materialities.indexOf(materiality) + 1);
}

/** Days of notice a class needs: those the revision in force promises for the heavier classes, none for the lighter ones. */
export function leadDaysFor(materiality: Materiality, promisedDays: number): number {
  return atLeast(materiality, 'reductionOfRights') ? promisedDays : 0;
}

/** The first whole minute at which such a revision could take effect if the notice went out at once. */
export function earliestEffect(materiality: Materiality, promisedDays: number, now: Date): Date {
  const at = now.getTime() + leadDaysFor(materiality, promisedDays) * millisecondsPerDay;
  return new Date(Math.ceil(at / millisecondsPerMinute) * millisecondsPerMinute);
}
