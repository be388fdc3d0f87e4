import type { Locale, Localized } from '@abide/kernel';
import { materialities, type Difference, type Materiality, type PolicyDocument } from '@abide/rulebook';
import { owesLead } from './lead-time.rules.js';

/** What people are told of a revision, before or at its effect. */
export interface NoticeText {
  readonly title: Localized;
  readonly summary: Localized;
  readonly link: string;
}

const mostTold = 8;

/** What introduces the changes of each weight. */
const introductions: Readonly<Record<Exclude<Materiality, 'editorial'>, Localized>> = {
  freshConsent: {
    'zh-CN': '以下变更需要您重新同意；在您同意之前，我们不会据此处理您的信息：',
    en: 'These changes need your consent anew; until you give it we do not act on them with your information:',
  },
  reductionOfRights: { 'zh-CN': '以下变更减损您的权利：', en: 'These changes reduce your rights:' },
  informational: { 'zh-CN': '以下内容有更新：', en: 'This is updated:' },
};

const onlyWording: Localized = {
  'zh-CN': '我们改进了文字表述，您的权利没有变化。',
  en: 'We improved the wording; your rights are unchanged.',
};
const raised: Localized = { 'zh-CN': '请仔细阅读变更内容。', en: 'Please read the changes carefully.' };

const leaving: Localized = {
  'zh-CN': '不同意的，您可以在生效前导出您的信息或注销账户。',
  en: 'If you disagree, you can export your data or close your account before then.',
};

/**
 * The notice of a revision in plain language: what weighs most first. `from` is the number of the revision it is
 * compared with, null for a first one. The first policy of a service is told by what it overrides.
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

function summaryIn(
  locale: Locale,
  given: { materiality: Materiality; differences: readonly Difference[]; from: number | null },
): string {
  const { materiality, differences, from } = given;
  const told = differences.filter((one) => one.class !== 'editorial' && !(from === null && isMereAppearance(one.rule)));
  if (from === null && told.length === 0)
    return locale === 'en' ? 'You can read, print and save it.' : '您可以阅读、打印和保存。';
  const shown = Map.groupBy(told.slice(0, mostTold), (one) => one.class);
  const groups = [...materialities]
    .reverse()
    .flatMap((weight) => (weight === 'editorial' ? [] : groupIn(locale, weight, shown.get(weight))));
  if (told.length > mostTold)
    groups.push(locale === 'en' ? `and ${told.length - mostTold} more` : `另有 ${told.length - mostTold} 项`);
  const isRaised = !told.some((one) => one.class === materiality);
  const note = materiality === 'editorial' ? [onlyWording[locale]] : isRaised ? [raised[locale]] : [];
  return [...note, ...groups, ...(owesLead(materiality) ? [leaving[locale]] : [])].join('\n');
}

/** Whether a difference only says that a first text is there; what a service policy overrides is told all the same. */
export function isMereAppearance(rule: string): boolean {
  return rule === 'revision.first' || rule === 'clause.added';
}

function groupIn(
  locale: Locale,
  weight: Exclude<Materiality, 'editorial'>,
  differences: readonly Difference[] = [],
): string[] {
  if (differences.length === 0) return [];
  return [
    introductions[weight][locale],
    ...differences.map((one) => `${locale === 'en' ? '-' : '·'} ${one.summary[locale]}`),
  ];
}
