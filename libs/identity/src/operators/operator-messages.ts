import type { Locale } from '@abide/kernel';
import type { Text } from '../verifications/code-messages.js';

/** Carries a one-time link by which an operator chooses a password: the first one, or another. */
export function linkText(kind: 'invitation' | 'reset', link: string, locale: Locale): Text {
  const texts: Record<typeof kind, Record<Locale, Text>> = {
    invitation: {
      'zh-CN': {
        subject: '守约：邀请您使用控制台',
        text: `您已被添加为守约控制台的操作员。请在 24 小时内打开此链接设置密码，链接只能使用一次：\n${link}\n没有人知道您的密码。若您不认识此邀请，请忽略。`,
      },
      en: {
        subject: 'Abide: you are invited to the console',
        text: `You have been added as an operator of the Abide console. Open this link within 24 hours to choose your password; it works once:\n${link}\nNobody else knows your password. If you did not expect this, ignore it.`,
      },
    },
    reset: {
      'zh-CN': {
        subject: '守约：重新设置控制台密码',
        text: `管理员为您发送了重新设置密码的链接，24 小时内有效，只能使用一次：\n${link}\n在您使用之前，原密码仍然有效。若您没有要求，请忽略，并告诉其他管理员。`,
      },
      en: {
        subject: 'Abide: choose a new password for the console',
        text: `An administrator sent you this link to choose a new password. It is good for 24 hours and works once:\n${link}\nUntil you use it your present password stays. If you did not ask for it, ignore it and tell another administrator.`,
      },
    },
  };
  return texts[kind][locale];
}

export type AccessChange = 'passwordChanged' | 'factorRemoved' | 'recovered';

/** Tells an operator what became of their own access, so that they notice what they did not do. */
export function accessChangedText(change: AccessChange, locale: Locale): Text {
  const what: Record<AccessChange, Record<Locale, string>> = {
    passwordChanged: {
      'zh-CN': '您的控制台密码已更改，所有会话已结束。',
      en: 'Your password for the console was changed and every session has ended.',
    },
    factorRemoved: {
      'zh-CN': '您的控制台二次验证已被移除，所有会话已结束。',
      en: 'Your second factor for the console was taken away and every session has ended.',
    },
    recovered: {
      'zh-CN': '有人在服务器上恢复了您的控制台访问：二次验证已移除，所有会话已结束，并生成了设置密码的链接。',
      en: 'Your access to the console was recovered on the server: the second factor is gone, every session has ended and a link to choose a password was made.',
    },
  };
  return locale === 'zh-CN'
    ? { subject: '守约：您的控制台访问已变更', text: `${what[change][locale]}若不是您本人操作，请立即告诉其他管理员。` }
    : {
        subject: 'Abide: your access to the console has changed',
        text: `${what[change][locale]} If it was not you, tell another administrator at once.`,
      };
}
