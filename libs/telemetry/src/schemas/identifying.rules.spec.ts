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
    ['an IPv6 address within a text', 'from [2001:db8::7]:443'],
    ['an IPv6 address that ends as one of IPv4', 'via ::ffff:203.0.113.9'],
    ['a telephone number as a number', 13_800_138_000],
    ['a percent-encoded e-mail address', '/u/alice%40example.com'],
    ['one that is encoded again and again', '/u/alice%2525252540example.com'],
    ['one in base64', 'YWxpY2VAZXhhbXBsZS5jb20='],
    ['one in base64 of an address, in the alphabet of addresses', '/u/YWxpY2VAZXhhbXBsZS5jb20/seats'],
    ['one in base64, percent-encoded', 'u%3DYWxpY2VAZXhhbXBsZS5jb20%3D'],
    ['one in base64 twice', 'WVd4cFkyVkFaWGhoYlhCc1pTNWpiMjA9'],
    ['one in hexadecimal', '616c696365406578616d706c652e636f6d'],
    ['one with entities', 'alice&#64;example.com'],
    ['one with escapes', 'alice\\u0040example.com'],
    ['one with its sign spelled', 'alice (at) example.com'],
    ['one that is spelled out', 'alice at example dot com'],
    ['one with an ideographic full stop', 'alice@example。com'],
    ['a mobile number with brackets', '+86(138)0013-8000'],
    ['a mobile number with dots', '138.0013.8000'],
    ['a mobile number in other groups', '13 800 138 000'],
    ['a mobile number digit by digit', '1-3-8-0-0-1-3-8-0-0-0'],
    ['a mobile number with joiners nobody sees', '138\u200d0013\u200b8000'],
    ['a mobile number with marks on its digits', '138\u03360\u0336013\u03368000'],
    ['a mobile number in Arabic digits', '١٣٨٠٠١٣٨٠٠٠'],
    ['a mobile number in Chinese numerals', '一三八〇〇一三八〇〇〇'],
    ['a mobile number with other dashes', '138–0013—8000'],
    ['a mobile number in base64', 'MTM4MDAxMzgwMDA='],
    ['a line of a house', '0571-88886666'],
    ['a number in international form with brackets', '+44 (20) 7946-0958'],
    ['an ID number digit by digit', '1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X'],
    ['a bank card with dots', '6222.0212.3456.7890'],
    ['percent-encoded coordinates', '31.2304%2C121.4737'],
    ['coordinates of an address', 'lat=31.2304&lng=121.4737'],
    ['coordinates with letters', '31.2304N 121.4737E'],
    ['coordinates in degrees', '31°13′49″N'],
    ['a small cell of the grid', '8730962a5ffffff'],
    ['a mobile number with commas', '138,0013,8000'],
    ['a mobile number with stars', '138*0013*8000'],
    ['a mobile number as a list of digits', '[1,3,8,0,0,1,3,8,0,0,0]'],
    ['a mobile number with bars', '1|3|8|0|0|1|3|8|0|0|0'],
    ['a mobile number as cheques have it', '壹叁捌零零壹叁捌零零零'],
    ['a mobile number in hexadecimal with its mark', '0x3133383030313338303030'],
    ['a number of North America', '(415) 555-2671'],
    ['a number as it is dialled abroad', '0044 7700 900123'],
    ['a line of a house in one run', '02168888888'],
    ['an ID number with commas', '110105,19491231,002X'],
    ['an e-mail address with spaces', 'alice.wang @ example . com'],
    ['one that is spelled out in capitals', 'alice.wang AT example DOT com'],
    ['one that is spelled out with underscores', 'alice.wang_at_example_dot_com'],
    ['one with named entities', 'alice.wang&commat;example&period;com'],
    ['one in quoted-printable', 'alice.wang=40example.com'],
    ['an address turned round', '77.113.0.203.in-addr.arpa'],
    ['an Open Location Code', '8Q336FJF+XQ'],
    ['signs that stand for phrases', '\ufdfa'.repeat(100)],
  ])('is %s', (_what, value) => {
    expect(isIdentifying('feature', value)).toBe(true);
  });

  it.each([
    ['a code', 'event.list'],
    ['a screen', '1170x2532'],
    ['a language', 'zh-CN'],
    ['a name of a feature', '座位图 放大'],
    ['a date', '2026-11-27'],
    ['a duration', '12:45:03'],
    ['a price', '1,280.00'],
    ['a count', 118],
    ['a flag', true],
    ['a model', 'SM-G991B/DS'],
    ['nothing', ''],
    ['a path', '/events/118/seats'],
    ['a long word', 'SeatMapZoomedInTwice'],
    ['many words', 'Personalised Recommendations Of Concerts'],
    ['an instant', '2026-11-27 10:15:30'],
    ['a share', '99.5%'],
    ['a coarse cell', '853096a7fffffff'],
    ['a hash of a build', '9f8c1d2e'],
    ['a build', 'Build/TKQ1.220829.002'],
    ['a place of code', 'Seat::map'],
    ['two figures', '12.500, of 14'],
    ['a list of counts', '1,3,5,7,9,11,13,15'],
    ['a Korean name of a feature', '좌석 배치도 확대'],
    ['a formula', 'a=b&c=d'],
    ['a place at a time', 'Seats at once'],
    ['a padded count', '000000012345'],
    ['a price each', '2 @ 99.00'],
    ['a total', '1,000,000'],
  ])('is not %s', (_what, value) => {
    expect(isIdentifying('feature', value)).toBe(false);
  });

  it.each(['8.0.7.21', '4.2.0.120', '10.0.19045.3570', '5.12.3', '14.0.5.0.TLACNXM', '8.30.0+20261127'])(
    'is not the version %s, where the field is one of versions',
    (version) => {
      expect(isIdentifying('appVersion', version)).toBe(false);
    },
  );

  it('is an address in every field, also in one of versions, and what looks like one in every other field', () => {
    for (const name of ['$app_version', 'service.version', 'version'])
      expect(isIdentifying(name, '4.2.0.120')).toBe(false);
    for (const name of ['conversion', 'app.version.id']) expect(isIdentifying(name, '4.2.0.120')).toBe(true);
    for (const name of ['appVersion', 'osVersion', '$os_version', 'feature'])
      expect(isIdentifying(name, '203.0.113.9')).toBe(true);
    expect(isIdentifying('appVersion', '5.2.1 (203.0.113.9)')).toBe(true);
    expect(isIdentifying('appVersion', '2001:db8::7')).toBe(true);
    expect(isIdentifying('feature', '8.0.7.21')).toBe(true);
  });

  it.each(['2026112900012345', 'T20261129000123', '202611290001234567', '88-2026112900012345'])(
    'is not the number %s of an order, where the field is one of references',
    (order) => {
      expect(isIdentifying('order', order, 'reference')).toBe(false);
    },
  );

  it.each([
    ['a bank card', '6222021234567894'],
    ['an ID number', '11010519491231002X'],
    ['a mobile number', '13800138000'],
    ['a telephone', '356938035643809'],
    ['a UUID', '0192f0c1-2f6b-7cc1-a8f0-3c5de0a1b2c3'],
  ])('is %s all the same, where the field is one of references', (_what, number) => {
    expect(isIdentifying('order', number, 'reference')).toBe(true);
  });

  it('is a long number in any other field', () => {
    expect(isIdentifying('order', '2026112900012345')).toBe(true);
    expect(isIdentifying('order', 2026112900012345)).toBe(true);
  });

  it('is nothing that a schema closes: an instant, or one of a list', () => {
    expect(isIdentifying('at', '2026-11-13T10:15:13.123456789Z', 'closed')).toBe(false);
  });

  it('is found in whatever it is wrapped, layer by layer', () => {
    const secrets = fc.constantFrom(
      '13912345678',
      'lin@example.com',
      '203.0.113.9',
      '31.23041,121.47370',
      '11010519491231002X',
    );
    const wraps: readonly ((text: string) => string)[] = [
      (text) => [...Buffer.from(text)].map((one) => `%${one.toString(16).padStart(2, '0')}`).join(''),
      encodeURIComponent,
      (text) => Buffer.from(text).toString('base64'),
      (text) => Buffer.from(text).toString('hex'),
      (text) => [...text].map((one) => `&#${one.charCodeAt(0)};`).join(''),
      (text) =>
        [...text].map((one) => (/[!-~]/.test(one) ? String.fromCharCode(one.charCodeAt(0) + 0xfee0) : one)).join(''),
      (text) => [...text].join('\u200b'),
    ];
    fc.assert(
      fc.property(secrets, fc.array(fc.constantFrom(...wraps), { maxLength: 2 }), (secret, chosen) => {
        expect(
          isIdentifying(
            'feature',
            chosen.reduce<string>((text, wrap) => wrap(text), secret),
          ),
        ).toBe(true);
      }),
    );
  });

  it('is found in full width within base64', () => {
    expect(isIdentifying('feature', Buffer.from('１３９１２３４５６７８').toString('base64'))).toBe(true);
  });

  it.each<[string, object]>([
    ['an address in a list', ['one', 'lin@example.com']],
    ['a number spread over a list', ['138', '0013', '8000']],
    ['digits one by one', [1, 3, 9, 1, 2, 3, 4, 5, 6, 7, 8]],
    ['a telephone number as a number', [13_800_138_000]],
    ['a place in a list', [116.40739, 39.90421]],
    ['a place by its names', { lng: 116.40739, lat: 39.90421 }],
    ['an address by its name', { sender: 'lin@example.com' }],
    ['a number in a name', { u13800138000: true }],
    ['an address that is spread', { host: '203.0.113.9', port: 80 }],
  ])('is found among several values: %s', (_, held) => {
    expect(isIdentifying('feature', held)).toBe(true);
  });

  it('is not found in what is none', () => {
    for (const held of [
      [],
      {},
      ['concert', 'theatre', 'Shanghai'],
      [12, 40, 7],
      { plan: 'yearly', seats: 2, new: true },
      { app_version: '4.2.0.120', 'os.version': '14.1.0.5' },
    ])
      expect([held, isIdentifying('feature', held)]).toEqual([held, false]);
  });

  it('is found wherever it stands in a text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{0,30}$/), fc.stringMatching(/^[a-z ]{0,30}$/), (before, after) =>
        isIdentifying('feature', `${before} 13912345678 ${after}`),
      ),
    );
  });

  it('takes no longer a look at many values than at a text as long', () => {
    for (const one of ['138 '.repeat(10), '1.1'.repeat(13), 'YWxpY2VA'.repeat(5), '⑴'.repeat(40)]) {
      const held = Array.from({ length: 50 }, () => one);
      const looks = Array.from({ length: 20 }, () => {
        const before = process.threadCpuUsage();
        isIdentifying('feature', held);
        const { user, system } = process.threadCpuUsage(before);
        return user + system;
      });
      expect(Math.min(...looks)).toBeLessThan(4000);
    }
  });

  it.each([
    `${'a'.repeat(1999)}:`,
    `${'a'.repeat(1000)}@${'a'.repeat(999)}`,
    '1 '.repeat(1000),
    '0a-'.repeat(600),
    `${'a@'.repeat(1000)}`,
    '1.1'.repeat(600),
    '1-'.repeat(1000),
    '%25'.repeat(666),
    'YWxpY2VA'.repeat(250),
    ':1'.repeat(1000),
    '138 '.repeat(500),
    '一'.repeat(2000),
    '&#49;'.repeat(400),
    `${'+ '.repeat(999)}1`,
    ' at '.repeat(500),
    '616c'.repeat(500),
    '㌀'.repeat(2000),
    '⑴'.repeat(2000),
    '1,'.repeat(1000),
    '138,'.repeat(500),
    '_at_'.repeat(500),
    '=40'.repeat(666),
    '0x31'.repeat(500),
  ])('takes no long look at a long text', (text) => {
    const looks = Array.from({ length: 20 }, () => {
      const before = process.threadCpuUsage();
      isIdentifying('feature', text);
      const { user, system } = process.threadCpuUsage(before);
      return user + system;
    });
    expect(Math.min(...looks)).toBeLessThan(2000);
  });
});
