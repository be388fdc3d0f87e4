import type { Localized } from '@abide/kernel';
import type { Role } from '../operators/roles.js';

/** What each role lets its holder do, in a sentence. */
const roleOpens: Readonly<Record<Role, Localized>> = {
  administrator: {
    'zh-CN': '可管理操作员、服务客户端与登记，并作为第二人决定他人提议的变更。',
    en: 'May manage operators, service clients and registries, and decide as the second person on what others propose.',
  },
  policyEditor: { 'zh-CN': '可撰写政策并提交审核。', en: 'May write policies and submit them for review.' },
  policyApprover: {
    'zh-CN': '可批准政策，为其排期、使其生效或撤回。',
    en: 'May approve policies, put them into force and withdraw them.',
  },
  supportAgent: {
    'zh-CN': '可查找用户、查看其完整信息，并代其记录同意。',
    en: 'May look up people, reveal their masked data and record consents on their behalf.',
  },
  privacyOfficer: {
    'zh-CN':
      '可查看包括未成年人信息与敏感信息在内的个人信息，就监护人作出决定，批准政策，并作为第二人决定他人提议的变更。',
    en: 'May reveal personal data, also of minors and sensitive data, decide about guardians, approve policies and decide as the second person.',
  },
  auditor: {
    'zh-CN': '可查阅政策、用户、操作员与审计记录。',
    en: 'May read policies, people, operators and the audit trail.',
  },
};

const signsInAgain: Localized = { 'zh-CN': '可重新登录控制台。', en: 'May sign in to the console again.' };

export const passwordAlone: Localized = {
  'zh-CN': '在重新设置二次验证之前，仅凭密码即可登录。',
  en: 'May sign in with the password alone until a new second factor is enrolled.',
};

/** What would be open to an operator who holds `before`, a sentence each; nothing where it only takes away. */
export function opensWords(
  { roles = [], active }: { readonly roles?: readonly Role[]; readonly active?: boolean },
  before: readonly Role[] = [],
): Localized[] {
  const gained = new Set(roles.filter((role) => !before.includes(role)));
  return [...(active === true ? [signsInAgain] : []), ...[...gained].map((role) => roleOpens[role])];
}
