import { html, renderBody, trusted, type Html } from '@abide/policy';
import { dayWords } from '../day-words.js';
import { fieldWord } from './field-words.js';
import { ownHolderName, pageWords } from './page-words.js';
import { shownOfEachKind, type PackageRecords, type RecordLine, type RecordsHead } from './package-records.js';
import type { KindCount } from './record-counts.js';
import { valuesLaidOut, type ValueWording } from './value-words.js';

/** How what is in a package is called. */
export interface RecordNaming extends ValueWording {
  /** What people call a service outside that keeps data; undefined for our own. */
  readonly holderName: (holder: string) => string | undefined;
}

export interface PackageFacts extends RecordNaming, RecordsHead {
  /** Files go with it. */
  readonly hasFiles: boolean;
}

/** Reads on paper, in the dark and in a narrow window; long values wrap, and lines of Chinese break where they may. */
const style = trusted(
  [
    ':root{color-scheme:light dark}',
    'body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f1f1f;background:#fff;line-break:strict;overflow-wrap:anywhere}',
    'h2{margin-top:2.5rem;border-top:2px solid #ccc;padding-top:1rem}a{color:#0b57a4}',
    '.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;min-width:46rem}td:nth-child(4){white-space:nowrap}th,td{text-align:start;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ddd;min-width:4em}',
    'dl{display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;gap:.2rem 1rem;margin:.3rem 0}dd{margin:0;min-width:0;white-space:pre-line}dt{color:#555}ol{margin:0;padding-left:1.5rem}li p{margin:0}',
    'article{border-top:1px solid #ddd;padding:.5rem 0}article>p{margin:.2rem 0}details{margin:.3rem 0}blockquote{margin:.3rem 0;padding-left:1rem;border-left:3px solid #ddd}',
    '@media(max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}',
    '@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#141414}dt{color:#aaa}h2,article,blockquote,th,td{border-color:#444}a{color:#7ab7ff}}',
    '@media print{table{min-width:0}body{max-width:none;margin:0;color:#000;background:#fff}dt{color:#333}a{color:inherit;text-decoration:none}.back{display:none}h2,h3{break-after:avoid}article,tr{break-inside:avoid}thead{display:table-header-group}details::details-content{content-visibility:visible;block-size:auto}}',
  ].join(''),
);

export async function* pageOf(facts: PackageFacts, records: PackageRecords): AsyncGenerator<string> {
  const { number, locale, madeAt, hasFiles } = facts;
  const say = pageWords[locale];
  const kinds = records.counts.all();
  yield html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say.title}</title>
<style>${style}</style>
</head><body><main><h1>${say.title}</h1><p>${say.note(number, dayWords(madeAt, facts))}</p>${hasFiles && html`<p>${say.files}</p>`}${overviewOf(kinds, facts)}`
    .text;
  const shown = new ShownRecords(facts, kinds);
  for await (const lines of records.shown()) yield lines.map((line) => shown.next(line)).join('');
  yield html`${shown.end()}</main></body></html>
`.text;
}

/** A row for each kind, which leads to its part of the page. */
function overviewOf(kinds: readonly KindCount[], facts: PackageFacts): Html {
  const say = pageWords[facts.locale];
  if (kinds.length === 0) return html`<p>${say.none}</p>`;
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  const columns = [say.kind, say.count, say.keptBy, say.earliest, say.until, say.recipients];
  return html`
<h2 id="overview">${say.overview}</h2><p>${say.total(total, kinds.length)}</p>
<div class="wide" role="region" aria-labelledby="overview" tabindex="0"><table aria-labelledby="overview"><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${kinds.map((kind, index) => overviewRow(kind, index, facts))}</tbody></table></div>`;
}

function overviewRow(kind: KindCount, index: number, facts: PackageFacts): Html {
  const say = pageWords[facts.locale];
  const found = facts.grounds.get(kind.category);
  const keepers = [...kind.holders.keys()].map((holder) => facts.holderName(holder) ?? say.ourselves);
  const until = found?.until ? dayWords(found.until, facts) : (found?.retention.join(' ') ?? '');
  const cells = [
    String(kind.count),
    [...new Set(keepers)].join(say.listed),
    dayWords(kind.since, facts),
    until || say.untold,
    found?.recipients.join(say.listed) || say.nobody,
  ];
  return html`
<tr><th scope="row"><a href="#kind-${index + 1}">${found?.name ?? kind.category}</a></th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
}

