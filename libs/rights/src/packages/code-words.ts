import type { MandateRole, MemberAct, RelativesAct } from '@abide/identity';
import type { Locale, Localized } from '@abide/kernel';
import { labels } from '@abide/rulebook';
import type { RequestOutcome, RequestState, RequestType } from '../request-kinds.js';
import type { AskerRole } from '../requests/request.entity.js';
import type { RequestAct } from '../requests/request-event.entity.js';

const l = (zh: string, en: string): Localized => ({ 'zh-CN': zh, en });

/** What the person concerned reads of their requests. */
const requestActs = {
  opened: l('提出请求', 'Asked'),
  verified: l('身份已确认', 'Identity proven'),
  joined: l('另一项同类请求并入', 'Another of its kind joined'),
  linkProposed: l('核对逝者账户', 'Account of the deceased being checked'),
  linked: l('已关联逝者账户，另行办理', 'Linked to the deceased, goes on there'),
  assigned: l('指定经办人', 'Given to a colleague'),
  asked: l('请您补充说明', 'You were asked for more'),
  told: l('补充说明', 'More was said'),
  unanswered: l('未收到补充说明，继续办理', 'No answer came; it goes on without'),
  extended: l('延长期限', 'Deadline extended'),
  recomputed: l('节假日公布后重新计算期限', 'Deadline computed anew after holidays were published'),
  decided: l('作出决定', 'Decided'),
  sentBack: l('退回重新决定', 'Sent back to be decided again'),
  confirmed: l('决定经另一人确认', 'Decision confirmed by a second person'),
  waived: l('放弃等待期', 'Waiting time given up'),
  doneByHand: l('人工处理完毕', 'Done by hand'),
  carriedOut: l('全部执行完毕', 'Carried out'),
  closed: l('已答复并结束', 'Answered and closed'),
  fetched: l('领取资料包', 'Package fetched'),
  cancelled: l('撤回请求', 'Taken back'),
  appealed: l('申请复核', 'Appealed'),
  lapsed: l('逾期未确认身份，失效', 'Lapsed without proof of identity'),
  escalated: l('临近期限，已提醒经办人', 'Colleagues were warned of the deadline'),
} satisfies Record<RequestAct, Localized>;

const consentActs = {
  grant: l('给予同意', 'Consent given'),
  renewal: l('再次同意', 'Consent given again'),
  withdrawal: l('撤回同意', 'Consent withdrawn'),
  refusal: l('拒绝同意', 'Consent refused'),
  expiry: l('同意到期终止', 'Consent ended with its term'),
};

/** What somebody did themselves, as the audit trail names it. */
const auditActs = {
  'attachment.uploaded': l('上传文件', 'Uploaded a file'),
  'consent.grant': l('给予同意', 'Gave consent'),
  'consent.renewal': l('再次同意', 'Gave consent again'),
  'consent.withdrawal': l('撤回同意', 'Withdrew consent'),
  'consent.refusal': l('拒绝同意', 'Refused consent'),
  'device.linked': l('关联设备', 'Linked a device'),
  'device.unlinked': l('解除设备关联', 'Unlinked a device'),
  'device.linkEnded': l('设备改为关联其他账户', 'A device was linked to another account'),
  'guardianship.accountFound': l('找到监护人的账户', 'Account of a guardian found'),
  'guardianship.additionAccepted': l('同意另一位监护人', 'Accepted a further guardian'),
  'guardianship.additionAwaited': l('另一位监护人等待同意', 'A further guardian waited for a yes'),
  'guardianship.additionRefused': l('拒绝另一位监护人', 'Refused a further guardian'),
  'guardianship.confirmed': l('确认为监护人', 'Confirmed being a guardian'),
  'guardianship.consentGranted': l('作为监护人同意', 'Consented as a guardian'),
  'guardianship.consentWithdrawn': l('作为监护人撤回同意', 'Withdrew consent as a guardian'),
  'guardianship.ended': l('监护关系结束', 'Guardianship ended'),
  'guardianship.requested': l('指定监护人', 'Named a guardian'),
  'mandate.confirmed': l('确认代表企业', 'Confirmed acting for an enterprise'),
  'mandate.ended': l('不再代表企业', 'Acting for an enterprise ended'),
  'mandate.named': l('登记企业的联系人或成员', 'Named a contact person or member'),
  'objection.takenBack': l('撤回反对', 'Took back an objection'),
  'policy.accepted': l('接受政策', 'Accepted a policy'),
  'positioning.switchedOff': l('关闭定位', 'Switched positioning off'),
  'positioning.switchedOn': l('打开定位', 'Switched positioning on'),
  'privacyControl.cleared': l('关闭全球隐私控制', 'Cleared Global Privacy Control'),
  'privacyControl.seen': l('浏览器发出全球隐私控制信号', 'The browser sent Global Privacy Control'),
  'privacyControl.set': l('打开全球隐私控制', 'Set Global Privacy Control'),
  'subject.afterDeathArranged': l('作出身后安排', 'Arranged for the time after death'),
  'subject.birthDateStated': l('填写出生日期', 'Stated the date of birth'),
  'subject.guardianAwaited': l('注册等待监护人', 'Registration waited for a guardian'),
  'subject.identifierChanged': l('更改手机号或邮箱', 'Changed phone or e-mail'),
  'subject.passwordChanged': l('更改密码', 'Changed the password'),
  'subject.profileChanged': l('更改资料', 'Changed the profile'),
  'subject.registered': l('注册账户', 'Registered'),
  ...Object.fromEntries(Object.entries(requestActs).map(([act, words]) => [`request.${act}`, words])),
};

