import type { Locale, Localized } from '@abide/kernel';
import type { Materiality } from './materiality.js';
import type { Severity } from './problems.js';
import type { Precision } from './terms.js';
import type {
  AcceptanceMode,
  AppKind,
  Audience,
  Basis,
  CrossServiceData,
  CrossServiceForm,
  ExclusionScope,
  Fallback,
  MinorRequirement,
  NoticeChannel,
  PolicyKind,
  RecipientKind,
  RetentionEvent,
  RetentionOutcome,
  Right,
  Storage,
  TermType,
  Verification,
  WithheldConsequence,
} from './vocabulary.js';
import type { knownMeasures, knownSources } from './vocabulary.js';

const l = (zh: string, en: string): Localized => ({ 'zh-CN': zh, en });

/** What every closed word of the format is called on screen. */
export const labels = {
  policyKind: {
    general: l('通用政策', 'general policy'),
    service: l('服务政策', 'service policy'),
    agreement: l('用户协议', 'user agreement'),
    guide: l('指引', 'guide'),
  } satisfies Record<PolicyKind, Localized>,
  audience: { children: l('儿童及其监护人', 'children and their guardians') } satisfies Record<Audience, Localized>,
  appKind: {
    performanceTickets: l('演出票务类应用', 'app for performance tickets'),
    utilities: l('实用工具类应用', 'utility app'),
  } satisfies Record<AppKind, Localized>,
  termType: {
    collection: l('收集', 'collection'),
    use: l('使用', 'use'),
    crossServiceUse: l('跨服务使用', 'use across services'),
    sharing: l('共享', 'sharing'),
    retention: l('保存期限', 'retention'),
    right: l('权利', 'right'),
    protection: l('保护措施', 'protection'),
    minors: l('未成年人', 'minors'),
    change: l('变更', 'change'),
    exclusion: l('不适用', 'exclusion'),
  } satisfies Record<TermType, Localized>,
  basis: {
    contract: l('为履行合同所必需', 'contract'),
    consent: l('同意', 'consent'),
    separateConsent: l('单独同意', 'separate consent'),
    legalObligation: l('法定义务', 'legal obligation'),
    publicInterest: l('公共利益', 'public interest'),
    vitalInterest: l('保护生命健康', 'vital interest'),
    legitimateInterest: l('正当利益', 'legitimate interest'),
    publicised: l('已公开的信息', 'information already public'),
  } satisfies Record<Basis, Localized>,
  ifWithheld: {
    degraded: l('部分功能受限', 'the service works less well'),
    noService: l('无法使用该服务', 'the service cannot be used'),
    noRegistration: l('无法注册', 'registration is not possible'),
  } satisfies Record<WithheldConsequence, Localized>,
  recipientKind: {
    affiliate: l('关联公司', 'affiliates'),
    processor: l('受托处理者', 'processors'),
    partner: l('合作方', 'partners'),
    auditor: l('审计机构', 'auditors'),
    authority: l('有权机关', 'competent authorities'),
    acquirer: l('受让方', 'acquirers'),
  } satisfies Record<RecipientKind, Localized>,
  form: { aggregated: l('汇总', 'aggregated'), personalised: l('个人化', 'personalised') } satisfies Record<
    CrossServiceForm,
    Localized
  >,
  data: {
    collected: l('收集的', 'collected'),
    provided: l('您提供的', 'provided'),
    stored: l('您存储的', 'stored'),
  } satisfies Record<CrossServiceData, Localized>,
  storage: { onDevice: l('仅在您的设备上', 'only on your device') } satisfies Record<Storage, Localized>,
  then: {
    delete: l('删除', 'deleted'),
    anonymise: l('匿名化', 'anonymised'),
    restrict: l('限制处理', 'restricted'),
  } satisfies Record<RetentionOutcome, Localized>,
  until: {
    accountClosure: l('注销账户', 'the account is closed'),
    serviceEnd: l('服务终止', 'the service ends'),
    agreementEnd: l('协议终止', 'the agreement ends'),
    purposeMet: l('目的实现', 'the purpose is met'),
    consentWithdrawal: l('撤回同意', 'consent is withdrawn'),
    sessionEnd: l('本次会话结束', 'the session ends'),
  } satisfies Record<RetentionEvent, Localized>,
  right: {
    access: l('查阅', 'access'),
    portability: l('复制和转移', 'portability'),
    correction: l('更正', 'correction'),
    deletion: l('删除', 'deletion'),
    restriction: l('限制处理', 'restriction'),
    objection: l('反对', 'objection'),
    accountClosure: l('注销账户', 'account closure'),
    explanation: l('解释说明', 'explanation'),
    inquiry: l('咨询', 'inquiry'),
    withdrawal: l('撤回同意', 'withdrawal of consent'),
    complaint: l('投诉', 'complaint'),
  } satisfies Record<Right, Localized>,
  verification: {
    none: l('无需核验', 'no verification'),
    session: l('登录状态', 'a signed-in session'),
    stepUp: l('再次核验', 'step-up verification'),
    evidence: l('证明材料', 'evidence of identity'),
  } satisfies Record<Verification, Localized>,
  minorRequirement: {
    notAllowed: l('不得使用', 'no use of the service'),
    guardianConsent: l('监护人同意', "a guardian's consent"),
    guardianAdvice: l('监护人指导', "a guardian's advice"),
  } satisfies Record<MinorRequirement, Localized>,
  channel: {
    inApp: l('应用内', 'in-app'),
    email: l('邮件', 'e-mail'),
    sms: l('短信', 'text message'),
    webPush: l('网页推送', 'web push'),
    website: l('网站公告', 'a notice on our website'),
  } satisfies Record<NoticeChannel, Localized>,
  acceptance: {
    explicit: l('明确同意', 'explicit agreement'),
    continuedUse: l('继续使用', 'continued use'),
    none: l('无须接受', 'no acceptance'),
  } satisfies Record<AcceptanceMode, Localized>,
  scope: {
    thirdPartyServices: l('第三方服务', 'third-party services'),
    advertisingCompanies: l('广告公司', 'advertising companies'),
  } satisfies Record<ExclusionScope, Localized>,
  fallback: {
    generic: l('展示普通内容', 'generic content is shown'),
    coarse: l('使用粗略位置', 'a coarse location is used'),
    manual: l('手动办理', 'it is done by hand'),
  } satisfies Record<Fallback, Localized>,
  precision: { exact: l('精确', 'exact'), truncated: l('截断', 'truncated') } satisfies Record<
    Extract<Precision, string>,
    Localized
  >,
  source: {
    subject: l('您本人', 'you'),
    guardian: l('监护人', 'your guardian'),
    device: l('设备', 'your device'),
    others: l('他人', 'other people'),
    affiliate: l('关联公司', 'affiliates'),
    thirdParty: l('第三方', 'third parties'),
    publicRecord: l('公开记录', 'public records'),
  } satisfies Record<(typeof knownSources)[number], Localized>,
  measure: {
    encryptionInTransit: l('传输加密', 'encryption in transit'),
    encryptionAtRest: l('存储加密', 'encryption at rest'),
    accessControl: l('访问控制', 'access control'),
    auditTrail: l('操作留痕', 'an audit trail'),
    pseudonymisation: l('去标识化', 'pseudonymisation'),
    minimisation: l('最小化', 'minimisation'),
    separateStorage: l('分开存储', 'separate storage'),
    impactAssessment: l('影响评估', 'an impact assessment'),
    staffTraining: l('人员培训', 'staff training'),
    contractualSafeguards: l('合同约束', 'contractual safeguards'),
    incidentResponse: l('事件响应', 'incident response'),
    backup: l('备份', 'backups'),
  } satisfies Record<(typeof knownMeasures)[number], Localized>,
  materiality: {
    editorial: l('文字修订', 'editorial'),
    informational: l('告知性变更', 'informational'),
    reductionOfRights: l('减损权利', 'reduction of rights'),
    freshConsent: l('须重新同意', 'fresh consent'),
  } satisfies Record<Materiality, Localized>,
  severity: { error: l('错误', 'error'), warning: l('提示', 'warning') } satisfies Record<Severity, Localized>,
} as const;

export type LabelGroup = keyof typeof labels;

/** The label of a word; the word itself where nobody has given it one. */
export function labelOf(group: LabelGroup, code: string, locale: Locale): string {
  const entries: Readonly<Record<string, Localized | undefined>> = labels[group];
  return Object.hasOwn(entries, code) ? (entries[code]?.[locale] ?? code) : code;
}
