import fc from 'fast-check';
import { asOutOfPdf } from '../testing/out-of-pdf.js';
import { textOf } from '../testing/texts.js';
import { tidied, tidiedLines } from './tidied.js';

describe('a text that is tidied', () => {
  it('is what it was before it went through a PDF', () => {
    const text = textOf('ticket-policy.txt');
    const spoilt = asOutOfPdf(text);
    expect(spoilt).not.toBe(text);
    expect(tidied(spoilt).text).toBe(text);
    expect(tidied(spoilt).repairs).toBeGreaterThan(100);
  });

  it('is what it was also where the second forms of its characters were taken for the first', () => {
    const text = textOf('ticket-policy.txt');
    expect(tidied(asOutOfPdf(text).normalize('NFC')).text).toBe(text);
  });

  it('stays as it is where nothing is wrong, words that are doubled included', () => {
    for (const name of ['ticket-policy.txt', 'app-policy.md', 'site-statement.txt', 'tool-notice.txt'] as const)
      expect(tidied(textOf(name))).toEqual({ text: textOf(name), repairs: 0 });
    const doubled =
      '谢谢您常常来看看，人人往往仅仅填写姓名 电话。为了了解您，如信息变更更新，执行行为年年如此，里里外外不了了之。';
    expect(tidied(doubled)).toEqual({ text: doubled, repairs: 0 });
  });

  it('keeps the doubled word of a text whose characters are doubled', () => {
    expect(tidied('我们不不会更更改，为了了了了解您的例例子。').text).toBe('我们不会更改，为了了解您的例子。');
  });

  it('has no space within a word, but keeps those between words and around Latin letters', () => {
    expect(tidied('我们使 用您的信息').text).toBe('我们使用您的信息');
    expect(tidied('甲方 乙方').text).toBe('甲方 乙方');
    expect(tidied('您的 IP 地址 和 APP 名称').text).toBe('您的 IP 地址 和 APP 名称');
  });

  it('has letters and digits of half width, and nothing that nobody sees', () => {
    expect(tidied('ＡＰＰ保存３０天（含）').text).toBe('APP保存30天（含）');
    expect(tidied('infor\u00admation\u200b of\u00a0yours')).toEqual({ text: 'information of yours', repairs: 1 });
  });

  it('has no marks of pages', () => {
    expect(tidied('[bookmark: page4]您的姓名。\n- 5 -\n第 6 页 共 9 页\nPage 7 of 9\n完。').text).toBe(
      '您的姓名。\n完。',
    );
  });

  it('has lines whole that the edge of a page broke', () => {
    const narrow = [
      'When you join the club we ask for your name and for the infor-',
      'mation that we need to write to you, which is an address and a',
      'phone number.',
      'We keep both for a year.',
      '2. Why we do that',
    ].join('\n');
    expect(tidied(narrow).text.split('\n')).toEqual([
      'When you join the club we ask for your name and for the information that we need to write to you, which is an address and a phone number.',
      'We keep both for a year.',
      '2. Why we do that',
    ]);
    expect(tidied('我们收集您在注册账户时填写的姓名和电\n话号码，用于联系您。\n变更').text).toBe(
      '我们收集您在注册账户时填写的姓名和电话号码，用于联系您。\n变更',
    );
  });

  it('has a sentence whole that a page mark cuts in two', () => {
    expect(tidied('我们收集您在注册账户时填写的姓名和电\n\n- 4 -\n\n话号码，用于联系您。').text).toBe(
      '我们收集您在注册账户时填写的姓名和电话号码，用于联系您。',
    );
  });

  it('keeps every letter of whatever part of it came out of a PDF', () => {
    const lines = textOf('ticket-policy.txt').split('\n');
    const letters = (text: string) => text.replaceAll(' ', '');
    fc.assert(
      fc.property(fc.subarray(lines), (some) => {
        const text = some.join('\n\n');
        expect(letters(tidied(asOutOfPdf(text)).text)).toBe(letters(text));
      }),
    );
  });
});

describe('lines that are tidied', () => {
  it('are mended by what all of them show, and stay apart', () => {
    expect(tidiedLines(['我们不不会', '变更更', '更更正'])).toEqual({
      lines: ['我们不会', '变更', '更正'],
      repairs: 3,
    });
  });
});
