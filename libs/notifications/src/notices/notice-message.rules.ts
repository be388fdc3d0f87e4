import type { Locale, Localized } from '@abide/kernel';

/** What the message of a policy change says; `link` is absolute. */
export interface PolicyChange {
  readonly title: Localized;
  readonly summary: Localized;
  readonly link: string;
  readonly effectiveAt: Date;
}

interface Words {
  readonly zone: string;
  readonly effective: (at: string) => string;
  readonly more: (link: string) => string;
}

const words: Readonly<Record<Locale, Words>> = {
  'zh-CN': {
    zone: 'Asia/Shanghai',
    effective: (at) => `生效时间：${at}（北京时间）`,
    more: (link) => `详情：${link}`,
  },
  en: {
    zone: 'UTC',
    effective: (at) => `Takes effect: ${at} (UTC)`,
    more: (link) => `Read more: ${link}`,
  },
};

/**
 * The short plain message of a policy change: title, what changes, when, where to read it. It never contains six
 * digits in a row, so that it cannot be taken for a code.
 */
export function composeNotice(change: PolicyChange, locale: Locale): { subject: string; text: string } {
  const { zone, effective, more } = words[locale];
  const at = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zone,
  }).format(change.effectiveAt);
  const subject = withoutCodes(change.title[locale]);
  const lines = [subject, withoutCodes(change.summary[locale]), effective(at), more(linkWithoutCodes(change.link))];
  return { subject, text: lines.join('\n') };
}

/** Sets a thin space after every third digit of a long number. */
export function withoutCodes(text: string): string {
  return text.replace(/\d{6,}/g, (digits) => digits.replace(/\d{3}(?=\d)/g, '$&\u2009'));
}

/**
 * Writes every fourth digit of a link with a long number percent-encoded, which names the same resource (RFC 3986 §6.2.2.2).
 * A port stays, it may not be encoded.
 */
export function linkWithoutCodes(link: string): string {
  if (!/\d{6}/.test(link)) return link;
  return link.replace(/%[\dA-Fa-f]{2}|:\d{1,5}(?=[/?#]|$)|\d{4}/g, (part) =>
    /^\d/.test(part) ? `${part.slice(0, 3)}%3${part.slice(3)}` : part,
  );
}
