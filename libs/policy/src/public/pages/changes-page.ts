import { materialities } from '@abide/rulebook';
import type { ComparedClauseDto, ComparisonDto, DifferenceDto } from '../../comparison/comparison.dto.js';
import type { WordRun } from '../../comparison/word-differences.js';
import type { PublishedRevision } from '../published-policies.js';
import { html, type Html } from './html.js';
import { linkTo, type PageContent, type PageSetting } from './layout.js';
import { pageWords } from './page-words.js';
import { validity } from './policy-page.js';

/** The page of what a revision changed: in plain words first, the heaviest before the rest, then word by word. */
export function changesPage(setting: PageSetting, published: PublishedRevision, comparison: ComparisonDto): PageContent {
  const { policy, revision, contact } = published;
  const words = pageWords[setting.locale];
  const policyTitle = revision.document.title[setting.locale];
  const heading = comparison.from ? words.whatChangedFrom(comparison.from.number, revision.number) : words.whatChanged;
  const main = html`<main id="text">
<h1>${policyTitle}: ${heading}</h1>
<p class="facts">${words.revision(revision.number)} · ${validity(setting, revision)} · <a href="${linkTo(setting, `/policies/${policy.slug}/${revision.number}`)}">${words.readText}</a></p>
${comparison.from ? differences(setting, comparison) : html`<p>${words.firstPublished}</p>`}
</main>`;
  return { title: `${policyTitle}: ${heading}`, main, contact };
}

function differences(setting: PageSetting, comparison: ComparisonDto): Html {
  const words = pageWords[setting.locale];
  const touched = comparison.clauses.filter((clause) => clause.state !== 'same');
  const untouched = comparison.clauses.length - touched.length;
  return html`<section class="clause"><h2>${words.inShort}</h2>${summary(setting, comparison.differences)}</section>
<section class="clause"><h2>${words.wordByWord}</h2>
<p class="soft"><ins>${words.added}</ins> · <del>${words.removed}</del></p>
${touched.map((clause) => comparedClause(setting, clause))}
${untouched > 0 && html`<p class="soft">${words.unchangedClauses(untouched)}</p>`}
</section>`;
}

function summary(setting: PageSetting, all: readonly DifferenceDto[]): Html {
  const words = pageWords[setting.locale];
  const byWeight = Map.groupBy(all, (difference) => difference.class);
  const groups = [...materialities].reverse().flatMap((weight) => {
    const list = byWeight.get(weight);
    return list ? [html`<h3>${words.weight[weight]}</h3><ul class="changes">${list.map((one) => summaryLine(setting, one))}</ul>`] : [];
  });
  const isOnlyWording = all.every((difference) => difference.class === 'editorial');
  return html`${isOnlyWording && html`<p>${words.nothingChanged}</p>`}${groups}`;
}

function summaryLine(setting: PageSetting, { summary: text, article, class: weight, clauseId }: DifferenceDto): Html {
  const words = pageWords[setting.locale];
  const basis = weight === 'editorial' ? null : html` <span class="soft">${words.article}: ${article}</span>`;
  const place = clauseId === null ? null : html` <a href="#c-${clauseId}" aria-label="${words.wordByWord}">↓</a>`;
  return html`<li>${text[setting.locale]}${basis}${place}</li>\n`;
}

function comparedClause({ locale }: PageSetting, clause: ComparedClauseDto): Html {
  const words = pageWords[locale];
  const number = clause.numberAfter ?? clause.numberBefore;
  return html`<article id="c-${clause.id}"><h3>${number}. ${clause.headingWords[locale].map(run)} <span class="state">${words.clauseState[clause.state]}</span></h3>
<p class="compared">${clause.words[locale].map(run)}</p></article>
`;
}

function run({ kind, text }: WordRun): Html {
  if (kind === 'added') return html`<ins>${text}</ins>`;
  if (kind === 'removed') return html`<del>${text}</del>`;
  return html`${text}`;
}
