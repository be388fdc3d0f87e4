import fc from 'fast-check';
import { validatePolicyValue, offlineRegistry } from '@abide/rulebook';
import type { ImportedClause, TextBlock } from '../document.js';
import { textOf } from '../testing/texts.js';
import { tidied } from '../tidy/tidied.js';
import { blocksOfText } from './blocks.js';
import { clausesOf } from './clauses-of.js';

const outline = (text: string) => clausesOf(blocksOfText(text)).map(({ id, heading }) => `${id} ${heading}`);
const heading = (text: string, level: number, number: string | null = null): TextBlock => ({
  kind: 'heading',
  level,
  number,
  text,
});
const paragraph = (text: string, number: string | null = null): TextBlock => ({
  kind: 'paragraph',
  level: 0,
  number,
  text,
});

describe('the clauses of a document', () => {
  it('are numbered as the document numbers its headings', () => {
    expect(outline(textOf('site-statement.txt'))).toEqual([
      '0 Privacy statement of Larkfield Trails',
      '1 What we collect',
      '2 Why we use it',
      '3 Who receives it',
      '4 How long we keep it',
      '5 How we protect it',
      '6 Your rights',
      '7 Children',
      '8 Changes',
      '9 Other websites',
    ]);
  });

  it('follow each other where no heading has a number', () => {
    expect(outline(textOf('ticket-policy.txt')).slice(0, 5)).toEqual([
      '1 前言',
      '2 我们会得到哪些信息',
      '2.3 同行人提供的信息',
      '3 系统自动得到的信息',
      '4 我们怎样使用信息',
    ]);
  });

  it('take a line that dates the text for no heading', () => {
    const lines = (dated: string) =>
      ['某某服务隐私指引', dated, '第一条 收集', '我们收集您的姓名。', '第二条 变更', '会通知您。'].join('\n');
    for (const dated of ['更新日期：2026年3月1日', '生效时间 2026-03-01', 'Last updated: 1 March 2026'])
      expect(outline(lines(dated))).toEqual(['0 某某服务隐私指引', '1 收集', '2 变更']);
  });

  it('know every way of numbering', () => {
    const written = ['一、总则', '（一）范围', '第三条 附则', '4. 其他', '4.1 更多', 'Article 5 Rights'];
    const numbers = written.map((text) => clausesOf([heading(text, 1), paragraph('正文。')])[0]?.id);
    expect(numbers).toEqual(['1', '1', '3', '4', '4.1', '5']);
    expect(clausesOf([heading('总则', 1, '十二、'), paragraph('正文。')])[0]).toMatchObject({
      id: '12',
      heading: '总则',
    });
  });

  it('stand under each other as their headings do, and say again what a heading without words of its own says', () => {
    const clauses = clausesOf([
      heading('隐私政策', 1),
      heading('我们收集哪些信息', 2, '一、'),
      heading('注册', 3, '（一）'),
      paragraph('姓名。'),
      heading('位置', 3, '（二）'),
      paragraph('定位。'),
      heading('附件', 2),
    ]);
    expect(clauses.map(({ id, heading: words, body }) => [id, words, body])).toEqual([
      ['1.1', '我们收集哪些信息 · 注册', '姓名。'],
      ['1.2', '我们收集哪些信息 · 位置', '定位。'],
      ['1a', '附件', '附件'],
    ]);
  });

  it('are begun by numbers where there are no headings, else by paragraphs, and named after their first words', () => {
    expect(outline('1. 我们收集姓名，用于联系。\n2. 我们不出售信息。\n补充说明。')).toEqual([
      '1 我们收集姓名',
      '2 我们不出售信息',
    ]);
    expect(outline('We keep your name, for a year.\nWe delete it after that.')).toEqual([
      '1 We keep your name',
      '2 We delete it after that',
    ]);
  });

  it('hold lists under the lines that lead into them', () => {
    const [clause] = clausesOf(
      blocksOfText(
        '我们收集什么\n1.我们收集：\n日志信息，包括：\n地址；\n时间。\n位置。\n2.我们不收集面容。\n我们保存多久\n一年。',
      ),
    );
    expect(clause?.paragraphs.map(({ text, level }) => `${level} ${text}`)).toEqual([
      '0 1. 我们收集：',
      '1 日志信息，包括：',
      '2 地址；',
      '2 时间。',
      '1 位置。',
      '0 2. 我们不收集面容。',
    ]);
  });

  it('go on beside the line that leads into a table', () => {
    const text = [
      '一、共享',
      '我们接入下列工具：',
      '| 名称 | 信息 |',
      '| 支付 | 记录 |',
      '我们不会公开披露。',
      '二、其他',
      '完。',
    ];
    const [clause] = clausesOf(blocksOfText(text.join('\n')));
    expect(clause?.paragraphs.map(({ level, isRow }) => [level, isRow])).toEqual([
      [0, false],
      [0, true],
      [1, true],
      [0, false],
    ]);
  });

  it('hold tables as tables', () => {
    const row = (text: string): TextBlock => ({ kind: 'tableRow', level: 0, number: null, text });
    const [clause] = clausesOf([heading('SDK', 1), row('名称 | 信息'), row('甲 | 地址'), row('乙 | 标识')]);
    expect(clause?.body).toBe('| 名称 | 信息 |\n| --- | --- |\n| 甲 | 地址 |\n| 乙 | 标识 |');
  });

  it('are the same however often the document is read', () => {
    const blocks = blocksOfText(tidied(textOf('ticket-policy.txt')).text);
    expect(clausesOf(blocks)).toEqual(clausesOf(blocks));
  });

  it('lose no word of what was written, and are what a policy may hold', () => {
    const words = fc.stringMatching(/^[a-z\u4e00-\u4e20 ，。：；]{1,60}$/).filter((text) => text.trim() !== '');
    const block = fc.record({
      kind: fc.constantFrom('heading', 'paragraph', 'listItem', 'tableRow'),
      level: fc.integer({ min: 1, max: 4 }),
      number: fc.constantFrom(null, '1.', '（二）', '2.3'),
      text: words,
    });
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 30 }), (blocks) => {
        const clauses = clausesOf(blocks as TextBlock[]);
        const said = letters(clauses.map((clause) => clause.heading + clause.body).join(''));
        const [, ...others] = blocks;
        for (const { text } of others) expect(said).toContain(letters(text));
        expect(problemsOf(clauses)).toEqual([]);
      }),
    );
  });

  it('fit into a policy however long the document is', () => {
    const long = clausesOf([
      heading('x'.repeat(300), 1),
      ...many(400, '我们收集您的姓名和电话，用于联系您，并在一年以后删除。'.repeat(4)),
    ]);
    expect(long.length).toBeGreaterThan(1);
    expect(problemsOf(long)).toEqual([]);
    const most = clausesOf(
      blocksOfText(
        many(1200, '我们收集姓名。')
          .map(({ text }) => text)
          .join('\n'),
      ),
    );
    expect(most.length).toBeLessThanOrEqual(500);
    expect(problemsOf(most)).toEqual([]);
    const one = clausesOf([paragraph('甲'.repeat(50_000))]);
    expect(problemsOf(one)).toEqual([]);
  });
});

function many(count: number, text: string): TextBlock[] {
  return Array.from({ length: count }, () => paragraph(text));
}

function letters(text: string): string {
  return text.replaceAll(/[^\p{L}]/gu, '');
}

function problemsOf(clauses: readonly ImportedClause[]): unknown[] {
  const both = (text: string) => ({ 'zh-CN': text, en: text });
  const value = {
    policy: 'imported',
    kind: 'general',
    title: both('title'),
    contact: both('contact'),
    clauses: clauses.map(({ id, heading: words, body }) => ({ id, heading: both(words), body: both(body), terms: [] })),
  };
  return validatePolicyValue(value, offlineRegistry()).problems.filter(({ severity }) => severity === 'error');
}
