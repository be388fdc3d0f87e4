import type { Localized } from '@abide/kernel';
import type { PublishedPolicy } from '../published-policies.js';
import { announcement } from './announcement.js';
import { html, type Html } from './html.js';
import { linkTo, type PageContent, type PageSetting } from './layout.js';
import { pageWords } from './page-words.js';
import { validity } from './policy-page.js';

/** The page that lists every policy, with what has been announced above it. */
export function indexPage(
  setting: PageSetting,
  policies: readonly PublishedPolicy[],
  contact: Localized | null,
): PageContent {
  const words = pageWords[setting.locale];
  const banners = policies.flatMap(({ policy, scheduled }) =>
    scheduled ? [announcement(setting, { policy, scheduled })] : [],
  );
  const list =
    policies.length === 0
      ? html`<p>${words.nothingYet}</p>`
      : html`<ul class="policies">${policies.map((one) => line(setting, one))}</ul>`;
  const main = html`<main id="text">
<h1>${words.policies}</h1>
<p>${words.policiesIntro}</p>
${list}
</main>`;
  return { title: words.policies, banner: html`${banners}`, main, contact };
}

/** The page for an address that leads to nothing published. */
export function notFoundPage(setting: PageSetting, contact: Localized | null): PageContent {
  const words = pageWords[setting.locale];
  const main = html`<main id="text"><h1>${words.notFound}</h1><p>${words.notFoundText} <a href="${linkTo(setting, '/policies')}">${words.allPolicies}</a></p></main>`;
  return { title: words.notFound, main, contact };
}

function line(setting: PageSetting, { policy, inForce, scheduled }: PublishedPolicy): Html {
  const shown = inForce ?? scheduled;
  if (!shown) return html``;
  const words = pageWords[setting.locale];
  const path = inForce ? `/policies/${policy.slug}` : `/policies/${policy.slug}/${shown.number}`;
  return html`<li><a href="${linkTo(setting, path)}">${shown.title[setting.locale]}</a> <span class="state">${words.kind[policy.kind]}</span><br><span class="soft">${words.revision(shown.number)} · ${validity(setting, shown)}</span></li>\n`;
}
