import fc from 'fast-check';
import { covers, sparedBy, type HoldScope } from './hold.rules.js';

const now = new Date('2026-11-30T00:00:00Z');
const aScope = (changes: Partial<HoldScope> = {}): HoldScope => ({
  categories: [],
  collectedFrom: null,
  collectedUntil: null,
  ...changes,
});
const names = { category: 'registration.name', since: new Date('2026-03-01T00:00:00Z') };

describe('what a hold covers', () => {
  it('is everything, where it names neither kinds nor a period', () => {
    expect(covers(aScope(), names, now)).toBe(true);
  });

  it('is the kinds of data that it names, and no other', () => {
    expect(covers(aScope({ categories: ['registration.name'] }), names, now)).toBe(true);
    expect(covers(aScope({ categories: ['registration.phone'] }), names, now)).toBe(false);
  });

  it('is nothing that was all collected after its period', () => {
    expect(covers(aScope({ collectedUntil: names.since }), names, now)).toBe(false);
    expect(covers(aScope({ collectedUntil: new Date('2026-03-02T00:00:00Z') }), names, now)).toBe(true);
  });

  it('is nothing yet where its period has not begun', () => {
    expect(covers(aScope({ collectedFrom: new Date('2027-01-01T00:00:00Z') }), names, now)).toBe(false);
    expect(covers(aScope({ collectedFrom: new Date('2026-10-01T00:00:00Z') }), names, now)).toBe(true);
  });

  it('is what nobody knows the age of', () => {
    expect(covers(aScope({ collectedUntil: new Date('2020-01-01T00:00:00Z') }), { ...names, since: null }, now)).toBe(
      true,
    );
  });

  it('says of a kind of data no less than of a single record of it', () => {
    const instants = fc.date({ min: new Date('2020-01-01'), max: now, noInvalidDate: true });
    const codes = fc.constantFrom('registration.name', 'log.browsing', 'location.gps');
    fc.assert(
      fc.property(
        fc.uniqueArray(codes),
        fc.option(instants),
        fc.option(instants),
        codes,
        fc.array(instants, { minLength: 1 }),
        (categories, collectedFrom, collectedUntil, category, collected) => {
          const scope = { categories, collectedFrom, collectedUntil };
          const spared = sparedBy({ ...scope, subjectId: 'one' });
          const since = new Date(Math.min(...collected.map((at) => at.getTime())));
          const isOneSpared = collected.some((at) =>
            spared.some(
              (one) =>
                (one.category === undefined || one.category === category) &&
                (one.from === undefined || at >= one.from) &&
                (one.until === undefined || at < one.until),
            ),
          );
          expect(!isOneSpared || covers(scope, { category, since }, now)).toBe(true);
        },
      ),
    );
  });
});
