import type { Locale } from '@abide/kernel';
import { describeTerm, safeLink, type Catalogue, type Clause, type GlossaryEntry, type Term } from '@abide/rulebook';
import type { ListedRevision } from '../../revisions/revision.entity.js';
import type { ClauseRef, Replacement } from '../precedence.js';
import type { PublishedPolicy, PublishedRevision } from '../published-policies.js';
import { announcement } from './announcement.js';
import { Glossary } from './glossary.js';
import { html, type Html } from './html.js';
import { linkTo, timeOf, type PageContent, type PageSetting } from './layout.js';
import { renderBody } from './markdown.js';
import { pageWords } from './page-words.js';

/** What a policy page shows. */
export interface PolicyPageFacts {
  readonly published: PublishedRevision;
  readonly history: readonly ListedRevision[];
  readonly catalogue: Catalogue;
  readonly replacements: readonly Replacement[];
  /** The guides in force, for readers of a policy. */
  readonly guides: readonly PublishedPolicy[];
  /** What services are called, by code. */
  readonly serviceNames: ReadonlyMap<string, string>;
}

/** The page of one published revision around the sections of its clauses, which are written one by one: each takes a while. */
export function policyPage(
  setting: PageSetting,
  { published, history, guides }: PolicyPageFacts,
  sections: readonly Html[],
): PageContent {
  const { policy, revision, scheduled, contact } = published;
  const title = revision.document.title[setting.locale];
  const words = pageWords[setting.locale];
  const main = html`<main id="text" class="read">
<div class="head">
<h1>${title}</h1>
<p class="facts"><span class="state">${words.kind[policy.kind]}</span> ${words.revision(revision.number)} · ${validity(setting, revision)}</p>
${standing(setting, published)}
${policy.kind === 'guide' ? html`<p>${words.isGuide}</p>` : guides.map((guide) => guideLine(setting, guide))}
${acts(setting, published)}
</div>
${contents(setting, published)}
<div class="text">
${sections}
${glossarySection(setting, published.glossary)}
${revisionsSection(setting, policy.slug, history)}
<p class="soft">${words.fingerprint}${revision.contentHash}</p>
</div>
</main>`;
  return {
    title: `${title} · ${words.revision(revision.number)}`,
    isWide: true,
    banner: scheduled && announcement(setting, { policy, scheduled }),
    main,
    contact,
  };
}

/** When a revision is, was or will be in force. */
export function validity(
  setting: PageSetting,
  { tookEffectAt, effectiveAt, supersededAt }: ListedRevision,
): Html | null {
  const words = pageWords[setting.locale];
  if (!tookEffectAt) return effectiveAt && html`${words.announcedFor}${timeOf(effectiveAt, setting)}`;
  const until = supersededAt && html` · ${words.inForceUntil}${timeOf(supersededAt, setting)}`;
  return html`${words.inForceSince}${timeOf(tookEffectAt, setting)}${until}`;
}

function standing(setting: PageSetting, { policy, revision, inForce }: PublishedRevision): Html | null {
  const words = pageWords[setting.locale];
  if (revision.state === 'effective') return null;
  const text = revision.state === 'superseded' ? words.isSuperseded : words.isAnnounced;
  return html`<p><strong>${text}</strong>${inForce && html` <a href="${linkTo(setting, `/policies/${policy.slug}`)}">${words.readInForce}</a>`}</p>`;
}

function guideLine(setting: PageSetting, { policy, inForce }: PublishedPolicy): Html {
  const words = pageWords[setting.locale];
  return html`<p>${words.guideFor.children}<a href="${linkTo(setting, `/policies/${policy.slug}`)}">${inForce?.title[setting.locale] ?? policy.slug}</a></p>
`;
}

function acts(setting: PageSetting, { policy, revision }: PublishedRevision): Html | null {
  if (setting.isDownload) return null;
  const words = pageWords[setting.locale];
  const own = `/policies/${policy.slug}/${revision.number}`;
  return html`<p class="acts"><a href="${linkTo(setting, `${own}/changes`)}">${words.whatChanged}</a><a href="${linkTo(setting, `${own}?download=1`)}" download>${words.saveAsFile}</a><a href="#revisions">${words.earlierRevisions}</a><span class="soft">${words.printHint}</span></p>`;
}

function contents(setting: PageSetting, { revision }: PublishedRevision): Html {
  const words = pageWords[setting.locale];
  const lines = revision.document.clauses.map(
    ({ id, heading }) => html`<li><a href="#c-${id}">${heading[setting.locale]}</a></li>\n`,
  );
  return html`<nav class="toc" aria-label="${words.contents}"><details><summary>${words.contents}</summary><ol>
${lines}</ol></details></nav>`;
}

