import type { Locale, Localized } from '@abide/kernel';

/** What a message may mention: the offending value, what was expected, a number. */
export interface ProblemFacts {
  readonly value?: string | Localized;
  readonly expected?: string | Localized;
}

type Message = (facts: Required<ProblemFacts>) => Localized;

const say =
  (zh: string, en: string): Message =>
  (facts) => ({ 'zh-CN': fill(zh, facts, 'zh-CN'), en: fill(en, facts, 'en') });

function fill(template: string, facts: Required<ProblemFacts>, locale: Locale): string {
  return template.replace(/\{(value|expected)\}/g, (_, name: 'value' | 'expected') => {
    const fact = facts[name];
    return typeof fact === 'string' ? fact : fact[locale];
  });
}

const messages = {
  'policy.notText': say('内容不是文本。', 'The content is not text.'),
  'policy.tooLarge': say(
    '文件过大，上限为 {expected} 个字符。',
    'The file is too large; the limit is {expected} characters.',
  ),
  'policy.syntax': say('无法读取文件：{value}', 'The file cannot be read: {value}'),
  'policy.duplicateKey': say('键“{value}”在同一处出现了两次。', 'The key "{value}" appears twice in the same place.'),
  'policy.aliasNotAllowed': say(
    '不允许使用 YAML 锚点和引用，请写出全文。',
    'YAML anchors and aliases are not allowed; write the text out.',
  ),
  'policy.tagNotAllowed': say('不允许使用 YAML 标签“{value}”。', 'The YAML tag "{value}" is not allowed.'),
  'policy.forbiddenKey': say('不允许使用键“{value}”。', 'The key "{value}" is not allowed.'),
  'policy.badCharacter': say(
    '文本含有无法保存的字符（U+0000 或不成对的代理项）。',
    'The text holds a character that cannot be kept (U+0000 or an unpaired surrogate).',
  ),
  'policy.tooDeep': say('嵌套过深，上限为 {expected} 层。', 'Nested too deeply; the limit is {expected} levels.'),
  'policy.tooManyValues': say('内容过多，上限为 {expected} 项。', 'Too many values; the limit is {expected}.'),
  'policy.notAnObject': say('政策文件必须是键值结构。', 'A policy file must be a mapping of keys to values.'),
  'policy.unknownKey': say('未知的键“{value}”。', 'Unknown key "{value}".'),
  'policy.missing': say('缺少必填内容。', 'This is required.'),
  'policy.missingLocale': say('缺少“{value}”文本。', 'The "{value}" text is missing.'),
  'policy.wrongType': say('类型不对，应为：{expected}。', 'Wrong type; expected {expected}.'),
  'policy.unknownValue': say('未知的取值，应为：{expected}。', 'Unknown value; expected one of {expected}.'),
  'policy.unknownTermType': say('未知的条款类型，应为：{expected}。', 'Unknown term type; expected one of {expected}.'),
  'policy.malformed': say('格式不正确。', 'The value is malformed.'),
  'policy.badDuration': say(
    '时长应为 ISO 8601 格式，例如 P6M 或 P30D。',
    'A duration is written in ISO 8601, for example P6M or P30D.',
  ),
  'policy.badChannel': say(
    '渠道应为 inApp、email、sms、webPush 或 website，或若干渠道任选其一：{ anyOf: [email, sms] }。',
    'A channel is inApp, email, sms, webPush or website, or one of several: { anyOf: [email, sms] }.',
  ),
  'policy.badPrecision': say(
    '精度应为 exact、truncated 或 { h3: 0–15 }。',
    'A precision is exact, truncated or { h3: 0–15 }.',
  ),
  'policy.badAnswerTime': say(
    '答复期限应为 workingDays、calendarDays、months 之一，或 immediate。',
    'An answer time is one of workingDays, calendarDays or months, or immediate.',
  ),
  'policy.badRecipient': say(
    '接收方应为一种类别（如 processor）或 recipient:<slug>。',
    'A recipient is a kind (such as processor) or recipient:<slug>.',
  ),
  'policy.badDay': say('日期应为 YYYY-MM-DD。', 'A day is written YYYY-MM-DD.'),
  'policy.badInstant': say('时刻应写作 2026-06-01T00:00:00Z。', 'An instant is written 2026-06-01T00:00:00Z.'),
  'policy.periodOrUntil': say(
    'period 与 until 必须且只能写一个。',
    'Write either period or until, not both and not neither.',
  ),
  'policy.empty': say('不能为空。', 'This must not be empty.'),
  'policy.tooLong': say('过长，上限为 {expected}。', 'Too long; the limit is {expected}.'),
  'policy.outOfRange': say('数值超出范围（{expected}）。', 'The number is out of range ({expected}).'),
  'policy.duplicateClause': say('条款编号“{value}”重复。', 'The clause id "{value}" is used twice.'),
  'policy.duplicateCode': say('“{value}”重复。', '"{value}" is listed twice.'),
  'policy.serviceMissing': say('服务政策必须写明 service。', 'A service policy must name its service.'),
  'policy.serviceNotAllowed': say('只有服务政策可以写 service。', 'Only a service policy names a service.'),
  'policy.contactMissing': say('通用政策应写明联系方式。', 'A general policy should say how to make contact.'),
  'policy.unknownCategory': say('数据类别“{value}”未登记。', 'The category "{value}" is not registered.'),
  'policy.unknownPurpose': say('目的“{value}”未登记。', 'The purpose "{value}" is not registered.'),
  'policy.unknownService': say('服务“{value}”未登记。', 'The service "{value}" is not registered.'),
  'policy.unknownThirdPartyService': say(
    '第三方服务“{value}”未登记。',
    'The third-party service "{value}" is not registered.',
  ),
  'policy.unknownRecipient': say('接收方“{value}”未登记。', 'The recipient "{value}" is not registered.'),
  'policy.unknownRevision': say(
    '没有第 {value} 版，最新为第 {expected} 版。',
    'There is no revision {value}; the newest is {expected}.',
  ),
  'policy.recipientNotRegistered': say(
    '接收方“{value}”只在本文件中说明，尚未登记；登记前不会向其提供任何数据。',
    'The recipient "{value}" is described in this file only. Nothing is given to it until it is registered.',
  ),
  'policy.unknownSource': say('来源“{value}”不在常用来源之列。', 'The source "{value}" is not one of the usual ones.'),
  'policy.unknownMeasure': say(
    '保护措施“{value}”不在常用措施之列。',
    'The measure "{value}" is not one of the usual ones.',
  ),
  'policy.foreignService': say(
    '服务政策只能约束自己的服务“{expected}”。',
    'A service policy governs only its own service "{expected}".',
  ),
  'policy.openEndedPurpose': say(
    '目的“{value}”没有边界，不产生任何许可。',
    'The purpose "{value}" is open-ended and permits nothing.',
  ),
  'policy.openEndedWording': say(
    '“{value}”这样的措辞没有边界，不产生任何许可。',
    'Wording such as "{value}" is open-ended and permits nothing.',
  ),
  'policy.retentionContradicts': say(
    '“{value}”的保存期限与 {expected} 处的承诺冲突。',
    'The retention of "{value}" contradicts the promise at {expected}.',
  ),
  'policy.retentionDuplicated': say(
    '“{value}”的保存期限已在 {expected} 处承诺。',
    'The retention of "{value}" is already promised at {expected}.',
  ),
  'policy.retentionMissing': say(
    '收集了“{value}”，但没有承诺保存期限。',
    '"{value}" is collected without a retention promise.',
  ),
  'policy.retentionPurposeMissing': say(
    '收集“{value}”用于“{expected}”，但没有为这一目的承诺保存期限。',
    '"{value}" is collected for "{expected}", for which no retention is promised.',
  ),
  'policy.retentionPurposeUnused': say(
    '此处的信息都不用于“{value}”收集，这项承诺对该目的没有作用。',
    'Nothing named here is collected for "{value}": the promise says nothing of that purpose.',
  ),
  'policy.retentionBelowMinimum': say(
    '保存期限短于法定最短期限 {expected}。',
    'The retention is shorter than the legal minimum of {expected}.',
  ),
  'policy.separateConsentRequired': say(
    '“{value}”是敏感信息，须取得单独同意。',
    '"{value}" is sensitive and needs separate consent.',
  ),
  'policy.basisUnknownToLaw': say(
    '适用的法律（{value}）没有“正当利益”这一依据。请改为法律认可的依据，例如同意或为履行合同所必需。',
    'The law that applies ({value}) knows no legitimate interest. Use a basis that it knows, such as consent or the contract.',
  ),
  'policy.separateConsentAdvised': say(
    '向其他处理者或境外提供信息，通常须取得单独同意。',
    'Handing data to another handler or abroad normally needs separate consent.',
  ),
  'policy.optInRequired': say(
    '跨服务使用所提供或存储的数据，只能基于同意。',
    'Use of provided or stored data across services rests on consent only.',
  ),
  'policy.minimumGroupMissing': say('汇总使用须写明 minimumGroup。', 'Aggregated use must state its minimumGroup.'),
  'policy.optionalKeepsOut': say(
    '未标为必需，但写明不提供就不能注册或使用（ifWithheld: {value}）。如确属必需，请写 required: true；否则请改为较轻的后果（degraded）。',
    'Not marked as required, yet without it there is no registration or service (ifWithheld: {value}). Write required: true if it is needed; otherwise state a milder consequence (degraded).',
  ),
  'policy.withheldConsequenceMissing': say(
    '必填数据应写明不提供的后果（ifWithheld）。',
    'Required data should say what happens without it (ifWithheld).',
  ),
  'policy.beyondNecessary': say(
    '“{value}”不在法律为此类应用列明的必要信息（{expected}）之内，不得作为使用的条件。请改为可选。',
    '"{value}" is not among what the law lists as necessary for such an app ({expected}), so nothing may depend on it. Make it optional.',
  ),
  'policy.requiredOnConsent': say(
    '基于同意收集的数据不得作为必填条件。',
    'Data collected on consent must not be made a condition.',
  ),
  'policy.cellForNoPlace': say(
    'H3 区域只对位置有意义，对“{value}”不起作用。',
    'An H3 cell means something for places only; it does nothing to "{value}".',
  ),
  'policy.truncationImpossible': say(
    '只有 {expected} 可以截断，“{value}”不可以。',
    'Only {expected} can be truncated; "{value}" cannot.',
  ),
  'policy.answerTooSlow': say(
    '答复期限长于法定期限 {expected}。',
    'The answer time is longer than the legal limit of {expected}.',
  ),
  'policy.rightContradicts': say(
    '权利“{value}”的答复期限前后不一。',
    'The right "{value}" is promised with two different answer times.',
  ),
  'policy.leadTooShort': say('提前通知少于 {expected} 天。', 'Notice is given less than {expected} days ahead.'),
  'policy.channelInAnyCase': say(
    '“{value}”已承诺在任何情况下使用，此处的任选其一不再另有约束。',
    '"{value}" is promised in any case, so that this choice binds nothing more.',
  ),
  'policy.changeRepeated': say('变更条款只能有一条。', 'There may be only one change term.'),
  'policy.audienceMissing': say(
    '指引须写明面向谁（audience: children）。',
    'A guide says for whom it is (audience: children).',
  ),
  'policy.audienceNotAllowed': say(
    '只有指引（kind: guide）可以写 audience；政策和协议面向所有人。',
    'Only a guide (kind: guide) has an audience; policies and agreements are for everybody.',
  ),
  'policy.termInGuide': say(
    '指引不产生许可，也不约定保存期限或适用范围：此处只能写权利、保护措施、未成年人和变更。请写入政策。',
    'A guide permits nothing and sets neither periods nor scope: rights, protections, minors and changes may stand here. Say it in a policy.',
  ),
  'policy.guideAccepted': say(
    '指引供阅读，无须接受：请写 acceptance: none。',
    'A guide is read and not accepted: write acceptance: none.',
  ),
  'policy.agreementWithoutAcceptance': say(
    '用户协议须经接受，不能写 acceptance: none。',
    'A user agreement has to be accepted: acceptance cannot be none.',
  ),
  'policy.contractWithoutAcceptance': say(
    '本文本无须接受（acceptance: none），“为履行合同所必需”的约定只有在用户协议生效并被接受后才许可使用。',
    'Nobody accepts this text (acceptance: none): what rests on a contract is permitted only where a user agreement is in force and accepted.',
  ),
  'policy.minorsAgeTooLow': say(
    '监护人同意的年龄低于 {expected} 周岁。',
    "The age of a guardian's consent is below {expected}.",
  ),
  'policy.termInAgreement': say(
    '用户协议不能许可处理个人信息，请写入政策。',
    'An agreement cannot permit the use of personal data; write it into a policy.',
  ),
  'policy.tooManyAtoms': say('条款展开后超过 {expected} 项。', 'The terms expand to more than {expected} statements.'),
  'policy.generalMissing': say('没有生效的通用政策。', 'There is no general policy beneath this service policy.'),
  'policy.tooManyStatements': say(
    '条款展开后共 {value} 项，上限为 {expected} 项。请少用 *，合并重复的条款，或拆分为多项政策。',
    'The terms expand to {value} statements; the limit is {expected}. Use * less, join terms that say the same, or write several policies.',
  ),
  'policy.clauseTooLong': say(
    '条款正文为 {value} 个字符，上限为 {expected} 个。请拆分为多个条款。',
    'The text of this clause has {value} characters; the limit is {expected}. Divide it into several clauses.',
  ),
  'policy.unknownRegion': say(
    '“{value}”不是 ISO 3166 的国家或地区代码，什么也不会许可。应写作如 {expected}。',
    '"{value}" is no country or subdivision of ISO 3166 and would permit nothing. Write for example {expected}.',
  ),
  'policy.regionNotCovered': say(
    '永远不会被许可：接收方“{value}”在 {expected}，不在本约定的地区之内。请在 regions 中写明，或删去该接收方。',
    'Can never be allowed: the recipient "{value}" is in {expected}, which the regions of this term do not cover. Name it in regions, or leave the recipient out.',
  ),
  'policy.recipientRegionUnknown': say(
    '接收方“{value}”登记的地区不是 ISO 3166 的国家或地区代码，条款无法写到它。请在接收方登记中更正，例如 {expected}。',
    'The recipient "{value}" is registered in a region that is no country or subdivision of ISO 3166, which no term can name. Correct it in the register, for example to {expected}.',
  ),
  'policy.contractEnded': say(
    '目前不会被许可：接收方“{value}”没有有效的合同（{expected}）。请先登记新的合同期限。',
    'Is not allowed as it stands: no contract with the recipient "{value}" is in force ({expected}). Register a new contract first.',
  ),
  'policy.commentAfterText': say(
    '“{value}”被当作注释丢弃，文本只保留到它之前。如属正文，请给整段文本加引号。',
    '"{value}" is read as a comment and left out: the text ends before it. Put the whole text in quotation marks where it belongs to it.',
  ),
  'policy.fullWidthColon': say(
    '“{value}”后面是全角冒号“：”。请改为半角冒号加空格“: ”。',
    'After "{value}" stands a full-width colon "：". Write ": ", a plain colon and a space.',
  ),
  'policy.deadLink': say('链接“#{value}”不指向任何条款。', 'The link "#{value}" leads to no clause.'),
  'policy.hiddenCharacter': say(
    '文本含有看不见或改变显示顺序的字符 {value}，读者看到的与保存的不一致。请删去。',
    'The text holds {value}, which nobody sees or which turns the order of others, so that it reads otherwise than it is kept. Remove it.',
  ),
  'policy.misleadingLink': say(
    '链接的文字写的是“{value}”，实际却指向“{expected}”。请让文字与地址一致。',
    'The words of a link name {value}, but it leads to {expected}. Let the words say where it leads.',
  ),
  'policy.andMore': say('另有 {value} 处问题，请先处理以上各项。', 'There are {value} more; mend these first.'),
  'policy.policyRepeated': say('“{value}”出现了两次。', '"{value}" is given twice.'),
} satisfies Record<string, Message>;

