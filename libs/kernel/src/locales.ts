export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

/** A text in every published locale. */
export type Localized = Readonly<Record<Locale, string>>;

/** The best of our locales for an `Accept-Language` value (RFC 9110 §12.5.4); zh-CN when nothing fits. */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  const ranges = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
      return { range, quality: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ range, quality }) => range !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { range } of ranges) {
    if (range.startsWith('zh')) return 'zh-CN';
    if (range.startsWith('en')) return 'en';
  }
  return 'zh-CN';
}
