import { laterBy } from './later-by.js';

describe('a while later', () => {
  it.each([
    ['2026-11-30T16:20:00.000Z', { months: 6 }, '2027-05-31T16:20:00.000Z'],
    ['2026-11-30T15:20:00.000Z', { months: 6 }, '2027-05-30T15:20:00.000Z'],
    ['2028-02-28T16:00:00.000Z', { years: 2 }, '2030-02-27T16:00:00.000Z'],
  ])('from %s is a day of the zone, and not of Greenwich', (instant, period, later) => {
    expect(laterBy(instant, period).toISOString()).toBe(later);
  });
});
