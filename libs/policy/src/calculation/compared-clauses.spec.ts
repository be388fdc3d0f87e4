import type { Clause, ClauseComparison } from '@abide/rulebook';
import { aClause } from '../testing/documents.js';
import { comparedClauses } from './compared-clauses.js';
import { toDifference } from '../comparison/comparison.dto.js';
import type { WordRun } from './word-differences.js';

/** Two paragraphs that stay and one of `count` words that all change. */
function rewritten(id: string, word: string, count: number): Clause {
  const middle = Array.from({ length: count }, (_, index) => `${word}${index}`).join(' ');
  const body = `What stays.\n\n${middle}\n\nWhat stays as well.`;
  return aClause({ id, body: { 'zh-CN': body, en: body } });
}

function compared(count: number, words: number) {
  const ids = Array.from({ length: count }, (_, index) => `c${index}`);
  const [before, after] = ['a', 'b'].map((word) => ids.map((id) => rewritten(id, word, words))) as [Clause[], Clause[]];
  const paired = ids.map((id, index): ClauseComparison => ({
    id,
    state: 'changed',
    isMoved: false,
    number: index + 1,
    numberBefore: index + 1,
    heading: { 'zh-CN': id, en: id },
  }));
  return { before, after, clauses: comparedClauses({ before, after, paired }) };
}

const joined = (runs: readonly WordRun[], without: WordRun['kind']) =>
  runs
    .filter((run) => run.kind !== without)
    .map((run) => run.text)
    .join('');

describe('the texts of all clauses, compared within the budget of one document', () => {
  it('are compared paragraph by paragraph once the budget is spent, and still give both texts', () => {
    const { before, after, clauses } = compared(6, 700);
    const last = clauses.at(-1)?.words.en ?? [];
    expect(last.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same']);
    expect(last.at(-1)?.text).toBe('What stays as well.');
    clauses.forEach((clause, index) => {
      expect(joined(clause.words.en, 'added')).toBe(before[index]?.body.en);
      expect(joined(clause.words.en, 'removed')).toBe(after[index]?.body.en);
    });
  });

  it('cost no more than a few times what one costs, however many are rewritten', () => {
    const costOf = (count: number) => {
      const before = process.threadCpuUsage();
      compared(count, 700);
      const { user, system } = process.threadCpuUsage(before);
      return user + system;
    };
    const one = costOf(1);
    expect(costOf(60)).toBeLessThan(30 * one);
  });

  it('show what nobody would see: turned order, soft hyphens, spaces that are none', () => {
    const was = aClause({ id: 'a', body: { 'zh-CN': '保存 41 天', en: 'Kept 41 days' } });
    const is = aClause({ id: 'a', body: { 'zh-CN': '保存 \u202e41\u202c 天', en: 'Kept 41\u00a0days' } });
    const [clause] = comparedClauses({
      before: [was],
      after: [is],
      paired: [{ id: 'a', state: 'changed', isMoved: false, number: 1, numberBefore: 1, heading: was.heading }],
    });
    expect(clause?.words['zh-CN'].map(({ text }) => text).join('')).toContain('⟦U+202E⟧41⟦U+202C⟧');
    expect(clause?.words.en.map(({ text }) => text).join('')).toContain('⟦U+00A0⟧');
  });

  it('are compared word by word while it lasts', () => {
    const before = aClause({ id: 'a', body: { 'zh-CN': '位置保存三十天', en: 'Kept thirty days' } });
    const after = aClause({ id: 'a', body: { 'zh-CN': '位置保存九十天', en: 'Kept ninety days' } });
    const paired: ClauseComparison = {
      id: 'a',
      state: 'changed',
      isMoved: false,
      number: 1,
      numberBefore: 1,
      heading: before.heading,
    };
    expect(
      comparedClauses({ before: [before], after: [after], paired: [paired] })[0]?.words['zh-CN'].filter(
        ({ kind }) => kind !== 'same',
      ),
    ).toEqual([
      { kind: 'removed', text: '三十' },
      { kind: 'added', text: '九十' },
    ]);
  });
});

describe('what a revision changes in terms', () => {
  it('is told with what nobody would see in the names of earlier texts written out', () => {
    const summary = { 'zh-CN': '新增接收方 Acme\u{1d173}', en: 'Shared with Acme\u{1d173}' };
    const told = toDifference({
      id: 'x',
      clauseId: 'a',
      class: 'material',
      rule: 'sharing.added',
      article: '',
      summary,
      path: '',
      before: 1,
      after: 'Acme\u202e',
    } as never);
    expect([told.summary.en, told.before, told.after]).toEqual(['Shared with Acme⟦U+1D173⟧', 1, 'Acme⟦U+202E⟧']);
  });
});