/** The records on the page, kind by kind and holder by holder: so many of each kind that a browser can show it. */
class ShownRecords {
  private kind: KindCount | undefined;
  private holder: string | null = null;

  constructor(
    private readonly facts: PackageFacts,
    private readonly kinds: readonly KindCount[],
  ) {}

  /** What it adds to the page: the headings that are due before it, and itself. */
  next(line: RecordLine): string {
    const before = this.begin(line);
    return `${before}${articleOf(line, this.facts).text}`;
  }

  /** What closes the last kind. */
  end(): Html {
    if (!this.kind) return html``;
    const { back, more } = pageWords[this.facts.locale];
    const left = this.kind.count - shownOfEachKind;
    return html`${left > 0 && html`\n<p>${more(left)}</p>`}
<p class="back"><a href="#overview">${back}</a></p></section>`;
  }

  private begin({ category, holder }: RecordLine): string {
    const isNewKind = category !== this.kind?.category;
    if (!isNewKind && holder === this.holder) return '';
    const index = this.kinds.findIndex((kind) => kind.category === category);
    const before = isNewKind ? `${this.end().text}${headOf(this.facts, category, index + 1).text}` : '';
    this.kind = this.kinds[index];
    this.holder = holder;
    return `${before}${this.holderHead(holder, this.kind?.holders.get(holder) ?? 0).text}`;
  }

  private holderHead(holder: string, count: number): Html {
    const { locale, holderName } = this.facts;
    const name = holderName(holder) ?? ownHolderName(holder, locale) ?? holder;
    return html`
<h3>${pageWords[locale].records(name, count)}</h3>`;
  }
}

/** What stands above the records of one kind: why they are held, how long, and who may receive them. */
function headOf(facts: PackageFacts, category: string, index: number): Html {
  const say = pageWords[facts.locale];
  const found = facts.grounds.get(category);
  const begin = html`
<section aria-labelledby="kind-${index}"><h2 id="kind-${index}">${found?.name ?? category}</h2>`;
  if (!found) return begin;
  const { purposes, retention, until, recipients, clauses, law } = found;
  const rows = [
    [say.purposes, purposes.join(say.listed)],
    [say.retention, retention.join(' ')],
    [say.until, until === null ? '' : dayWords(until, facts)],
    [say.law, law.join(' ')],
    [say.recipients, recipients.join(say.listed)],
  ].filter(([, text]) => text);
  const terms = rows.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`);
  const isUnnamed = clauses.length === 0 && law.length === 0;
  return html`${begin}${terms.length > 0 && html`<dl>${terms}</dl>`}${isUnnamed && html`<p>${say.noClause}</p>`}${clauses.length > 0 && html`<h3>${say.clauses}</h3>`}${clauses.map(
    ({ title, revision, heading, body }) =>
      html`<details><summary>${say.revision(title, revision)} · ${heading}</summary><blockquote>${renderBody(body)}</blockquote></details>`,
  )}`;
}

function articleOf({ category, since, redacted, values }: RecordLine, facts: PackageFacts): Html {
  const say = pageWords[facts.locale];
  const { lineage, ...rest } = values;
  const why = Array.isArray(lineage) ? lineageWords(lineage as Lineage[], category, facts) : '';
  const shown = valuesLaidOut(rest, facts);
  return html`
<article><p>${say.since} ${dayWords(new Date(since), facts)}</p>${shown ?? html`<p>${say.nothingMore}</p>`}${why && html`<dl><dt>${fieldWord('lineage', facts.locale)}</dt><dd>${why}</dd></dl>`}${redacted && html`<p>${say.redacted}</p>`}</article>`;
}

interface Lineage {
  readonly purpose: string;
  readonly policy: string;
  readonly revision: number;
  readonly clause: string;
  readonly consentEvent: string | null;
}

/** Why one record is kept, a line for each purpose: the clause by its heading, whose words stand above. */
function lineageWords(
  lineage: readonly Lineage[],
  category: string,
  { locale, nameOf, grounds }: PackageFacts,
): string {
  const say = pageWords[locale];
  return lineage
    .map(({ purpose, policy, revision, clause, consentEvent }) => {
      const cited = grounds
        .get(category)
        ?.clauses.find((one) => one.policy === policy && one.revision === revision && one.clauseId === clause);
      const title = cited?.title ?? nameOf(policy);
      const where = title && [say.revision(title, revision), cited?.heading].filter(Boolean).join(' · ');
      return [nameOf(purpose) ?? purpose, where, consentEvent && say.onConsent].filter(Boolean).join(say.listed);
    })
    .join('\n');
}
