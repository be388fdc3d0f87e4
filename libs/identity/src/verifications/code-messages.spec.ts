import fc from 'fast-check';
import { locales } from '@abide/kernel';
import { alreadyYoursText, codeText, replacedText } from './code-messages.js';

describe('messages with codes', () => {
  it('hold the code as the only run of six digits, for every act and language', () => {
    const acts = fc.constantFrom(
      'registration',
      'guardianConsent',
      'signIn',
      'passwordReset',
      'identifierChange' as const,
    );
    fc.assert(
      fc.property(acts, fc.integer({ min: 0, max: 999_999 }), fc.constantFrom(...locales), (act, number, locale) => {
        const code = String(number).padStart(6, '0');
        const { subject, text } = codeText(act, code, locale);
        expect(text.match(/\d{6}/g)).toEqual([code]);
        expect(subject).not.toMatch(/\d{6}/);
      }),
    );
  });

  it.each(locales)('hold none where there is nothing to confirm (%s)', (locale) => {
    expect(alreadyYoursText(locale).text + replacedText(locale).text).not.toMatch(/\d{6}/);
  });
});
