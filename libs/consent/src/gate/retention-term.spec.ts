import { RetentionTerm } from './retention-term.js';

const shanghai = (text: string) => Date.parse(`${text}:00+08:00`);

describe('how long something is kept', () => {
  const sixMonths = { period: 'P6M', minimum: { period: 'P6M', ground: 'network logs' } };

  it('is counted in months of the law’s zone: no day under the minimum, whatever the hour', () => {
    for (const hour of ['00:00', '01:00', '07:59', '08:00', '23:59']) {
      expect(new RetentionTerm(sixMonths, 8).dueAt(shanghai(`2026-10-01T${hour}`))).toBe(
        shanghai(`2027-04-01T${hour}`),
      );
      expect(new RetentionTerm(sixMonths, 8).dueAt(shanghai(`2026-08-31T${hour}`))).toBe(
        shanghai(`2027-02-28T${hour}`),
      );
    }
  });

  it('tells between which dates all that was taken lately falls due', () => {
    const term = new RetentionTerm({ period: 'P1M', minimum: null }, 8);
    const now = shanghai('2026-10-03T12:00');
    for (let at = now - 7 * 86_400_000; at <= now; at += 3_600_000) {
      const [first, last] = term.dueLately(now);
      expect(term.dueAt(at)).toBeGreaterThanOrEqual(first ?? Infinity);
      expect(term.dueAt(at)).toBeLessThanOrEqual(last ?? -Infinity);
    }
  });
});
