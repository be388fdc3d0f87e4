import type { Locale } from '@abide/kernel';

/** Something counted or dated in words, as both languages and the terms can be compared: `months:6`, `workingDays:15`, `date:2026-01-31`, `number:47`. */
export type Quantity = string;

/** What terms can promise too; other numbers are compared between the languages only. */
export function isPromise(quantity: Quantity): boolean {
  return /^(?:months|days|hours|workingDays|age):/.test(quantity);
}

/** Every number, date and duration that a text speaks of, Chinese numerals and English number words included, in no order. */
export function quantitiesIn(text: string, locale: Locale): readonly Quantity[] {
  const plain = text
    .normalize('NFKC')
    .replace(/\]\([^)\s]*\)/g, ']')
    .replace(/https?:\/\/\S+|[\w.+-]+@[\w-]+\.[\w.-]+/g, ' ');
  const found: Quantity[] = [];
  let rest = inDigits(plain, locale).replace(/(\d+) ?\(§?\1\)/g, '$1');
  for (const { pattern, quantity } of readers[locale]) {
    rest = rest.replace(pattern, (...match: unknown[]) => {
      const one = quantity(match.slice(0, -2).map((part) => String(part ?? '').replace('§', '')));
      if (one === null) return String(match[0]);
      found.push(one);
      return ' ';
    });
  }
  for (const [, number = ''] of rest.matchAll(/(?<![A-Za-z§\d.])(\d+(?:,\d{3})*(?:\.\d+)?)(?![A-Za-z])/g))
    found.push(`number:${Number(number.replaceAll(',', ''))}`);
  return found;
}

/** A duration or count of units in one form: years in months, weeks and whole days of hours in days. */
export function inUnits(
  count: number,
  unit: 'years' | 'quarters' | 'months' | 'weeks' | 'days' | 'workingDays' | 'hours' | 'minutes' | 'age',
): Quantity {
  if (unit === 'years') return `months:${count * 12}`;
  if (unit === 'quarters') return `months:${count * 3}`;
  if (unit === 'weeks') return `days:${count * 7}`;
  if (unit === 'hours' && count % 24 === 0) return `days:${count / 24}`;
  return `${unit}:${count}`;
}

interface Reader {
  readonly pattern: RegExp;
  readonly quantity: (match: readonly string[]) => Quantity | null;
}

const number = String.raw`§?(\d+(?:\.\d+)?)`;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const monthNames = `(${months.join('|')})`;

function date(year: string, month: string | number, day: string): Quantity {
  const parts = [year || '-', String(month).padStart(2, '0'), ...(day ? [day.padStart(2, '0')] : [])];
  return `date:${parts.join('-')}`;
}

function monthNumber(name: string): number {
  return months.indexOf(name) + 1;
}

const isoDate: Reader = {
  pattern: /(\d{4})-(\d{2})-(\d{2})/g,
  quantity: ([, year = '', month = '', day = '']) => date(year, month, day),
};

const chineseUnits: Readonly<Record<string, Parameters<typeof inUnits>[1]>> = {
  年: 'years',
  季度: 'quarters',
  月: 'months',
  周: 'weeks',
  星期: 'weeks',
  礼拜: 'weeks',
  日: 'days',
  天: 'days',
  自然日: 'days',
  日历日: 'days',
  工作日: 'workingDays',
  小时: 'hours',
  钟头: 'hours',
  分钟: 'minutes',
  周岁: 'age',
  岁: 'age',
};

const englishUnits = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute'] as const;

