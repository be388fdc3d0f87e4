import { hiddenCharacterIn, withHiddenWrittenOut, withUnseenWrittenOut } from './hidden-characters.js';

const named = (character: string) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;

describe('characters that make a text read otherwise than it is kept', () => {
  it.each([
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u200b',
    '\u200e',
    '\u200f',
    '\u061c',
    '\u2060',
    '\ufeff',
    '\u{e0041}',
    '\u3164',
    '\u0008',
    '\u2028',
    '\u00ad',
    '\u034f',
    '\u115f',
    '\u17b4',
    '\u17b5',
    '\u180b',
    '\u180e',
    '\u200c',
    '\u200d',
    '\u2800',
    '\ufe00',
    '\ufe0f',
    '\uffa0',
    '\ufff0',
    '\ufff9',
    '\ufffc',
    '\u{1bca0}',
    '\u{1d159}',
    '\u{1d173}',
    '\u{1d17a}',
    '\u{16fe4}',
    '\u{e0000}',
    '\u{e0100}',
    '\u{e01f0}',
    '\u{e0fff}',
  ])('are found wherever they stand (%j)', (character) => {
    for (const text of [`保存 1${character}4 天`, `Li${character}Na`, character])
      expect(hiddenCharacterIn(text)).toBe(named(character));
  });

  it('are those of every property of Unicode that says so', () => {
    const ignorable = Array.from({ length: 0x110000 }, (_, code) => code).filter(
      (code) =>
        (code < 0xd800 || code > 0xdfff) &&
        /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}/u.test(String.fromCodePoint(code)),
    );
    expect(ignorable.length).toBeGreaterThan(4000);
    expect(ignorable.filter((code) => hiddenCharacterIn(`a${String.fromCodePoint(code)}b`) === null)).toEqual([]);
  });

  it('are not what people write', () => {
    const written = [
      '一般文字，全角：“引号”　空格',
      'Line one\n\tand two\r\n',
      'naïve café – 14 days',
      '👩‍👧 ☎️ 🧔🏽‍♂️ 🏳️‍🌈 👁️‍🗨️ 1️⃣ #️⃣ ©️ 🇨🇳',
      'می‌خواهم',
      'क्‍ष न्‌त',
      'ශ්‍රී',
      '葛\u{e0100}城',
      '芦\ufe00',
      'ᠠ\u180b',
      'שָׁלוֹם',
      '\u0645\u064e\u200c\u062e',
      '10\u00a0km',
    ];
    for (const text of written) expect([text, hiddenCharacterIn(text)]).toEqual([text, null]);
  });

  it('are a joiner or a selector where it joins and varies nothing', () => {
    for (const [text, found] of [
      ['😀\u200d', 'U+200D'],
      ['a\u200d😀', 'U+200D'],
      ['م\u200c', 'U+200C'],
      ['م\u200c\u200cن', 'U+200C'],
      ['1\ufe0f4', 'U+FE0F'],
      ['葛\u{e0100}\u{e0101}', 'U+E0101'],
      ['☎️\ufe0f', 'U+FE0F'],
      ['中\u180b', 'U+180B'],
    ]) {
      expect([text, hiddenCharacterIn(text ?? '')]).toEqual([text, found]);
    }
  });

  it('are written out where texts are compared, with others that nobody sees', () => {
    expect(withUnseenWrittenOut('1\u202e4\u202c da\u00adys,\u00a0a\u200db\u2800')).toBe(
      '1⟦U+202E⟧4⟦U+202C⟧ da⟦U+00AD⟧ys,⟦U+00A0⟧a⟦U+200D⟧b⟦U+2800⟧',
    );
    expect(withUnseenWrittenOut('全角　空格 and plain\n')).toBe('全角　空格 and plain\n');
  });

  it('are written out for whoever reads an earlier text, without what its writing needs, and cannot come back so', () => {
    expect(withHiddenWrittenOut('{"name":"Chen\u{1d173} 陈","pair":"👩‍👧 می‌خواهم 10\u00a0km"}')).toBe(
      '{"name":"Chen⟦U+1D173⟧ 陈","pair":"👩‍👧 می‌خواهم 10\u00a0km"}',
    );
    expect(hiddenCharacterIn(withHiddenWrittenOut('1\u202e4'))).toBe('U+202E');
  });

  it('are looked for in long texts without delay', () => {
    const spent = process.threadCpuUsage();
    for (const text of ['م\u200cن'.repeat(100_000), '字'.repeat(500_000), '👩‍👧'.repeat(50_000)])
      expect(hiddenCharacterIn(text)).toBeNull();
    expect(process.threadCpuUsage(spent).user).toBeLessThan(1_000_000);
  });
});
