import type { Policy } from '../../revisions/policy.entity.js';
import type { TitledRevision } from '../../revisions/revision.entity.js';
import { html, type Html } from './html.js';
import { linkTo, timeOf, type PageSetting } from './layout.js';
import { pageWords } from './page-words.js';

/** What stands above a page while a revision is scheduled: when it takes effect and where its changes are told. Nothing where a notice says so above every page. */
export function announcement(
  setting: PageSetting,
  { policy, scheduled }: { policy: Policy; scheduled: TitledRevision },
): Html | null {
  const isTold = setting.notices.some(
    ({ policySlug, revisionNumber }) => policySlug === policy.slug && revisionNumber === scheduled.number,
  );
  if (isTold && !setting.isDownload) return null;
  const words = pageWords[setting.locale];
  const path = `/policies/${policy.slug}/${scheduled.number}`;
  return html`<div class="banner" role="region" aria-label="${words.isAnnounced}"><p>${words.takesEffect(scheduled.title[setting.locale])}${scheduled.effectiveAt && timeOf(scheduled.effectiveAt, setting)} · <a href="${linkTo(setting, `${path}/changes`)}">${words.readChanges}</a> · <a href="${linkTo(setting, path)}">${words.readText}</a></p></div>
`;
}
