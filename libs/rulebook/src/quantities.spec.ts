import fc from 'fast-check';
import { quantitiesIn } from './quantities.js';
import { answerWords, durationWords } from './words.js';

const inBoth = (zh: string, en: string) => [[...quantitiesIn(zh, 'zh-CN')].sort(), [...quantitiesIn(en, 'en')].sort()];

describe('the numbers, dates and durations of a text', () => {
  it.each<[string, string, string[]]>([
    ['浏览记录保存六个月。', 'Browsing history is kept six months.', ['months:6']],
    ['保存一百八十天', 'kept for one hundred and eighty days', ['days:180']],
    ['保存９０日', 'kept ninety days', ['days:90']],
    ['保存一年', 'kept for a year', ['months:12']],
    ['一年六个月', 'one year and six months', ['months:18']],
    ['半年', 'half a year', ['months:6']],
    ['两周', 'two weeks', ['days:14']],
    ['七十二小时', '72 hours', ['days:3']],
    ['十五个工作日内答复', 'answered within fifteen working days', ['workingDays:15']],
    ['15 个工作日', '15 business days', ['workingDays:15']],
    ['3 个自然日', '3 calendar days', ['days:3']],
    ['三十（30）日', 'thirty (30) days', ['days:30']],
    ['未满十四周岁的未成年人', 'minors under fourteen years of age', ['age:14']],
    ['未满 14 周岁', 'anyone under 14', ['age:14']],
    ['２０２６年１月３１日起', 'from 31 January 2026', ['date:2026-01-31']],
    ['二〇二六年三月', 'March 2026', ['date:2026-03']],
    ['十月一日', '1 October', ['date:--10-01']],
    ['满十四周岁可以', 'whoever reaches 14 may decide', ['age:14']],
    ['百分之五', '5 percent', ['percent:5']],
    ['第四十七条', 'Article 47', ['number:47']],
    ['1万人', '10,000 people', ['number:10000']],
    ['一般来说，每天一次，详见 https://a.example/2026', 'In general, once a day; one of them', []],
  ])('are read alike in both languages: %s', (zh, en, expected) =>
    expect(inBoth(zh, en)).toEqual([expected, expected]),
  );

  it('are read from what the product itself says of any duration, the same in both languages', () => {
    const durations = fc
      .tuple(fc.constantFrom('Y', 'M', 'D'), fc.integer({ min: 1, max: 500 }))
      .map(([unit, count]) => `P${count}${unit}`);
    fc.assert(
      fc.property(durations, (duration) => {
        const [zh, en] = inBoth(
          `保存${durationWords(duration, 'zh-CN')}。`,
          `Kept for ${durationWords(duration, 'en')}.`,
        );
        expect(zh).toEqual(en);
        expect(en).toHaveLength(1);
      }),
    );
    const answers = fc
      .constantFrom('workingDays', 'calendarDays', 'months')
      .chain((unit) => fc.integer({ min: 1, max: 99 }).map((count) => ({ [unit]: count }) as { workingDays: number }));
    fc.assert(
      fc.property(answers, (answer) =>
        expect(inBoth(answerWords(answer, 'zh-CN'), answerWords(answer, 'en'))).toEqual([
          expect.any(Array),
          quantitiesIn(answerWords(answer, 'zh-CN'), 'zh-CN'),
        ]),
      ),
    );
  });
});
