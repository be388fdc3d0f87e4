import { describe, expect, it } from '@jest/globals';
import type { AllowedAct, RevisionState } from '../../api/types.js';
import { nextActFor } from './next-act.js';

const aRevision = (state: RevisionState, ...allowedActs: AllowedAct[]) => ({ state, allowedActs });

describe('what waits for me', () => {
  it('is the act that comes next, when it is mine to do', () => {
    expect(nextActFor(aRevision('inReview', { act: 'approval', allowed: true }))).toBe('approval');
    expect(nextActFor(aRevision('approved', { act: 'schedule', allowed: true }))).toBe('schedule');
  });

  it('is nothing when somebody else has to act, as with a text of my own', () => {
    expect(
      nextActFor(
        aRevision(
          'inReview',
          { act: 'approval', allowed: false, code: 'policy.self_approval' },
          { act: 'withdrawal', allowed: true },
        ),
      ),
    ).toBeNull();
  });

  it('is nothing for what is in force, whatever else may be done with it', () => {
    expect(nextActFor(aRevision('effective', { act: 'submission', allowed: true }))).toBeNull();
  });
});
