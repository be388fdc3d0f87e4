import type { Locale } from '@abide/kernel';

export interface GuardianText {
  readonly subject: string;
  readonly text: string;
}

/** What a guardian is asked whose age nobody knows: how to prove it, and until when what they consented to counts without. */
export function ageAskedText(until: Date, locale: Locale): GuardianText {
  const day = dayIn(until, locale);
  return locale === 'zh-CN'
    ? {
        subject: '守约：请证明您已成年',
        text: `您是一名儿童的监护人。监护人须已成年，请于${day}前登录您的账户填写出生日期，或向隐私负责人出示证明；逾期后，在证明之前，我们将暂停处理该儿童的个人信息。没有账户时，请用收到本消息的联系方式注册。`,
      }
    : {
        subject: 'Abide: please show that you are an adult',
        text: `You are the guardian of a child. A guardian is an adult: sign in and state your birth date, or show a privacy officer evidence, by ${day}. After that day nothing of the child’s is used until you have. Without an account, register with the address that this message came to.`,
      };
}

/** What a guardian is told who confirmed a child's registration, and whose age nobody knows yet. */
export function ageNeededText(until: Date, locale: Locale): GuardianText {
  const day = dayIn(until, locale);
  return locale === 'zh-CN'
    ? {
        subject: '守约：还差一步，请证明您已成年',
        text: `您已确认是孩子的监护人。监护人须已成年：请于${day}前用收到本消息的联系方式注册或登录，并填写出生日期，或向隐私负责人出示证明。逾期后孩子的注册将被删除。`,
      }
    : {
        subject: 'Abide: one more step, show that you are an adult',
        text: `You confirmed that you are a child’s guardian. A guardian is an adult: register or sign in with the address that this message came to and state your birth date, or show a privacy officer evidence, by ${day}. After that day the child’s registration is deleted.`,
      };
}

/** What a child's guardian is told when the child names another one. */
export function additionAskedText(locale: Locale): GuardianText {
  return locale === 'zh-CN'
    ? {
        subject: '守约：孩子想添加另一位监护人',
        text: '由您监护的孩子刚刚提名了另一位监护人。未经您同意不会生效：请登录您的账户，在“我的孩子”中同意或拒绝。若您没有账户，请联系隐私负责人。',
      }
    : {
        subject: 'Abide: your child wants to add another guardian',
        text: 'A child you are the guardian of has just named another guardian. Nothing comes of it without your yes: sign in and say yes or no under your children. If you have no account, contact the privacy officer.',
      };
}

/** What guardians are told once there is a further one. */
export function additionDoneText(locale: Locale): GuardianText {
  return locale === 'zh-CN'
    ? {
        subject: '守约：孩子多了一位监护人',
        text: '由您监护的孩子现在多了一位已确认的监护人。任何一位监护人撤回同意，都会停止处理孩子的个人信息。如果您不认可，请立即联系隐私负责人。',
      }
    : {
        subject: 'Abide: your child has a further guardian',
        text: 'A child you are the guardian of now has a further confirmed guardian. What either of you withdraws stops. If you do not agree to this, contact the privacy officer at once.',
      };
}

/** What a guardian is told whose withdrawal an officer set aside. */
export function setAsideText(locale: Locale): GuardianText {
  return locale === 'zh-CN'
    ? {
        subject: '守约：您的撤回不再有效',
        text: '隐私负责人依据证明材料，决定您此前为孩子作出的撤回不再有效。如有异议，请联系隐私负责人；您可以再次撤回。',
      }
    : {
        subject: 'Abide: your withdrawal stands no more',
        text: 'On evidence, a privacy officer decided that what you withdrew for a child stands no more. If you disagree, contact the privacy officer; you can withdraw again.',
      };
}

/** The last whole day before `until`, in the zone of China. */
function dayIn(until: Date, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'long',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(until.getTime() - 86_400_000));
}
