import fc from 'fast-check';
import { impossibleJumps, isPossible, type Taken } from './plausible.rules.js';

const minute = 60_000;
const at = (latitude: number, longitude: number, minutes: number, accuracyMetres = 10): Taken => ({
  latitude,
  longitude,
  accuracyMetres,
  at: minutes * minute,
});

describe('what a device can have measured', () => {
  it.each([
    ['beyond the pole', { latitude: 90.1 }],
    ['beyond the date line', { longitude: 180.1 }],
    ['no number', { latitude: NaN }],
    ['endless', { longitude: Infinity }],
    ['without accuracy', { accuracyMetres: 0 }],
    ['with an accuracy below nothing', { accuracyMetres: -1 }],
    ['anywhere within 100 km', { accuracyMetres: 100_001 }],
    ['nowhere', { latitude: 0, longitude: 0 }],
  ])('is not a place %s', (_what, changes) => {
    expect(isPossible({ latitude: 30, longitude: 120, accuracyMetres: 10, ...changes })).toBe(false);
  });

  it('is any other place on earth', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (latitude, longitude) => {
          expect(isPossible({ latitude, longitude, accuracyMetres: 100_000 })).toBe(true);
        },
      ),
    );
  });
});

describe('where somebody can be next', () => {
  it('is as far as an aircraft comes', () => {
    expect(impossibleJumps([at(30, 120, 0), at(30, 130, 60)]).size).toBe(0);
    expect([...impossibleJumps([at(30, 120, 0), at(30, 130, 45)])]).toEqual([at(30, 130, 45)]);
  });

  it('is anywhere within what two rough fixes may be off', () => {
    expect(impossibleJumps([at(30, 120, 0, 3000), at(30.05, 120, 0, 50)]).size).toBe(0);
    expect(impossibleJumps([at(30, 120, 0, 10), at(30.05, 120, 0, 50)]).size).toBe(1);
  });

  it('is judged from the last place that they can have been at, in whatever order fixes arrive', () => {
    const far = at(-30, -60, 2);
    expect([...impossibleJumps([at(30, 120, 3), far, at(30, 120, 1)])]).toEqual([far]);
  });

  it('never bars somebody who stays, whatever the times', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 30 }), (minutes) => {
        expect(impossibleJumps(minutes.map((one) => at(30, 120, one))).size).toBe(0);
      }),
    );
  });
});
