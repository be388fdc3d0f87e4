import type { Locale, Localized } from '@abide/kernel';
import type { VerifiedAct } from './verification.entity.js';

export interface Text {
  readonly subject: string;
  readonly text: string;
}

const actNames: Readonly<Record<VerifiedAct, Readonly<Record<Locale, string>>>> = {
  registration: { 'zh-CN': '注册', en: 'register' },
  guardianConsent: { 'zh-CN': '以监护人身份同意孩子注册', en: 'consent, as guardian, to a child’s registration' },
  guardianLink: {
    'zh-CN': '确认您是孩子的监护人并同意其使用服务',
    en: 'confirm that you are a child’s guardian and consent to their use of the service',
  },
  signIn: { 'zh-CN': '登录', en: 'sign in' },
  passwordReset: { 'zh-CN': '重置密码', en: 'reset your password' },
  identifierChange: { 'zh-CN': '更换联系方式', en: 'change your contact details' },
  request: { 'zh-CN': '提交个人信息请求', en: 'make a request about your personal data' },
  addressProof: {
    'zh-CN': '确认您的联系方式，以办理个人信息请求',
    en: 'confirm your address for a request about personal data',
  },
  mandate: { 'zh-CN': '确认您代表企业办理事务', en: 'confirm that you act for an enterprise' },
};

/** The message that carries a code: the code is the only run of six digits in it. `after`: a paragraph more. */
export function codeText(act: VerifiedAct, code: string, locale: Locale, after: string | null = null): Text {
  const name = actNames[act][locale];
  const written = withCode(name, code, locale);
  return after === null ? written : { ...written, text: `${written.text}\n\n${after}` };
}

function withCode(name: string, code: string, locale: Locale): Text {
  return locale === 'zh-CN'
    ? {
        subject: `守约：您的验证码（${name}）`,
        text: `您的验证码是 ${code}，用于${name}，10 分钟内有效。请勿告诉任何人；若不是您本人操作，请忽略。`,
      }
    : {
        subject: `Abide: your code to ${name}`,
        text: `Your code is ${code}. Use it within 10 minutes to ${name}. Tell it to nobody; if you did not ask for it, ignore this message.`,
      };
}

/** What the owner of an identifier is told when somebody tries to register or claim it again; it carries no code. */
export function alreadyYoursText(locale: Locale): Text {
  return locale === 'zh-CN'
    ? {
        subject: '守约：有人尝试使用您的联系方式',
        text: '有人尝试用这个联系方式注册或绑定，但它已属于您的账户。什么也没有改变；如果是您本人，请直接登录或重置密码。',
      }
    : {
        subject: 'Abide: somebody tried to use your contact details',
        text: 'Somebody tried to register with these contact details, which belong to your account. Nothing was changed. If it was you, sign in or reset your password.',
      };
}

/** What the old address is told after an identifier has been replaced. */
export function replacedText(locale: Locale): Text {
  return locale === 'zh-CN'
    ? {
        subject: '守约：联系方式已更换',
        text: '您账户的联系方式已更换，今后的消息将发送到新的联系方式。如果不是您本人操作，请立即联系客服。',
      }
    : {
        subject: 'Abide: your contact details have changed',
        text: 'The contact details of your account were replaced; messages go to the new ones from now on. If it was not you, contact customer service at once.',
      };
}

/** What somebody is told whose device somebody else says is theirs. */
export function deviceTakenText(locale: Locale): Text {
  return locale === 'zh-CN'
    ? {
        subject: '守约：您的一台设备已关联到其他账户',
        text: '有人用自己的账户关联了您先前关联的一台设备，您与该设备的关联已结束：此后在该设备上收集的信息不再显示给您，您先前的信息也不会显示给对方。如果设备仍由您使用，请重新关联。',
      }
    : {
        subject: 'Abide: one of your devices was linked to another account',
        text: 'Somebody linked a device to their account that you had linked to yours. Your link has ended: what is collected on it from now on is not shown to you, and what was collected before is not shown to them. If you still use the device, link it again.',
      };
}

/** What somebody of 14 to 17 is advised (product.md, M1). */
export const guardianAdvice: Localized = {
  'zh-CN': '你未满十八周岁：请与监护人一起阅读隐私政策，并在监护人同意后使用服务。',
  en: 'You are under 18: read the privacy policy together with a guardian, and use the service with their consent.',
};
