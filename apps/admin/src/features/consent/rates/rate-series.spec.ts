import { rateSeries, share, spokenOfFirst } from './rate-series.js';

const labels = { granted: 'Granted', withdrawn: 'Withdrawn' };
const points = [
  { day: '2026-09-01', granted: 1, withdrawn: 0, subjects: 4 },
  { day: '2026-09-02', granted: 2, withdrawn: 1, subjects: 4 },
];
const given = { measure: 'share', utcOffsetHours: 8, asOf: '2026-09-02T04:30:00.000Z', labels } as const;

describe('the lines of a purpose', () => {
  it('are shares of the active subjects, at the end of each day and today as of now', () => {
    expect(rateSeries({ points }, given)).toEqual([
      {
        key: 'granted',
        label: 'Granted',
        points: [
          { at: '2026-09-01T15:59:00.000Z', value: 25 },
          { at: '2026-09-02T04:30:00.000Z', value: 50 },
        ],
      },
      {
        key: 'withdrawn',
        label: 'Withdrawn',
        points: [
          { at: '2026-09-01T15:59:00.000Z', value: 0 },
          { at: '2026-09-02T04:30:00.000Z', value: 25 },
        ],
      },
    ]);
  });

  it('are people where people are asked for', () => {
    expect(rateSeries({ points }, { ...given, measure: 'people' })[0]?.points.map(({ value }) => value)).toEqual([
      1, 2,
    ]);
  });

  it('stay within a hundred, also where there is nobody', () => {
    expect([share(0, 0), share(5, 4)]).toEqual([0, 100]);
  });

  it('come first where anybody said anything', () => {
    const silent = { points: [{ day: '2026-09-01', granted: 0, withdrawn: 0, subjects: 4 }] };
    expect(spokenOfFirst([silent, { points }])).toEqual([{ points }, silent]);
  });
});
