import { describe, expect, it } from '@jest/globals';
import { daysUntil, shortInstant, zoneAhead, zoneOf } from './time-text.js';

describe('times on screen', () => {
  const at = new Date('2026-08-31T16:00:00Z');

  it("are in the operator's zone, which stands beside them", () => {
    expect(`${shortInstant(at, 'Asia/Shanghai')} ${zoneOf(at, 'Asia/Shanghai')}`).toBe('2026-09-01 00:00 UTC+8');
    expect(`${shortInstant(at, 'Europe/Berlin')} ${zoneOf(at, 'Europe/Berlin')}`).toBe('2026-08-31 18:00 UTC+2');
  });

  it('are in the zone of the law where they are days of it', () => {
    const texts = [8, -10, 0].map((hours) => `${shortInstant(at, zoneAhead(hours))} ${zoneOf(at, zoneAhead(hours))}`);
    expect(texts).toEqual(['2026-09-01 00:00 UTC+8', '2026-08-31 06:00 UTC-10', '2026-08-31 16:00 UTC']);
  });

  it.each([
    ['2026-09-01T16:00:00Z', 1],
    ['2026-09-01T17:00:00Z', 2],
    ['2026-08-31T16:00:01Z', 1],
    ['2026-08-30T16:00:00Z', 0],
  ])('a deadline of %s is %i days away', (deadline, days) => {
    expect(daysUntil(new Date(deadline), at)).toBe(days);
  });
});
