import { locales, type Locale, type Localized } from '@abide/kernel';
import { html, type Html } from '@abide/policy';
import { legalNameIn } from '@abide/rulebook';
import { dayWords, momentWords } from '../day-words.js';
import { codeWord } from './code-words.js';
import { fieldWord, isForReaders } from './field-words.js';
import { amountWords } from './amount-words.js';

const yesNo: Readonly<Record<'true' | 'false', Localized>> = {
  true: { 'zh-CN': '是', en: 'Yes' },
  false: { 'zh-CN': '否', en: 'No' },
};

/** What these fields hold is codes of the registries, which have names. */
const named = new Set(['askedFor', 'categories', 'category', 'policy', 'purpose', 'recipient', 'service']);

/** How the values of one package are put into words: its language, the zone of its times, and the names of the registries' codes. */
export interface ValueWording {
  readonly locale: Locale;
  readonly utcOffsetHours: number;
  readonly nameOf: (code: string) => string | undefined;
}

/** Each value that says something under the name of its field, those with parts laid out below it; null where there is none. */
export function valuesLaidOut(values: object, wording: ValueWording): Html | null {
  const rows = Object.entries(values).flatMap(([name, value]) => {
    const shown = isForReaders(name) ? valueLaidOut(name, value, wording) : null;
    return shown === null ? [] : [html`<dt>${fieldWord(name, wording.locale)}</dt><dd>${shown}</dd>`];
  });
  return rows.length === 0 ? null : html`<dl>${rows}</dl>`;
}

/** `name`: of its field. Null for what is empty. */
export function valueLaidOut(name: string, value: unknown, wording: ValueWording): Html | string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return textWords(name, value, wording);
  if (typeof value === 'number') return amountWords(name, value, wording.locale);
  if (typeof value === 'boolean') return yesNo[`${value}`][wording.locale];
  if (Array.isArray(value)) return listLaidOut(name, value, wording);
  if (typeof value !== 'object') return String(value);
  return isLocalized(value) ? value[wording.locale] : valuesLaidOut(value, wording);
}

function listLaidOut(name: string, list: readonly unknown[], wording: ValueWording): Html | string | null {
  const items = list.flatMap((item) => {
    const isStep = name === 'events' && typeof item === 'object' && item !== null;
    const shown = isStep ? stepLaidOut(item, wording) : valueLaidOut(name, item, wording);
    return shown === null ? [] : [shown];
  });
  if (items.length === 0) return null;
  if (items.every((item) => typeof item === 'string')) return items.join(wording.locale === 'en' ? ', ' : '、');
  return html`<ol>${items.map((item) => html`<li>${item}</li>`)}</ol>`;
}

/** A step of a timeline in one line, with what was said in it below. */
function stepLaidOut(step: object, wording: ValueWording): Html | null {
  const { at, act, by, text, ...rest } = step as Readonly<Record<string, unknown>>;
  const shown = [
    valueLaidOut('at', at, wording),
    valueLaidOut('act', act, wording),
    valueLaidOut('by', by, wording),
  ].filter((part) => part !== null);
  const said = valueLaidOut('text', text, wording);
  return html`${shown.map((part, index) => html`${index > 0 && ' · '}${part}`)}${said && html`<p>${said}</p>`}${valuesLaidOut(rest, wording)}`;
}

const regions = new Map<Locale, Intl.DisplayNames>();
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;
const day = /^\d{4}-\d\d-\d\d$/;

function textWords(name: string, text: string, wording: ValueWording): string {
  const { locale, nameOf } = wording;
  if (instant.test(text)) return momentWords(new Date(text), wording);
  if (day.test(text) && !Number.isNaN(Date.parse(text))) return dayWords(new Date(text), { locale, utcOffsetHours: 0 });
  if (name === 'article') return legalNameIn(text, locale);
  if ((name === 'region' || name === 'countryCode') && /^[A-Z]{2}$/.test(text)) return regionWord(text, locale);
  return codeWord(name, text, locale) ?? (named.has(name) ? nameOf(text) : undefined) ?? text;
}

function regionWord(code: string, locale: Locale): string {
  const names = regions.get(locale) ?? new Intl.DisplayNames(locale, { type: 'region' });
  regions.set(locale, names);
  return names.of(code) ?? code;
}

function isLocalized(value: object): value is Localized {
  return locales.every((locale) => typeof (value as Partial<Localized>)[locale] === 'string');
}
