import { randomBytes } from 'node:crypto';
import { eventually } from '@abide/platform/testing';
import { heldInTurn, inTurn, type OneHeld } from '../testing/held-records.js';
import { filesIn } from '../testing/zip-files.js';
import { packageContent } from './package-content.js';
import type { PackageFacts } from './package-page.js';
import { PackageRecords, shownOfEachKind } from './package-records.js';

const facts: PackageFacts = {
  number: 'R-1',
  locale: 'zh-CN',
  utcOffsetHours: 8,
  nameOf: () => undefined,
  holderName: () => undefined,
  madeAt: new Date('2026-11-30T00:00:00Z'),
  grounds: new Map(),
  hasFiles: false,
};

const since = new Date('2026-01-01T00:00:00Z');
const names = (...values: readonly string[]) =>
  values.map((name) => ({
    holder: 'identity',
    table: 'identity.profile_fields',
    id: 'name',
    category: 'registration.name',
    since,
    values: { name },
  }));
/** As a package keeps them while it is written; `read`: what is read of that. */
async function packed(
  records: readonly OneHeld[],
  special: Partial<PackageFacts> = {},
  read: (content: readonly Uint8Array[]) => AsyncIterable<Uint8Array> = inTurn,
): Promise<PackageRecords> {
  const content: Uint8Array[] = [];
  const kept = new PackageRecords(() => read(content));
  content.push(...(await Array.fromAsync(kept.packed(heldInTurn(records), new Set(), { ...facts, ...special }))));
  return kept;
}

/** What is in the package of these records, by the names of its files. */
async function filesOf(
  records: readonly OneHeld[],
  special: Partial<PackageFacts> = {},
): Promise<Record<string, string>> {
  const content = packageContent({ ...facts, ...special }, await packed(records, special));
  return filesIn(Buffer.concat(await Array.fromAsync(content)));
}