const actors = {
  subject: l('本人', 'the person themselves'),
  guardian: l('监护人', 'a guardian'),
  representative: l('企业代表', 'whoever acts for the enterprise'),
  relative: l('近亲属', 'a near relative'),
  operator: l('工作人员', 'our staff'),
  system: l('系统', 'the system'),
};

const roles = {
  contact: l('企业联系人', 'Contact person of the enterprise'),
  member: l('企业成员', 'Member of the enterprise'),
} satisfies Record<MandateRole, Localized>;

const requestTypes = {
  access: l('查阅', 'Access'),
  portability: l('复制携带', 'Portability'),
  correction: l('更正', 'Correction'),
  deletion: l('删除', 'Deletion'),
  restriction: l('限制处理', 'Restriction'),
  objection: l('反对处理', 'Objection'),
  accountClosure: l('注销账户', 'Closing the account'),
  explanation: l('要求解释', 'Explanation'),
  inquiry: l('咨询', 'Inquiry'),
  complaint: l('投诉', 'Complaint'),
  transfer: l('转移至他处', 'Transfer'),
} satisfies Record<RequestType, Localized>;

const requestStates = {
  awaitingIdentity: l('待确认身份', 'Identity to be proven'),
  open: l('待决定', 'To be decided'),
  awaitingSubject: l('待您回复', 'Waiting for you'),
  awaitingSecond: l('待决定', 'To be decided'),
  waiting: l('已批准，尚未执行', 'Approved, not carried out yet'),
  fulfilling: l('执行中', 'Being carried out'),
  closed: l('已答复', 'Answered'),
  lapsed: l('已失效', 'Lapsed'),
  cancelled: l('已撤回', 'Taken back'),
} satisfies Record<RequestState, Localized>;

const outcomes = {
  granted: l('同意', 'Granted'),
  partlyGranted: l('部分同意', 'Granted in part'),
  refused: l('未予同意', 'Not granted'),
} satisfies Record<RequestOutcome, Localized>;

const sent = {
  queued: l('等待发送', 'Waiting to be sent'),
  attempted: l('已发出', 'Sent'),
  sent: l('已发出', 'Sent'),
  failed: l('未能发出', 'Could not be sent'),
  dropped: l('未发送', 'Not sent'),
};

