import type { Locale } from '@abide/kernel';
import type { OutreachKind } from '@abide/notifications';

interface Words {
  readonly title: string;
  readonly ask: (kind: OutreachKind) => string;
  readonly click: string;
  readonly done: (kind: OutreachKind) => string;
  readonly unknown: string;
}

const named: Readonly<Record<Locale, Readonly<Record<OutreachKind, string>>>> = {
  'zh-CN': { survey: '调查邀请', marketing: '营销消息' },
  en: { survey: 'invitations to surveys', marketing: 'marketing messages' },
};

/** What the page behind an unsubscribe link says. */
export const unsubscribeWords: Readonly<Record<Locale, Words>> = {
  'zh-CN': {
    title: '退订',
    ask: (kind) => `点击下面的按钮后，我们不再向您发送${named['zh-CN'][kind]}。其他设置不变，您可以随时重新同意。`,
    click: '退订',
    done: (kind) =>
      `已退订：我们不再向您发送${named['zh-CN'][kind]}，尚未发出的也已取消。您可以随时在隐私设置中重新同意。`,
    unknown:
      '这个链接无法识别，可能没有复制完整，或账户已经注销。什么也没有改变；您也可以在隐私设置中关闭，或联系客服。',
  },
  en: {
    title: 'Unsubscribe',
    ask: (kind) =>
      `After one click on the button we send you no more ${named.en[kind]}. Nothing else changes, and you can consent again at any time.`,
    click: 'Unsubscribe',
    done: (kind) =>
      `Done: we send you no more ${named.en[kind]}, and what was waiting to be sent has been dropped. You can consent again in your privacy settings at any time.`,
    unknown:
      'We do not know this link: it may be incomplete, or the account is closed. Nothing was changed; you can also switch this off in your privacy settings, or contact customer service.',
  },
};
