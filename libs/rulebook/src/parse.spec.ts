import { readFileSync } from 'node:fs';
import { validatePolicyValue } from './check.js';
import { parsePolicy, readPolicyValue } from './parse.js';
import { offlineRegistry } from './registry.js';

const example = readFileSync(new URL('../examples/privacy.yaml', import.meta.url), 'utf8');
const head = 'policy: p\nkind: general\ntitle: { zh-CN: 标题, en: Title }\n';

function codesOf(text: string): string[] {
  return parsePolicy(text).problems.map((problem) => `${problem.path} ${problem.code}`);
}

function clauseWith(term: string): string {
  return `${head}clauses:\n  - id: one\n    heading: { zh-CN: 一, en: One }\n    body: { zh-CN: 文, en: Text }\n    terms:\n      - ${term}\n`;
}

describe('reading a policy file', () => {
  it('reads the example as it stands', () => {
    const { document, problems } = parsePolicy(example);
    expect(problems).toEqual([]);
    expect(document?.clauses).toHaveLength(13);
  });

  it('reads JSON as well as YAML', () => {
    const { document } = parsePolicy(example);
    expect(parsePolicy(JSON.stringify(document, null, '\t')).document).toEqual(document);
  });

  it('lists every error with its path, its line and both languages', () => {
    const { document, problems } = parsePolicy(
      clauseWith('{ type: collection, categories: [log.search, 3], purposes: [], basis: wish, extra: 1 }').replace(
        ', en: Text',
        '',
      ),
    );
    expect(document).toBeNull();
    expect(problems.map(({ path, code, line }) => [path, code, line])).toEqual([
      ['clauses[0].body.en', 'policy.missingLocale', 7],
      ['clauses[0].terms[0].categories[1]', 'policy.wrongType', 9],
      ['clauses[0].terms[0].purposes', 'policy.empty', 9],
      ['clauses[0].terms[0].basis', 'policy.unknownValue', 9],
      ['clauses[0].terms[0].extra', 'policy.unknownKey', 9],
    ]);
    for (const { message, severity } of problems) {
      expect(message['zh-CN']).not.toBe(message.en);
      expect(severity).toBe('error');
    }
  });

  it.each([
    [
      'an empty locale',
      clauseWith('{ type: exclusion, scope: thirdPartyServices }').replace('en: One', "en: ' '"),
      'clauses[0].heading.en policy.missingLocale',
    ],
    ['a missing title', 'policy: p\nkind: general\nclauses: []\n', 'title policy.missing'],
    ['an unknown kind', head.replace('general', 'secret'), 'kind policy.unknownValue'],
    ['a bad slug', head.replace('policy: p', 'policy: "../p"'), 'policy policy.malformed'],
    ['an unknown term type', clauseWith('{ type: wish }'), 'clauses[0].terms[0].type policy.unknownTermType'],
    ['a term without a type', clauseWith('{ rights: [access] }'), 'clauses[0].terms[0].type policy.missing'],
    [
      'a bad duration',
      clauseWith('{ type: retention, categories: [log.search], period: soon, then: delete }'),
      'clauses[0].terms[0].period policy.badDuration',
    ],
    [
      'a retention without a length',
      clauseWith('{ type: retention, categories: [log.search], then: delete }'),
      'clauses[0].terms[0] policy.periodOrUntil',
    ],
    [
      'a retention with two lengths',
      clauseWith('{ type: retention, categories: [log.search], period: P6M, until: accountClosure, then: delete }'),
      'clauses[0].terms[0] policy.periodOrUntil',
    ],
    [
      'a bad precision',
      clauseWith(
        '{ type: use, categories: [location.gps], purposes: [personalisation], basis: consent, precision: vague }',
      ),
      'clauses[0].terms[0].precision policy.badPrecision',
    ],
    [
      'a precision that nobody knows',
      clauseWith(
        '{ type: use, categories: [log.network], purposes: [personalisation], basis: consent, precision: Truncated }',
      ),
      'clauses[0].terms[0].precision policy.badPrecision',
    ],
    [
      'a resolution that does not exist',
      clauseWith(
        '{ type: use, categories: [location.gps], purposes: [personalisation], basis: consent, precision: { h3: 16 } }',
      ),
      'clauses[0].terms[0].precision.h3 policy.outOfRange',
    ],
    [
      'a bad recipient',
      clauseWith(
        '{ type: sharing, categories: [log.search], purposes: [personalisation], basis: consent, recipients: [friends] }',
      ),
      'clauses[0].terms[0].recipients[0] policy.badRecipient',
    ],
    [
      'a bad region',
      clauseWith(
        '{ type: sharing, categories: [log.search], purposes: [personalisation], basis: consent, recipients: [partner], regions: [cn] }',
      ),
      'clauses[0].terms[0].regions[0] policy.malformed',
    ],
    [
      'two answer times',
      clauseWith('{ type: right, rights: [access], answerWithin: { workingDays: 1, months: 1 } }'),
      'clauses[0].terms[0].answerWithin policy.badAnswerTime',
    ],
    [
      'a lead that is no number',
      clauseWith('{ type: change, notice: { leadDays: .nan, channels: [inApp] }, acceptance: explicit }'),
      'clauses[0].terms[0].notice.leadDays policy.wrongType',
    ],
    [
      'a negative lead',
      clauseWith('{ type: change, notice: { leadDays: -1, channels: [inApp] }, acceptance: explicit }'),
      'clauses[0].terms[0].notice.leadDays policy.outOfRange',
    ],
    [
      'a script as a link',
      `${head}glossary: [{ term: { zh-CN: 一, en: a }, meaning: { zh-CN: 一, en: a }, link: 'javascript:alert(1)' }]\nclauses: []\n`,
      'glossary[0].link policy.malformed',
    ],
    [
      'a day that does not exist',
      `${head}recipients: [{ slug: a, kind: partner, region: CN, contractUntil: 2026-02-30 }]\n`,
      'recipients[0].contractUntil policy.badDay',
    ],
  ])('refuses %s', (_, text, expected) => {
    expect(codesOf(text)).toContain(expected);
  });

  it.each([
    ['a list', '- a', 'policy.notAnObject'],
    ['a scalar', 'privacy', 'policy.notAnObject'],
    ['nothing', '', 'policy.notAnObject'],
    ['a broken text', 'a: [', 'policy.syntax'],
    ['a repeated key', `${head}kind: service`, 'policy.duplicateKey'],
    ['a repeated key in JSON', '{"policy":"a","policy":"b"}', 'policy.duplicateKey'],
    ['an anchor', 'a: &x 1', 'policy.aliasNotAllowed'],
    ['an alias bomb', 'a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]', 'policy.aliasNotAllowed'],
    ['a tag', 'a: !secret x', 'policy.syntax'],
    ['a key that is a list', '? [a]\n: b', 'policy.syntax'],
    ['two documents', 'a: 1\n---\nb: 2', 'policy.syntax'],
    ['__proto__', '{"__proto__": {"polluted": true}}', 'policy.forbiddenKey'],
    ['constructor', 'constructor: { prototype: 1 }', 'policy.forbiddenKey'],
    ['deep lists', '['.repeat(5000), 'policy.tooDeep'],
    ['deep blocks', '- '.repeat(20_000), 'policy.tooDeep'],
    ['a deep value', `${'{"a":'.repeat(50)}1${'}'.repeat(50)}`, 'policy.tooDeep'],
    ['a huge text', 'x'.repeat(1_000_001), 'policy.tooLarge'],
    ['a million tokens', 'a: 1\n'.repeat(190_000), 'policy.tooManyValues'],
  ])('survives %s', (_, text, code) => {
    const { document, problems } = parsePolicy(text);
    expect(document).toBeNull();
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('takes what is no text for what it is', () => {
    expect(parsePolicy(undefined as unknown as string).problems[0]?.code).toBe('policy.notText');
  });

  it.each([
    ['a zero character', String.raw`\u0000`],
    ['half a surrogate pair', String.raw`\ud83d`],
  ])('refuses a text with %s, and says where', (_, escaped) => {
    const json = `{"policy":"p","kind":"general","title":{"zh-CN":"标题","en":"a${escaped}b"},"clauses":[]}`;
    expect(parsePolicy(json).problems.map(({ path, code, line }) => [path, code, line])).toEqual([
      ['title.en', 'policy.badCharacter', 1],
    ]);
    expect(
      validatePolicyValue(JSON.parse(json), offlineRegistry()).problems.map(({ path, code }) => [path, code]),
    ).toEqual([['title.en', 'policy.badCharacter']]);
  });

  it('takes a whole surrogate pair for a character like any other', () => {
    expect(codesOf(head.replace('en: Title', 'en: "Title 🚇"'))).toEqual(codesOf(head));
  });

  it('refuses a body whose keys reach for a prototype', () => {
    const body: unknown = JSON.parse('{"policy":"a","title":{"__proto__":{"en":"x"}}}');
    expect(readPolicyValue(body).problems.map(({ path, code }) => [path, code])).toEqual([
      ['title.__proto__', 'policy.forbiddenKey'],
    ]);
  });

  it('warns of text that is cut short by what YAML reads as a comment', () => {
    const text = [
      'policy: privacy',
      'kind: general',
      'title: { zh-CN: 隐私政策, en: Privacy }',
      'contact:',
      '  zh-CN: 客服 #1 号',
      '  en: "PolicyStaff #1"',
      'clauses:',
      '  # the first',
      '  - id: first # stable',
      '    heading: { zh-CN: 保存, en: Keep }',
      '    body:',
      '      zh-CN: 我们保存它。',
      '      en: We keep it #unless you withdraw',
      '',
    ].join('\n');
    const { document, problems } = parsePolicy(text);
    expect(document?.clauses[0]?.body.en).toBe('We keep it');
    expect(problems.map(({ path, code, severity, line }) => [path, code, severity, line])).toEqual([
      ['contact.zh-CN', 'policy.commentAfterText', 'warning', 5],
      ['clauses[0].body.en', 'policy.commentAfterText', 'warning', 13],
    ]);
    expect(problems[1]?.message.en).toContain('"#unless you withdraw"');
  });

  it.each([
    ['on every line', 'policy：privacy\nkind：general\n', [1, 2]],
    ['among others', 'policy: privacy\nkind: general\ntitle:\n  zh-CN：隐私政策\n  en: Privacy\n', [4]],
    ['alone in its place', 'policy: privacy\nkind: general\ntitle:\n  zh-CN：隐私政策\n', [4]],
  ])('says of a full-width colon that it is one, %s', (_, text, lines) => {
    const colons = parsePolicy(text).problems.filter(({ code }) => code === 'policy.fullWidthColon');
    expect(colons.map(({ line }) => line)).toEqual(lines);
  });
});
