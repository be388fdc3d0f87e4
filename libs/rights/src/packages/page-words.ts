import type { Locale } from '@abide/kernel';

/** What the page of a package says around what is held. */
export const pageWords = {
  'zh-CN': {
    title: '我的个人信息',
    note: (number: string, day: string) =>
      `请求编号 ${number}，生成于 ${day}。data.json 与 data.csv 含有同样的内容，便于其他程序读取，其中还有系统内部对照用的编号；data.schema.json 说明其结构。`,
    files: '您提交的文件，以及工作人员查找到的副本，在 files 文件夹中。',
    none: '没有保存与此请求有关的信息。',
    overview: '总览',
    total: (records: number, kinds: number) => `共 ${records} 条记录，分为 ${kinds} 类。点按类别可跳到对应部分。`,
    kind: '信息类别',
    count: '条数',
    keptBy: '保存方',
    ourselves: '我们',
    earliest: '最早保存于',
    until: '最迟保存至',
    recipients: '条款允许提供给',
    nobody: '无',
    untold: '未定日期',
    more: (left: number) => `另有 ${left} 条此类记录未在本页列出，见 data.csv 与 data.json。`,
    records: (holder: string, count: number) => `${holder}：${count} 条`,
    nothingMore: '这条记录除保存时间外没有其他内容。',
    redacted: '其中他人的联系方式和证件号码已遮盖。',
    onConsent: '依据您的同意',
    since: '保存于',
    purposes: '用于',
    retention: '保存期限',
    law: '保存的依据',
    clauses: '依据的条款',
    noClause: '现行条款没有列明这一项，我们也没有查到要求保存它的法律。您可以要求我们说明为何保存，或要求删除。',
    revision: (title: string, revision: number) => `《${title}》第 ${revision} 版`,
    listed: '、',
    back: '回到总览',
  },
  en: {
    title: 'My personal data',
    note: (number: string, day: string) =>
      `Request ${number}, made on ${day}. data.json and data.csv hold the same for other programs to read, and the numbers by which our records find each other; data.schema.json describes them.`,
    files: 'Files that you supplied, and copies of what our staff found, are in the folder files.',
    none: 'Nothing is held of what this request is about.',
    overview: 'Overview',
    total: (records: number, kinds: number) =>
      `Records: ${records}, of ${kinds} kinds. Each kind leads to its part of the page.`,
    kind: 'Kind of data',
    count: 'Records',
    keptBy: 'Kept by',
    ourselves: 'us',
    earliest: 'Oldest record',
    until: 'Kept until at the latest',
    recipients: 'The clauses let it go to',
    nobody: 'nobody',
    untold: 'no date is set',
    more: (left: number) =>
      `${left} more records of this kind are not on this page; data.csv and data.json hold them all.`,
    records: (holder: string, count: number) => `${holder}: ${count}`,
    nothingMore: 'This record says nothing but since when it is held.',
    redacted: 'What identifies other people in it is masked.',
    onConsent: 'on your consent',
    since: 'Held since',
    purposes: 'Used for',
    retention: 'Kept',
    law: 'Kept on the ground of',
    clauses: 'Clauses it rests on',
    noClause:
      'No clause in force names this kind of data, and we know of no law that has us keep it. You may ask us to explain why it is kept, or to delete it.',
    revision: (title: string, revision: number) => `${title}, revision ${revision}`,
    listed: ', ',
    back: 'Back to the overview',
  },
} as const;

/** By module. */
const holders: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  attachments: { 'zh-CN': '上传的文件', en: 'Uploaded files' },
  audit: { 'zh-CN': '操作记录', en: 'Trail of what was done' },
  consent: { 'zh-CN': '同意与撤回记录', en: 'Consents and preferences' },
  identity: { 'zh-CN': '账户', en: 'Account' },
  location: { 'zh-CN': '位置信息', en: 'Location' },
  notifications: { 'zh-CN': '通知', en: 'Notices' },
  policy: { 'zh-CN': '政策接受记录', en: 'Accepted policies' },
  retention: { 'zh-CN': '保全', en: 'Holds' },
  rights: { 'zh-CN': '个人信息请求', en: 'Requests about personal data' },
  telemetry: { 'zh-CN': '采集的日志', en: 'Collected logs' },
};

/** The module that a holder inside is part of: each has one. */
export function moduleOf(holder: string): string {
  return holder.split('.')[0] ?? '';
}

/** What people call a part of the platform that keeps data; undefined for what is outside. */
export function ownHolderName(holder: string, locale: Locale): string | undefined {
  return holders[moduleOf(holder)]?.[locale];
}
