import type { Locale, Localized } from '@abide/kernel';
import { withoutCodes } from '@abide/notifications';

const more: Readonly<Record<Locale, (link: string) => string>> = {
  'zh-CN': (link) => `查看与选择：${link}`,
  en: (link) => `Read and choose: ${link}`,
};

/** The plain message that goes with a notice in the inbox. Like every message it holds no six digits in a row, which only codes do. */
export function reminderText(
  { title, summary, link }: { title: Localized; summary: Localized; link: string },
  locale: Locale,
): { subject: string; text: string } {
  const subject = withoutCodes(title[locale]);
  return { subject, text: [subject, withoutCodes(summary[locale]), more[locale](link)].join('\n') };
}
