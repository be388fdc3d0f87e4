import { isOutOfTime, RetentionTerm } from './retention-term.js';

const shanghai = (text: string) => Date.parse(`${text}:00+08:00`);

describe('how long something is kept', () => {
  const sixMonths = { period: 'P6M', minimum: { period: 'P6M', ground: 'network logs' } };

  it('is counted in months of the law’s zone: no day under the minimum, whatever the hour', () => {
    for (const hour of ['00:00', '01:00', '07:59', '08:00', '23:59']) {
      expect(new RetentionTerm([sixMonths], 8).dueAt(shanghai(`2026-10-01T${hour}`))).toBe(
        shanghai(`2027-04-01T${hour}`),
      );
      expect(new RetentionTerm([sixMonths], 8).dueAt(shanghai(`2026-08-31T${hour}`))).toBe(
        shanghai(`2027-02-28T${hour}`),
      );
    }
  });

  it('tells between which dates all that was taken lately falls due', () => {
    const term = new RetentionTerm([{ period: 'P1M', minimum: null }], 8);
    const now = shanghai('2026-10-03T12:00');
    for (let at = now - 7 * 86_400_000; at <= now; at += 3_600_000) {
      const [first, last] = term.dueLately(now);
      expect(term.dueAt(at)).toBeGreaterThanOrEqual(first ?? Infinity);
      expect(term.dueAt(at)).toBeLessThanOrEqual(last ?? -Infinity);
    }
  });

  it('is what was promised, or the minimum of the law where that is longer', () => {
    const taken = shanghai('2026-03-01T09:00');
    const dueAfter = (period: string, minimum: string | null) =>
      new RetentionTerm([{ period, minimum: minimum === null ? null : { period: minimum, ground: 'logs' } }], 8).dueAt(
        taken,
      );
    expect(dueAfter('P1M', null)).toBe(shanghai('2026-04-01T09:00'));
    expect(dueAfter('P1M', 'P6M')).toBe(shanghai('2026-09-01T09:00'));
    expect(dueAfter('P3Y', 'P6M')).toBe(shanghai('2029-03-01T09:00'));
  });

  it('is the longest of what is promised of its purposes', () => {
    const [month, days] = [
      { period: 'P1M', minimum: null },
      { period: 'P30D', minimum: null },
    ];
    const dueAfter = (from: string) => new RetentionTerm([month, days], 8).dueAt(shanghai(from));
    expect(dueAfter('2026-03-01T09:00')).toBe(shanghai('2026-04-01T09:00'));
    expect(dueAfter('2026-02-01T09:00')).toBe(shanghai('2026-03-03T09:00'));
    const noted = { period: 'P1M', minimum: { period: 'P6M', ground: 'logs' } };
    expect(new RetentionTerm([noted, days], 8).dueAt(shanghai('2026-02-01T09:00'))).toBe(shanghai('2026-08-01T09:00'));
  });

  it('has no date where it ends with an event, or where nothing is promised', () => {
    const now = shanghai('2026-10-03T12:00');
    const open = { period: null, minimum: { period: 'P6M', ground: 'logs' } };
    for (const promises of [[open], [], [{ period: 'P1M', minimum: null }, open]]) {
      const term = new RetentionTerm(promises, 8);
      expect(term.dueAt(now)).toBeNull();
      expect(new Set(term.dueLately(now))).toEqual(new Set([null]));
    }
  });

  const untilEnd = { period: null, until: 'sessionEnd' as const, minimum: null };

  it('is until its session ends, or a day where none is known', () => {
    const [taken, ends] = [shanghai('2026-03-01T09:00'), shanghai('2026-03-20T10:00')];
    const term = new RetentionTerm([untilEnd], 8);
    expect(term.dueAt(taken, ends)).toBe(ends);
    expect(term.dueAt(taken)).toBe(shanghai('2026-03-02T09:00'));
    expect(term.latestDueAt(taken)).toBe(shanghai('2026-03-31T09:00'));
    const longer = new RetentionTerm([untilEnd, { period: 'P1M', minimum: null }], 8);
    expect(longer.dueAt(taken, ends)).toBe(shanghai('2026-04-01T09:00'));
    expect(longer.dueAt(taken, shanghai('2026-04-02T09:00'))).toBe(shanghai('2026-04-02T09:00'));
    expect(new RetentionTerm([untilEnd, { period: null, minimum: null }], 8).dueAt(taken, ends)).toBeNull();
  });

  it('may be due in every month in which a session can end that something was taken in lately', () => {
    const monthOf = (at: number | null) => new Date(at ?? NaN).toISOString().slice(0, 7);
    for (const day of ['2026-01-30', '2026-01-31', '2026-02-01', '2026-10-03']) {
      const now = shanghai(`${day}T12:00`);
      const term = new RetentionTerm([untilEnd], 8);
      const months = new Set(term.dueLately(now).map(monthOf));
      for (let ends = now - 6 * 86_400_000; ends <= now + 30 * 86_400_000; ends += 43_200_000)
        expect(months).toContain(monthOf(ends));
    }
  });

  it('counts what was promised until lately as well', () => {
    const before = new RetentionTerm([{ period: 'P1Y', minimum: null }], 8);
    const dates = new RetentionTerm([{ period: 'P1M', minimum: null }], 8, [before]).dueLately(
      shanghai('2026-10-03T12:30'),
    );
    const due = (at: string) => expect(dates.map((date) => new Date(date ?? NaN).toISOString())).toContain(at);
    ['2026-10-26T03:30:00.000Z', '2026-11-03T05:35:00.000Z'].forEach(due);
    ['2027-09-26T03:30:00.000Z', '2027-10-03T05:35:00.000Z'].forEach(due);
  });

  it('tells the dates anew every hour', () => {
    const term = new RetentionTerm([{ period: 'P1M', minimum: null }], 8);
    const ofNoon = term.dueLately(shanghai('2026-10-03T12:00'));
    expect(term.dueLately(shanghai('2026-10-03T12:59'))).toBe(ofNoon);
    expect(term.dueLately(shanghai('2026-10-03T13:00'))).not.toEqual(ofNoon);
  });
});

describe('what arrives out of time', () => {
  const now = shanghai('2026-10-03T12:00');

  it('is what occurred more than seven days ago', () => {
    expect(isOutOfTime(shanghai('2026-09-26T12:00'), now)).toBeNull();
    expect(isOutOfTime(shanghai('2026-09-26T12:00') - 1, now)).toBe('event.tooOld');
  });

  it('is what occurs more than five minutes from now', () => {
    expect(isOutOfTime(shanghai('2026-10-03T12:05'), now)).toBeNull();
    expect(isOutOfTime(shanghai('2026-10-03T12:05') + 1, now)).toBe('event.inFuture');
  });
});
