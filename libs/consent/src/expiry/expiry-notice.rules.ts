import type { Locale, Localized } from '@abide/kernel';

export interface ExpiryNotice {
  readonly title: Localized;
  readonly summary: Localized;
}

/** What a subject is told before their consents end: for which purposes, and on which day in the time zone of the profile. */
export function expiryNotice(purposes: readonly Localized[], endsAt: Date, utcOffsetHours: number): ExpiryNotice {
  const day = (locale: Locale) =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(endsAt.getTime() + utcOffsetHours * 3_600_000),
    );
  return {
    title: { 'zh-CN': '您的同意即将到期', en: 'Your consent is about to end' },
    summary: {
      'zh-CN': `您对以下用途的同意将于${day('zh-CN')}到期：${purposes.map((name) => name['zh-CN']).join('、')}。如愿继续，请在此之前再次同意；无需任何操作，到期后即不再使用。`,
      en: `Your consent for the following ends on ${day('en')}: ${purposes.map((name) => name.en).join('; ')}. To go on, consent again before then. If you do nothing, it simply ends.`,
    },
  };
}
