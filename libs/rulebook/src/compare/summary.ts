import type { Locale, Localized } from '@abide/kernel';
import type { Catalogue } from '../catalogue.js';
import { categoryWords, listWords, purposeWords, recipientWords } from '../words.js';
import type { Change } from './change.js';
import { compareRules } from './rules.js';

type Told = Omit<Change, 'services'> & { readonly services?: readonly string[] };

/** Tells a change in one sentence per language, naming the services where not all are concerned. */
export function summarise(change: Told, catalogue: Catalogue): Localized {
  return { 'zh-CN': sentence(change, 'zh-CN', catalogue), en: sentence(change, 'en', catalogue) };
}

function sentence(change: Told, locale: Locale, catalogue: Catalogue): string {
  const words: Readonly<Record<string, string | undefined>> = {
    kept: keptWords(change, locale, catalogue),
    categories: change.categories && categoryWords(change.categories, locale, catalogue),
    purposes: change.purposes && purposeWords(change.purposes, locale, catalogue),
    recipients: change.recipients && recipientWords(change.recipients, locale),
    regions: change.regions && listWords(change.regions, locale),
    before: change.before?.words[locale],
    after: change.after?.words[locale],
    value: change.value?.words[locale],
  };
  const template = compareRules[change.rule].summary[locale];
  const text = template.replace(/(.?)\{(\w+)\}(.?)/gu, (_, left: string, name: string, right: string) =>
    fitted(words[name] ?? '', { left, right }),
  );
  return capitalised(text) + servicesNote(change.services, locale);
}

/** Sets a word apart from Chinese neighbours where it begins or ends in Latin letters or digits, and leaves the word itself alone. */
function fitted(word: string, { left, right }: { left: string; right: string }): string {
  const isHan = /\p{Script=Han}/u;
  const before = isHan.test(left) && /^[A-Za-z0-9]/.test(word) ? ' ' : '';
  const after = isHan.test(right) && /[A-Za-z0-9]$/.test(word) ? ' ' : '';
  return `${left}${before}${word}${after}${right}`;
}

/** What a promise keeps: these kinds of data, of some purposes only where it tells them apart. */
function keptWords(change: Told, locale: Locale, catalogue: Catalogue): string {
  const categories = categoryWords(change.categories ?? [], locale, catalogue);
  if (!change.purposes) return categories;
  const purposes = purposeWords(change.purposes, locale, catalogue);
  return locale === 'en' ? `${categories} for ${purposes}` : `用于${purposes}的${categories}`;
}

function servicesNote(services: readonly string[] | undefined, locale: Locale): string {
  if (!services || services.length === 0) return '';
  return locale === 'en' ? ` (in ${listWords(services, 'en')})` : `（限 ${listWords(services, 'zh-CN')}）`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
