import { describe, expect, it } from '@jest/globals';
import { forecastSeries } from './forecast-series.js';

const words = { nameOf: (category: string) => category.toUpperCase(), other: 'rest' };
const due = (category: string, month: string, records: number) => ({ category, month, records });

describe('what falls due month by month', () => {
  it('is told by kind, the most first, each with a point in every month', () => {
    const series = forecastSeries([due('a', '2027-02-01', 1), due('b', '2027-01-01', 5)], words);
    expect(series).toEqual([
      {
        key: 'b',
        label: 'B',
        points: [
          { at: '2027-01-01T00:00:00.000Z', value: 5 },
          { at: '2027-02-01T00:00:00.000Z', value: 0 },
        ],
      },
      {
        key: 'a',
        label: 'A',
        points: [
          { at: '2027-01-01T00:00:00.000Z', value: 0 },
          { at: '2027-02-01T00:00:00.000Z', value: 1 },
        ],
      },
    ]);
  });

  it('puts together what a chart cannot tell apart', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((category, index) => due(category, '2027-01-01', 10 - index));
    const series = forecastSeries(many, words);
    expect(series.map(({ label }) => label)).toEqual(['A', 'B', 'C', 'D', 'rest']);
    expect(series.at(-1)?.points).toEqual([{ at: '2027-01-01T00:00:00.000Z', value: 11 }]);
  });

  it('is nothing where nothing falls due', () => expect(forecastSeries([], words)).toEqual([]));
});
