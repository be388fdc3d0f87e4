import { describe, expect, it } from '@jest/globals';
import { outcomeSeries, reasonSeries } from './decision-series.js';

const instants = ['2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z'];
const counted = (...codes: string[]) => ({
  instants,
  codes: codes.map((code, index) => ({ code, decisions: 3, perBucket: [index, 1] })),
});
const valuesOf = (series: ReturnType<typeof outcomeSeries>) =>
  series.map(({ key, points }) => [key, ...points.map(({ value }) => value)]);

describe('decisions over time', () => {
  it('are allowed or refused, whatever the reason', () => {
    expect(
      valuesOf(outcomeSeries(counted('allowed', 'consent.missing', 'clause.none'), { allowed: 'A', refused: 'R' })),
    ).toEqual([
      ['allowed', 0, 1],
      ['refused', 3, 2],
    ]);
  });

  it('have a line of zeros where nothing came out so', () => {
    expect(valuesOf(outcomeSeries(counted(), { allowed: 'A', refused: 'R' }))).toEqual([
      ['allowed', 0, 0],
      ['refused', 0, 0],
    ]);
  });

  it('put the less frequent reasons together', () => {
    expect(valuesOf(reasonSeries(counted('allowed', 'a', 'b', 'c', 'd', 'e', 'f'), (code) => code))).toEqual([
      ['a', 1, 1],
      ['b', 2, 1],
      ['c', 3, 1],
      ['d', 4, 1],
      ['other', 11, 2],
    ]);
    expect(reasonSeries(counted('allowed', 'a'), (code) => code)).toHaveLength(1);
  });
});
