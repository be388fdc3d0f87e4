import { createHash } from 'node:crypto';
import { locales, type Locale, type Localized } from '@abide/kernel';
import type { WebsiteNotice } from '@abide/notifications';
import { html, trusted, type Html } from './html.js';
import { pageWords, type PageWords } from './page-words.js';
import { stylesheet } from './stylesheet.js';

export const stylesheetPath = '/policies/pages.css';

/** How a page is to be written: its language, where it stands, and whether it is to be read without us. */
export interface PageSetting {
  readonly locale: Locale;
  /** The path of the page with its query but for the language, such as `/policies/privacy/2/changes?from=1`. */
  readonly path: string;
  /** The address the site is reached at, without a trailing slash. */
  readonly site: string;
  /** Written as one file that needs nothing else. */
  readonly isDownload: boolean;
  /** What stands above every page: changes that were promised to be told of on the website. */
  readonly notices: readonly WebsiteNotice[];
  /** Hours east of UTC in which days are counted. */
  readonly utcOffsetHours: number;
}

export interface PageContent {
  readonly title: string;
  readonly banner?: Html | null;
  readonly main: Html;
  readonly contact: Localized | null;
  /** Has its table of contents beside the text where there is room. */
  readonly isWide?: boolean;
}

/** A whole page. It holds no script, loads nothing but our stylesheet, and a saved one not even that. */
export function renderPage(setting: PageSetting, { title, banner, main, contact, isWide }: PageContent): string {
  const words = pageWords[setting.locale];
  const page = html`<!doctype html>
<html lang="${setting.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${setting.isDownload ? inlineStyle() : linkedStyle(setting)}
</head>
<body${isWide && html` class="wide"`}>
<a class="skip" href="#text">${words.skip}</a>
${setting.isDownload ? null : setting.notices.map((notice) => standingNotice(setting, notice))}${banner}
<header>${setting.isDownload ? null : navigation(setting, words)}</header>
${main}
<footer>
<h2>${words.contact}</h2>
<p class="contact">${contact?.[setting.locale] ?? words.noContact}</p>
</footer>
</body>
</html>
`;
  return page.text;
}

/** When a change takes effect, or did, and where it is told. */
function standingNotice(
  setting: PageSetting,
  { title, link, policySlug, revisionNumber, effectiveAt, inEffectAt }: WebsiteNotice,
): Html {
  const words = pageWords[setting.locale];
  const since = inEffectAt ? words.inForceSince : words.announcedFor;
  const text = `/policies/${policySlug}/${revisionNumber}`;
  return html`<div class="banner" role="region" aria-label="${words.noticeOfChange}"><p>${title[setting.locale]} · ${since}${timeOf(inEffectAt ?? effectiveAt, setting)} · <a href="${linkTo(setting, link)}">${words.readChanges}</a>${link !== text && html` · <a href="${linkTo(setting, text)}">${words.readText}</a>`}</p></div>
`;
}

/** The address of another page: a path within the site, absolute in a saved file. Keeps the language. */
export function linkTo(setting: PageSetting, path: string): string {
  return `${setting.isDownload ? setting.site : ''}${withLanguage(path, setting.locale)}`;
}

/** An instant as the reader counts days, with the zone shown. */
export function timeOf(at: Date, { locale, utcOffsetHours }: PageSetting): Html {
  const hours = String(Math.abs(utcOffsetHours)).padStart(2, '0');
  const timeZone = `${utcOffsetHours < 0 ? '-' : '+'}${hours}:00`;
  const text = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(at);
  return html`<time datetime="${at.toISOString()}">${text} (UTC${timeZone})</time>`;
}

function withLanguage(path: string, locale: Locale): string {
  return `${path}${path.includes('?') ? '&' : '?'}lang=${locale}`;
}

function linkedStyle(setting: PageSetting): Html {
  const version = styleHash.toString('hex').slice(0, 8);
  const alternates = locales.map(
    (locale) =>
      html`<link rel="alternate" hreflang="${locale}" href="${setting.site}${withLanguage(setting.path, locale)}">\n`,
  );
  return html`<link rel="stylesheet" href="${stylesheetPath}?v=${version}">
<link rel="canonical" href="${setting.site}${withLanguage(setting.path, setting.locale)}">
${alternates}<link rel="alternate" hreflang="x-default" href="${setting.site}${setting.path}">`;
}

/** A saved file carries its style, and the policy that nothing else may run or load. */
function inlineStyle(): Html {
  const allowed = `default-src 'none'; style-src 'sha256-${styleHash.toString('base64')}'`;
  return html`<meta http-equiv="Content-Security-Policy" content="${allowed}">
<style>${trusted(stylesheet)}</style>`;
}

function navigation(setting: PageSetting, words: PageWords): Html {
  const languages = locales.map((locale) =>
    locale === setting.locale
      ? html`<span aria-current="true">${pageWords[locale].languageName}</span>`
      : html`<a href="${withLanguage(setting.path, locale)}" hreflang="${locale}" lang="${locale}">${pageWords[locale].languageName}</a>`,
  );
  return html`<nav><a href="${linkTo(setting, '/policies')}">${words.allPolicies}</a><a href="${linkTo(setting, '/requests')}">${words.askAboutData}</a><span class="languages">${languages}</span></nav>`;
}

const styleHash = createHash('sha256').update(stylesheet).digest();
