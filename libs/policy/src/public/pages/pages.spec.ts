import { newId, type Locale } from '@abide/kernel';
import { catalogue, compare, type PolicyDocument } from '@abide/rulebook';
import { comparedClauses } from '../../calculation/compared-clauses.js';
import { toDifference, type ComparisonDto } from '../../comparison/comparison.dto.js';
import { toRevisionSummary } from '../../revisions/revision.dto.js';
import { Policy } from '../../revisions/policy.entity.js';
import { Revision, type RevisionState, type TitledRevision } from '../../revisions/revision.entity.js';
import { aClause, aPolicy } from '../../testing/documents.js';
import type { PublishedRevision } from '../published-policies.js';
import { changesPage } from './changes-page.js';
import { Glossary } from './glossary.js';
import { escapeHtml, html } from './html.js';
import { indexPage } from './index-page.js';
import { renderPage, type PageSetting } from './layout.js';
import { renderBody } from './markdown.js';
import { pageWords } from './page-words.js';
import { clauseSection, policyPage } from './policy-page.js';

const at = new Date('2026-06-01T00:00:00Z');
const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>`;
const hostile = { 'zh-CN': attack, en: attack };

function setting(given: Partial<PageSetting> = {}): PageSetting {
  return {
    locale: 'en',
    path: '/policies/privacy',
    site: 'https://abide.example',
    isDownload: false,
    notices: [],
    utcOffsetHours: 8,
    ...given,
  };
}

function published(
  document: PolicyDocument,
  given: { state?: RevisionState; number?: number } = {},
): PublishedRevision {
  const { state = 'effective', number = 1 } = given;
  const policy = Object.assign(new Policy(), {
    id: newId(),
    slug: document.policy,
    kind: document.kind,
    service: document.service ?? null,
    createdAt: at,
  });
  const revision = Revision.draft({
    id: newId(),
    policyId: policy.id,
    number,
    text: { document, canonical: '', contentHash: 'f'.repeat(64) },
    at,
  });
  Object.assign(revision, { state, tookEffectAt: state === 'scheduled' ? null : at, effectiveAt: at });
  return {
    policy,
    inForce: state === 'effective' ? titled(revision) : null,
    scheduled: null,
    revision,
    glossary: document.glossary,
    contact: document.contact ?? null,
  };
}

function titled(revision: Revision): TitledRevision {
  return Object.assign(revision, { title: revision.document.title });
}

function textPage(
  document: PolicyDocument,
  given: Partial<PageSetting> = {},
  facts: Partial<PublishedRevision> = {},
): string {
  const one = { ...published(document), ...facts };
  const page = {
    published: one,
    history: [one.revision],
    catalogue,
    replacements: [],
    guides: [],
    serviceNames: new Map<string, string>(),
  };
  const sections = document.clauses.map((clause, index) =>
    clauseSection(setting(given), { ...page, clause, number: index + 1 }),
  );
  return renderPage(setting(given), policyPage(setting(given), page, sections));
}

function comparison(before: PolicyDocument, after: PolicyDocument): { to: PublishedRevision; dto: ComparisonDto } {
  const from = published(before, { state: 'superseded' }).revision;
  const to = published(after, { number: 2 });
  const { materiality, differences, clauses } = compare({ document: before }, { document: after });
  const dto = {
    from: toRevisionSummary(from),
    to: toRevisionSummary(to.revision),
    materiality,
    differences: differences.map(toDifference),
    clauses: comparedClauses({ before: before.clauses, after: after.clauses, paired: clauses }),
  };
  return { to, dto };
}

/** Everything in a page that a browser would run, load or follow by itself. */
function dangers(page: string): string[] {
  const withoutHead = page.replace(/<link rel="(?:alternate|canonical)"[^>]*>/g, '');
  const loading = [
    ...withoutHead.matchAll(
      /<(script|img|iframe|object|embed|video|audio|source|base|form|svg|link|meta http-equiv="?refresh)\b[^>]*>/gi,
    ),
  ].map((match) => match[0]);
  const handlers = [...page.replace(/"[^"]*"/g, '""').matchAll(/<[a-z][^>]*\son[a-z]+\s*=/gi)].map((match) => match[0]);
  const schemes = [...page.matchAll(/(?:href|src)="\s*(?:javascript|data|vbscript):/gi)].map((match) => match[0]);
  return [
    ...loading.filter((tag) => !tag.startsWith('<link rel="stylesheet" href="/policies/pages.css?')),
    ...handlers,
    ...schemes,
  ];
}

describe('writing HTML', () => {
  it('escapes whatever is put in, in texts and in attributes', () => {
    expect(html`<p title="${attack}">${attack}</p>`.text).toBe(
      `<p title="${escapeHtml(attack)}">${escapeHtml(attack)}</p>`,
    );
    expect(escapeHtml(`<>&"'`)).toBe('&lt;&gt;&amp;&quot;&#39;');
  });
});

