import fc from 'fast-check';
import { formerForms, identifierToFind, normaliseIdentifier } from './identifier.rules.js';
import { maskEmail, maskIdNumber, maskName, maskPhone } from './mask.rules.js';
import { ageOn, legalAges, minorStatusOf, strictestAges } from './minor.rules.js';
import { maskField, profileFields, searchForm } from './profile.rules.js';

const phone = (value: string) => normaliseIdentifier({ type: 'phone', value }).value;
const email = (value: string) => normaliseIdentifier({ type: 'email', value }).value;

describe('phone numbers', () => {
  it.each([
    ['10000000001', '+8610000000001'],
    ['+86 100-0000-0001', '+8610000000001'],
    ['0086 100 0000 0001', '+8610000000001'],
    ['＋８６１０００００００００１', '+8610000000001'],
    ['+44 (20) 7946 0018', '+442079460018'],
  ])('written as %s are kept as %s', (given, kept) => {
    expect(phone(given)).toBe(kept);
  });

  it.each(['', '12', '+0123456789', '+1234567890123456', 'call me', '1000000000111'])(
    'are refused when they are not E.164: %s',
    (given) => {
      expect(() => phone(given)).toThrow(expect.objectContaining({ code: 'identifier.bad_phone' }));
    },
  );

  it.each([
    ['+61 0412 345 678', '+61 412 345 678'],
    ['+86013900000001', '+8613900000001'],
    ['+44 (0)20 7946 0018', '+44 20 7946 0018'],
    ['+7 8 916 000-00-01', '+7 916 000 00 01'],
    ['+86 139\u00ad0000\u200b0001', '13900000001'],
    ['\u202a+86 139 0000 0001\u202c', '13900000001'],
    ['+39 06 0000 0001', '+390600000001'],
  ])('are one, written as %s or as %s', (given, other) => {
    expect(phone(given)).toBe(phone(other));
  });

  it.each(['+52 1 55 0000 0001', '139 0000 0001 ext 5', 'a 13900000001', '+86 139'])(
    'are refused where their country has no such numbers: %s',
    (given) => {
      expect(() => phone(given)).toThrow(expect.objectContaining({ code: 'identifier.bad_phone' }));
    },
  );

  it('stay as they are once normal, however they are spaced', () => {
    const country = fc.constantFrom('+86', '+852', '+61', '+44', '+1', '+7', '+49', '+39', '+81', '+65');
    fc.assert(
      fc.property(
        country,
        fc.stringMatching(/^\d{6,11}$/),
        fc.array(fc.constantFrom(' ', '-', '(', ')', '.'), { minLength: 1, maxLength: 5 }),
        (code, digits, marks) => {
          let normal: string;
          try {
            normal = phone(code + digits);
          } catch {
            return;
          }
          expect(phone(normal)).toBe(normal);
          expect(phone(normal.replace(/.$/, (last) => marks.join('') + last))).toBe(normal);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are found in the form in which they were once kept', () => {
    expect(formerForms({ type: 'phone', value: '+61412345678' })).toContain('+610412345678');
    expect(identifierToFind({ type: 'phone', value: '+52 1 55 0000 0001' }).value).toBe('+5215500000001');
    expect(formerForms({ type: 'email', value: 'lin@example.com' })).toEqual([]);
  });
});

describe('e-mail addresses', () => {
  it.each([
    [' Lin.Xiaohe@Example.COM ', 'lin.xiaohe@example.com'],
    ['lin@例子.中国', 'lin@xn--fsqu00a.xn--fiqs8s'],
    ['a+tag@example.com', 'a+tag@example.com'],
  ])('written as %s are kept as %s', (given, kept) => {
    expect(email(given)).toBe(kept);
  });

  it.each([
    'nowhere',
    '@example.com',
    'a@',
    'a@b',
    'a b@example.com',
    'a@@example.com',
    '.a@example.com',
    'a..b@example.com',
    `${'x'.repeat(65)}@example.com`,
    'a@exa mple.com',
    'al\u200bice@example.com',
    'alice\u202e@example.com',
    'alice@exam\u00adple.com',
    'al\u2800ice@example.com',
    'al\u180bice@example.com',
    'al\u3164ice@example.com',
  ])('are refused when nothing can be sent to them: %s', (given) => {
    expect(() => email(given)).toThrow(expect.objectContaining({ code: 'identifier.bad_email' }));
  });

  it('stay as they are once normal', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        let normal: string;
        try {
          normal = email(address);
        } catch {
          return;
        }
        expect(email(normal)).toBe(normal);
        expect(email(address.toUpperCase())).toBe(normal);
      }),
    );
  });
});

