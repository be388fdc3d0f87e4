import type { Localized } from '@abide/kernel';
import type { Difference, Materiality, PolicyDocument } from '@abide/rulebook';

/** What people are told of a revision, before or at its effect. */
export interface NoticeText {
  readonly title: Localized;
  readonly summary: Localized;
  readonly link: string;
}

const mostTold = 8;

const lead: Readonly<Record<Materiality, Localized>> = {
  editorial: { 'zh-CN': '我们改进了文字表述，您的权利没有变化。', en: 'We improved the wording; your rights are unchanged.' },
  informational: { 'zh-CN': '以下内容有更新：', en: 'This is updated:' },
  reductionOfRights: { 'zh-CN': '以下变更对您不利，请留意：', en: 'These changes are to your disadvantage, please take note:' },
  freshConsent: {
    'zh-CN': '以下变更需要您重新同意；在您同意之前，我们不会据此处理您的信息：',
    en: 'These changes need your consent anew; until you give it we do not act on them with your information:',
  },
};

const leaving: Localized = {
  'zh-CN': '不同意的，您可以在生效前导出您的信息或注销账户。',
  en: 'If you disagree, you can export your data or close your account before then.',
};

/**
 * The notice of a revision in plain language: what weighs most first. `from` is the number of the revision it is
 * compared with, null for a first one.
 */
export function noticeText(given: {
  document: PolicyDocument;
  number: number;
  from: number | null;
  materiality: Materiality;
  differences: readonly Difference[];
}): NoticeText {
  const { document, number, from } = given;
  const path = `/policies/${document.policy}/${number}`;
  return {
    title: titleFor(document.title, from),
    summary: { 'zh-CN': summaryIn('zh-CN', given), en: summaryIn('en', given) },
    link: from === null ? path : `${path}/changes?from=${from}`,
  };
}

function titleFor(title: Localized, from: number | null): Localized {
  if (from === null) return { 'zh-CN': `《${title['zh-CN']}》发布`, en: `${title.en}: published` };
  return { 'zh-CN': `《${title['zh-CN']}》有变更`, en: `${title.en}: changes` };
}

function summaryIn(locale: 'zh-CN' | 'en', given: { materiality: Materiality; differences: readonly Difference[]; from: number | null }): string {
  const { materiality, differences, from } = given;
  if (from === null) return locale === 'en' ? 'You can read, print and save it.' : '您可以阅读、打印和保存。';
  const told = differences.filter((one) => one.class !== 'editorial');
  const lines = told.slice(0, mostTold).map((one) => `${locale === 'en' ? '- ' : '· '}${one.summary[locale]}`);
  const more = told.length - lines.length;
  if (more > 0) lines.push(locale === 'en' ? `- and ${more} more` : `· 另有 ${more} 项`);
  const isMaterial = materiality === 'reductionOfRights' || materiality === 'freshConsent';
  return [lead[materiality][locale], ...lines, ...(isMaterial ? [leaving[locale]] : [])].join('\n');
}
