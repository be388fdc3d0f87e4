import { bucketFor, bucketsOf, perBucket, toSpan } from './time-buckets.js';

const span = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });

describe('figures over time', () => {
  it('are as fine as a chart can show', () => {
    expect(bucketFor(span('2026-01-01T00:00:00Z', '2026-01-01T03:00:00Z'))).toBe('minute');
    expect(bucketFor(span('2026-01-01T00:00:00Z', '2026-01-01T03:00:01Z'))).toBe('hour');
    expect(bucketFor(span('2026-01-01T00:00:00Z', '2026-01-10T00:00:00Z'))).toBe('day');
  });

  it('count days from midnight of the zone', () => {
    const instants = bucketsOf(span('2026-01-01T12:00:00Z', '2026-01-02T20:00:00Z'), {
      bucket: 'day',
      utcOffsetHours: 8,
    });
    expect(instants.map((at) => at.toISOString())).toEqual([
      '2025-12-31T16:00:00.000Z',
      '2026-01-01T16:00:00.000Z',
      '2026-01-02T16:00:00.000Z',
    ]);
  });

  it('have no bucket in an empty or reversed span', () => {
    expect(
      bucketsOf(span('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'), { bucket: 'hour', utcOffsetHours: 0 }),
    ).toEqual([]);
  });

  it('say zero where nothing was counted, and leave out what no bucket holds', () => {
    const counted = [
      { at: new Date(60_000), count: 3 },
      { at: new Date(180_000), count: 7 },
    ];
    expect(perBucket(counted, [new Date(0), new Date(60_000)])).toEqual([0, 3]);
  });

  it('are of the last day where nothing is asked, and of four hundred days at most', () => {
    const now = new Date('2026-01-02T00:00:00Z');
    expect(toSpan({}, now)).toEqual(span('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'));
    expect(() => toSpan({ from: '2026-01-03T00:00:00Z' }, now)).toThrow(
      expect.objectContaining({ code: 'request.invalid' }),
    );
    expect(() => toSpan({ from: '2024-11-27T00:00:00Z' }, now)).toThrow(
      expect.objectContaining({ code: 'request.invalid' }),
    );
  });
});
