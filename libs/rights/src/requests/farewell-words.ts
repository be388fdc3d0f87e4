import type { Locale } from '@abide/kernel';

/** A kind of data, by its name, and how many records of it. */
export interface FarewellPart {
  readonly name: string;
  readonly count: number;
  /** Of what stays: the article that says so. */
  readonly article?: string;
  /** Of what stays: until which day; null: until something happens that nobody knows the day of. */
  readonly until?: string | null;
}

export interface FarewellFacts {
  readonly number: string;
  readonly day: string;
  readonly gone: readonly FarewellPart[];
  readonly kept: readonly FarewellPart[];
  /** Where whoever disagrees asks, without an account. */
  readonly page: string;
  readonly appealDays: number;
}

interface Written {
  readonly subject: string;
  readonly text: string;
}

/** The last message about an account that is no more. */
export const farewellText: Readonly<Record<Locale, (facts: FarewellFacts) => Written>> = {
  'zh-CN': ({ number, day, gone, kept, page, appealDays }) => ({
    subject: '守约：您的账户已注销',
    text: [
      `请求 ${number}：您的账户已于 ${day} 注销。`,
      gone.length === 0
        ? '没有需要删除的信息。'
        : `已删除：\n${gone.map(({ name, count }) => `· ${name}（${count} 条）`).join('\n')}`,
      ...(kept.length === 0
        ? []
        : [
            `以下信息依法或作为凭证继续保留，单独加密，不再用于其他目的，期满即删除：\n${kept
              .map(
                ({ name, count, article, until }) =>
                  `· ${name}（${count} 条）：${article}，${until === null ? '保留至法定事由结束' : `保留至 ${until}`}`,
              )
              .join('\n')}`,
          ]),
      `如有异议，请在 ${appealDays} 日内通过 ${page} 提出。这是发往此地址的最后一封通知，发出后我们不再保存该地址。`,
    ].join('\n\n'),
  }),
  en: ({ number, day, gone, kept, page, appealDays }) => ({
    subject: 'Abide: your account is closed',
    text: [
      `Request ${number}: your account was closed on ${day}.`,
      gone.length === 0
        ? 'There was nothing to delete.'
        : `Deleted:\n${gone.map(({ name, count }) => `· ${name} (${count})`).join('\n')}`,
      ...(kept.length === 0
        ? []
        : [
            `Kept because a law says so or as evidence, sealed by itself, used for nothing else and deleted in the end:\n${kept
              .map(
                ({ name, count, article, until }) =>
                  `· ${name} (${count}): ${article}, ${until === null ? 'until its reason ends' : `until ${until}`}`,
              )
              .join('\n')}`,
          ]),
      `If you disagree, ask within ${appealDays} days at ${page}. This is the last message to this address; we do not keep it any longer.`,
    ].join('\n\n'),
  }),
};
