import type { Localized } from '@abide/kernel';
import type { Materiality } from '../materiality.js';

/** One rule of materiality: the class of a difference, the article behind it, and how it is told. */
export interface CompareRule {
  readonly class: Materiality;
  readonly article: string;
  readonly summary: Localized;
}

const rule = (materiality: Materiality, article: string, summary: readonly [zh: string, en: string]): CompareRule => ({
  class: materiality,
  article,
  summary: { 'zh-CN': summary[0], en: summary[1] },
});

const fresh = 'PIPL 14(2); NDSR 22(6)';
const told = 'PIPL 17';
const rights = 'E-commerce Law 34';

/**
 * Every rule by its stable id. In a summary `{categories}`, `{purposes}`, `{recipients}`, `{regions}`, `{before}`,
 * `{after}` and `{value}` are filled in; the services concerned are added at the end.
 */
export const compareRules = {
  'revision.first': rule('informational', told, ['政策首次发布。', 'The policy is published for the first time.']),

  'collection.categoryAdded': rule('freshConsent', fresh, [
    '新增收集{categories}，用于{purposes}。',
    'Newly collects {categories} for {purposes}.',
  ]),
  'collection.purposeAdded': rule('freshConsent', fresh, [
    '收集的{categories}新增用于{purposes}。',
    'Collects {categories} also for {purposes}.',
  ]),
  'collection.sourceAdded': rule('freshConsent', fresh, [
    '{categories}新增来源：{after}（原为：{before}）。',
    'Collects {categories} from {after} (before: {before}).',
  ]),
  'collection.serviceAddedOnConsent': rule('freshConsent', fresh, [
    '基于同意的{categories}收集（{purposes}）扩展到更多服务。',
    'Collecting {categories} on consent, for {purposes}, extends to more services.',
  ]),
  'collection.serviceAdded': rule('informational', told, [
    '{categories}的收集（{purposes}）扩展到更多服务。',
    'Collecting {categories} for {purposes} extends to more services.',
  ]),
  'collection.precisionIncreased': rule('freshConsent', fresh, [
    '{categories}的精度由{before}变为{after}。',
    'The precision of {categories} goes from {before} to {after}.',
  ]),
  'collection.precisionReduced': rule('informational', told, [
    '{categories}的精度由{before}降为{after}。',
    'The precision of {categories} is reduced from {before} to {after}.',
  ]),
  'collection.leavesDevice': rule('freshConsent', fresh, [
    '{categories}（{purposes}）原先仅在设备上读取，现将发送给我们。',
    '{categories}, for {purposes}: only read on the device before, sent to us now.',
  ]),
  'collection.staysOnDevice': rule('informational', told, [
    '{categories}（{purposes}）改为仅在设备上读取，不再发送给我们。',
    '{categories}, for {purposes}: only read on the device now, no longer sent to us.',
  ]),
  'collection.becameRequired': rule('reductionOfRights', 'PIPL 15, 16', [
    '{categories}由可选变为必填。',
    '{categories}: optional before, required now.',
  ]),
  'collection.becameOptional': rule('informational', told, [
    '{categories}由必填变为可选。',
    '{categories}: required before, optional now.',
  ]),
  'collection.withheldConsequenceWorsened': rule('reductionOfRights', 'PIPL 15, 16', [
    '不提供{categories}的后果加重：{after}（原为：{before}）。',
    'Withholding {categories} has a harder consequence: {after} (before: {before}).',
  ]),
  'collection.withheldConsequenceEased': rule('informational', told, [
    '不提供{categories}的后果减轻：{after}（原为：{before}）。',
    'Withholding {categories} has a milder consequence: {after} (before: {before}).',
  ]),
  'collection.sourceRemoved': rule('informational', told, [
    '{categories}的来源减少：{after}（原为：{before}）。',
    'Collects {categories} from fewer sources: {after} (before: {before}).',
  ]),
  'collection.removed': rule('informational', told, [
    '不再为{purposes}收集{categories}。',
    'No longer collects {categories} for {purposes}.',
  ]),

  'use.categoryAdded': rule('freshConsent', fresh, [
    '{categories}新增用于{purposes}。',
    'Newly uses {categories} for {purposes}.',
  ]),
  'use.purposeAdded': rule('freshConsent', fresh, [
    '{categories}的使用新增目的：{purposes}。',
    'Uses {categories} also for {purposes}.',
  ]),
  'use.serviceAddedOnConsent': rule('freshConsent', fresh, [
    '基于同意的{categories}使用（{purposes}）扩展到更多服务。',
    'Using {categories} on consent, for {purposes}, extends to more services.',
  ]),
  'use.serviceAdded': rule('informational', told, [
    '{categories}的使用（{purposes}）扩展到更多服务。',
    'Using {categories} for {purposes} extends to more services.',
  ]),
  'use.precisionIncreased': rule('freshConsent', fresh, [
    '使用{categories}的精度由{before}变为{after}。',
    'The precision at which {categories} is used goes from {before} to {after}.',
  ]),
  'use.precisionReduced': rule('informational', told, [
    '使用{categories}的精度由{before}降为{after}。',
    'The precision at which {categories} is used is reduced from {before} to {after}.',
  ]),
  'use.leavesDevice': rule('freshConsent', fresh, [
    '将{categories}用于{purposes}不再限于设备上。',
    'Using {categories} for {purposes} is no longer done on the device only.',
  ]),
  'use.staysOnDevice': rule('informational', told, [
    '将{categories}用于{purposes}改为仅在设备上进行。',
    'Using {categories} for {purposes} is now done on the device only.',
  ]),
  'use.removed': rule('informational', told, [
    '不再将{categories}用于{purposes}。',
    'No longer uses {categories} for {purposes}.',
  ]),

  'sharing.categoryAdded': rule('freshConsent', 'PIPL 23', [
    '新增向{recipients}提供{categories}，用于{purposes}。',
    'Newly shares {categories} with {recipients} for {purposes}.',
  ]),
  'sharing.purposeAdded': rule('freshConsent', 'PIPL 23', [
    '向{recipients}提供{categories}，新增用于{purposes}。',
    'Shares {categories} with {recipients} also for {purposes}.',
  ]),
  'sharing.recipientAdded': rule('freshConsent', 'PIPL 23', [
    '为{purposes}提供{categories}，新增接收方：{recipients}。',
    'Shares {categories} for {purposes} also with {recipients}.',
  ]),
  'sharing.processorAdded': rule('informational', told, [
    '为{purposes}处理{categories}，新增受托处理者：{recipients}。',
    'Further processors of {categories} for {purposes}: {recipients}.',
  ]),
  'sharing.regionAbroadAdded': rule('freshConsent', 'PIPL 39', [
    '向{recipients}提供{categories}，新增境外地区：{regions}。',
    'Shares {categories} with {recipients} also abroad: {regions}.',
  ]),
  'sharing.regionAdded': rule('freshConsent', 'PIPL 23', [
    '向{recipients}提供{categories}，新增境内地区：{regions}。',
    'Shares {categories} with {recipients} also in {regions}.',
  ]),
  'sharing.serviceAddedOnConsent': rule('freshConsent', 'PIPL 23', [
    '基于同意向{recipients}提供{categories}（{purposes}），扩展到更多服务。',
    'Sharing {categories} with {recipients} on consent, for {purposes}, extends to more services.',
  ]),
  'sharing.serviceAdded': rule('informational', told, [
    '向{recipients}提供{categories}（{purposes}），扩展到更多服务。',
    'Sharing {categories} with {recipients} for {purposes} extends to more services.',
  ]),
  'sharing.removed': rule('informational', told, [
    '不再为{purposes}向{recipients}提供{categories}。',
    'No longer shares {categories} with {recipients} for {purposes}.',
  ]),

  'crossServiceUse.added': rule('freshConsent', fresh, [
    '新增跨服务使用：{categories}，用于{purposes}（{value}）。',
    'Newly uses {categories} across services for {purposes} ({value}).',
  ]),
  'crossServiceUse.becamePersonalised': rule('freshConsent', fresh, [
    '跨服务使用{categories}由汇总变为个人化，用于{purposes}（{value}）。',
    'Use of {categories} across services for {purposes} becomes personalised ({value}).',
  ]),
  'crossServiceUse.becameAggregated': rule('informational', told, [
    '跨服务使用{categories}改为仅限汇总，用于{purposes}（{value}）。',
    'Use of {categories} across services for {purposes} is now aggregated only ({value}).',
  ]),
  'crossServiceUse.minimumGroupLowered': rule('reductionOfRights', rights, [
    '汇总{categories}的最小人数由{before}降为{after}。',
    'The minimum group for aggregating {categories} falls from {before} to {after}.',
  ]),
  'crossServiceUse.minimumGroupRaised': rule('informational', told, [
    '汇总{categories}的最小人数由{before}升为{after}。',
    'The minimum group for aggregating {categories} rises from {before} to {after}.',
  ]),
  'crossServiceUse.removed': rule('informational', told, [
    '不再跨服务使用{categories}（{purposes}，{value}）。',
    'No longer uses {categories} across services for {purposes} ({value}).',
  ]),

  'basis.weakened': rule('freshConsent', fresh, [
    '为{purposes}处理{categories}的依据由{before}变为{after}。',
    'The basis for {categories}, for {purposes}, goes from {before} to {after}.',
  ]),
  'basis.separateConsentWeakened': rule('reductionOfRights', 'PIPL 28–31', [
    '为{purposes}处理{categories}，由{before}降为{after}。',
    'The basis for {categories}, for {purposes}, goes from {before} to {after}.',
  ]),
  'basis.agreementDropped': rule('freshConsent', fresh, [
    '为{purposes}处理{categories}，由{before}变为{after}。',
    'The basis for {categories}, for {purposes}, goes from {before} to {after}.',
  ]),
  'basis.strengthened': rule('informational', told, [
    '为{purposes}处理{categories}的依据由{before}加强为{after}。',
    'The basis for {categories}, for {purposes}, is strengthened from {before} to {after}.',
  ]),
  'basis.changed': rule('informational', told, [
    '为{purposes}处理{categories}的依据由{before}变为{after}。',
    'The basis for {categories}, for {purposes}, changes from {before} to {after}.',
  ]),
  'basis.weakerElsewhere': rule('freshConsent', fresh, [
    '为{purposes}处理{categories}，在更多服务、接收方或地区以更弱的依据进行：{after}（原为：{before}）。',
    'Handling {categories} for {purposes} reaches further on a weaker basis: {after} (before: {before}).',
  ]),
  'permission.widened': rule('freshConsent', fresh, [
    '为{purposes}处理{categories}的范围超出此前的约定。',
    'Handling {categories} for {purposes} goes further than anything said before.',
  ]),
  'consentValidity.lengthened': rule('reductionOfRights', rights, [
    '{categories}（{purposes}）的同意有效期由{before}延长为{after}。',
    'Consent to {categories} for {purposes} lasts {after} instead of {before}.',
  ]),
  'consentValidity.shortened': rule('informational', told, [
    '{categories}（{purposes}）的同意有效期由{before}缩短为{after}。',
    'Consent to {categories} for {purposes} lasts {after} instead of {before}.',
  ]),
  'fallback.removed': rule('reductionOfRights', 'PIPL 24; NDSR 42', [
    '{categories}用于{purposes}时，不再提供替代方式（原为：{before}）。',
    'Without {categories} for {purposes} there is no fallback any more (before: {before}).',
  ]),
  'fallback.added': rule('informational', told, [
    '{categories}用于{purposes}时，新增替代方式：{after}。',
    'Without {categories} for {purposes} there is now a fallback: {after}.',
  ]),
  'fallback.changed': rule('informational', told, [
    '{categories}用于{purposes}时，替代方式由{before}变为{after}。',
    'The fallback without {categories} for {purposes} changes from {before} to {after}.',
  ]),

  'retention.lengthened': rule('reductionOfRights', 'PIPL 17; NDSR 21', [
    '{kept}的保存期限由{before}延长为{after}。',
    '{kept}: kept {after}, no longer {before}.',
  ]),
  'retention.shortened': rule('informational', told, [
    '{kept}的保存期限由{before}缩短为{after}。',
    '{kept}: kept {after}, no longer {before}.',
  ]),
  'retention.eventChanged': rule('reductionOfRights', 'PIPL 17; NDSR 21', [
    '{kept}的保存截止由{before}变为{after}。',
    '{kept}: kept {after}, no longer {before}.',
  ]),
  'retention.outcomeWeakened': rule('reductionOfRights', 'PIPL 47; NDSR 24', [
    '{kept}到期后由{before}变为{after}。',
    '{kept}: {after} instead of {before} when due.',
  ]),
  'retention.outcomeStrengthened': rule('informational', told, [
    '{kept}到期后由{before}变为{after}。',
    '{kept}: {after} instead of {before} when due.',
  ]),
  'retention.minimumLengthened': rule('reductionOfRights', 'PIPL 47; NDSR 24', [
    '{kept}的最短保存期限由{before}变为{after}。',
    '{kept}: kept at least {after}; before: {before}.',
  ]),
  'retention.minimumShortened': rule('informational', told, [
    '{kept}的最短保存期限由{before}变为{after}。',
    '{kept}: kept at least {after}; before: {before}.',
  ]),
  'retention.groundChanged': rule('informational', told, [
    '{kept}最短保存期限的依据由“{before}”变为“{after}”。',
    'The ground for the minimum retention of {kept} changes from "{before}" to "{after}".',
  ]),
  'retention.promiseRemoved': rule('reductionOfRights', 'PIPL 17; NDSR 21', [
    '仍在收集{kept}，但不再承诺保存期限（原为：{before}）。',
    '{kept}: still collected, but no longer with a promised retention (before: {before}).',
  ]),
  'retention.added': rule('informational', told, [
    '新增{kept}的保存期限：{after}。',
    'A retention is promised for {kept}: {after}.',
  ]),
  'retention.removed': rule('informational', told, [
    '不再列出{kept}的保存期限（原为：{before}）。',
    'The retention of {kept}, no longer collected, is dropped (before: {before}).',
  ]),

  'right.added': rule('informational', told, ['新增权利：{value}。', 'A right is added: {value}.']),
  'right.removed': rule('reductionOfRights', rights, ['取消权利：{value}。', 'A right is removed: {value}.']),
  'right.timeLengthened': rule('reductionOfRights', 'App violation criteria 2019', [
    '{value}请求的答复期限由{before}延长为{after}。',
    'Requests for {value} are answered within {after} instead of {before}.',
  ]),
  'right.timeShortened': rule('informational', told, [
    '{value}请求的答复期限由{before}缩短为{after}。',
    'Requests for {value} are answered within {after} instead of {before}.',
  ]),
  'right.verificationHardened': rule('reductionOfRights', rights, [
    '{value}请求的身份核验由{before}加严为{after}。',
    'Proof of identity for {value} becomes harder: {after} instead of {before}.',
  ]),
  'right.verificationEased': rule('informational', told, [
    '{value}请求的身份核验由{before}放宽为{after}。',
    'Proof of identity for {value} becomes easier: {after} instead of {before}.',
  ]),

  'protection.added': rule('informational', told, [
    '新增保护措施：{value}（{categories}）。',
    'A protection is added: {value} ({categories}).',
  ]),
  'protection.removed': rule('reductionOfRights', rights, [
    '取消保护措施：{value}（{categories}）。',
    'A protection is removed: {value} ({categories}).',
  ]),
  'minors.ageLowered': rule('reductionOfRights', 'PIPL 31', [
    '{value}的年龄由{before}降为{after}。',
    'The age for {value} falls from {before} to {after}.',
  ]),
  'minors.guardianConsentWeakened': rule('reductionOfRights', 'PIPL 31', [
    '{before}周岁以下须监护人同意，降为{after}。',
    "Under {before} a guardian's consent was needed; now only {after}.",
  ]),
  'minors.ageRaised': rule('informational', told, [
    '{value}的年龄由{before}升为{after}。',
    'The age for {value} rises from {before} to {after}.',
  ]),

  'change.leadShortened': rule('reductionOfRights', rights, [
    '变更的提前通知由{before}天缩短为{after}天。',
    'Changes are announced {after} days ahead instead of {before}.',
  ]),
  'change.leadLengthened': rule('informational', told, [
    '变更的提前通知由{before}天延长为{after}天。',
    'Changes are announced {after} days ahead instead of {before}.',
  ]),
  'change.channelDropped': rule('reductionOfRights', rights, [
    '变更通知取消渠道：{value}。',
    'Changes are no longer announced by {value}.',
  ]),
  'change.channelAdded': rule('informational', told, [
    '变更通知新增渠道：{value}。',
    'Changes are also announced by {value}.',
  ]),
  'change.channelLoosened': rule('reductionOfRights', rights, [
    '变更通知不再一定通过{value}。',
    'Changes are no longer announced by {value} in any case.',
  ]),
  'change.channelAssured': rule('informational', told, [
    '变更通知今后一定通过{value}。',
    'Changes are now announced by {value} in any case.',
  ]),
  'change.acceptanceEased': rule('reductionOfRights', rights, [
    '接受变更的方式由{before}变为{after}。',
    'Changes are accepted by {after} instead of {before}.',
  ]),
  'change.acceptanceTightened': rule('informational', told, [
    '接受变更的方式由{before}变为{after}。',
    'Changes are accepted by {after} instead of {before}.',
  ]),
  'exclusion.added': rule('reductionOfRights', rights, [
    '新增不适用范围：{value}。',
    'The policy no longer covers {value}.',
  ]),
  'exclusion.removed': rule('informational', told, [
    '取消不适用范围：{value}。',
    'The policy now also covers {value}.',
  ]),

  'title.changed': rule('informational', told, ['标题变更。', 'The title changes.']),
  'appKind.changed': rule('informational', told, ['应用类型变更。', 'The kind of app changes.']),
  'contact.changed': rule('informational', told, ['联系方式变更。', 'The contact changes.']),
  'glossary.changed': rule('informational', told, ['词语解释变更：{value}。', 'Words explained differently: {value}.']),
  'heading.changed': rule('informational', told, [
    '条款标题由“{before}”变为“{after}”。',
    'The heading "{before}" becomes "{after}".',
  ]),
  'recipients.changed': rule('informational', told, [
    '接收方名录变更：{value}。',
    'The list of recipients changes: {value}.',
  ]),
  'services.added': rule('informational', told, [
    '政策新增覆盖的服务：{value}。',
    'The policy also covers the services {value}.',
  ]),
  'services.removed': rule('informational', told, [
    '政策不再列出的服务：{value}。',
    'The policy no longer names the services {value}.',
  ]),

  'agreement.clauseChanged': rule('reductionOfRights', rights, [
    '协议条款“{value}”的内容变更。',
    'The agreement changes in "{value}".',
  ]),
  'agreement.clauseAdded': rule('reductionOfRights', rights, [
    '协议新增条款“{value}”。',
    'The agreement gains "{value}".',
  ]),
  'agreement.clauseRemoved': rule('reductionOfRights', rights, [
    '协议删除条款“{value}”。',
    'The agreement loses "{value}".',
  ]),
  'agreement.definitionsChanged': rule('reductionOfRights', rights, [
    '协议的定义变更：{value}。',
    'The agreement defines differently: {value}.',
  ]),

  'wording.changed': rule('editorial', told, ['“{value}”的文字变更。', 'The wording of "{value}" changes.']),
  'clause.added': rule('editorial', told, ['新增条款“{value}”。', 'The clause "{value}" is new.']),
  'clause.removed': rule('editorial', told, ['删除条款“{value}”。', 'The clause "{value}" is removed.']),
  'clause.moved': rule('editorial', told, ['条款“{value}”的位置变更。', 'The clause "{value}" moves.']),
  'terms.regrouped': rule('editorial', told, [
    '“{value}”的条款重新归并，含义不变。',
    'The terms of "{value}" are grouped otherwise and mean the same.',
  ]),
} satisfies Record<string, CompareRule>;

export type CompareRuleId = keyof typeof compareRules;