describe('the body of a clause', () => {
  it('is Markdown below the heading of its clause', () => {
    expect(renderBody('# One\n\n- *a*\n- **b**').text).toBe(
      '<h3>One</h3>\n<ul>\n<li><em>a</em></li>\n<li><strong>b</strong></li>\n</ul>\n',
    );
  });

  it('leads to other clauses by their ids', () => {
    expect(renderBody('See [the periods](#keep.periods) and [again](#c-keep.periods).').text).toContain(
      '<a href="#c-keep.periods" rel="noopener noreferrer">the periods</a> and <a href="#c-keep.periods"',
    );
  });

  it('shows HTML as text', () => {
    expect(dangers(renderBody(`${attack}\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1))`).text)).toEqual([]);
  });

  it('shows what is written, entities and all', () => {
    expect(renderBody('for &#8238;14&#8236; days and &#53; years').text).toBe(
      '<p>for &amp;#8238;14&amp;#8236; days and &amp;#53; years</p>\n',
    );
  });

  it('loads no picture', () => {
    expect(renderBody('![x](https://evil.example/pixel.png)').text).not.toContain('<img');
  });

  it('tells other sites nothing about where a link was followed', () => {
    expect(renderBody('[a](https://a.example)').text).toContain('rel="noopener noreferrer"');
  });
});

describe('words explained in place', () => {
  const entry = (zh: string, en: string) => ({
    term: { 'zh-CN': zh, en },
    meaning: { 'zh-CN': `${zh}的意思`, en: `what ${en} means` },
  });
  const explain = (
    text: string,
    locale: Locale,
    entries = [entry('设备标识', 'device identifier'), entry('设备', 'device')],
  ) => {
    const met = new Set<(typeof entries)[number]>();
    return {
      text: renderBody(text, { glossary: new Glossary(entries, locale), met }).text,
      met: [...met].map((one) => one.term[locale]),
    };
  };

  it('explains the longest word that fits, once', () => {
    const { text, met } = explain('设备标识和设备标识。', 'zh-CN');
    expect(text).toBe('<p><dfn><abbr title="设备标识的意思">设备标识</abbr></dfn>和设备标识。</p>\n');
    expect(met).toEqual(['设备标识']);
  });

  it('explains whole English words, whatever their case and number', () => {
    expect(explain('Device identifiers, not devicelike.', 'en').text).toBe(
      '<p><dfn><abbr title="what device identifier means">Device identifiers</abbr></dfn>, not devicelike.</p>\n',
    );
  });

  it.each([
    ['lines', 'a\n'.repeat(10_000)],
    ['emphasis', '*a* '.repeat(5000)],
  ])('takes no longer for a clause in pieces than its length: %s', (_, text) => {
    const spent = process.threadCpuUsage();
    explain(text, 'en');
    expect(process.threadCpuUsage(spent).user).toBeLessThan(500_000);
  });

  it('leaves the words of a link and of code alone', () => {
    const { text } = explain('[the device](https://a.example) `device`', 'en');
    expect(text).not.toContain('<dfn>');
  });

  it('escapes hostile words and meanings', () => {
    const { text } = explain('<b> "><script>', 'en', [
      { term: { 'zh-CN': '<b>', en: '<b>' }, meaning: hostile },
      entry('script', 'script'),
    ]);
    expect(dangers(text)).toEqual([]);
  });
});

