import fc from 'fast-check';
import { wordDifferences, type WordRun } from './word-differences.js';

const joined = (runs: readonly WordRun[], without: WordRun['kind']) =>
  runs
    .filter((run) => run.kind !== without)
    .map((run) => run.text)
    .join('');

describe('the word differences of two texts', () => {
  it('cuts Chinese into words, not characters', () => {
    expect(
      wordDifferences('位置保存三十天', '位置保存九十天', { locale: 'zh-CN' }).filter((run) => run.kind !== 'same'),
    ).toEqual([
      { kind: 'removed', text: '三十' },
      { kind: 'added', text: '九十' },
    ]);
  });

  it('keeps English words whole', () => {
    expect(wordDifferences('We keep logs.', 'We keep location.', { locale: 'en' })).toEqual([
      { kind: 'same', text: 'We keep ' },
      { kind: 'removed', text: 'logs' },
      { kind: 'added', text: 'location' },
      { kind: 'same', text: '.' },
    ]);
  });

  it('reads a word that happens to stay between two changes as part of one', () => {
    expect(wordDifferences('without them it cannot register', 'we also ask for it in time', { locale: 'en' })).toEqual([
      { kind: 'removed', text: 'without them it cannot register' },
      { kind: 'added', text: 'we also ask for it in time' },
    ]);
  });

  it('keeps changes apart that have more than themselves between them', () => {
    const kinds = wordDifferences(
      'Logs are kept for six months and then deleted.',
      'Logs are kept for ten months and then erased.',
      { locale: 'en' },
    ).map((run) => run.kind);
    expect(kinds).toEqual(['same', 'removed', 'added', 'same', 'removed', 'added', 'same']);
  });

  it('gives back both texts, whatever they are', () => {
    const texts = fc.string({
      unit: fc.constantFrom('位置', '保存', 'log', ' ', '。', '\n', '<', 'é', '👩‍👧'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(texts, texts, fc.constantFrom('zh-CN' as const, 'en' as const), (before, after, locale) => {
        const runs = wordDifferences(before, after, { locale });
        expect(joined(runs, 'added')).toBe(before);
        expect(joined(runs, 'removed')).toBe(after);
      }),
    );
  });

  it('shows texts that have nothing in common as one removal and one addition', () => {
    const text = (word: string) => Array.from({ length: 4000 }, (_, index) => `${word}${index}`).join(' ');
    expect(wordDifferences(text('a'), text('b'), { locale: 'en' }).map((run) => run.kind)).toEqual([
      'removed',
      'added',
    ]);
  });
});
