import fc from 'fast-check';
import { delaySeconds } from './attempts.js';
import { hashPassword, isWeakerThanCurrent, Turnstile, verifyPassword } from './password-hash.js';
import { commonPasswordCount, requireAcceptablePassword } from './password.rules.js';
import { codeAt, matchingStep, stepAt, toBase32 } from './totp.js';

describe('password hashes', () => {
  it('opens with the password and no other', async () => {
    const encoded = await hashPassword('a fine long password');
    expect(await verifyPassword('a fine long password', encoded)).toBe(true);
    expect(await verifyPassword('a fine long passwore', encoded)).toBe(false);
  });

  it('salts every hash', async () => {
    expect(await hashPassword('the same one')).not.toBe(await hashPassword('the same one'));
  });

  it('takes a password however its letters are composed', async () => {
    expect(await verifyPassword('cafe\u0301 au lait', await hashPassword('caf\u00e9 au lait'))).toBe(true);
  });

  it('never accepts a password of nobody', async () => {
    expect(await verifyPassword('', null)).toBe(false);
  });

  it('knows a hash that costs less than today asks', async () => {
    expect(isWeakerThanCurrent(await hashPassword('x', { memoryKibibytes: 1024, passes: 2, parallelism: 1 }))).toBe(
      true,
    );
    expect(isWeakerThanCurrent(await hashPassword('x'))).toBe(false);
  });
});

describe('the turnstile', () => {
  it('never lets more run at once than it has slots, and loses nobody', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.boolean(), { maxLength: 20 }),
        async (slots, fates) => {
          const turnstile = new Turnstile(slots, 20);
          let running = 0;
          let most = 0;
          const results = await Promise.allSettled(
            fates.map((fails) =>
              turnstile.run(async () => {
                most = Math.max(most, ++running);
                await Promise.resolve();
                running -= 1;
                if (fails) throw new Error('fails');
              }),
            ),
          );
          expect(most).toBeLessThanOrEqual(slots);
          expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(fates.filter(Boolean).length);
        },
      ),
    );
  });
});

describe('a crowd at the turnstile', () => {
  it('is turned away beyond those who may wait, and let in again afterwards', async () => {
    const turnstile = new Turnstile(1, 2);
    const results = await Promise.allSettled([1, 2, 3, 4].map((n) => turnstile.run(async () => n)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect(results[3]).toMatchObject({
      reason: { kind: 'tooMany', code: 'password.busy', details: { extra: { retryAfterSeconds: expect.any(Number) } } },
    });
    expect(await turnstile.run(async () => 'in')).toBe('in');
  });
});

describe('password rules', () => {
  it('knows at least ten thousand common passwords', () => {
    expect(commonPasswordCount).toBeGreaterThanOrEqual(10_000);
  });

  it('counts characters, so that fifteen of any script are enough', () => {
    expect(() => requireAcceptablePassword('守约平台的第一位管理员从这里开始吧', { by: 'operator' })).not.toThrow();
    expect(() => requireAcceptablePassword('😀'.repeat(14), { by: 'operator' })).toThrow(
      expect.objectContaining({ code: 'password.too_short' }),
    );
  });

  it('refuses a common password in any case', () => {
    expect(() => requireAcceptablePassword('PassWord', { by: 'subject' })).toThrow(
      expect.objectContaining({ code: 'password.common' }),
    );
  });

  it.each(['ｐａｓｓｗｏｒｄ１２３', 'ＰＡＳＳＷＯＲＤ', 'ｑｗｅｒｔｙｕｉｏｐ'])(
    'refuses a common password in full width too: %s',
    (password) => {
      expect(() => requireAcceptablePassword(password, { by: 'subject' })).toThrow(
        expect.objectContaining({ code: 'password.common' }),
      );
    },
  );

  it.each([
    'a'.repeat(15),
    'abcabcabcabcabc',
    '123456789012345',
    'qwertyuiopasdfgh',
    '守约守约守约守约守约守约守约守',
    'abide-abide-abide',
  ])('refuses an operator what is soon guessed: %s', (password) => {
    expect(() => requireAcceptablePassword(password, { by: 'operator' })).toThrow(
      expect.objectContaining({ code: 'password.common' }),
    );
  });

  it.each([
    ['operator', 'wei.zhou@harbour.example'],
    ['operator', 'harbour.example'],
    ['operator', 'wei.zhouwei.zhou'],
    ['operator', 'wei.zhou at harbour.example'],
    ['operator', 'mailto:wei.zhou@harbour.example'],
    ['operator', 'w e i . z h o u @ harbour'],
    ['operator', 'wei.zhou%40harbour.example'],
    ['operator', 'wei.zhou@harbour example!'],
    ['subject', '+8613912345678'],
    ['subject', 'wei.zhou1'],
  ] as const)('refuses an %s their own address: %s', (by, password) => {
    const context = ['wei.zhou@harbour.example', '+8613912345678'];
    expect(() => requireAcceptablePassword(password, { by, context })).toThrow(
      expect.objectContaining({ code: 'password.common' }),
    );
  });

  it('asks for no particular kind of characters', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('harbour', 'lantern', '河岸', 'quiet', 'été', '梧桐', 'marble', 'seven'), {
          minLength: 5,
          maxLength: 9,
        }),
        (words) => {
          fc.pre(new Set(words).size > 4);
          fc.pre([...words.join(' ').normalize('NFKC')].length >= 15);
          expect(() => requireAcceptablePassword(words.join(' '), { by: 'operator' })).not.toThrow();
        },
      ),
    );
  });
});

describe('waiting after failures', () => {
  it('asks for none below five, then doubles up to a quarter of an hour', () => {
    expect([0, 4, 5, 6, 7, 12, 13, 99].map(delaySeconds)).toEqual([0, 0, 5, 10, 20, 640, 900, 900]);
  });
});

describe('time-based codes', () => {
  const secret = Buffer.from('12345678901234567890');

  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [20000000000, '353130'],
  ])('agrees with RFC 6238 at second %d', (second, code) => {
    expect(codeAt(secret, stepAt(new Date(second * 1000)))).toBe(code);
  });

  it('accepts a code one step early or late and none beyond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 10 ** 8 }), fc.integer({ min: -5, max: 5 }), (step, drift) => {
        const found = matchingStep(secret, codeAt(secret, step + drift), new Date(step * 30_000));
        if (Math.abs(drift) <= 1) expect(found).not.toBeNull();
        else expect(found === null || Math.abs(found - step) <= 1).toBe(true);
      }),
    );
  });

  it('writes base32 as RFC 4648 does', () => {
    expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
  });
});