/** What the closed values of a field are called, by the name of the field. */
const codeWords: Readonly<Record<string, Readonly<Record<string, Localized>>>> = {
  act: { ...requestActs, ...consentActs, ...auditActs },
  acts: {
    askAccess: l('查阅信息', 'Ask for access'),
    askCorrection: l('更正信息', 'Ask for correction'),
    readNotices: l('阅读通知', 'Read notices'),
    readConsents: l('查看同意记录', 'See consents'),
  } satisfies Record<MemberAct, Localized>,
  askedAs: { ...roles, guardian: actors.guardian, relative: actors.relative } satisfies Record<AskerRole, Localized>,
  by: actors,
  channel: {
    ...labels.channel,
    app: l('应用', 'app'),
    counter: l('当面', 'at the counter'),
    letter: l('信函', 'letter'),
    telephone: l('电话', 'telephone'),
    web: l('网页', 'web'),
    'unsubscribe-link': l('退订链接', 'unsubscribe link'),
  },
  direction: { incoming: l('收到', 'Incoming'), outgoing: l('发出', 'Outgoing') },
  givenBy: actors,
  ground: {
    litigation: l('诉讼或仲裁', 'Litigation or arbitration'),
    courtOrder: l('法院裁定', 'Order of a court'),
    investigation: l('有权机关调查取证', 'Investigation by an authority'),
    supervision: l('监管检查', 'Supervisory inspection'),
    incident: l('安全事件', 'Security incident'),
  },
  kind: {
    installation: l('安装标识', 'Of the installation'),
    advertising: l('广告标识', 'For advertising'),
    vendor: l('开发者标识', 'Of the vendor'),
    hardware: l('硬件标识', 'Of the hardware'),
    call: l('通话', 'Call'),
    message: l('消息', 'Message'),
    video: l('视频', 'Video'),
    request: l('个人信息请求', 'Request about personal data'),
    consentAgain: l('再次征求同意', 'Consent asked for again'),
    consentExpiring: l('同意即将到期', 'Consent about to end'),
    handOver: l('成年后由本人作主', 'Of age to decide alone'),
  },
  language: { 'zh-CN': l('简体中文', 'Simplified Chinese'), en: l('英语', 'English') },
  locale: { 'zh-CN': l('简体中文', 'Simplified Chinese'), en: l('英语', 'English') },
  means: { cookie: l('Cookie', 'Cookie'), web: l('网页', 'Web page'), app: l('应用', 'App') },
  mediaType: {
    photo: l('照片', 'Photo'),
    video: l('视频', 'Video'),
    recording: l('录音', 'Recording'),
    document: l('文档', 'Document'),
    'text/plain': l('文本', 'Text'),
  },
  method: {
    password: l('密码', 'Password'),
    code: l('验证码', 'Code'),
    device: l('设备', 'Device'),
  },
  mode: labels.acceptance,
  networkType: {
    wifi: l('无线局域网', 'Wi-Fi'),
    cellular: l('移动网络', 'Cellular'),
    wired: l('有线网络', 'Wired'),
    none: l('无网络', 'None'),
    unknown: l('未知', 'Unknown'),
  },
  outcome: outcomes,
  referrer: {
    internal: l('站内', 'This site'),
    external: l('站外', 'Elsewhere'),
    none: l('直接打开', 'Opened directly'),
  },
  relativesMayNot: {
    access: l('查阅', 'Access'),
    correction: l('更正', 'Correction'),
    deletion: l('删除', 'Deletion'),
  } satisfies Record<RelativesAct, Localized>,
  result: { succeeded: l('成功', 'Succeeded'), failed: l('失败', 'Failed') },
  role: { contact: l('联系人', 'Contact person'), member: l('成员', 'Member') } satisfies Record<
    MandateRole,
    Localized
  >,
  state: {
    ...requestStates,
    ...sent,
    pending: l('待确认', 'To be confirmed'),
    confirmed: l('已确认', 'Confirmed'),
    ended: l('已结束', 'Ended'),
    signed: l('已签署', 'Signed'),
  },
  type: {
    ...requestTypes,
    email: l('电子邮箱', 'E-mail'),
    phone: l('手机号', 'Phone'),
    'application/pdf': l('PDF 文件', 'PDF file'),
    'image/png': l('图片', 'Picture'),
    'image/jpeg': l('图片', 'Picture'),
    'image/webp': l('图片', 'Picture'),
    'image/heic': l('图片', 'Picture'),
    'image/heif': l('图片', 'Picture'),
    'text/plain': l('文本', 'Text'),
  },
};

/** Undefined for what is no closed value of the field. */
export function codeWord(field: string, code: string, locale: Locale): string | undefined {
  const words = codeWords[field];
  return words && Object.hasOwn(words, code) ? words[code]?.[locale] : undefined;
}
