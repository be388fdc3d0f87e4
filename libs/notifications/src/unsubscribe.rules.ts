import type { Locale } from '@abide/kernel';
import type { Message } from '@abide/platform';
import { linkWithoutCodes } from './notices/notice-message.rules.js';

const ending: Readonly<Record<Locale, (link: string) => string>> = {
  'zh-CN': (link) => `一键退订：${link}`,
  en: (link) => `Unsubscribe with one click: ${link}`,
};

/**
 * The message with its way out: the link as the last line, and as header fields that let a mailbox offer one click
 * (RFC 2369 §3.2, RFC 8058 §3.1). `link` is absolute.
 */
export function withUnsubscribe(
  message: { readonly subject: string; readonly text: string },
  link: string,
  locale: Locale,
): Pick<Message, 'subject' | 'text' | 'headers'> {
  const written = linkWithoutCodes(link);
  const headers = { 'List-Unsubscribe': `<${written}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  return { ...message, text: `${message.text}\n${ending[locale](written)}`, headers };
}
