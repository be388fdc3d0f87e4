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

  it('writes a precision as the test file does', () => {
    const [turn] = turnsOf({ expected: { precision: 'exact' } as never, actual: { precision: { h3: 7 } } as never });
    expect(turn).toEqual({ key: 'precision', expected: 'exact', actual: '{"h3":7}' });
  });

  it('says why a refusal or a permission came that was not expected', () => {
    const whyOf = (expected: object, actual: object) =>
      turnsOf({ expected: expected as never, actual: actual as never }).at(-1);
    expect(whyOf({ allowed: true }, { allowed: false, code: 'consent.missing' })).toEqual({
      key: 'code',
      expected: '–',
      actual: 'consent.missing',
    });
    expect(whyOf({ allowed: false }, { allowed: true, code: null, clause: 'use.advertising' })).toEqual({
      key: 'clause',
      expected: '–',
      actual: 'use.advertising',
    });
    expect(
      turnsOf({ expected: { code: null } as never, actual: { allowed: false, code: 'clause.none' } as never }),
    ).toHaveLength(1);
  });
});
