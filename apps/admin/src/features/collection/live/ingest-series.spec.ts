import { describe, expect, it } from '@jest/globals';
import { durationText, lagSeries, outcomeParts, totalsOf } from './ingest-series.js';

const points = [
  { at: '2026-01-01T00:00:00Z', accepted: 3, refused: 10, lagMilliseconds: 1000 },
  { at: '2026-01-01T01:00:00Z', accepted: 0, refused: 0, lagMilliseconds: null },
  { at: '2026-01-01T02:00:00Z', accepted: 1, refused: 1, lagMilliseconds: 5000 },
];
const counted = (...codes: string[]) => ({
  points,
  byReason: codes.map((code, index) => ({ code, events: 3, perPoint: [index, 0, 1] })),
});
const labels = { accepted: 'A', other: 'O', labelOf: (code: string) => code };

describe('events over time', () => {
  it('are accepted, refused for one of the most frequent reasons, or for another', () => {
    const parts = outcomeParts(counted('a', 'b', 'c', 'd', 'e'), labels);
    expect(parts.map(({ key, points: own }) => [key, ...own.map(({ value }) => value)])).toEqual([
      ['accepted', 3, 0, 1],
      ['a', 0, 0, 1],
      ['b', 1, 0, 1],
      ['c', 2, 0, 1],
      ['other', 7, 0, 2],
    ]);
    expect(outcomeParts(counted('a'), labels)).toHaveLength(2);
  });

  it('have no lag where none came', () => {
    expect(lagSeries({ points }, 'L').points).toEqual([
      { at: points[0]?.at, value: 1 },
      { at: points[2]?.at, value: 5 },
    ]);
  });

  it('come as late on average as each of them did', () => {
    expect(totalsOf({ points })).toEqual({ accepted: 4, refused: 11, lagMilliseconds: 2000 });
    expect(totalsOf({ points: [] }).lagMilliseconds).toBeNull();
  });

  it('have a lag that is read at a glance', () => {
    expect([40, 1500, 119_000, 150_000, 7_200_000].map((one) => durationText(one, 'en'))).toEqual([
      '40 ms',
      '1.5 sec',
      '119 sec',
      '2.5 min',
      '2 hr',
    ]);
  });
});
