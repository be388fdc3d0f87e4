import type { Locale } from '@abide/kernel';
import type { PublicRequestType, RequestOutcome, RequestState } from '../request-kinds.js';
import { appealDays } from '../requests/request.entity.js';

/** Everything that the pages of requests without an account say, in one language. */
interface PageWords {
  readonly title: string;
  readonly intro: string;
  readonly signedIn: string;
  readonly type: string;
  readonly types: Readonly<Record<PublicRequestType, string>>;
  readonly address: string;
  readonly addressHint: string;
  readonly text: string;
  readonly textHint: string;
  readonly name: string;
  readonly relation: string;
  readonly relationHint: string;
  readonly optional: string;
  readonly send: string;
  readonly codeTitle: string;
  readonly codeIntro: string;
  readonly code: string;
  readonly open: string;
  readonly another: string;
  readonly number: string;
  readonly asked: string;
  /** Why somebody of ours recorded it, where they did. */
  readonly recorded: string;
  readonly verified: string;
  readonly files: string;
  readonly state: string;
  readonly states: Readonly<Record<RequestState, string>>;
  readonly outcome: string;
  readonly outcomes: Readonly<Record<RequestOutcome, string>>;
  readonly dueAt: string;
  readonly waitingUntil: string;
  readonly answer: string;
  readonly question: string;
  readonly reply: string;
  readonly file: string;
  readonly fileHint: string;
  readonly fileSend: string;
  readonly fileAdded: string;
  readonly cancel: string;
  readonly cancelHint: string;
  readonly appeal: string;
  readonly appealWhy: string;
  readonly appealHint: string;
  readonly elsewhere: string;
  readonly fetch: string;
  readonly fetchHint: string;
  readonly errors: Readonly<Record<string, string>>;
  readonly error: string;
}

const chinese: PageWords = {
  title: '个人信息请求',
  intro: '无需账户。我们会向您填写的地址发送验证码，确认它是您本人的；对每个地址的回应都一样，不透露它是否有账户。',
  signedIn:
    '没有账户而要更正信息、反对某种用途或把信息转给其他机构的，请选“咨询”，写明是哪一项；我们会联系您核实。有账户的，也可以在应用的“我的请求”中提出。',
  type: '您的请求',
  types: {
    access: '查阅、复制我的信息',
    portability: '以通用格式取得我的信息',
    deletion: '删除我的信息',
    restriction: '限制处理我的信息',
    accountClosure: '注销账户',
    explanation: '解释处理规则',
    inquiry: '咨询',
    complaint: '投诉',
  },
  address: '您的手机号或电子邮箱',
  addressHint: '验证码和进展都会发送到这里。',
  text: '具体说明',
  textHint: '咨询和投诉必须填写。请不要写他人的信息。',
  name: '姓名',
  relation: '与逝者的关系',
  relationHint: '仅在为已故近亲属提出时填写，我们会与您联系核实。',
  optional: '选填',
  send: '提交并获取验证码',
  codeTitle: '输入验证码',
  codeIntro: '验证码已发送到您留下的地址，10 分钟内有效。请保存本页地址，以后可以凭新的验证码再次查看。',
  code: '六位验证码',
  open: '确认',
  another: '重新发送验证码',
  number: '请求编号',
  asked: '提出时间',
  recorded: '由工作人员代为登记，原因',
  verified: '地址确认时间',
  files: '所附文件',
  state: '进展',
  states: {
    awaitingIdentity: '等待确认身份',
    open: '正在处理',
    awaitingSubject: '等待您的回复',
    awaitingSecond: '正在复核',
    waiting: '已获批准，尚未执行',
    fulfilling: '正在执行',
    closed: '已答复',
    lapsed: '已过期',
    cancelled: '已撤回',
  },
  outcome: '结果',
  outcomes: { granted: '同意', partlyGranted: '部分同意', refused: '拒绝' },
  dueAt: '最迟答复时间',
  waitingUntil: '可撤回至（此后执行）',
  answer: '我们的答复',
  question: '我们想问您',
  reply: '回复',
  file: '补充文件',
  fileHint: 'PDF、图片或纯文本，每个不超过 10 MB，最多十个。仅由答复人员查看，请求结束后删除。',
  fileSend: '上传',
  fileAdded: '文件已收到。',
  cancel: '撤回请求',
  cancelHint: '撤回后不再处理，所附文件随即删除。',
  appeal: '申请复核',
  appealWhy: '您为什么不同意',
  appealHint: `${appealDays} 日内可以申请，由另一位工作人员重新决定。`,
  elsewhere: '您也可以向负责个人信息保护的主管部门投诉，或者依法提起诉讼。',
  fetch: '下载资料包',
  fetchHint: '压缩文件，在此时间之前可以下载：',
  errors: {
    'identifier.bad_phone': '这不是可以送达的手机号或电子邮箱。没有保存任何内容。',
    'identifier.bad_email': '这不是可以送达的手机号或电子邮箱。没有保存任何内容。',
    'request.text_needed': '请用您自己的话说明是什么事。没有保存任何内容。',
    'request.not_found': '没有这个请求，或者它因一周内没有确认而不再保存。请重新提出。',
    'request.token_invalid': '这打不开任何请求，或不再能打开。请重新发送验证码。',
    'request.over': '请求已经结束。没有任何改变。',
    'request.too_many_files': '一个请求最多附十个文件。没有保存这个文件。',
    'attachment.type_refused': '这个文件按其内容不是 PDF、图片或纯文本。没有保存。',
    'attachment.empty': '文件是空的。没有保存。',
    'request.too_large': '文件超过 10 MB。没有保存。',
    'request.under_way': '请求正在执行，不能再撤回。',
    'request.nothing_to_appeal': '没有可以申请复核的决定。',
    'request.appeal_too_late': '申请复核的时间已过，请重新提出请求。',
    'request.too_many': '您还有太多未答复的请求，请先等待其中一个的答复。',
    'verification.wrong_code': '验证码不正确。请求还在，请核对后重新输入。',
    'verification.expired': '验证码已过期，请重新发送。',
    'verification.exhausted': '错误次数过多，请重新发送验证码。',
    'verification.used': '这个验证码已经用过，请重新发送。',
    'delivery.not_configured': '目前无法通过这种方式发送验证码，请换用另一种联系方式。',
    'session.too_many_attempts': '尝试次数过多，请稍后再试。',
    'session.account_stopped': '尝试次数过多，请明天再试。',
  },
  error: '填写的内容无法接受。没有保存任何内容，请检查后重试。',
};

