import { hiddenCharacterIn, withUnseenWrittenOut } from './hidden-characters.js';

describe('characters that make a text read otherwise than it is kept', () => {
  it.each(['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069', '\u200b', '\u200e', '\u200f', '\u061c', '\u2060', '\ufeff', '\u{e0041}', '\u3164', '\u0008', '\u2028'])(
    'are found wherever they stand (%j)',
    (character) => expect(hiddenCharacterIn(`保存 1${character}4 天`)).toBe(`U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`),
  );

  it('are not what people write', () => {
    for (const text of ['一般文字，全角：“引号”　空格', 'Line one\n\tand two\r\n', 'naïve café – 14 days', '👩‍👧 ☎️', 'می‌خواهم', 'soft\u00adhyphen', '葛\u{e0100}城']) expect(hiddenCharacterIn(text)).toBeNull();
  });

  it('are written out where texts are compared, with others that nobody sees', () => {
    expect(withUnseenWrittenOut('1\u202e4\u202c da\u00adys,\u00a0a\u200db')).toBe('1⟦U+202E⟧4⟦U+202C⟧ da⟦U+00AD⟧ys,⟦U+00A0⟧a⟦U+200D⟧b');
    expect(withUnseenWrittenOut('全角　空格 and plain\n')).toBe('全角　空格 and plain\n');
  });
});
