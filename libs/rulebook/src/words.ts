import type { Locale } from '@abide/kernel';
import type { Catalogue } from './catalogue.js';
import { parseDuration } from './duration.js';
import { labelOf } from './labels.js';
import { namedRecipient } from './lookup.js';
import type { AnswerWithin } from './terms.js';

const listFormat = (locale: Locale, type: 'conjunction' | 'disjunction') =>
  new Intl.ListFormat(locale, { style: 'long', type });
const formatsOf = (type: 'conjunction' | 'disjunction'): Readonly<Record<Locale, Intl.ListFormat>> => ({
  'zh-CN': listFormat('zh-CN', type),
  en: listFormat('en', type),
});
const [conjunctions, disjunctions] = [formatsOf('conjunction'), formatsOf('disjunction')];

/** Joins words as the language does: `a, b and c`, `甲、乙和丙`. */
export function listWords(items: readonly string[], locale: Locale): string {
  const list = conjunctions[locale].format(items);
  return locale === 'en' ? list : spaced(list);
}

/** One of them: `one of a, b or c`, `甲、乙或丙之一`. */
export function choiceWords(items: readonly string[], locale: Locale): string {
  const list = disjunctions[locale].format(items);
  return locale === 'en' ? `one of ${list}` : `${spaced(list)}之一`;
}

/** Sets Chinese apart from Latin letters and digits, as is usual on screen. */
export function spaced(text: string): string {
  return text.replace(/(\p{Script=Han})([A-Za-z0-9])/gu, '$1 $2').replace(/([A-Za-z0-9])(\p{Script=Han})/gu, '$1 $2');
}

export function categoryWords(codes: readonly string[], locale: Locale, catalogue: Catalogue): string {
  const isEverything = codes.includes('*') || (codes.length > 1 && codes.length === catalogue.categories.length);
  if (isEverything) return locale === 'en' ? 'all data' : '全部信息';
  return listWords(
    codes.map((code) => catalogue.categories.find((entry) => entry.code === code)?.label[locale] ?? code),
    locale,
  );
}

export function purposeWords(codes: readonly string[], locale: Locale, catalogue: Catalogue): string {
  return listWords(
    codes.map((code) => catalogue.purposes.find((entry) => entry.code === code)?.label[locale] ?? code),
    locale,
  );
}

/** `processors`, or the slug of a named recipient. */
export function recipientWords(references: readonly string[], locale: Locale): string {
  return listWords(
    references.map((reference) => namedRecipient(reference) ?? labelOf('recipientKind', reference, locale)),
    locale,
  );
}

/** `P1Y6M` as `1 year and 6 months`, `1 年 6 个月`; the text itself where it is no duration. */
export function durationWords(period: string, locale: Locale): string {
  const duration = parseDuration(period);
  if (!duration) return period;
  const counts = [
    [Math.floor(duration.months / 12), 'year', '年'],
    [duration.months % 12, 'month', '个月'],
    [duration.days, 'day', '天'],
    [duration.hours, 'hour', '小时'],
  ] as const;
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, en, zh]) => (locale === 'en' ? counted(count, en) : `${count} ${zh}`));
  return locale === 'en' ? listWords(parts, 'en') : parts.join(' ');
}

export function answerWords(answer: AnswerWithin, locale: Locale): string {
  if ('workingDays' in answer)
    return locale === 'en' ? counted(answer.workingDays, 'working day') : `${answer.workingDays} 个工作日`;
  if ('calendarDays' in answer && answer.calendarDays === 0) return locale === 'en' ? 'the same day' : '当日';
  if ('calendarDays' in answer)
    return locale === 'en' ? counted(answer.calendarDays, 'day') : `${answer.calendarDays} 天`;
  return locale === 'en' ? counted(answer.months, 'month') : `${answer.months} 个月`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
