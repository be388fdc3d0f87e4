import { describe, expect, it } from '@jest/globals';
import { decisionsAbout } from './guardian-decisions.js';

describe('what an officer may decide about a guardian', () => {
  const confirmed: Parameters<typeof decisionsAbout>[0] = { state: 'confirmed', awaits: [], withdrawalStands: false };

  it('is what the guardianship waits for, and what stands in the way', () => {
    expect(decisionsAbout({ ...confirmed, awaits: ['age'] }, true)).toEqual(['age']);
    expect(decisionsAbout({ state: 'pending', awaits: ['otherGuardian'], withdrawalStands: false }, true)).toEqual([
      'addition',
    ]);
    expect(decisionsAbout({ ...confirmed, state: 'ended', withdrawalStands: true }, true)).toEqual(['withdrawal']);
  });

  it('is nothing where nothing is open, and nothing about somebody who decides alone', () => {
    expect(decisionsAbout(confirmed, true)).toEqual([]);
    expect(decisionsAbout({ ...confirmed, awaits: ['age'], withdrawalStands: true }, false)).toEqual([]);
  });
});