/** A clause with words explained and terms told beside it. */
export function clauseSection(setting: PageSetting, given: PolicyPageFacts & { clause: Clause; number: number }): Html {
  const { locale } = setting;
  const { clause, number, published } = given;
  const met = new Set<GlossaryEntry>();
  const body = renderBody(clause.body[locale], { glossary: new Glossary(published.glossary, locale), met });
  return html`<section class="clause" id="c-${clause.id}">
<h2>${number}. ${clause.heading[locale]}</h2>
<div class="body">${body}</div>
${termsOf(clause.terms, locale, given.catalogue)}
${precedenceOf(setting, given)}
${wordsOf([...met], locale)}
</section>
`;
}

function termsOf(terms: readonly Term[], locale: Locale, catalogue: Catalogue): Html | null {
  if (terms.length === 0) return null;
  const words = pageWords[locale];
  const lines = terms.map((term) => html`<li>${describeTerm(term, locale, catalogue)}${choiceOf(term, locale)}</li>\n`);
  return html`<div class="terms"><strong>${words.whatItMeans}</strong><ul>
${lines}</ul></div>`;
}

/** The choice or request that belongs to a term (register of promises, I1). */
function choiceOf(term: Term, locale: Locale): Html | null {
  const words = pageWords[locale];
  if (term.type === 'right') return html`<span class="choice">${words.requestChoice}</span>`;
  if ('basis' in term && (term.basis === 'consent' || term.basis === 'separateConsent'))
    return html`<span class="choice">${words.consentChoice}</span>`;
  return null;
}

function precedenceOf(setting: PageSetting, given: PolicyPageFacts & { clause: Clause }): Html[] {
  const { published, clause, replacements, serviceNames } = given;
  if (published.revision.state !== 'effective') return [];
  const words = pageWords[setting.locale];
  const isThis = ({ policy, clauseId }: ClauseRef) => policy === published.policy.slug && clauseId === clause.id;
  const nameOf = (service: string) => serviceNames.get(service) ?? service;
  const replaces = Map.groupBy(
    replacements.filter(({ own }) => isThis(own)),
    ({ service }) => service,
  );
  const replacedBy = Map.groupBy(
    replacements.filter(({ general }) => isThis(general)),
    ({ service }) => service,
  );
  return [
    ...[...replaces].map(([service, list]) =>
      refList(
        setting,
        words.replaces(nameOf(service)),
        list.map(({ general }) => general),
      ),
    ),
    ...[...replacedBy].map(([service, list]) =>
      refList(
        setting,
        words.replacedBy(nameOf(service)),
        list.map(({ own }) => own),
      ),
    ),
  ];
}

function refList(setting: PageSetting, intro: string, refs: readonly ClauseRef[]): Html {
  const { locale } = setting;
  const lines = refs.map((ref) => {
    const [path, anchor] = [`/policies/${ref.policy}`, `#c-${ref.clauseId}`];
    return html`<li><a href="${linkTo(setting, path)}${anchor}">${ref.policyTitle[locale]}, ${pageWords[locale].clause(ref.number)}: ${ref.heading[locale]}</a></li>`;
  });
  return html`<div class="precedence"><p>${intro}</p><ul>${lines}</ul></div>`;
}

function wordsOf(entries: readonly GlossaryEntry[], locale: Locale): Html | null {
  if (entries.length === 0) return null;
  return html`<details class="words"><summary>${pageWords[locale].wordsExplained(entries.length)}</summary>${definitions(entries, locale)}</details>`;
}

function glossarySection(setting: PageSetting, entries: readonly GlossaryEntry[]): Html | null {
  if (entries.length === 0) return null;
  const words = pageWords[setting.locale];
  return html`<section class="clause glossary" id="glossary"><h2>${words.glossary}</h2>${definitions(entries, setting.locale)}</section>`;
}

function definitions(entries: readonly GlossaryEntry[], locale: Locale): Html {
  const lines = entries.map(({ term, meaning, link }) => {
    const address = link === undefined ? null : safeLink(link);
    const more = address && html` <a href="${address}" rel="noopener noreferrer">${pageWords[locale].more}</a>`;
    return html`<dt>${term[locale]}</dt><dd>${meaning[locale]}${more}</dd>\n`;
  });
  return html`<dl>${lines}</dl>`;
}

function revisionsSection(setting: PageSetting, slug: string, history: readonly ListedRevision[]): Html {
  const words = pageWords[setting.locale];
  const lines = history.map(
    (revision) =>
      html`<li><a href="${linkTo(setting, `/policies/${slug}/${revision.number}`)}">${words.revision(revision.number)}</a> <span class="soft">${validity(setting, revision)}</span> <a href="${linkTo(setting, `/policies/${slug}/${revision.number}/changes`)}">${words.whatChanged}<span class="soft"> (${revision.number})</span></a></li>\n`,
  );
  return html`<section class="clause" id="revisions"><h2>${words.earlierRevisions}</h2><ul class="revisions">
${lines}</ul></section>`;
}
