import fc from 'fast-check';
import { bodyOf, paragraphsOf } from './paragraphs.js';

const line = (text: string, level = 0, isRow = false) => ({ text, level, isRow });

describe('the paragraphs of a clause', () => {
  it('are its lines as they are read, without Markdown', () => {
    const body = 'We keep **your name**\nfor [one year](https://example.com).\n\n- logs\n- 设备信息\n\n\\# no heading';
    expect(paragraphsOf(body)).toEqual([
      line('We keep your name for one year.'),
      line('logs', 1),
      line('设备信息', 1),
      line('# no heading'),
    ]);
  });

  it('are none where nothing is written', () => {
    expect(paragraphsOf(' \n\n')).toEqual([]);
  });

  it('say what stands under what', () => {
    const body =
      'We collect:\n\n- logs:\n  - your address\n- your name\n\n| data | why |\n| --- | --- |\n| name | joining |';
    expect(paragraphsOf(body)).toEqual([
      line('We collect:'),
      line('logs:', 1),
      line('your address', 2),
      line('your name', 1),
      line('data | why', 0, true),
      line('name | joining', 1, true),
    ]);
  });

  it('read back from the body that is written from them', () => {
    const texts = fc
      .stringMatching(/^[\w\u4e00-\u4e20，。*_#`~<>|\[\]().:!+ -]{1,40}$/)
      .map((text) =>
        text
          .replaceAll(/\s*\|\s*/g, '/')
          .replaceAll(/\s+/g, ' ')
          .trim(),
      )
      .filter((text) => text !== '');
    const lines = fc.array(fc.record({ text: texts, level: fc.nat(3) }), { maxLength: 8 });
    fc.assert(
      fc.property(lines, (given) => {
        let deepest = 0;
        const paragraphs = given.map(({ text, level }) => {
          deepest = Math.min(level, deepest + (deepest === 0 && level > 0 ? 1 : 1));
          return line(text, deepest);
        });
        const body = bodyOf(paragraphs);
        expect(paragraphsOf(body).map(({ text }) => text)).toEqual(paragraphs.map(({ text }) => text));
        expect(bodyOf(paragraphsOf(body))).toBe(body);
      }),
      { numRuns: 500 },
    );
  });
});