export type PolicyProblemCode = keyof typeof messages;

export type Severity = 'error' | 'warning';

/** One thing wrong with a policy: `path` as in `clauses[3].terms[0].categories[1]`, `line` counted from 1 where a text was read. */
export interface PolicyProblem {
  readonly path: string;
  readonly code: PolicyProblemCode;
  readonly message: Localized;
  readonly severity: Severity;
  readonly line?: number;
}

/** Rules younger than texts that were published without them: they bind drafts and are warnings in what was submitted before. */
const bindsDraftsOnly: ReadonlySet<PolicyProblemCode> = new Set([
  'policy.tooManyStatements',
  'policy.clauseTooLong',
  'policy.hiddenCharacter',
  'policy.unknownRegion',
  'policy.misleadingLink',
  'policy.basisUnknownToLaw',
  'policy.beyondNecessary',
]);

/** The problems of a text that is no draft any more: a published text stays usable whatever rules are added later. */
export function asPublished<Problem extends PolicyProblem>(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => (bindsDraftsOnly.has(problem.code) ? { ...problem, severity: 'warning' } : problem));
}

const mostListed = 100;

/** As many problems as somebody can work through, errors before warnings, in the order of the text, and a last one that says how many more there are. */
export function firstOf<Problem extends PolicyProblem>(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= mostListed) return problems;
  const byWeight = problems.toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
  const listed = new Set(byWeight.slice(0, mostListed));
  const left = byWeight.slice(mostListed);
  const more = left.slice(0, 1).map((one) => ({
    ...one,
    ...toProblem(one.severity, { path: [], code: 'policy.andMore', facts: { value: String(left.length) } }),
    line: undefined,
  }));
  return [...problems.filter((one) => listed.has(one)), ...more];
}

export type Path = readonly (string | number)[];

export function formatPath(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

export function error(path: Path, code: PolicyProblemCode, facts: ProblemFacts = {}): PolicyProblem {
  return toProblem('error', { path, code, facts });
}

export function warning(path: Path, code: PolicyProblemCode, facts: ProblemFacts = {}): PolicyProblem {
  return toProblem('warning', { path, code, facts });
}

function toProblem(
  severity: Severity,
  given: { path: Path; code: PolicyProblemCode; facts: ProblemFacts },
): PolicyProblem {
  const { value = '', expected = '' } = given.facts;
  return {
    path: formatPath(given.path),
    code: given.code,
    message: messages[given.code]({ value, expected }),
    severity,
  };
}

export function hasErrors(problems: readonly PolicyProblem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
