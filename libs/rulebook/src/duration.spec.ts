import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addDuration, longestSpanInDays, parseDuration, shortestSpanInDays } from './duration.js';

const months = fc.integer({ min: 1, max: 60 });

function spanFrom(start: Temporal.PlainDate, count: number): number {
  return start.until(start.add({ months: count }), { largestUnit: 'days' }).days;
}

describe('durations', () => {
  it.each([
    ['P6M', { months: 6, days: 0, hours: 0 }],
    ['P1Y6M', { months: 18, days: 0, hours: 0 }],
    ['P2W', { months: 0, days: 14, hours: 0 }],
    ['P10W1D', { months: 0, days: 71, hours: 0 }],
    ['P1Y2M3DT4H', { months: 14, days: 3, hours: 4 }],
    ['PT72H', { months: 0, days: 0, hours: 72 }],
  ])('reads %s', (text, expected) => {
    expect(parseDuration(text)).toEqual(expected);
  });

  it.each(['', 'P', 'PT', 'P0D', '6M', 'P-1D', 'P1.5Y', 'P1D ', ' P1D', 'p6m', 'P99999Y', 'six months'])(
    'refuses %p',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  it.each([
    ['P1M', 31],
    ['P2M', 62],
    ['P6M', 184],
    ['P1Y', 366],
    ['P4Y', 1461],
    ['PT36H', 1.5],
  ])('takes the longest possible span of %s to be %d days', (text, days) => {
    expect(longestSpanInDays(parseDuration(text)!)).toBe(days);
  });

  it.each([
    ['P1M', 28],
    ['P2M', 59],
    ['P6M', 181],
    ['P1Y', 365],
    ['P4Y', 1461],
    ['P2DT12H', 2.5],
  ])('takes the shortest possible span of %s to be %d days', (text, days) => {
    expect(shortestSpanInDays(parseDuration(text)!)).toBe(days);
  });

  it('finds no start date from which months last longer', () => {
    fc.assert(
      fc.property(months, fc.integer({ min: 0, max: 1460 }), (count, offset) => {
        const start = Temporal.PlainDate.from('2024-01-01').add({ days: offset });
        expect(spanFrom(start, count)).toBeLessThanOrEqual(longestSpanInDays({ months: count, days: 0, hours: 0 }));
      }),
    );
  });

  it('finds some start date from which months last exactly as long', () => {
    for (const count of [1, 5, 7, 13, 25, 47, 49]) {
      const starts = Array.from({ length: 1461 }, (_, offset) =>
        Temporal.PlainDate.from('2024-01-01').add({ days: offset }),
      );
      expect(Math.max(...starts.map((start) => spanFrom(start, count)))).toBe(
        longestSpanInDays({ months: count, days: 0, hours: 0 }),
      );
    }
  });

  it('counts months by the days of a zone: one o’clock of 1 October in Shanghai and six months are one o’clock of 1 April', () => {
    expect(
      new Date(addDuration(Date.parse('2026-10-01T01:00:00+08:00'), { months: 6, days: 0, hours: 0 }, 8)).toISOString(),
    ).toBe('2027-03-31T17:00:00.000Z');
    fc.assert(
      fc.property(
        months,
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.integer({ min: -11, max: 14 }),
        (count, from, offset) => {
          const zone = `${offset < 0 ? '-' : '+'}${String(Math.abs(offset)).padStart(2, '0')}:00`;
          const then = Temporal.Instant.fromEpochMilliseconds(from.getTime())
            .toZonedDateTimeISO(zone)
            .add({ months: count });
          expect(addDuration(from.getTime(), { months: count, days: 0, hours: 0 }, offset)).toBe(
            then.epochMilliseconds,
          );
        },
      ),
    );
  });

  it.each([
    ['P1M', '2026-02-28T12:00:00Z'],
    ['P10D', '2026-02-10T12:00:00Z'],
    ['P1DT6H', '2026-02-01T18:00:00Z'],
    ['P1M1DT6H', '2026-03-01T18:00:00Z'],
  ])('takes %s from noon of 31 January to %s', (text, end) => {
    expect(addDuration(Date.parse('2026-01-31T12:00:00Z'), parseDuration(text)!, 0)).toBe(Date.parse(end));
  });

  it('adds calendar months like the calendar', () => {
    fc.assert(
      fc.property(months, fc.integer({ min: 0, max: 40_000 }), (count, offset) => {
        const start = Temporal.PlainDate.from('2000-01-01').add({ days: offset });
        const sum = addDuration(Date.parse(`${start.toString()}T00:00:00Z`), { months: count, days: 0, hours: 0 }, 0);
        expect(new Date(sum).toISOString().slice(0, 10)).toBe(start.add({ months: count }).toString());
      }),
    );
  });
});
