import fc from 'fast-check';
import { isIdentifying } from './identifying.rules.js';

describe('what identifies somebody in a plain attribute', () => {
  it.each([
    ['an e-mail address', 'write to lin@example.com'],
    ['an e-mail address with a full-width sign', 'lin＠example.com'],
    ['a mobile number', 'call 13800138000'],
    ['a mobile number with spaces', '138 0013 8000'],
    ['a mobile number in full-width digits', '１３８００１３８０００'],
    ['a number in international form', '+44 20 7946 0958'],
    ['an ID number', '11010519491231002X'],
    ['an ID number in groups', '110105 19491231 002X'],
    ['a bank card in groups', '6222 0212 3456 7890'],
    ['an IMEI', '356938035643809'],
    ['a hardware address', '00:1b:44:11:3a:b7'],
    ['a hardware address with hyphens', '00-1B-44-11-3A-B7'],
    ['a dotted hardware address', '001b.4411.3ab7'],
    ['a UUID', '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3'],
    ['a UUID without hyphens', '0192f0c12f6b7cc1a8f03c5de0a1b2c3'],
    ['coordinates', '39.90421,116.40739'],
    ['coordinates with a space before the comma', '39.90421 , 116.40739'],
    ['an IPv4 address', '203.0.113.9'],
    ['an IPv6 address', '2001:db8::7'],
    ['a telephone number as a number', 13_800_138_000],
  ])('is %s', (_what, value) => {
    expect(isIdentifying('feature', value)).toBe(true);
  });

  it.each([
    ['a code', 'event.list'], ['a screen', '1170x2532'], ['a language', 'zh-CN'], ['a name of a feature', '座位图 放大'], ['a date', '2026-11-27'], ['a duration', '12:45:03'],
    ['a price', '1,280.00'], ['a count', 118], ['a flag', true], ['a model', 'SM-G991B/DS'], ['nothing', ''],
  ])('is not %s', (_what, value) => {
    expect(isIdentifying('feature', value)).toBe(false);
  });

  it('is not a version that looks like an address, where the field is one of versions', () => {
    expect(isIdentifying('appVersion', '8.0.7.21')).toBe(false);
    expect(isIdentifying('feature', '8.0.7.21')).toBe(true);
  });

  it('is found wherever it stands in a text', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z ]{0,30}$/), fc.stringMatching(/^[a-z ]{0,30}$/), (before, after) => isIdentifying('feature', `${before} 13912345678 ${after}`)));
  });

  it.each([`${'a'.repeat(1999)}:`, `${'a'.repeat(1000)}@${'a'.repeat(999)}`, '1 '.repeat(1000), '0a-'.repeat(600), `${'a@'.repeat(1000)}`, '1.1'.repeat(600)])('takes no long look at a long text', (text) => {
    const startedAt = performance.now();
    for (let count = 0; count < 20; count += 1) isIdentifying('feature', text);
    expect((performance.now() - startedAt) / 20).toBeLessThan(2);
  });
});
