import { longestPeriod } from './retention-promises.js';

describe('the longest that something is kept', () => {
  it.each<[string | null, string | null, string | null]>([
    ['P6M', null, 'P6M'],
    ['P6M', 'P3Y', 'P3Y'],
    ['P6M', 'P30D', 'P6M'],
    ['P1Y', 'P12M', 'P1Y'],
    [null, 'P3Y', null],
    [null, null, null],
  ])('is, of a promise of %s and a minimum of %s, %s', (period, minimum, expected) => {
    const ground = '网络安全法第二十一条';
    expect(longestPeriod({ period, minimum: minimum === null ? null : { period: minimum, ground } })).toBe(expected);
  });
});
