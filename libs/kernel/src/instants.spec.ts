import fc from 'fast-check';
import { dayPattern, instantPattern } from './instants.js';

const [isDay, isInstant] = [dayPattern, instantPattern].map((pattern) => {
  const shape = new RegExp(pattern);
  return (text: string) => shape.test(text);
}) as [(text: string) => boolean, (text: string) => boolean];
const two = (number: number) => String(number).padStart(2, '0');

describe('days and instants', () => {
  it('are those that the calendar has', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, ofMonth) => {
          const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(ofMonth)}`;
          const last = month >= 1 && month <= 12 ? new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate() : 0;
          expect(isDay(text)).toBe(ofMonth >= 1 && ofMonth <= last);
          expect(isInstant(`${text}T08:00:00Z`)).toBe(isDay(text));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each([
    '2026-11-27T08:00Z',
    '2026-11-27T08:00:00Z',
    '2026-11-27T23:59:59.123456789+08:00',
    '2028-02-29T00:00:00-10:00',
  ])('are read as %s', (text) => {
    expect(isInstant(text)).toBe(true);
    expect(Date.parse(text)).not.toBeNaN();
  });

  it.each([
    '2026-11-31T08:00:00Z',
    '2027-02-29T08:00:00Z',
    '2026-11-27T24:00:00Z',
    '2026-11-27T08:60:00Z',
    '2026-11-27T08:00:00',
    '2026-11-27T08:00:00+24:00',
    '2026-11-27T08:00:00+08:60',
    '2026-11-27 08:00:00Z',
    '2026-11-27T08:00:00Z ',
  ])('are never %s', (text) => {
    expect(isInstant(text)).toBe(false);
  });
});