describe('the content of a package', () => {
  it.each([1, 2, 3])('fails as its records do, in their pass number %i', async (failing) => {
    let passes = 0;
    const kept = await packed(names('林小禾'), {}, async function* (content) {
      passes += 1;
      yield* content;
      if (passes === failing) throw new Error('the database is away');
    });
    await expect(Array.fromAsync(packageContent(facts, kept))).rejects.toThrow('the database is away');
    expect(passes).toBe(failing);
  });

  it('shows on the page as much of each kind as a browser can, says how much more there is, and leaves nothing out elsewhere', async () => {
    const [last] = names('林小禾');
    const records = names(...Array.from({ length: shownOfEachKind + 3 }, (_, number) => `N${number}N`));
    if (last) records.push({ ...last, category: 'registration.phone' });
    const files = await filesOf(records);
    const page = files['index.html'] ?? '';
    expect(page.split('<article>')).toHaveLength(shownOfEachKind + 2);
    expect(page).toContain(`N${shownOfEachKind - 1}N`);
    expect(page).not.toContain(`N${shownOfEachKind}N`);
    expect(page.indexOf('另有 3 条')).toBeLessThan(page.indexOf('林小禾'));
    expect(JSON.parse(files['data.json'] ?? '').records).toHaveLength(records.length);
    expect(files['data.csv']?.trim().split('\n')).toHaveLength(records.length + 1);
  });

  it('quotes every cell of the CSV, and shows formulas as text', async () => {
    const [record] = names('say "=1+1"');
    const records = record ? [{ ...record, holder: '=cmd' }] : [];
    const files = await filesOf(records);
    const values = JSON.stringify({ name: 'say "=1+1"' }).replaceAll('"', '""');
    expect(files['data.csv']?.split('\n')).toEqual([
      '\ufeffholder,category,since,redacted,values',
      `"'=cmd","registration.name","2026-01-01T00:00:00.000Z","false","${values}"`,
      '',
    ]);
  });

  it('says when something happened in the words of the reader', async () => {
    const [record] = names('林小禾');
    const records = record ? [{ ...record, values: { occurredAt: new Date('2026-11-20T01:30:00Z') } }] : [];
    const files = await filesOf(records);
    expect(files['index.html']).toContain('<dt>发生时间</dt><dd>2026年11月20日 09:30</dd>');
  });

  describe('on the page', () => {
    const name: OneHeld = {
      holder: 'identity',
      table: 'identity.profile_fields',
      id: 'name',
      category: 'registration.name',
      since,
      values: { name: '林小禾' },
    };
    const ground = { since: null, until: null, purposes: [], retention: [], recipients: [], law: [], clauses: [] };
    const clause = {
      policy: 'privacy',
      revision: 2,
      clauseId: 'name',
      title: '隐私政策',
      heading: '注册',
      body: '**说明**',
    };
    const pageOf = async (records: readonly OneHeld[], special: Partial<PackageFacts> = {}) =>
      (await filesOf(records, special))['index.html'] ?? '';

    it('begins with what is held, how much, by whom, since when and until when, each kind leading to its part', async () => {
      const grounds = new Map([
        [
          'registration.name',
          { ...ground, category: 'registration.name', name: '姓名', until: since, recipients: ['受托处理者'] },
        ],
      ]);
      const older = { ...name, holder: 'ticketing', since: new Date('2025-03-01T00:00:00Z') };
      const special = { grounds, holderName: (holder: string) => (holder === 'ticketing' ? '票务系统' : undefined) };
      const page = await pageOf([name, older, { ...name, category: 'registration.phone' }], special);
      expect(page).toContain('共 3 条记录，分为 2 类');
      expect(page).toContain(
        '<th scope="row"><a href="#kind-1">姓名</a></th><td>2</td><td>我们、票务系统</td><td>2025年3月1日</td><td>2026年1月1日</td><td>受托处理者</td>',
      );
      expect(page).toContain('<h2 id="kind-1">姓名</h2>');
      expect(page).toContain('<h3>账户：1 条</h3>');
      expect(page).toContain('<h3>票务系统：1 条</h3>');
      expect(page.indexOf('id="overview"')).toBeLessThan(page.indexOf('id="kind-1"'));
      expect(page).toContain('<h2 id="kind-2">');
    });

    it('has headings in their order, and closes what it opens', async () => {
      const page = await pageOf([name, { ...name, category: 'registration.phone' }]);
      const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
      expect(levels[0]).toBe(1);
      for (const [index, level] of levels.slice(1).entries()) expect(level - (levels[index] ?? 0)).toBeLessThan(2);
      for (const element of ['section', 'article', 'main', 'dl', 'table'])
        expect(page.split(`<${element}`)).toHaveLength(page.split(`</${element}>`).length);
    });

    it('says on what something is kept, and only what rests on nothing at all is said to be named by no clause', async () => {
      const category = 'registration.name';
      const page = (special: object) =>
        pageOf([name], { grounds: new Map([[category, { ...ground, category, name: '姓名', ...special }]]) });
      const unnamed = '现行条款没有列明这一项';
      expect(await page({})).toContain(unnamed);
      const byClause = await page({ clauses: [clause] });
      expect(byClause).toContain('<summary>《隐私政策》第 2 版 · 注册</summary>');
      expect(byClause).not.toContain(unnamed);
      const byLaw = await page({ law: ['法律要求保存一段时间：《网络安全法》。'] });
      expect(byLaw).toContain('<dt>保存的依据</dt><dd>法律要求保存一段时间：《网络安全法》。</dd>');
      expect(byLaw).not.toContain(unnamed);
    });

    it('tells of each record why it is kept, by the clause where it stands above and by the policy where it does not', async () => {
      const category = 'registration.name';
      const line = { purpose: 'service', policy: 'privacy', revision: 2, clause: 'name', consentEvent: null };
      const lineage = [line, { ...line, policy: 'other', revision: 1, consentEvent: 'an-id' }];
      const called = new Map([
        ['service', '提供服务'],
        ['other', '旧政策'],
      ]);
      const page = await pageOf([{ ...name, values: { name: '林小禾', lineage } }], {
        nameOf: (code) => called.get(code),
        grounds: new Map([[category, { ...ground, category, name: '姓名', clauses: [clause] }]]),
      });
      expect(page).toContain('提供服务、《隐私政策》第 2 版 · 注册\n提供服务、《旧政策》第 1 版、依据您的同意');
    });

    it('says of a record without anything in it that it has nothing more', async () => {
      expect(await pageOf([{ ...name, values: { globalPrivacyControlSince: null } }])).toContain(
        '这条记录除保存时间外没有其他内容。',
      );
    });

    it('speaks of files where there are some', async () => {
      expect(await pageOf([name])).not.toContain('files 文件夹');
      expect(await pageOf([name], { hasFiles: true })).toContain('files 文件夹');
    });

    it('says so where nothing is held', async () => {
      expect(await pageOf([])).toContain('没有保存与此请求有关的信息。');
    });
  });

  it('reads nothing before it is asked for, and lets go of its records when whoever asks has stopped', async () => {
    const steps: string[] = [];
    const many = names(...Array.from({ length: 2000 }, () => randomBytes(500).toString('hex')));
    const kept = await packed(many, {}, async function* (content) {
      steps.push('begun');
      try {
        while (true) yield* content;
      } finally {
        steps.push('let go');
      }
    });
    const content = packageContent(facts, kept);
    await new Promise(setImmediate);
    expect(steps).toEqual([]);
    for await (const _ of content) if (steps.length > 0) break;
    await eventually(() => steps.length > 1);
    expect(steps).toEqual(['begun', 'let go']);
  });
});
