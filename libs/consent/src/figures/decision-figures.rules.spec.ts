import { bucketFor, bucketsOf, seriesOf } from './decision-figures.rules.js';

const span = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });

describe('figures of decisions', () => {
  it('are as fine as a chart can show', () => {
    expect(bucketFor(span('2026-01-01T00:00:00Z', '2026-01-01T03:00:00Z'))).toBe('minute');
    expect(bucketFor(span('2026-01-01T00:00:00Z', '2026-01-01T03:00:01Z'))).toBe('hour');
    expect(bucketFor(span('2026-01-01T00:00:00Z', '2026-01-10T00:00:00Z'))).toBe('day');
  });

  it('count days from midnight of the zone', () => {
    const instants = bucketsOf(span('2026-01-01T12:00:00Z', '2026-01-02T20:00:00Z'), { bucket: 'day', utcOffsetHours: 8 });
    expect(instants.map((at) => at.toISOString())).toEqual(['2025-12-31T16:00:00.000Z', '2026-01-01T16:00:00.000Z', '2026-01-02T16:00:00.000Z']);
  });

  it('have no bucket in an empty or reversed span', () => {
    expect(bucketsOf(span('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'), { bucket: 'hour', utcOffsetHours: 0 })).toEqual([]);
  });

  it('say zero where nothing was counted, and put the most frequent outcome first', () => {
    const instants = [new Date(0), new Date(60_000)];
    const counted = [{ at: new Date(60_000), code: 'consent.missing', decisions: 2 }, { at: new Date(0), code: 'allowed', decisions: 3 }, { at: new Date(60_000), code: 'allowed', decisions: 4 }];
    expect(seriesOf(counted, instants)).toEqual([
      { code: 'allowed', decisions: 7, perBucket: [3, 4] },
      { code: 'consent.missing', decisions: 2, perBucket: [0, 2] },
    ]);
  });
});
