import type { Locale } from '@abide/kernel';
import type { Text } from '../verifications/code-messages.js';
import type { MandateRole } from './mandate.rules.js';

/** What whoever is named to act for an enterprise is told. It names no enterprise: what others typed is no part of a message of ours; the page does. */
export function namedText(role: MandateRole, link: string, locale: Locale): Text {
  return locale === 'zh-CN'
    ? {
        subject: role === 'contact' ? '守约：您被登记为企业联系人' : '守约：您被登记为企业成员',
        text: `有企业登记您${role === 'contact' ? '为其联系人' : '可以代表其办理部分事务'}。请打开 ${link} 查看是哪家企业，并用验证码确认。您确认之前，不会凭此办理任何事情；如不知情，请忽略本消息。`,
      }
    : {
        subject:
          role === 'contact'
            ? 'Abide: you were named the contact person of an enterprise'
            : 'Abide: you were named a member of an enterprise',
        text: `An enterprise named you ${role === 'contact' ? 'its contact person' : 'to do some things for it'}. Open ${link} to see which, and to confirm it by a code. Nothing is done by it before you confirm; if you know nothing of it, ignore this message.`,
      };
}
