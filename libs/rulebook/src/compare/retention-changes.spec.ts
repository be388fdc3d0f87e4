import fc from 'fast-check';
import { compile, retentionFor, retentionsFor } from '../compile.js';
import { materialities } from '../materiality.js';
import { longestKeptInDays } from '../retention-promises.js';
import type { CollectionTerm, RetentionTerm, Term } from '../terms.js';
import { aCollection, aPolicy, aRegistry, aRetention } from '../testing/builders.js';
import { compare } from './compare.js';

const both = ['product.improvement', 'personalisation'];
const collected = aCollection({ purposes: both });
const [improving, personal] = both.map(
  (purpose) => (given: Partial<RetentionTerm>) => aRetention({ purposes: [purpose], ...given }),
) as [(given: Partial<RetentionTerm>) => RetentionTerm, (given: Partial<RetentionTerm>) => RetentionTerm];

function between(before: readonly Term[], after: readonly Term[]) {
  return compare(
    { document: aPolicy({ terms: [collected, ...before] }) },
    { document: aPolicy({ terms: [collected, ...after] }) },
  );
}

const said = (before: readonly Term[], after: readonly Term[]) =>
  between(before, after).differences.map(({ rule, purposes, summary }) => [rule, purposes, summary.en]);

describe('comparing how long something is kept for each purpose', () => {
  const half = aRetention({ period: 'P6M' });

  it('finds nothing but other words where every purpose keeps its length', () => {
    for (const [before, after] of [
      [[half], [aRetention({ purposes: both })]],
      [[half], [improving({}), personal({ period: 'P6M' })]],
      [[half], [half, personal({})]],
      [[half], [aRetention({ purposes: ['*'] })]],
    ] as const) {
      expect(between(before, after).materiality).toBe('editorial');
      expect(between(after, before).materiality).toBe('editorial');
    }
  });

  it('says for which purpose it is kept longer or shorter', () => {
    const apart = [half, personal({ period: 'P30D' })];
    expect(said([half], apart)).toEqual([
      [
        'retention.shortened',
        ['personalisation'],
        'Search history for personalisation: kept for 30 days, no longer for 6 months.',
      ],
    ]);
    expect(said(apart, [half])).toEqual([
      [
        'retention.lengthened',
        ['personalisation'],
        'Search history for personalisation: kept for 6 months, no longer for 30 days.',
      ],
    ]);
    expect(between(apart, [half]).differences[0]?.summary['zh-CN']).toBe(
      '用于个性化的搜索记录的保存期限由 30 天延长为 6 个月。',
    );
  });

  it('gathers the purposes of which it says the same', () => {
    expect(said([half, personal({})], [aRetention({ purposes: both, period: 'P1Y' })])).toEqual([
      ['retention.lengthened', ['personalisation', 'product.improvement'], expect.anything()],
    ]);
  });

  it('misses the promise that a purpose of the collection had', () => {
    expect(said([half], [personal({})])).toEqual([
      ['retention.promiseRemoved', ['product.improvement'], expect.anything()],
    ]);
  });

  it('takes the end of the session for what may be shorter than any length, and as long as the longest session', () => {
    const untilEnd = aRetention({ until: 'sessionEnd' });
    const ruleOf = (before: RetentionTerm, after: RetentionTerm) => said([before], [after]).map(([rule]) => rule);
    for (const period of ['P1Y', 'P30D', 'P1M']) {
      expect(ruleOf(aRetention({ period }), untilEnd)).toEqual(['retention.shortened']);
      expect(ruleOf(untilEnd, aRetention({ period }))).toEqual(['retention.lengthened']);
    }
    for (const period of ['PT1H', 'P29D']) {
      expect(ruleOf(aRetention({ period }), untilEnd)).toEqual(['retention.lengthened']);
      expect(ruleOf(untilEnd, aRetention({ period }))).toEqual(['retention.lengthened']);
    }
    const untilClosure = aRetention({ until: 'accountClosure' });
    expect(ruleOf(untilClosure, untilEnd)).toEqual(['retention.shortened']);
    expect(ruleOf(untilEnd, untilClosure)).toEqual(['retention.lengthened']);
    expect(ruleOf(untilEnd, untilEnd)).toEqual([]);
    expect(between([untilEnd], [aRetention({ period: 'P30D' })]).differences[0]?.summary).toEqual({
      'zh-CN': '搜索记录的保存期限由“至本次会话结束”延长为 30 天。',
      en: 'Search history: kept for 30 days, no longer until the session ends.',
    });
  });

  const period = fc.constantFrom('P30D', 'P6M', 'P180D', 'P1Y', 'P2W');
  const promise = fc.record({
    categories: fc.constantFrom<string[]>(['log.search'], ['*']),
    purposes: fc.constantFrom<(string[] | undefined)[]>(undefined, ['*'], both, ...both.map((one) => [one])),
    services: fc.constantFrom<(string[] | undefined)[]>(undefined, ['ticketing']),
    length: fc.oneof(fc.record({ period }), fc.constant({ until: 'sessionEnd' as const })),
  });
  const promises = fc
    .array(promise, { maxLength: 3 })
    .map((given) => [
      aRetention({ categories: ['*'], period: 'P1Y' }),
      ...given.map(({ length, ...one }) => aRetention({ ...one, ...length })),
    ]);

  it('never lets a row stay longer, whatever it is for, without calling it a reduction of rights', () => {
    const plain: CollectionTerm = { ...collected, basis: 'contract' };
    const documentOf = (terms: readonly Term[]) => aPolicy({ terms: [plain, ...terms] });
    // Without the law's minimum, which lets no promise be as short as some of these.
    const { profile, ...registry } = aRegistry();
    const lawless = {
      ...registry,
      profile: { ...profile, rules: { ...profile.rules, legalMinima: { value: [], article: '' } } },
    };
    let compared = 0;
    fc.assert(
      fc.property(promises, promises, (some, others) => {
        const documents = [documentOf(some), documentOf(others)] as const;
        const [before, after] = documents.map((document) => compile([{ document, revision: 1 }], lawless).rulebook);
        if (!before || !after) return;
        compared += 1;
        const { materiality } = compare({ document: documents[0] }, { document: documents[1] }, lawless);
        for (const service of [null, 'ticketing', 'signing']) {
          for (const purposes of [...both.map((one) => [one]), both]) {
            const longest = (rulebook: typeof before) =>
              Math.max(
                ...retentionsFor(rulebook, { category: 'log.search', service, purposes }).map(longestKeptInDays),
              );
            const isLonger = longest(after) > longest(before);
            if (isLonger)
              expect(materialities.indexOf(materiality)).toBeGreaterThanOrEqual(
                materialities.indexOf('reductionOfRights'),
              );
            const each = purposes.map((purpose) => retentionFor(after, { category: 'log.search', service, purpose }));
            expect(longest(after)).toBe(Math.max(...each.map((one) => (one ? longestKeptInDays(one) : NaN))));
          }
        }
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(50);
  });
});
