import type { Localized } from '@abide/kernel';

/** A kind of personal data. `isLocation` makes collection depend on the positioning switch. */
export interface CategoryEntry {
  readonly code: string;
  readonly label: Localized;
  readonly isSensitive: boolean;
  readonly isLocation: boolean;
}

/** Why data is used. `isCoveredByGpc` purposes are refused under Global Privacy Control (advertising, marketing). */
export interface PurposeEntry {
  readonly code: string;
  readonly label: Localized;
  readonly isCoveredByGpc: boolean;
}

/** The registry of categories and purposes that clauses refer to; operators extend the seed `catalogue`. */
export interface Catalogue {
  readonly categories: readonly CategoryEntry[];
  readonly purposes: readonly PurposeEntry[];
}

type Row = readonly [code: string, zh: string, en: string];

const ordinaryCategories: readonly Row[] = [
  ['registration.name', '姓名', 'name'],
  ['registration.phone', '手机号', 'phone number'],
  ['registration.email', '电子邮箱', 'e-mail address'],
  ['registration.birthDate', '出生日期', 'date of birth'],
  ['registration.federatedAccount', '第三方登录账号', 'federated account'],
  ['preference.language', '语言偏好', 'language preference'],
  ['enterprise.name', '企业名称', 'enterprise name'],
  ['enterprise.contactPerson', '企业联系人', 'enterprise contact person'],
  ['enterprise.contactMethod', '企业联系方式', 'enterprise contact method'],
  ['content.stored', '存储的内容', 'stored content'],
  ['content.sharedByOthers', '他人分享的内容', 'content shared by others'],
  ['content.sharedToOthers', '分享给他人的内容', 'content shared with others'],
  ['log.device', '设备信息', 'device details'],
  ['log.deviceIdentifier', '设备标识', 'device identifier'],
  ['log.cookie', 'Cookie', 'cookies'],
  ['log.network', '网络信息（IP 地址）', 'network details (IP address)'],
  ['log.search', '搜索记录', 'search history'],
  ['log.browsing', '浏览记录', 'browsing history'],
  ['log.appUsage', '应用使用记录', 'app usage'],
  ['log.appInventory', '应用列表', 'list of apps'],
  ['log.communication', '通信记录（不含内容）', 'communication records (without content)'],
  ['client.signIn', '登录记录', 'sign-in records'],
  ['client.instruction', '操作指令', 'instructions given in the app'],
  ['feedback.opinion', '意见反馈', 'feedback'],
  ['usage.habit', '使用习惯', 'usage habits'],
];

const sensitiveCategories: readonly Row[] = [
  ['registration.idNumber', '身份证件号码', 'identity document number'],
  ['registration.biometric', '生物识别信息', 'biometric reference'],
  ['guardian.identity', '监护人身份', "guardian's identity"],
  ['content.metadata', '照片或录音的时间地点', 'when and where a photo or recording was made'],
  ['location.gps', 'GPS 位置', 'location by GPS'],
  ['location.wifi', 'Wi-Fi 位置', 'location by Wi-Fi'],
  ['special.ethnicity', '民族', 'ethnicity'],
  ['special.religion', '宗教信仰', 'religion'],
  ['special.health', '健康信息', 'health'],
];

const purposeRows: readonly Row[] = [
  ['service.provision', '提供服务', 'providing the service'],
  ['security.authentication', '身份验证', 'verifying identity'],
  ['customer.service', '客户服务', 'customer service'],
  ['security.protection', '安全防范', 'security'],
  ['security.fraud', '反欺诈', 'preventing fraud'],
  ['records.archive', '存档', 'archiving'],
  ['records.backup', '备份', 'backup'],
  ['product.development', '开发新服务', 'developing new services'],
  ['product.improvement', '改进现有服务', 'improving services'],
  ['personalisation', '个性化', 'personalisation'],
  ['advertising.relevant', '展示更相关的广告', 'showing more relevant advertisements'],
  ['advertising.measurement', '评估广告效果', 'measuring advertisements'],
  ['promotion.measurement', '评估推广效果', 'measuring promotions'],
  ['software.verification', '软件认证', 'verifying software'],
  ['software.upgrade', '软件升级', 'upgrading software'],
  ['survey.participation', '参与调查', 'surveys'],
  ['marketing.push', '营销推送', 'marketing messages'],
  ['agreement.performance', '履行协议', 'performing agreements'],
  ['rights.enforcement', '维护权利', 'enforcing rights'],
  ['audit.support', '配合审计', 'supporting audits'],
  ['business.transfer', '合并、收购或资产转让', 'merger, acquisition or transfer'],
  ['authority.assistance', '依法协助有权机关', 'assisting competent authorities'],
  ['legal.compliance', '遵守法律', 'complying with the law'],
  ['publicInterest.protection', '保护公共利益', 'protecting the public interest'],
  ['safety.protection', '保护人身和财产安全', 'protecting life and property'],
];

const gpcPurposes = new Set(['advertising.relevant', 'advertising.measurement', 'marketing.push']);

function toCategory(isSensitive: boolean) {
  return ([code, zh, en]: Row): CategoryEntry => ({
    code,
    label: { 'zh-CN': zh, en },
    isSensitive,
    isLocation: code.startsWith('location.'),
  });
}

/** The seed of the category and purpose registries. */
export const catalogue: Catalogue = {
  categories: [...ordinaryCategories.map(toCategory(false)), ...sensitiveCategories.map(toCategory(true))].sort(
    (a, b) => (a.code < b.code ? -1 : 1),
  ),
  purposes: purposeRows.map(([code, zh, en]) => ({
    code,
    label: { 'zh-CN': zh, en },
    isCoveredByGpc: gpcPurposes.has(code),
  })),
};
