import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextWait, noWait, remaining, retryAfterOf, type Wait } from './back-off.js';

const now = Date.parse('2026-03-01T08:00:00.000Z');
const after = (failures: number, random: number, toldMilliseconds: number | null = null): Wait =>
  nextWait({ ...noWait, failures }, { now, toldMilliseconds, random: () => random });

describe('the wait after a failure', () => {
  it('doubles with each failure up to five minutes, and is anywhere between nothing and that', () => {
    expect([0, 1, 2, 3, 20, 2_000].map((failures) => after(failures, 0.5).until - now)).toEqual([
      500, 1_000, 2_000, 4_000, 150_000, 150_000,
    ]);
    fc.assert(
      fc.property(
        fc.nat({ max: 3_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, random) => {
          const wait = after(failures, random);
          expect(wait).toMatchObject({ failures: failures + 1, isTold: false });
          expect(remaining(wait, now)).toBeGreaterThanOrEqual(0);
          expect(remaining(wait, now)).toBeLessThan(Math.min(300_000, 1_000 * 2 ** failures) + 1);
        },
      ),
    );
  });

  it('is never shorter than what the server asks for, nor an hour longer than any sense', () => {
    expect([after(0, 0, 7_000), after(9, 0.5, 7_000)].map(({ until, isTold }) => [until - now, isTold])).toEqual([
      [7_000, true],
      [7_500, true],
    ]);
    expect(after(0, 0, 86_400_000).until - now).toBe(3_600_000);
  });

  it('is over once its time has come, or when it was made by a clock that has been put back', () => {
    const wait = after(0, 0, 60_000);
    expect([
      remaining(wait, now),
      remaining(wait, now + 59_999),
      remaining(wait, now + 60_000),
      remaining(wait, now - 86_400_000),
    ]).toEqual([60_000, 1, 0, 0]);
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sun, 01 Mar 2026 08:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 07:00:00 GMT', 0],
    ['soon', null],
    ['', null],
    [null, null],
  ])('%j asks for %j milliseconds', (header, milliseconds) => {
    expect(retryAfterOf(header, now)).toBe(milliseconds);
  });
});
