import type { Locale } from '@abide/kernel';

interface MandatePageWords {
  readonly title: string;
  readonly asContact: string;
  readonly asMember: string;
  readonly unnamed: string;
  readonly acts: Readonly<Record<string, string>>;
  readonly intro: string;
  readonly send: string;
  readonly sent: string;
  readonly code: string;
  readonly confirm: string;
  readonly ignore: string;
  readonly done: string;
  readonly doneText: string;
  readonly gone: string;
  readonly goneText: string;
  readonly errors: Readonly<Record<string, string>>;
  readonly error: string;
}

const chinese: MandatePageWords = {
  title: '确认代表企业',
  asContact: '登记您为其联系人。联系人可以代表企业查阅、复制、更正、删除企业的信息，并授权成员。',
  asMember: '登记您可以代表其办理：',
  unnamed: '一家企业',
  acts: {
    askAccess: '查阅、复制信息',
    askCorrection: '更正信息',
    readNotices: '查看通知',
    readConsents: '查看同意',
  },
  intro: '确认后，您用这个联系方式登录自己的账户；代表企业办理的事情与您自己的信息始终分开。',
  send: '获取验证码',
  sent: '验证码已发送到登记的联系方式，10 分钟内有效。',
  code: '六位验证码',
  confirm: '确认',
  ignore: '如果您不认识这家企业，请关闭本页。没有验证码，什么也不会发生。',
  done: '已确认',
  doneText: '您现在可以用这个联系方式和验证码登录，并在应用中代表企业办理。',
  gone: '没有需要确认的事项',
  goneText: '可能已经确认，已超过一个月，或者企业登记了其他人。如有需要，请企业重新登记。',
  errors: {
    'verification.wrong_code': '验证码不正确，请核对后重新输入。',
    'verification.expired': '验证码已过期，请重新获取。',
    'verification.exhausted': '错误次数过多，请重新获取验证码。',
    'verification.used': '这个验证码已经用过，请重新获取。',
    'identifier.taken': '这个联系方式属于另一个企业账户，无法确认。请企业登记您本人的联系方式。',
    'mandate.is_minor': '代表企业的人须已成年。没有任何更改。',
    'delivery.not_configured': '目前无法通过这种方式发送验证码。',
    'session.too_many_attempts': '尝试次数过多，请稍后再试。',
    'session.account_stopped': '尝试次数过多，请明天再试。',
  },
  error: '填写的内容无法接受，请检查后重试。',
};

const english: MandatePageWords = {
  title: 'Act for an enterprise',
  asContact:
    'named you its contact person: you may ask for its data, have it corrected or deleted, and let members act for it.',
  asMember: 'named you to do this for it:',
  unnamed: 'An enterprise',
  acts: {
    askAccess: 'see and copy data',
    askCorrection: 'have data corrected',
    readNotices: 'read notices',
    readConsents: 'read consents',
  },
  intro:
    'Once you confirm it you sign in with this address, to an account of your own. What you do for the enterprise stays apart from what is yours.',
  send: 'Send me a code',
  sent: 'A code is on its way to the address that was noted, good for 10 minutes.',
  code: 'Six digits',
  confirm: 'Confirm',
  ignore: 'If you do not know this enterprise, close this page. Nothing happens without the code.',
  done: 'Confirmed',
  doneText: 'You can sign in with this address and a code now, and act for the enterprise in the app.',
  gone: 'There is nothing to confirm',
  goneText:
    'It may be confirmed already, be older than a month, or the enterprise named somebody else. It can name you again.',
  errors: {
    'verification.wrong_code': 'The code is wrong. Look at it again.',
    'verification.expired': 'The code is too old. Have another one sent.',
    'verification.exhausted': 'Too many wrong codes. Have another one sent.',
    'verification.used': 'This code has been used. Have another one sent.',
    'identifier.taken':
      'This address belongs to the account of another enterprise. Ask to be named with one of your own.',
    'mandate.is_minor': 'Whoever acts for an enterprise is of age. Nothing was changed.',
    'delivery.not_configured': 'Codes cannot be sent this way at present.',
    'session.too_many_attempts': 'Too many attempts. Try again later.',
    'session.account_stopped': 'Too many attempts. Try again tomorrow.',
  },
  error: 'This cannot be accepted. Look at it again.',
};

export const mandatePageWords: Readonly<Record<Locale, MandatePageWords>> = { 'zh-CN': chinese, en: english };
