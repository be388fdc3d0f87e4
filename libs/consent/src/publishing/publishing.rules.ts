import type { Locale, Localized } from '@abide/kernel';
import type { Atom, CategoryEntry } from '@abide/rulebook';

/** What somebody is about to publish, as their app sees it. */
export interface Upload {
  /** Kinds of data that it contains. */
  readonly categories: readonly string[];
  readonly hasPlace: boolean;
  readonly hasTime: boolean;
  readonly hasFaces: boolean;
}

export const warningCodes = ['place', 'time', 'faces', 'sensitive', 'minor'] as const;
export type WarningCode = (typeof warningCodes)[number];

export interface PublishingWarning {
  readonly code: WarningCode;
  readonly category: string;
  readonly text: string;
}

/** What an upload of somebody is weighed by. */
export interface PublishingFacts {
  readonly categories: readonly CategoryEntry[];
  readonly atoms: readonly Atom[];
  readonly isUnder14: boolean;
  readonly locale: Locale;
}

/** The kinds of data that what an app sees in an upload is. */
const seenIn = { place: 'content.metadata', time: 'content.metadata', faces: 'registration.biometric' } as const;
/** What everybody else gets to see of somebody. */
const published = 'content.sharedToOthers';

const texts: Readonly<Record<WarningCode, (category: string) => Localized>> = {
  place: () => ({
    'zh-CN': '内容显示您所在或去过的地点，他人可能据此推断您的住所和行踪。',
    en: 'It shows where you are or were: others may tell from it where you live and go.',
  }),
  time: () => ({
    'zh-CN': '内容显示拍摄或录制的时间，与其他信息结合可能暴露您的行踪。',
    en: 'It shows when it was taken: together with other things it may tell where you were.',
  }),
  faces: () => ({
    'zh-CN': '画面中有人脸，属于生物识别信息。画面中有他人的，请先征得其同意。',
    en: 'It shows faces, by which people can be recognised. Ask the others in it first.',
  }),
  sensitive: (category) => ({
    'zh-CN': `内容包含“${category}”，属于敏感个人信息，公开后可能影响您的人身、财产安全或尊严。`,
    en: `It contains sensitive personal information (${category}), which may harm you once others have it.`,
  }),
  minor: () => ({
    'zh-CN': '您未满 14 周岁，公开的一切都属于敏感个人信息。请先与监护人商量。',
    en: 'You are under 14: whatever you publish is sensitive. Talk to your guardian first.',
  }),
};

/** What an upload may reveal (PIPL art. 28): by what is seen in it, by the registry of categories and by the policy in force. */
export function publishingWarnings(upload: Upload, facts: PublishingFacts): PublishingWarning[] {
  const { categories, isUnder14, locale } = facts;
  const known = new Map(categories.map((one) => [one.code, one]));
  const warning = (code: WarningCode, category: string): PublishingWarning => ({
    code,
    category,
    text: texts[code](known.get(category)?.label[locale] ?? category)[locale],
  });
  const contained = upload.categories.flatMap((code) => known.get(code) ?? []);
  return [
    ...(upload.hasPlace ? [warning('place', seenIn.place)] : []),
    ...(upload.hasTime ? [warning('time', seenIn.time)] : []),
    ...(upload.hasFaces ? [warning('faces', seenIn.faces)] : []),
    ...contained.filter(({ isLocation }) => isLocation).map(({ code }) => warning('place', code)),
    ...contained
      .filter((one) => !one.isLocation && isSensitive(one, facts))
      .map(({ code }) => warning('sensitive', code)),
    ...(isUnder14 ? [warning('minor', published)] : []),
  ];
}

/** By the registry, or because the policy lets nothing of it be collected or used without a consent of its own. */
function isSensitive({ code, isSensitive: isRegistered }: CategoryEntry, { atoms }: PublishingFacts): boolean {
  const about = atoms.filter(({ category }) => category === code);
  return isRegistered || (about.length > 0 && about.every(({ basis }) => basis === 'separateConsent'));
}
