import { html, renderBody, trusted, type Html } from '@abide/policy';
import { dayWords } from '../day-words.js';
import type { CategoryGrounds } from './package-grounds.service.js';
import { linesIn, readLine, type RecordHead, type RecordLine } from './record-lines.js';
import { fieldWord, valueWords, type ValueWording } from './value-words.js';

export interface PackageFacts extends ValueWording {
  readonly number: string;
  readonly madeAt: Date;
  /** What people call a service outside that keeps data; undefined for our own. */
  readonly holderName: (holder: string) => string | undefined;
  /** Why each kind of data is held. */
  readonly grounds: ReadonlyMap<string, CategoryGrounds>;
}

/** As `recordLines` wrote them. */
export type Records = () => AsyncIterable<Uint8Array>;

/** Records of one kind on the page; the other files hold all. */
export const shownOfEachKind = 10_000;

const words = {
  'zh-CN': {
    title: '我的个人信息',
    note: (number: string, day: string) =>
      `请求编号 ${number}，生成于 ${day}。data.json 与 data.csv 含有同样的内容，便于其他程序读取；data.schema.json 说明其结构。您提交的文件，以及工作人员查找到的副本，在 files 中。`,
    none: '没有保存与此请求有关的信息。',
    more: (left: number) => `另有 ${left} 条此类记录未在本页列出，见 data.csv 与 data.json。`,
    redacted: '其中他人的联系方式和证件号码已遮盖。',
    onConsent: '依据您的同意',
    since: '保存于',
    keptBy: '保存方',
    purposes: '用于',
    retention: '保存期限',
    until: '最迟保存至',
    recipients: '条款允许提供给',
    clauses: '依据的条款',
    noClause: '没有条款列明这一项。',
    revision: (title: string, revision: number) => `《${title}》第 ${revision} 版`,
    listed: '、',
  },
  en: {
    title: 'My personal data',
    note: (number: string, day: string) =>
      `Request ${number}, made on ${day}. data.json and data.csv hold the same for other programs to read; data.schema.json describes them. Files that you supplied, and copies of what our staff found, are in the folder files.`,
    none: 'Nothing is held of what this request is about.',
    more: (left: number) =>
      `${left} more records of this kind are not on this page; data.csv and data.json hold them all.`,
    redacted: 'What identifies other people in it is masked.',
    onConsent: 'on your consent',
    since: 'Held since',
    keptBy: 'kept by',
    purposes: 'Used for',
    retention: 'Kept',
    until: 'Kept until at the latest',
    recipients: 'The clauses let it go to',
    clauses: 'Clauses it rests on',
    noClause: 'No clause names this kind of data.',
    revision: (title: string, revision: number) => `${title}, revision ${revision}`,
    listed: ', ',
  },
} as const;

const style = trusted(
  `body{font:16px/1.6 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1f1f1f;background:#fff}dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.2rem 1rem}dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}dt{color:#555}article{border-top:1px solid #ddd;padding:.5rem 0}details{margin:.3rem 0}blockquote{margin:.3rem 0;padding-left:1rem;border-left:3px solid #ddd}@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#141414}dt{color:#aaa}article,blockquote{border-color:#444}a{color:#7ab7ff}}`,
);

export async function* pageOf(facts: PackageFacts, records: Records): AsyncGenerator<string> {
  const { number, locale, madeAt } = facts;
  const say = words[locale];
  yield html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say.title}</title>
<style>${style}</style>
</head><body><h1>${say.title}</h1><p>${say.note(number, dayWords(madeAt, facts))}</p>`.text;
  const shown = new ShownRecords(facts);
  for await (const lines of linesIn(records())) yield shown.next(lines);
  yield html`${shown.end()}