/** In this order; what one has read the next does not see. */
const readers: Readonly<Record<Locale, readonly Reader[]>> = {
  'zh-CN': [
    isoDate,
    {
      pattern: /§?(\d{4})\s*年\s*§?(\d{1,2})\s*月\s*§?(\d{1,2})\s*[日号]/g,
      quantity: ([, year = '', month = '', day = '']) => date(year, month, day),
    },
    { pattern: /§?(\d{4})\s*年\s*§?(\d{1,2})\s*月/g, quantity: ([, year = '', month = '']) => date(year, month, '') },
    {
      pattern: /§?(\d{1,2})\s*月\s*§?(\d{1,2})\s*[日号]/g,
      quantity: ([, month = '', day = '']) => date('', month, day),
    },
    {
      pattern: new RegExp(`${number}\\s*年[零又]?\\s*${number}\\s*个\\s*月`, 'g'),
      quantity: ([, years, more]) => inUnits(Number(years) * 12 + Number(more), 'months'),
    },
    {
      pattern: /%%\s*§?(\d+(?:\.\d+)?)|§?(\d+(?:\.\d+)?)\s*%/g,
      quantity: ([, one, other]) => `percent:${Number(one || other)}`,
    },
    {
      pattern: new RegExp(`第\\s*${number}\\s*[条章款项节编部次]`, 'g'),
      quantity: ([, count]) => `number:${Number(count)}`,
    },
    {
      pattern: new RegExp(
        `${number}\\s*(个?)\\s*(工作日|自然日|日历日|周岁|季度|星期|礼拜|小时|钟头|分钟|年|月|周|日|天|岁)`,
        'g',
      ),
      quantity: ([, count = '', counter, unit = '']) => {
        if (unit === '月' && counter === '') return `number:${Number(count)}`;
        if (unit === '年' && counter === '' && Number(count) >= 1900) return `number:${Number(count)}`;
        return inUnits(Number(count), chineseUnits[unit] ?? 'days');
      },
    },
  ],
  en: [
    isoDate,
    {
      pattern: new RegExp(`(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${monthNames}(?:,? (\\d{4}))?`, 'g'),
      quantity: ([, day = '', month = '', year = '']) => date(year, monthNumber(month), day),
    },
    {
      pattern: new RegExp(`${monthNames} (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4}))?`, 'g'),
      quantity: ([, month = '', day = '', year = '']) => date(year, monthNumber(month), day),
    },
    {
      pattern: new RegExp(`${monthNames},? (\\d{4})`, 'g'),
      quantity: ([, month = '', year = '']) => date(year, monthNumber(month), ''),
    },
    {
      pattern: new RegExp(`${number} years?,? (?:and )?${number} months?\\b`, 'gi'),
      quantity: ([, years, more]) => inUnits(Number(years) * 12 + Number(more), 'months'),
    },
    { pattern: new RegExp(`${number} ?(?:%|per ?cent\\b)`, 'gi'), quantity: ([, count]) => `percent:${Number(count)}` },
    {
      pattern: new RegExp(`${number}[\\s-]*years?[\\s-]*(?:old\\b|of age\\b)`, 'gi'),
      quantity: ([, count]) => inUnits(Number(count), 'age'),
    },
    {
      pattern: new RegExp(
        `\\b(?:under|below|over|aged|age of|younger than|older than|reach(?:es|ed)?|turn(?:s|ed)?) ${number}(?:[\\s-]*years?\\b)?(?![\\s-]*(?:${englishUnits.join('|')}|working|business|calendar|%|\\d|,\\d))`,
        'gi',
      ),
      quantity: ([, count]) => inUnits(Number(count), 'age'),
    },
    {
      pattern: new RegExp(
        `${number}[\\s-]*(?:(?:calendar|natural|consecutive|full|whole)[\\s-]+)?(working|business)?[\\s-]*(${englishUnits.join('|')})s?\\b`,
        'gi',
      ),
      quantity: ([, count, work, unit = '']) =>
        inUnits(Number(count), work ? 'workingDays' : (`${unit.toLowerCase()}s` as Parameters<typeof inUnits>[1])),
    },
  ],
};

/** The text with numerals in words written as digits after `§`: alone, such a numeral is no number (`one of them`, `一般`). */
function inDigits(text: string, locale: Locale): string {
  if (locale === 'zh-CN') {
    return text
      .replaceAll('百分之', '%%')
      .replace(/半\s*年/g, '§6个月')
      .replace(/(\d+(?:\.\d+)?)\s*([千万亿])/g, (_, count: string, unit: string) =>
        String(Number(count) * (chineseScales[unit] ?? 1)),
      )
      .replace(/[零〇一二三四五六七八九十百千万亿两]+/g, (word) => `§${chineseNumber(word)}`);
  }
  return text
    .replace(/\bhalf a year\b/gi, '§6 months')
    .replace(
      /(?<!\b(?:once|twice|times|hours|days|per) )\ban? (?=(?:calendar |working |business |full )?(?:year|quarter|month|week|day|hour)\b)/gi,
      '§1 ',
    )
    .replace(englishNumerals, (words) => `§${englishNumber(words)}`);
}

const chineseDigits = '零一二三四五六七八九';
const chineseScales: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 };

/** `三十` 30, `一百八十` 180, `一万二千` 12000, `二〇二六` 2026. */
function chineseNumber(word: string): number {
  const characters = [...word.replaceAll('〇', '零').replaceAll('两', '二')];
  if (characters.every((one) => chineseDigits.includes(one)))
    return Number(characters.map((one) => chineseDigits.indexOf(one)).join(''));
  let [whole, section, digit] = [0, 0, 0];
  for (const one of characters) {
    const scale = chineseScales[one];
    if (scale === undefined) digit = chineseDigits.indexOf(one);
    else if (scale < 10_000) [section, digit] = [section + (digit || 1) * scale, 0];
    else [whole, section, digit] = [(whole + section + digit) * scale, 0, 0];
  }
  return whole + section + digit;
}

const ones = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const englishWord = `(?:${[...ones, ...tens.slice(2), 'hundred', 'thousand'].toSorted((a, b) => b.length - a.length).join('|')})`;
const englishNumerals = new RegExp(`\\b${englishWord}(?:(?:[\\s-]+and)?[\\s-]+${englishWord})*\\b`, 'gi');

/** `ninety` 90, `one hundred and eighty` 180. */
function englishNumber(words: string): number {
  let [whole, current] = [0, 0];
  for (const word of words.toLowerCase().split(/[\s-]+/)) {
    if (word === 'hundred') current = (current || 1) * 100;
    else if (word === 'thousand') [whole, current] = [whole + (current || 1) * 1000, 0];
    else if (tens.includes(word)) current += tens.indexOf(word) * 10;
    else if (ones.includes(word)) current += ones.indexOf(word);
  }
  return whole + current;
}
