import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { levelAt, levelsOf, shadeOf } from './heat-levels.js';

describe('the scale of the map', () => {
  it('grows by one factor from the smallest count to the largest', () => {
    expect(levelsOf([20, 640])).toEqual([
      { from: 20, to: 39 },
      { from: 40, to: 79 },
      { from: 80, to: 159 },
      { from: 160, to: 319 },
      { from: 320, to: 640 },
    ]);
  });

  it('has one step where all counts are alike, in the strongest shade', () => {
    const levels = levelsOf([20, 20]);
    expect(levels).toEqual([{ from: 20, to: 20 }]);
    expect(shadeOf(levels, 0)).toBe(4);
  });

  it('puts every count in exactly the step that says so, without gap or overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10, max: 100_000 }), { minLength: 1, maxLength: 50 }), (counts) => {
        const levels = levelsOf(counts);
        for (const count of counts) {
          const { from, to } = levels[levelAt(levels, count)]!;
          expect(from <= count && count <= to).toBe(true);
        }
        levels.slice(1).forEach(({ from }, index) => expect(from).toBe(levels[index]!.to + 1));
      }),
    );
  });
});
