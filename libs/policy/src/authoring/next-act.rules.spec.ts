import { describe, expect, it } from '@jest/globals';
import { nextActFor } from './next-act.rules.js';

describe('what waits for me', () => {
  it('is the act that comes next, when it is mine to do', () => {
    expect(nextActFor('inReview', [{ act: 'approval', allowed: true }])).toBe('approval');
    expect(nextActFor('approved', [{ act: 'schedule', allowed: true }])).toBe('schedule');
  });

  it('is nothing when somebody else has to act, as with a text of my own', () => {
    expect(
      nextActFor('inReview', [
        { act: 'approval', allowed: false, code: 'policy.self_approval' },
        { act: 'withdrawal', allowed: true },
      ]),
    ).toBeNull();
  });

  it('is nothing for what is in force, whatever else may be done with it', () => {
    expect(nextActFor('effective', [{ act: 'submission', allowed: true }])).toBeNull();
  });
});
