import { locales, type Locale, type Localized } from '@abide/kernel';
import { momentWords } from '../day-words.js';

const l = (zh: string, en: string): Localized => ({ 'zh-CN': zh, en });

/** What people call the values that holders export; others stand under the name that their source gave them. */
const fieldWords: Readonly<Record<string, Localized>> = {
  accuracyMetres: l('精度（米）', 'Accuracy (metres)'),
  act: l('事项', 'Act'),
  address: l('地址', 'Address'),
  answer: l('答复', 'Answer'),
  askedAs: l('提出人身份', 'Asked as'),
  askedFor: l('询问的用途', 'Asked for'),
  at: l('时间', 'Time'),
  attributes: l('内容', 'Content'),
  by: l('由谁', 'By'),
  bytes: l('大小（字节）', 'Size (bytes)'),
  categories: l('信息种类', 'Kinds of data'),
  channel: l('途径', 'Channel'),
  clause: l('条款编号', 'Clause'),
  client: l('登录设备', 'Signed in with'),
  corrections: l('更正内容', 'Corrections'),
  deviceId: l('设备编号', 'Device'),
  email: l('电子邮箱', 'E-mail'),
  events: l('经过', 'What happened'),
  expiresAt: l('到期时间', 'Expires'),
  givenBy: l('由谁作出', 'Given by'),
  globalPrivacyControl: l('全局隐私控制', 'Global Privacy Control'),
  globalPrivacyControlSince: l('全局隐私控制开启于', 'Global Privacy Control since'),
  kind: l('类别', 'Kind'),
  latitude: l('纬度', 'Latitude'),
  lineage: l('收集依据', 'Collected on'),
  link: l('链接', 'Link'),
  locale: l('语言', 'Language'),
  longitude: l('经度', 'Longitude'),
  message: l('消息', 'Message'),
  method: l('方式', 'Method'),
  mode: l('接受方式', 'Accepted by'),
  name: l('姓名或名称', 'Name'),
  noticeId: l('通知编号', 'Notice'),
  number: l('编号', 'Number'),
  occurredAt: l('发生时间', 'Occurred'),
  outcome: l('结果', 'Outcome'),
  personal: l('个人内容', 'Personal content'),
  phone: l('手机号', 'Phone'),
  policy: l('政策', 'Policy'),
  positioningOn: l('定位开关', 'Positioning on'),
  publishedAt: l('发布时间', 'Published'),
  purpose: l('用途', 'Purpose'),
  receiptId: l('回执编号', 'Receipt'),
  recipient: l('接收方', 'Recipient'),
  region: l('地区', 'Region'),
  relativesMayNot: l('身后近亲属不得', 'What relatives may not do after death'),
  remindedAt: l('提醒时间', 'Reminded'),
  retainUntil: l('保存至', 'Kept until'),
  revision: l('版本', 'Revision'),
  service: l('服务', 'Service'),
  source: l('来源', 'Source'),
  state: l('状态', 'State'),
  summary: l('摘要', 'Summary'),
  text: l('内容', 'Words'),
  title: l('标题', 'Title'),
  type: l('类型', 'Type'),
};

const yesNo: Readonly<Record<'true' | 'false', Localized>> = { true: l('是', 'Yes'), false: l('否', 'No') };

/** How the values of one package are put into words: its language, the zone of its times, and the names of the catalogue's codes. */
export interface ValueWording {
  readonly locale: Locale;
  readonly utcOffsetHours: number;
  readonly nameOf: (code: string) => string | undefined;
}

export function fieldWord(name: string, locale: Locale): string {
  return fieldWords[name]?.[locale] ?? name;
}

/** Lists and what has parts become one line a part. */
export function valueWords(value: unknown, wording: ValueWording): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return textWords(value, wording);
  if (typeof value === 'boolean') return yesNo[`${value}`][wording.locale];
  if (Array.isArray(value)) return value.map((item) => valueWords(item, wording)).join('\n');
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isLocalized(value)) return value[wording.locale];
  const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  const separator = wording.locale === 'en' ? ': ' : '：';
  return parts
    .map(([name, part]) => `${fieldWord(name, wording.locale)}${separator}${valueWords(part, wording)}`)
    .join(wording.locale === 'en' ? '; ' : '；');
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;

function textWords(text: string, wording: ValueWording): string {
  return instant.test(text) ? momentWords(new Date(text), wording) : (wording.nameOf(text) ?? text);
}

function isLocalized(value: object): value is Localized {
  return locales.every((locale) => typeof (value as Partial<Localized>)[locale] === 'string');
}
