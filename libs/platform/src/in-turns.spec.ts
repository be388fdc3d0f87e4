import { inTurns } from './in-turns.js';

/** Keeps the thread for as many milliseconds. */
function work(milliseconds: number): void {
  for (const since = performance.now(); performance.now() - since < milliseconds;);
}

describe('work on many items', () => {
  it('gives what is made of each, in their order', async () => {
    expect(await inTurns(['a', 'b', 'c'], (item, index) => `${item}${index}`)).toEqual(['a0', 'b1', 'c2']);
    expect(await inTurns([], String)).toEqual([]);
  });

  it('lets others be answered in between where it takes long, and does not wait where it does not', async () => {
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 0);
    await inTurns(Array.from({ length: 80 }), () => work(3));
    clearInterval(others);
    expect(turns).toBeGreaterThan(3);
  });

  it('lets them be answered after each item where every single one takes long', async () => {
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 0);
    await inTurns(Array.from({ length: 6 }), () => work(20), 1);
    clearInterval(others);
    expect(turns).toBeGreaterThan(3);
  });

  it('fails as the work fails', async () => {
    await expect(
      inTurns([1], () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
  });
});
