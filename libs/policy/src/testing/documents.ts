import type { PolicyDocument } from '@abide/rulebook';

type ClauseDraft = Partial<PolicyDocument['clauses'][number]> & { readonly id: string };

/** A clause with texts that follow from its id, unless given. */
export function aClause({ id, ...rest }: ClauseDraft): PolicyDocument['clauses'][number] {
  return {
    id,
    heading: { 'zh-CN': `条款 ${id}`, en: `Clause ${id}` },
    body: { 'zh-CN': `${id} 的正文。`, en: `The text of ${id}.` },
    terms: [],
    ...rest,
  };
}

export const changesClause = aClause({
  id: 'changes',
  heading: { 'zh-CN': '变更', en: 'Changes' },
  terms: [{ type: 'change', notice: { leadDays: 7, channels: ['inApp'] }, acceptance: 'continuedUse' }],
});

export const registrationClause = aClause({
  id: 'collect.registration',
  heading: { 'zh-CN': '注册信息', en: 'Registration' },
  body: { 'zh-CN': '注册时我们收集您的姓名和手机号。', en: 'At registration we collect your name and phone number.' },
  terms: [
    {
      type: 'collection',
      categories: ['registration.name', 'registration.phone'],
      purposes: ['service.provision'],
      basis: 'contract',
      required: true,
      ifWithheld: 'noRegistration',
    },
  ],
});

export const periodsClause = aClause({
  id: 'keep.periods',
  heading: { 'zh-CN': '保存期限', en: 'How long we keep it' },
  body: {
    'zh-CN': '账户信息保存至注销，浏览记录保存六个月。',
    en: 'Account data is kept until the account is closed, browsing history six months.',
  },
  terms: [
    {
      type: 'retention',
      categories: ['registration.name', 'registration.phone'],
      until: 'accountClosure',
      then: 'delete',
    },
    { type: 'retention', categories: ['log.browsing'], period: 'P6M', then: 'delete' },
  ],
});

/** A whole general policy that compiles without findings; `clauses` are added to the ordinary ones. */
export function aPolicy({ clauses = [], ...rest }: Partial<PolicyDocument> = {}): PolicyDocument {
  return {
    policy: 'privacy',
    kind: 'general',
    title: { 'zh-CN': '隐私政策', en: 'Privacy policy' },
    contact: { 'zh-CN': '客服热线 400-000-0000', en: 'Customer service 400-000-0000' },
    glossary: [],
    definitions: [],
    services: ['ticketing', 'signing'],
    recipients: [],
    clauses: [registrationClause, periodsClause, changesClause, ...clauses],
    ...rest,
  };
}

/** `document` with the clause of the same id replaced. */
export function withClause(document: PolicyDocument, clause: ClauseDraft): PolicyDocument {
  return { ...document, clauses: document.clauses.map((one) => (one.id === clause.id ? { ...one, ...clause } : one)) };
}