describe('a policy page', () => {
  const hostileDocument = aPolicy({
    title: hostile,
    contact: hostile,
    glossary: [
      {
        term: { 'zh-CN': '姓名', en: 'name' },
        meaning: hostile,
        link: `https://a.example/"><script>alert(1)</script>`,
      },
    ],
    clauses: [
      aClause({
        id: 'attack',
        heading: hostile,
        body: {
          'zh-CN': `${attack}\n\n![p](https://evil.example/p.png)`,
          en: `${attack}\n\n![p](https://evil.example/p.png)`,
        },
      }),
    ],
  });

  it.each(['zh-CN', 'en'] as const)('runs and loads nothing that a hostile text brings (%s)', (locale) => {
    expect(dangers(textPage(hostileDocument, { locale }))).toEqual([]);
  });

  it('loads nothing but our stylesheet, and a saved one nothing at all', () => {
    const page = textPage(aPolicy());
    expect(
      [...page.matchAll(/(?:src|href)="([^"]+)"/g)]
        .map((match) => match[1])
        .filter((address) => !/^(?:#|\/policies|\/requests|https:\/\/abide\.example\/policies)/.test(address ?? '')),
    ).toEqual([]);
    const saved = textPage(aPolicy(), { isDownload: true });
    expect(saved).not.toContain('<link');
    expect(saved).toContain('default-src &#39;none&#39;; style-src &#39;sha256-');
    expect(saved).toContain('<style>');
  });

  it('has a table of contents that leads to every clause', () => {
    const page = textPage(aPolicy());
    for (const { id } of aPolicy().clauses) {
      expect(page).toContain(`<a href="#c-${id}">`);
      expect(page).toContain(`id="c-${id}"`);
    }
  });

  it('tells each term in a sentence beside its clause, with the choice that belongs to it', () => {
    const document = aPolicy({
      clauses: [
        aClause({
          id: 'ads',
          terms: [
            {
              type: 'use',
              categories: ['log.browsing'],
              purposes: ['advertising.relevant'],
              basis: 'consent',
              fallback: 'generic',
            },
          ],
        }),
      ],
    });
    const page = textPage(document);
    expect(page).toMatch(/Browsing history[^<]*<span class="choice">Your choice/);
    expect(textPage(document, { locale: 'zh-CN' })).toMatch(/浏览记录[^<]*<span class="choice">您的选择/);
  });

  it('leads to its other language and says which it is in', () => {
    const page = textPage(aPolicy(), { locale: 'zh-CN' });
    expect(page).toContain('<html lang="zh-CN">');
    expect(page).toContain(
      '<link rel="alternate" hreflang="en" href="https://abide.example/policies/privacy?lang=en">',
    );
    expect(page).toContain('<a class="skip" href="#text">跳到正文</a>');
  });

  it('shows whom to ask', () => {
    expect(textPage(aPolicy())).toContain('<p class="contact">Customer service 400-000-0000</p>');
  });

  it('announces a scheduled revision above everything, with its time and its changes', () => {
    const scheduled = published(aPolicy(), { state: 'scheduled', number: 2 }).revision;
    scheduled.effectiveAt = new Date('2026-08-31T16:00:00Z');
    const page = textPage(aPolicy(), {}, { scheduled: titled(scheduled) });
    expect(page).toContain(
      'The Privacy policy changes on <time datetime="2026-08-31T16:00:00.000Z">1 September 2026 at 00:00 (UTC+08:00)</time>',
    );
    expect(page.indexOf('class="banner"')).toBeLessThan(page.indexOf('<header>'));
    expect(page).toContain('/policies/privacy/2/changes?lang=en');
  });

  it('says of an earlier text that it is no longer in force', () => {
    const revision = Object.assign(published(aPolicy()).revision, { state: 'superseded', supersededAt: at });
    expect(textPage(aPolicy(), {}, { revision })).toContain('no longer in force');
  });
});

describe('the page of what changed', () => {
  const before = aPolicy();
  const after = aPolicy({
    clauses: [
      aClause({
        id: 'ads',
        heading: hostile,
        body: hostile,
        terms: [
          { type: 'collection', categories: ['log.browsing'], purposes: ['advertising.relevant'], basis: 'consent' },
        ],
      }),
    ],
  });

  it('says in plain words what weighs most before it shows word by word', () => {
    const { to, dto } = comparison(before, after);
    const page = renderPage(setting(), changesPage(setting(), to, dto));
    const places = ['>In short', '>Needs your consent anew', '>Wording only', '>Word by word', '<article'].map((text) =>
      page.indexOf(text),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('runs nothing that a hostile text brings', () => {
    const { to, dto } = comparison(before, after);
    for (const locale of ['zh-CN', 'en'] as const)
      expect(dangers(renderPage(setting({ locale }), changesPage(setting({ locale }), to, dto)))).toEqual([]);
  });

  it('says that no right changed where only the wording did', () => {
    const { to, dto } = comparison(before, {
      ...before,
      clauses: before.clauses.map((clause) => ({
        ...clause,
        body: { ...clause.body, en: `${clause.body.en} Really.` },
      })),
    });
    expect(renderPage(setting(), changesPage(setting(), to, dto))).toContain(pageWords.en.nothingChanged);
  });
});

describe('the list of policies', () => {
  it('lists every policy and says so when there is none', () => {
    expect(renderPage(setting(), indexPage(setting(), [published(aPolicy())], null))).toContain(
      '<a href="/policies/privacy?lang=en">Privacy policy</a>',
    );
    expect(renderPage(setting(), indexPage(setting(), [], null))).toContain(pageWords.en.nothingYet);
  });
});
