import { seriesOf } from './decision-statistics.rules.js';

describe('figures of decisions', () => {
  it('say zero where nothing was counted, and put the most frequent outcome first', () => {
    const instants = [new Date(0), new Date(60_000)];
    const counted = [
      { at: new Date(60_000), code: 'consent.missing', decisions: 2 },
      { at: new Date(0), code: 'allowed', decisions: 3 },
      { at: new Date(60_000), code: 'allowed', decisions: 4 },
    ];
    expect(seriesOf(counted, instants)).toEqual([
      { code: 'allowed', decisions: 7, perBucket: [3, 4] },
      { code: 'consent.missing', decisions: 2, perBucket: [0, 2] },
    ]);
  });
});
