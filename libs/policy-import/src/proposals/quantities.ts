import { quantitiesIn } from '@abide/rulebook';
import type { Span } from '../lexicon/matcher.js';

/** A length of time or an age in a sentence, and where its words stand in the sentence. */
export interface Counted extends Span {
  readonly unit: 'months' | 'days' | 'hours' | 'workingDays' | 'age';
  readonly count: number;
}

const counted = new RegExp(
  [
    String.raw`(?:[\d零〇一二三四五六七八九十百两半]+\s*(?:个\s*)?(?:工作日|自然日|日历日|周岁|季度|星期|小时|年|月|周|日|天|岁))`,
    String.raw`(?:(?:under|below|over|aged|age of|younger than)\s+)?\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|twenty-one|thirty|sixty|ninety|an?|half a)(?:\s+\(\d+\))?[\s-]+(?:(?:calendar|working|business)\s+)?(?:year|month|week|day|hour)s?(?:[\s-]+(?:old|of age))?\b`,
    String.raw`(?:under|below|aged|age of|younger than|at least)\s+(?:the age of\s+)?(?:\d{1,2}|thirteen|fourteen|sixteen|eighteen)\b(?![\s-]*(?:year|month|week|day|hour|calendar|working|business))`,
  ].join('|'),
  'giu',
);

/** The lengths of time and ages that a sentence speaks of, read as the rulebook reads numbers in clauses. */
export function countedIn(sentence: string): Counted[] {
  return [...sentence.matchAll(counted)].flatMap(({ 0: words, index }) => {
    const locale = /\p{Script=Han}/u.test(words) ? 'zh-CN' : 'en';
    const [first] = quantitiesIn(words, locale);
    const [, unit, count] = /^(months|days|hours|workingDays|age):(\d+)$/.exec(first ?? '') ?? [];
    if (unit === undefined || count === undefined) return [];
    return [{ unit: unit as Counted['unit'], count: Number(count), start: index, end: index + words.length }];
  });
}

/** `P6M`, `P30D`, `PT72H`; years where months make whole ones. */
export function periodOf({ unit, count }: Counted): string | null {
  if (unit === 'months') return count % 12 === 0 ? `P${count / 12}Y` : `P${count}M`;
  if (unit === 'days') return `P${count}D`;
  return unit === 'hours' ? `PT${count}H` : null;
}
