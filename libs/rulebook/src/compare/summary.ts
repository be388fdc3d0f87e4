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
    categories: change.categories && categoryWords(change.categories, locale, catalogue),
    purposes: change.purposes && purposeWords(change.purposes, locale, catalogue),
    recipients: change.recipients && recipientWords(change.recipients, locale),
    regions: change.regions && listWords(change.regions, locale),
    before: change.before?.words[locale],
    after: change.after?.words[locale],
    value: change.value?.words[locale],
  };
  const text = compareRules[change.rule].summary[locale].replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '');
  return capitalised(text) + servicesNote(change.services, locale);
}

function servicesNote(services: readonly string[] | undefined, locale: Locale): string {
  if (!services || services.length === 0) return '';
  return locale === 'en' ? ` (in ${listWords(services, 'en')})` : `（限 ${listWords(services, 'zh-CN')}）`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
