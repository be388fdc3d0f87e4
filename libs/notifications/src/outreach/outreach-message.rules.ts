import type { Locale } from '@abide/kernel';
import { linkWithoutCodes, withoutCodes } from '../notices/notice-message.rules.js';
import type { OutreachTerms } from './outreach.entity.js';

const more: Readonly<Record<Locale, (link: string) => string>> = {
  'zh-CN': (link) => `详情：${link}`,
  en: (link) => `Read more: ${link}`,
};

/** The plain message of an outreach, with an absolute `link` or none. Like every message it holds no six digits in a row. */
export function composeOutreach(
  { title, text, link }: Pick<OutreachTerms, 'title' | 'text' | 'link'>,
  locale: Locale,
): { subject: string; text: string } {
  const subject = withoutCodes(title[locale]);
  const lines = [subject, withoutCodes(text[locale]), ...(link === null ? [] : [more[locale](linkWithoutCodes(link))])];
  return { subject, text: lines.join('\n') };
}
