import fc from 'fast-check';
import { locales } from '@abide/kernel';
import { composeNotice, type PolicyChange } from './notice-message.rules.js';

const change: PolicyChange = {
  title: { 'zh-CN': '隐私政策即将变更', en: 'Our privacy policy changes' },
  summary: { 'zh-CN': '定位信息的保存期限变长。', en: 'Location is kept longer.' },
  link: 'https://abide.example/policies/general-privacy/2',
  effectiveAt: new Date('2027-03-01T16:00:00Z'),
};

/** Text in which long numbers are likely. */
const numerous = fc
  .array(fc.oneof(fc.stringMatching(/^\d{1,20}$/), fc.constantFrom('%1', '%41', ' ', 'No. ', '编号', '/', ':')))
  .map((parts) => parts.join(''));

describe('the message of a policy change', () => {
  it('never holds six digits in a row, which could be taken for a code', () => {
    fc.assert(
      fc.property(numerous, numerous, numerous, fc.constantFrom(...locales), (title, summary, path, locale) => {
        const link = `https://abide.example/${path}`;
        const message = composeNotice(
          { ...change, title: { 'zh-CN': title, en: title }, summary: { 'zh-CN': summary, en: summary }, link },
          locale,
        );
        expect(`${message.subject}\n${message.text}`).not.toMatch(/\d{6}/);
      }),
    );
  });

  it('leads to the same place, whatever numbers the link holds', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z\d/-]{0,40}$/), (path) => {
        const link = `https://abide.example/${path}`;
        const written = /Read more: (.*)$/.exec(composeNotice({ ...change, link }, 'en').text)?.[1] ?? '';
        expect(decodeURIComponent(written)).toBe(link);
      }),
    );
  });

  it('keeps the port of the link as it is', () => {
    expect(composeNotice({ ...change, link: 'http://localhost:3000/policies/123456' }, 'en').text).toContain(
      'http://localhost:3000/policies/123%3456',
    );
  });

  it('gives the day on which the change takes effect in the zone it names', () => {
    expect(composeNotice(change, 'en').text).toContain('1 March 2027 at 16:00 (UTC)');
    expect(composeNotice(change, 'zh-CN').text).toContain('2027年3月2日 00:00（北京时间）');
  });
});
