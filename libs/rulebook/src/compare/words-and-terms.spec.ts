import type { Clause } from '../document.js';
import type { Term } from '../terms.js';
import { aChange, aMinors, aPolicy, aRetention, aRight } from '../testing/builders.js';
import { compare } from './compare.js';

function clause(zh: string, en: string, terms: readonly Term[] = []): Clause {
  return {
    id: 'keep',
    heading: { 'zh-CN': '保存期限', en: 'Retention' },
    body: { 'zh-CN': zh, en },
    terms: [...terms],
  };
}

const withClause = (one: Clause) => ({ document: aPolicy({ clauses: [one] }) });
const between = (before: Clause | null, after: Clause) => compare(before && withClause(before), withClause(after));
const kindsOf = (before: Clause | null, after: Clause) =>
  between(before, after).warnings.map(({ id }) => id.split('#').at(-1));

const oneYear = clause('保存一年。', 'Kept for one year.', [aRetention({ period: 'P1Y' })]);

describe('numbers in the words of a clause', () => {
  it('are warned of where they change and the terms do not', () => {
    const { warnings, materiality } = between(oneYear, {
      ...oneYear,
      body: { 'zh-CN': '保存五年。', en: 'Kept for five years.' },
    });
    expect(materiality).toBe('editorial');
    expect(warnings).toEqual([
      expect.objectContaining({ rule: 'words.numbersDiffer', clauseId: 'keep', path: 'clauses[0].body' }),
    ]);
    expect(warnings[0]?.summary).toEqual({
      'zh-CN': '“保存期限”的文字与约定不一致：文字写 5 年；约定为 1 年。',
      en: 'The words of "Retention" and its terms differ: the words say 5 years; the terms 1 year.',
    });
  });

  it('are warned of where they change in one language only', () => {
    const before = clause('保存九十天。', 'Kept for ninety days.');
    const { warnings } = between(before, { ...before, body: { ...before.body, 'zh-CN': '保存 180 天。' } });
    expect(warnings.map(({ summary }) => summary.en)).toEqual([
      'The numbers of "Retention" differ between the languages: only in Chinese 180 days; only in English 90 days.',
    ]);
  });

  it.each<[string, Clause, Clause, string[]]>([
    [
      'the term changes and the words do not',
      oneYear,
      { ...oneYear, terms: [aRetention({ period: 'P5Y' })] },
      ['terms'],
    ],
    ['both change alike', oneYear, clause('保存五年。', 'Kept for five years.', [aRetention({ period: 'P5Y' })]), []],
    [
      'the same length is written otherwise',
      oneYear,
      clause('保存 12 个月。', 'Kept for twelve months.', oneYear.terms),
      [],
    ],
    ['the words no longer say it', oneYear, clause('按法律保存。', 'Kept as the law says.', oneYear.terms), ['terms']],
    [
      'words and period change alike beside a minimum that stays',
      clause('保存六个月。', 'Kept six months.', [
        aRetention({ period: 'P6M', minimum: { period: 'P6M', ground: 'a law' } }),
      ]),
      clause('保存一年。', 'Kept one year.', [
        aRetention({ period: 'P1Y', minimum: { period: 'P6M', ground: 'a law' } }),
      ]),
      [],
    ],
    ['only other words change', oneYear, clause('我们保存一年。', 'We keep it for one year.', oneYear.terms), []],
    ['a language is mended', clause('保存一年。', 'Kept for two years.', oneYear.terms), oneYear, []],
    [
      'an age changes',
      clause('未满十四周岁', 'under fourteen', [aMinors({ under: 14 })]),
      clause('未满十二周岁', 'under twelve', [aMinors({ under: 14 })]),
      ['terms'],
    ],
    [
      'an answer time changes',
      clause('十五个工作日内', 'within 15 working days', [aRight({ answerWithin: { workingDays: 15 } })]),
      clause('三十个工作日内', 'within 30 working days', [aRight({ answerWithin: { workingDays: 15 } })]),
      ['terms'],
    ],
    [
      'the lead changes',
      clause('提前七天', 'seven days ahead', [aChange({ leadDays: 7 })]),
      clause('提前一天', 'one day ahead', [aChange({ leadDays: 7 })]),
      ['terms'],
    ],
    [
      'a number is set in two kinds of type',
      oneYear,
      clause('保存 **1**1 年。', 'Kept for **1**1 years.', oneYear.terms),
      ['terms'],
    ],
    [
      'the other number is a comment to nobody',
      oneYear,
      clause('保存一年。', 'Kept for 2 years.\n\n[//]: # (1 year)', oneYear.terms),
      ['languages', 'terms'],
    ],
    [
      'a date changes in one language',
      clause('自2026年1月1日起', 'from 1 January 2026'),
      clause('自2026年1月1日起', 'from 1 July 2026'),
      ['languages'],
    ],
  ])('are told of or not where %s', (_, before, after, expected) => expect(kindsOf(before, after)).toEqual(expected));

  it('are read in a clause that is new, and left alone in one that nobody touched', () => {
    const wrong = clause('保存一年。', 'Kept for five years.', [aRetention({ period: 'P2Y' })]);
    expect(kindsOf(null, wrong)).toEqual(['languages', 'terms']);
    expect(kindsOf(null, oneYear)).toEqual([]);
    expect(kindsOf(wrong, wrong)).toEqual([]);
  });
});