describe('masks', () => {
  const hidden = (masked: string) => [...masked].filter((character) => character === '*').length;

  it.each([
    [maskName('李雷'), '李*'],
    [maskName('欧阳娜娜子'), '欧***'],
    [maskName('Amy Field'), 'A***'],
    [maskName('李'), '*'],
    [maskPhone('+8610000000001'), '+86100****0001'],
    [maskPhone('+442079460018'), '+44********18'],
    [maskEmail('lin.xiaohe@example.com'), 'l***@example.com'],
    [maskIdNumber('999999190001010011'), '99**************11'],
    [maskIdNumber('X1234'), '*****'],
  ])('show %s', (shown, expected) => {
    expect(shown).toBe(expected);
  });

  it('never show more of a number than its ends', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{6,14}$/), (number) => {
        expect(hidden(maskPhone(number))).toBeGreaterThanOrEqual(4);
        expect(maskPhone(number)).toHaveLength(number.length);
      }),
    );
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 40 }).filter((text) => !text.includes('*')),
        (text) => {
          expect(hidden(maskIdNumber(text))).toBeGreaterThanOrEqual(Math.min(4, [...text].length));
        },
      ),
    );
  });

  it('never show a whole name of two characters or more, nor how long it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z\u4e00-\u9fa5]{2,30}$/), (name) => {
        expect(maskName(name)).not.toContain(name);
        expect([...maskName(name)].length).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('never show a whole field of a profile, save the language', () => {
    fc.assert(
      fc.property(fc.constantFrom(...profileFields), fc.stringMatching(/^[a-z\d]{6,40}$/), (field, value) => {
        if (field !== 'language') expect(maskField(field, value)).not.toContain(value);
      }),
    );
  });
});

describe('ages', () => {
  const at = (day: string) => new Date(`${day}T12:00:00Z`);

  it.each([
    ['2010-06-15', '2024-06-14', 'under14'],
    ['2010-06-15', '2024-06-15', 'under18'],
    ['2006-06-15', '2024-06-14', 'under18'],
    ['2006-06-15', '2024-06-15', 'adult'],
    ['2008-02-29', '2026-02-28', 'under18'],
    ['2008-02-29', '2026-03-01', 'adult'],
  ])('somebody born on %s is on %s: %s', (birthDate, day, status) => {
    expect(minorStatusOf(birthDate, at(day))).toBe(status);
  });

  it('follow a policy that asks for a guardian until 16', () => {
    const ages = strictestAges([{ guardianUnder: 16 }, {}]);
    expect(minorStatusOf('2010-06-15', at('2025-06-15'), ages)).toBe('under14');
    expect(minorStatusOf('2010-06-15', at('2026-06-15'), ages)).toBe('under18');
  });

  it('change at midnight in the zone where a day begins last', () => {
    const ages = strictestAges([{ utcOffsetHours: 8 }, { utcOffsetHours: -1 }, {}]);
    const statusAt = (instant: string) => minorStatusOf('2010-06-15', new Date(instant), ages);
    expect([statusAt('2024-06-15T00:59:59Z'), statusAt('2024-06-15T01:00:00Z')]).toEqual(['under14', 'under18']);
    expect(strictestAges([{}]).utcOffsetHours).toBe(0);
  });

  it('are never lowered below the law, whoever asks for what', () => {
    const wish = fc.record({ guardianUnder: fc.nat(30), minorUnder: fc.nat(30) }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 4 }), (wishes) => {
        const { guardianUnder, minorUnder } = strictestAges(wishes);
        expect(guardianUnder).toBeGreaterThanOrEqual(
          Math.max(legalAges.guardianUnder, ...wishes.map((ages) => ages.guardianUnder ?? 0)),
        );
        expect(minorUnder).toBeGreaterThanOrEqual(Math.max(legalAges.minorUnder, guardianUnder));
      }),
    );
  });

  it('are unknown without a birth date', () => {
    expect(minorStatusOf(undefined, new Date())).toBe('unknown');
  });

  it('grow by one a year and never shrink', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1950-01-01'), max: new Date('2010-12-31'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 20_000 }),
        (born, days) => {
          const birthDate = born.toISOString().slice(0, 10);
          const later = new Date(born.getTime() + days * 86_400_000);
          const nextYear = new Date(
            Date.UTC(later.getUTCFullYear() + 1, later.getUTCMonth(), Math.min(later.getUTCDate(), 28)),
          );
          const grown = ageOn(birthDate, nextYear) - ageOn(birthDate, later);
          expect(grown).toBeGreaterThanOrEqual(0);
          expect(grown).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('search', () => {
  it('finds an ID number however it is spaced and cased, and no other field', () => {
    expect(searchForm('idNumber', ' 11010519 4912310-02x ')).toBe('11010519491231002X');
    expect(searchForm('name', '李雷')).toBeNull();
  });
});
