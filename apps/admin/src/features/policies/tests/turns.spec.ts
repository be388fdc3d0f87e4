import { describe, expect, it } from '@jest/globals';
import { turnsOf } from './turns.js';

describe('what differs from the decision expected', () => {
  it('is named member by member, and what is the same is left out', () => {
    const expected = { allowed: true, clause: 'use.advertising', purposes: ['a', 'b'], code: 'consent.missing' };
    const actual = { allowed: false, clause: null, purposes: ['a'], code: 'consent.missing', basis: 'consent' };
    expect(turnsOf({ expected, actual })).toEqual([
      { key: 'allowed', expected: 'true', actual: 'false' },
      { key: 'clause', expected: 'use.advertising', actual: '–' },
      { key: 'purposes', expected: 'a, b', actual: 'a' },
    ]);
  });
});