</body></html>
`.text;
}

/** The records on the page, kind by kind: so many of each that a browser can show it. */
class ShownRecords {
  private category: string | null = null;
  private count = 0;

  constructor(private readonly facts: PackageFacts) {}

  /** What these add to the page. */
  next(lines: readonly string[]): string {
    if (!this.isEnough(lines)) return lines.map((line) => this.one(readLine(line))).join('');
    this.count += lines.length;
    return '';
  }

  end(): Html {
    return this.category === null ? html`<p>${words[this.facts.locale].none}</p>` : this.rest();
  }

  /** What is of one kind stands together. */
  private isEnough(lines: readonly string[]): boolean {
    const last = lines.at(-1);
    return this.count >= shownOfEachKind && last !== undefined && readLine(last).head.category === this.category;
  }

  private one({ head, values }: RecordLine): string {
    const isNew = head.category !== this.category;
    const before = isNew ? `${this.rest().text}${headOf(this.facts, head.category).text}` : '';
    if (isNew) Object.assign(this, { category: head.category, count: 0 });
    this.count += 1;
    if (this.count > shownOfEachKind) return before;
    return `${before}${articleOf(head, JSON.parse(values) as object, this.facts).text}`;
  }

  private rest(): Html {
    const left = this.count - shownOfEachKind;
    return left > 0 ? html`\n<p>${words[this.facts.locale].more(left)}</p>` : html``;
  }
}

/** What stands above the records of one kind: why they are held, how long, and who may receive them. */
function headOf(facts: PackageFacts, category: string): Html {
  const say = words[facts.locale];
  const found = facts.grounds.get(category);
  if (!found) return html`\n<h2>${category}</h2>`;
  const { name, purposes, retention, until, recipients, clauses } = found;
  const rows = [
    [say.purposes, purposes.join(say.listed)],
    [say.retention, retention.join(' ')],
    [say.until, until === null ? '' : dayWords(until, facts)],
    [say.recipients, recipients.join(say.listed)],
  ].filter(([, text]) => text);
  return html`
<h2>${name}</h2><dl>${rows.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>${clauses.length === 0 ? html`<p>${say.noClause}</p>` : html`<h3>${say.clauses}</h3>`}${clauses.map(
    ({ title, revision, heading, body }) =>
      html`<details><summary>${say.revision(title, revision)} · ${heading}</summary><blockquote>${renderBody(body)}</blockquote></details>`,
  )}`;
}

function articleOf({ holder, category, since, redacted }: RecordHead, values: object, facts: PackageFacts): Html {
  const say = words[facts.locale];
  const keeper = facts.holderName(holder);
  const rows = Object.entries(values)
    .map(([name, value]) => {
      const text = name === 'lineage' ? lineageWords(value, category, facts) : valueWords(value, facts);
      return [fieldWord(name, facts.locale), text] as const;
    })
    .filter(([, text]) => text)
    .map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`);
  return html`
<article><p>${say.since} ${dayWords(new Date(since), facts)}${keeper && html` · ${say.keptBy} ${keeper}`}</p><dl>${rows}</dl>${redacted && html`<p>${say.redacted}</p>`}</article>`;
}

interface Lineage {
  readonly purpose: string;
  readonly policy: string;
  readonly revision: number;
  readonly clause: string;
  readonly consentEvent: string | null;
}

/** Why one record is kept, a line for each purpose: the clause by its heading, whose words stand above. */
function lineageWords(lineage: unknown, category: string, { locale, nameOf, grounds }: PackageFacts): string {
  const say = words[locale];
  return (lineage as readonly Lineage[])
    .map(({ purpose, policy, revision, clause, consentEvent }) => {
      const cited = grounds
        .get(category)
        ?.clauses.find((one) => one.policy === policy && one.revision === revision && one.clauseId === clause);
      const where = cited && `${say.revision(cited.title, revision)} · ${cited.heading}`;
      return [nameOf(purpose) ?? purpose, where, consentEvent && say.onConsent].filter(Boolean).join(say.listed);
    })
    .join('\n');
}