const english: PageWords = {
  title: 'Ask about your data',
  intro:
    'You need no account. We send a code to the address that you give, to be sure that it is yours. We answer the same for every address, whether or not it has an account.',
  signedIn:
    'Without an account, to have data corrected, to object to a use or to have data handed to somebody else, choose a question and say what it is about; we will contact you to make sure. With an account you can also ask under “My requests” in the app.',
  type: 'What you ask for',
  types: {
    access: 'See and copy my data',
    portability: 'Take my data along in a common format',
    deletion: 'Delete my data',
    restriction: 'Restrict what is done with my data',
    accountClosure: 'Close my account',
    explanation: 'Explain how data is handled',
    inquiry: 'A question',
    complaint: 'A complaint',
  },
  address: 'Your phone number or e-mail address',
  addressHint: 'The code and news of your request go there.',
  text: 'In your own words',
  textHint: 'Needed for a question or a complaint. Please write nothing about other people.',
  name: 'Name',
  relation: 'Your relation to the deceased',
  relationHint: 'Only when you ask as a near relative of somebody who died; we will ask you for evidence.',
  optional: 'optional',
  send: 'Send and get a code',
  codeTitle: 'Enter the code',
  codeIntro:
    'A code is on its way to the address that you gave, good for 10 minutes. Keep the address of this page: another code opens it again later.',
  code: 'Six digits',
  open: 'Confirm',
  another: 'Send another code',
  number: 'Number',
  asked: 'Asked',
  recorded: 'Recorded for you by a colleague, because',
  verified: 'Address confirmed',
  files: 'Files',
  state: 'Where it stands',
  states: {
    awaitingIdentity: 'Waiting for you to prove who you are',
    open: 'Being looked at',
    awaitingSubject: 'Waiting for your reply',
    awaitingSecond: 'Somebody else looks at the decision',
    waiting: 'Approved, not carried out yet',
    fulfilling: 'Being carried out',
    closed: 'Answered',
    lapsed: 'Lapsed',
    cancelled: 'Taken back',
  },
  outcome: 'Outcome',
  outcomes: { granted: 'Granted', partlyGranted: 'Granted in part', refused: 'Refused' },
  dueAt: 'Answered by',
  waitingUntil: 'You may take it back until (it is carried out afterwards)',
  answer: 'Our answer',
  question: 'We asked you',
  reply: 'Reply',
  file: 'Add a file',
  fileHint:
    'A PDF, a picture or plain text of 10 MB at most, ten of them. Seen by those who answer alone, and deleted when the request is over.',
  fileSend: 'Upload',
  fileAdded: 'The file has arrived.',
  cancel: 'Take the request back',
  cancelHint: 'Nothing more is done then, and the files that you sent with it are deleted.',
  appeal: 'Appeal',
  appealWhy: 'Why you disagree',
  appealHint: `Within ${appealDays} days; somebody else decides anew.`,
  elsewhere: 'You can also complain to the authority for data protection, or go to court.',
  fetch: 'Fetch the package',
  fetchHint: 'A zip file, to be fetched until',
  errors: {
    'identifier.bad_phone': 'This is no phone number or e-mail address that can be reached. Nothing was kept.',
    'identifier.bad_email': 'This is no phone number or e-mail address that can be reached. Nothing was kept.',
    'request.text_needed': 'Say in your own words what it is about. Nothing was kept.',
    'request.not_found': 'There is no such request, or nobody confirmed it within a week. Ask again.',
    'request.token_invalid': 'This opens no request, or no longer. Have another code sent.',
    'request.over': 'The request is over. Nothing was changed.',
    'request.too_many_files': 'A request rests on ten files at most. This one was not kept.',
    'attachment.type_refused': 'By its content this is no PDF, picture or plain text. It was not kept.',
    'attachment.empty': 'The file is empty. It was not kept.',
    'request.too_large': 'The file is larger than 10 MB. It was not kept.',
    'request.under_way': 'It is being carried out and can no longer be taken back.',
    'request.nothing_to_appeal': 'There is nothing to appeal against.',
    'request.appeal_too_late': 'The time to appeal is over. Ask again.',
    'request.too_many': 'You have too many requests open. Wait for an answer to one of them.',
    'verification.wrong_code': 'The code is wrong. Your request is kept; look at the code again.',
    'verification.expired': 'The code is too old. Have another one sent.',
    'verification.exhausted': 'Too many wrong codes. Have another one sent.',
    'verification.used': 'This code has been used. Have another one sent.',
    'delivery.not_configured': 'Codes cannot be sent this way at present. Give another address.',
    'session.too_many_attempts': 'Too many attempts. Try again later.',
    'session.account_stopped': 'Too many attempts. Try again tomorrow.',
  },
  error: 'Something in the form cannot be accepted. Nothing was kept; look at it again.',
};

export const requestPageWords: Readonly<Record<Locale, PageWords>> = { 'zh-CN': chinese, en: english };
