import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, localTextOf } from './local-time.js';

const wholeMinutes = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((at) => {
    at.setSeconds(0, 0);
    return at;
  });

describe('picking a time', () => {
  it('gives back the instant that was shown, for every whole minute', () => {
    fc.assert(
      fc.property(wholeMinutes, (at) => localTextOf(new Date(instantOf(localTextOf(at)) ?? '')) === localTextOf(at)),
    );
  });

  it.each(['', 'soon', '2026-13-01T00:00'])('means nothing yet while %j is typed', (text) => {
    expect(instantOf(text)).toBeNull();
  });
});
