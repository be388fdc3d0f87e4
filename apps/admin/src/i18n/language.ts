import type { Locale as AntdLocale } from 'antd/es/locale';
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Locale, LocalizedText } from '../api/types.js';

export const languages: readonly Locale[] = ['zh-CN', 'en'];

const storageKey = 'abide.language';
const antdLocales = new Map<Locale, AntdLocale>();

const antdCatalogues = {
  'zh-CN': () => import('antd/es/locale/zh_CN.js'),
  en: () => import('antd/es/locale/en_US.js'),
};

/** Fetches every catalogue of a language; they are laid over one another. */
export type LoadTexts = (language: Locale) => Promise<readonly object[]>;

let loadTexts: LoadTexts = async () => [];

/** A catalogue that is fetched when something needs it. */
export type TextsByLanguage = Readonly<Record<Locale, () => Promise<object>>>;

const needed = new Set<TextsByLanguage>();

/** Fetches a catalogue in the language in use, and from now on in every language that is chosen. */
export async function needTexts(texts: TextsByLanguage): Promise<void> {
  needed.add(texts);
  let language: Locale;
  do {
    language = currentLanguage();
    add(language, await texts[language]());
  } while (language !== currentLanguage());
}

/** Loads the catalogue of the language in use before the first paint; the other one is fetched when chosen. */
export async function startLanguage(load: LoadTexts): Promise<void> {
  loadTexts = load;
  const language = keptLanguage() ?? browserLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    supportedLngs: [...languages],
    interpolation: { escapeValue: false },
    resources: {},
    returnNull: false,
  });
  await switchTo(language);
}

/** Switches every text on screen, in place; remembered in this browser. */
export async function chooseLanguage(language: Locale): Promise<void> {
  localStorage.setItem(storageKey, language);
  await switchTo(language);
}

/** The operator's own language from their account, unless they chose another one in this browser. */
export async function preferLanguage(language: Locale): Promise<void> {
  if (keptLanguage() === null && languages.includes(language)) await switchTo(language);
}

export function useAntdLocale(): AntdLocale | undefined {
  const language = useSyncExternalStore(subscribe, currentLanguage);
  return antdLocales.get(language);
}

/** Picks the reader's language out of a localized text; another one where it is missing, so that nothing looks empty. */
export function useLocalized(): (text: LocalizedText | string | null | undefined) => string {
  const { i18n } = useTranslation();
  return (text) => localized(text, i18n.language);
}

export function localized(text: LocalizedText | string | null | undefined, language: string): string {
  if (typeof text === 'string') return text;
  return text?.[language as Locale] ?? text?.['zh-CN'] ?? text?.en ?? '';
}

export function currentLanguage(): Locale {
  return languages.find((language) => language === i18next.language) ?? 'zh-CN';
}

async function switchTo(language: Locale): Promise<void> {
  const [catalogues, antd, besides] = await Promise.all([
    loadTexts(language),
    antdCatalogues[language](),
    Promise.all([...needed].map((texts) => texts[language]())),
  ]);
  antdLocales.set(language, antd.default);
  for (const texts of [...catalogues, ...besides]) add(language, texts);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

function add(language: Locale, texts: object): void {
  i18next.addResourceBundle(language, 'translation', texts, true, true);
}

function keptLanguage(): Locale | null {
  const kept = localStorage.getItem(storageKey);
  return languages.find((language) => language === kept) ?? null;
}

function browserLanguage(): Locale {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

function subscribe(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}
