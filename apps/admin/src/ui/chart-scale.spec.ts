import { describe, expect, it } from '@jest/globals';
import { instantsOf, roundValues, scaleOf, someOf, stacksOf, totalsOf, type ChartSeries } from './chart-scale.js';

const frame = { width: 400, height: 200, left: 50, right: 10, top: 10, bottom: 30 };
const series: ChartSeries[] = [
  {
    key: 'a',
    label: 'A',
    points: [
      { at: '2026-01-01T00:00:00Z', value: 0 },
      { at: '2026-01-03T00:00:00Z', value: 40 },
    ],
  },
  {
    key: 'b',
    label: 'B',
    points: [
      { at: '2026-01-02T00:00:00Z', value: 10 },
      { at: '2026-01-03T08:00:00+08:00', value: 20 },
    ],
  },
];

describe('the scale of a chart', () => {
  it('marks values from zero to a round number that holds the highest', () => {
    expect(roundValues(40)).toEqual([0, 10, 20, 30, 40]);
    expect(roundValues(37)).toEqual([0, 10, 20, 30, 40]);
    expect(roundValues(2)).toEqual([0, 1, 2]);
    expect(roundValues(0.3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(roundValues(0)).toEqual([0, 1]);
  });

  it('stacks what is counted at one instant, and leaves out parts of nothing', () => {
    expect(stacksOf(series).map(({ parts }) => parts)).toEqual([
      [],
      [{ index: 1, from: 0, to: 10 }],
      [
        { index: 0, from: 0, to: 40 },
        { index: 1, from: 40, to: 60 },
      ],
    ]);
    expect(totalsOf(series).points.map(({ value }) => value)).toEqual([0, 10, 60]);
  });

  it('counts an instant once, however it is written', () => {
    expect(instantsOf(series).map((at) => new Date(at).toISOString())).toEqual([
      '2026-01-01T00:00:00.000Z',
      '2026-01-02T00:00:00.000Z',
      '2026-01-03T00:00:00.000Z',
    ]);
  });

  it('places the first and last instant, zero and the highest value at the edges', () => {
    const { x, y } = scaleOf(series, frame);
    expect([x('2026-01-01T00:00:00Z'), x('2026-01-03T00:00:00Z')]).toEqual([50, 390]);
    expect([y(0), y(40)]).toEqual([170, 10]);
  });

  it('places a single instant in the middle', () => {
    expect(
      scaleOf([{ key: 'a', label: 'A', points: [{ at: '2026-01-01T00:00:00Z', value: 3 }] }], frame).x(
        '2026-01-01T00:00:00Z',
      ),
    ).toBe(220);
  });

  it('thins what there is no room for', () => {
    expect(someOf([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
    expect(someOf([1, 2], 5)).toEqual([1, 2]);
  });
});
