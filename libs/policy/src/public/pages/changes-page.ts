import { materialities } from '@abide/rulebook';
import type { ComparedClauseDto, ComparisonDto, DifferenceDto } from '../../comparison/comparison.dto.js';
import type { WordRun } from '../../calculation/word-differences.js';
import { isMereAppearance } from '../../activation/notice-text.js';
import type { PublishedRevision } from '../published-policies.js';
import { html, type Html } from './html.js';
import { linkTo, type PageContent, type PageSetting } from './layout.js';
import { pageWords } from './page-words.js';
import { validity } from './policy-page.js';

/** The page of what a revision changed: in plain words first, the heaviest before the rest, then word by word. */
export function changesPage(
  setting: PageSetting,
  published: PublishedRevision,
  comparison: ComparisonDto,
): PageContent {
  const { policy, revision, contact } = published;
  const words = pageWords[setting.locale];
  const policyTitle = revision.document.title[setting.locale];
  const heading = comparison.from ? words.whatChangedFrom(comparison.from.number, revision.number) : words.whatChanged;
  const main = html`<main id="text">
<h1>${policyTitle}: ${heading}</h1>
<p class="facts">${words.revision(revision.number)} · ${validity(setting, revision)} · <a href="${linkTo(setting, `/policies/${policy.slug}/${revision.number}`)}">${words.readText}</a></p>
${comparison.from ? differences(setting, comparison) : firstDifferences(setting, comparison)}
</main>`;
  return { title: `${policyTitle}: ${heading}`, main, contact };
}

/** A first text has no earlier one; the first policy of a service still changes what the general one says for it. */
function firstDifferences(setting: PageSetting, comparison: ComparisonDto): Html {
  const words = pageWords[setting.locale];
  const overriding = comparison.differences.filter((difference) => !isMereAppearance(difference.rule));
  const inShort =
    overriding.length > 0 &&
    html`<section class="clause"><h2>${words.inShort}</h2>${summary(setting, overriding, new Set())}</section>`;
  return html`<p>${words.firstPublished}</p>${inShort}`;
}

function differences(setting: PageSetting, comparison: ComparisonDto): Html {
  const words = pageWords[setting.locale];
  const touched = comparison.clauses.filter((clause) => clause.state !== 'same');
  const untouched = comparison.clauses.length - touched.length;
  return html`<section class="clause"><h2>${words.inShort}</h2>${summary(setting, comparison.differences, new Set(touched.map((clause) => clause.id)))}</section>
<section class="clause"><h2>${words.wordByWord}</h2>
<p class="soft"><ins>${words.added}</ins> · <del>${words.removed}</del></p>
${touched.map((clause) => comparedClause(setting, clause))}
${untouched > 0 && html`<p class="soft">${words.unchangedClauses(untouched)}</p>`}
</section>`;
}

/** The differences in plain words, the heaviest first; those in clauses `shownBelow` lead there. */
function summary(setting: PageSetting, all: readonly DifferenceDto[], shownBelow: ReadonlySet<string>): Html {
  const words = pageWords[setting.locale];
  const byWeight = Map.groupBy(all, (difference) => difference.class);
  const groups = [...materialities].reverse().flatMap((weight) => {
    const list = byWeight.get(weight);
    return list
      ? [
          html`<h3>${words.weight[weight]}</h3><ul class="changes">${list.map((one) => html`<li>${summaryLine(setting, one)}${placeOf(one, shownBelow, words.wordByWord)}</li>\n`)}</ul>`,
        ]
      : [];
  });
  const isOnlyWording = all.every((difference) => difference.class === 'editorial');
  return html`${isOnlyWording && html`<p>${words.nothingChanged}</p>`}${groups}`;
}

function summaryLine({ locale }: PageSetting, { summary: text, article, class: weight }: DifferenceDto): Html {
  const basis =
    weight === 'editorial' ? null : html` <span class="soft">${pageWords[locale].article}: ${article}</span>`;
  return html`${text[locale]}${basis}`;
}

function placeOf({ clauseId }: DifferenceDto, shownBelow: ReadonlySet<string>, label: string): Html | null {
  return clauseId !== null && shownBelow.has(clauseId)
    ? html` <a href="#c-${clauseId}" aria-label="${label}">↓</a>`
    : null;
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
