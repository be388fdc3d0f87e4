import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Locale } from '@abide/kernel';
import type { HeldRecord } from '@abide/platform';
import { ZipFile } from 'yazl';

/** A record and who holds it. */
export interface PackedRecord extends HeldRecord {
  readonly holder: string;
}

export interface PackageFacts {
  readonly number: string;
  readonly locale: Locale;
  readonly madeAt: Date;
  /** What people call a kind of data. */
  readonly nameOf: (category: string) => string;
}

type Records = () => AsyncIterable<PackedRecord>;

/**
 * A zip with what is held of somebody: a page to read in their language, JSON and CSV for machines. Read as it is asked for: the records are
 * gone through once for each of the three, and never kept.
 */
export function packageContent(facts: PackageFacts, records: Records): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of [
    ['index.html', pageOf(facts, records)],
    ['data.json', jsonOf(facts, records)],
    ['data.csv', csvOf(records)],
  ] as const)
    zip.addReadStreamLazy(name, { mtime: facts.madeAt }, (give) => {
      const stream = Readable.from(content, { objectMode: false });
      stream.on('error', (error) => zip.emit('error', error));
      give(null, stream);
    });
  zip.end();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  return output;
}

const words = {
  'zh-CN': {
    title: '我的个人信息',
    note: (number: string, day: string) =>
      `请求编号 ${number}，生成于 ${day}。data.json 与 data.csv 含有同样的内容，便于其他程序读取。`,
    none: '没有保存与此请求有关的信息。',
    since: '保存于',
  },
  en: {
    title: 'My personal data',
    note: (number: string, day: string) =>
      `Request ${number}, made on ${day}. data.json and data.csv hold the same for other programs to read.`,
    none: 'Nothing is held of what this request is about.',
    since: 'Held since',
  },
} as const;

async function* pageOf({ number, locale, madeAt, nameOf }: PackageFacts, records: Records): AsyncGenerator<string> {
  const say = words[locale];
  yield `<!doctype html>\n<html lang="${locale}"><head><meta charset="utf-8"><title>${say.title}</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.2rem 1rem}dd{margin:0;overflow-wrap:anywhere}dt{color:#555}article{border-top:1px solid #ddd;padding:.5rem 0}</style>
</head><body><h1>${say.title}</h1><p>${escaped(say.note(number, dayIn(locale, madeAt)))}</p>`;
  let category: string | null = null;
  for await (const record of records()) {
    if (record.category !== category) {
      category = record.category;
      yield `\n<h2>${escaped(nameOf(category))}</h2>`;
    }
    yield articleOf(record, locale);
  }
  yield `${category === null ? `<p>${say.none}</p>` : ''}\n</body></html>\n`;
}

function articleOf({ since, values }: PackedRecord, locale: Locale): string {
  const rows = Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(textOf(value))}</dd>`);
  return `\n<article><p>${words[locale].since} ${dayIn(locale, since)}</p><dl>${rows.join('')}</dl></article>`;
}

async function* jsonOf({ number, madeAt }: PackageFacts, records: Records): AsyncGenerator<string> {
  yield `{"request":${JSON.stringify(number)},"madeAt":${JSON.stringify(madeAt)},"records":[`;
  let separator = '\n';
  for await (const { holder, category, since, values } of records()) {
    yield `${separator}${JSON.stringify({ holder, category, since, values })}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** Formulas are defused: a spreadsheet shows them as text. */
function csvOf(records: Records): AsyncIterable<string> {
  async function* rows(): AsyncGenerator<readonly string[]> {
    for await (const { holder, category, since, values } of records())
      yield [holder, category, since.toISOString(), JSON.stringify(values)];
  }
  const columns = ['holder', 'category', 'since', 'values'];
  return Readable.from(rows()).pipe(stringify({ header: true, columns, bom: true, escape_formulas: true }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function dayIn(locale: Locale, at: Date): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}
