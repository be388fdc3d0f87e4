import fc from 'fast-check';
import { latLngToCell } from 'h3-js';
import { heatOfWeeks, weekInMilliseconds, weekOf } from './heat-weeks.rules.js';
import { heatOf, type Sighting } from './heat.rules.js';

const minimumGroup = 5;
const drawing = { minimumGroup, mostCells: Infinity };
const shanghai = (text: string) => Date.parse(`${text}+08:00`);
const places = [
  [30.25, 120.2],
  [30.9, 120.9],
  [31.2, 121.5],
  [39.9, 116.4],
].map(([latitude = 0, longitude = 0]) => latLngToCell(latitude, longitude, 5));

describe('the weeks of a heat map', () => {
  it.each([
    ['2026-11-23T00:00', '2026-11-23T00:00'],
    ['2026-11-29T23:59', '2026-11-23T00:00'],
    ['2026-11-30T00:00', '2026-11-30T00:00'],
    ['2027-01-01T12:00', '2026-12-28T00:00'],
  ])('let %s fall into the week of %s, by the clocks of Shanghai', (at, monday) => {
    expect(weekOf(shanghai(at), 8)).toBe(shanghai(monday));
  });

  it('show a cell as in its fullest week, and say that some are left out where any week says so', () => {
    const [one = '', other = ''] = places;
    const weeks = [
      { cells: [{ cell: one, subjects: 21 }], isSuppressed: false },
      {
        cells: [
          { cell: one, subjects: 20 },
          { cell: other, subjects: 30 },
        ],
        isSuppressed: true,
      },
    ];
    expect(heatOfWeeks(weeks, 10)).toEqual({
      cells: [
        { cell: other, subjects: 30 },
        { cell: one, subjects: 21 },
      ],
      isSuppressed: true,
    });
    expect(heatOfWeeks(weeks, 1).cells).toHaveLength(1);
  });

  it('let no pair of periods tell fewer than the smallest group apart: what one shows and the other does not is a week that shows as many by itself', () => {
    const sighting = fc.record({
      week: fc.integer({ min: 0, max: 3 }),
      who: fc.integer({ min: 0, max: 14 }),
      place: fc.integer({ min: 0, max: places.length - 1 }),
    });
    const period = fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 2, max: 5 }))
      .filter(([from, to]) => from <= to);
    fc.assert(
      fc.property(
        fc.array(sighting, { maxLength: 250 }),
        fc.array(period, { minLength: 2, maxLength: 12 }),
        (seen, periods) => {
          const sightingsOf = (week: number): Sighting[] =>
            seen
              .filter((one) => one.week === week)
              .map(({ who, place }) => ({ subjectId: String(who), cell: places[place] ?? '' }));
          const weekly = (week: number, resolution: number) => heatOf(sightingsOf(week), { ...drawing, resolution });
          const answers = periods.map(([from, to, resolution]) => ({
            from,
            to,
            resolution,
            cells: new Map(
              heatOfWeeks(
                Array.from({ length: to - from + 1 }, (_none, index) => weekly(from + index, resolution)),
                Infinity,
              ).cells.map(({ cell, subjects }) => [cell, subjects]),
            ),
          }));
          for (const one of answers)
            for (const other of answers.filter(({ resolution }) => resolution === one.resolution)) {
              for (const [cell, subjects] of one.cells) {
                expect(subjects).toBeGreaterThanOrEqual(minimumGroup);
                if (other.cells.get(cell) === subjects) continue;
                const isByItself = Array.from({ length: one.to - one.from + 1 }, (_none, index) =>
                  weekly(one.from + index, one.resolution),
                ).some(({ cells }) => cells.some((held) => held.cell === cell && held.subjects === subjects));
                expect(isByItself).toBe(true);
              }
            }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are seven days each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -11, max: 14 }), (at, offset) => {
        const monday = weekOf(at, offset);
        expect(at - monday >= 0 && at - monday < weekInMilliseconds).toBe(true);
        expect(new Date(monday + offset * 3_600_000).toISOString()).toMatch(/T00:00:00.000Z$/);
        expect(new Date(monday + offset * 3_600_000).getUTCDay()).toBe(1);
      }),
    );
  });
});
