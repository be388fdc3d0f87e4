import type { Locale } from '@abide/kernel';
import type { Audience, ClauseComparison, Materiality, PolicyKind } from '@abide/rulebook';

/** Everything the policy pages say of their own accord, in one language. */
export interface PageWords {
  readonly languageName: string;
  readonly otherLanguage: string;
  readonly skip: string;
  readonly allPolicies: string;
  readonly askAboutData: string;
  readonly policies: string;
  readonly policiesIntro: string;
  readonly nothingYet: string;
  readonly kind: Readonly<Record<PolicyKind, string>>;
  /** Leads from a policy to the guide for an audience. */
  readonly guideFor: Readonly<Record<Audience, string>>;
  readonly isGuide: string;
  readonly contents: string;
  readonly revision: (number: number) => string;
  readonly inForceSince: string;
  readonly announcedFor: string;
  readonly inForceUntil: string;
  readonly isSuperseded: string;
  readonly isAnnounced: string;
  readonly noticeOfChange: string;
  readonly readInForce: string;
  readonly takesEffect: (title: string) => string;
  readonly readChanges: string;
  readonly readText: string;
  readonly saveAsFile: string;
  readonly printHint: string;
  readonly whatItMeans: string;
  readonly consentChoice: string;
  readonly requestChoice: string;
  readonly wordsExplained: (count: number) => string;
  readonly glossary: string;
  readonly more: string;
  readonly replaces: (service: string) => string;
  readonly replacedBy: (service: string) => string;
  readonly clause: (number: number) => string;
  readonly earlierRevisions: string;
  readonly whatChanged: string;
  readonly whatChangedFrom: (from: number, to: number) => string;
  readonly firstPublished: string;
  readonly inShort: string;
  readonly weight: Readonly<Record<Materiality, string>>;
  readonly nothingChanged: string;
  readonly article: string;
  readonly wordByWord: string;
  readonly added: string;
  readonly removed: string;
  readonly clauseState: Readonly<Record<ClauseComparison['state'], string>>;
  readonly unchangedClauses: (count: number) => string;
  readonly contact: string;
  readonly noContact: string;
  readonly notFound: string;
  readonly notFoundText: string;
  readonly fingerprint: string;
}

const chinese: PageWords = {
  languageName: '中文',
  otherLanguage: 'English',
  skip: '跳到正文',
  allPolicies: '全部政策',
  askAboutData: '个人信息请求',
  policies: '政策与协议',
  policiesIntro: '这里列出正在生效和已经公布的全部政策与协议。个别服务另有政策的，在该服务内优先于通用政策。',
  nothingYet: '目前没有公布的政策。',
  kind: { general: '通用政策', service: '服务政策', agreement: '用户协议', guide: '儿童指引' },
  guideFor: { children: '写给儿童及其监护人：' },
  isGuide: '本指引帮助儿童及其监护人阅读，不产生任何许可；我们可以收集、使用和共享什么，以政策为准。',
  contents: '目录',
  revision: (number) => `第 ${number} 版`,
  inForceSince: '生效时间：',
  announcedFor: '计划生效：',
  inForceUntil: '失效时间：',
  isSuperseded: '这是较早的版本，已不再生效。',
  noticeOfChange: '政策变更公告',
  isAnnounced: '这是已公布、尚未生效的版本。',
  readInForce: '查看正在生效的版本',
  takesEffect: (title) => `《${title}》将有变更，生效时间：`,
  readChanges: '查看变更内容',
  readText: '阅读全文',
  saveAsFile: '保存为文件',
  printHint: '打印：使用浏览器的打印功能',
  whatItMeans: '这意味着',
  consentChoice: '您的选择：可以不同意，也可以随时在应用的设置中撤回。',
  requestChoice: '您的请求：可以在应用内提出，也可以通过页面底部的方式联系我们。',
  wordsExplained: (count) => `本条用语（${count}）`,
  glossary: '用语解释',
  more: '更多说明',
  replaces: (service) => `在“${service}”服务内，本条优先于：`,
  replacedBy: (service) => `在“${service}”服务内，以下条款优先于本条：`,
  clause: (number) => `第 ${number} 条`,
  earlierRevisions: '各个版本',
  whatChanged: '变更内容',
  whatChangedFrom: (from, to) => `从第 ${from} 版到第 ${to} 版的变更`,
  firstPublished: '这是首次公布的版本，没有可以对照的较早版本。',
  inShort: '简单来说',
  weight: {
    freshConsent: '需要您重新同意',
    reductionOfRights: '对您的权利有所减损',
    informational: '供您了解',
    editorial: '仅文字变化',
  },
  nothingChanged: '您的权利和我们的承诺没有变化。',
  article: '依据',
  wordByWord: '逐字对照',
  added: '新增',
  removed: '删除',
  clauseState: { same: '未变', changed: '有改动', new: '新增', removed: '删除', moved: '移动了位置' },
  unchangedClauses: (count) => `其余 ${count} 条没有变化。`,
  contact: '联系我们',
  noContact: '请通过应用内的客户服务联系我们。',
  notFound: '没有找到',
  notFoundText: '没有这样一份已经公布的政策或版本。',
  fingerprint: '文本指纹（SHA-256）：',
};

const english: PageWords = {
  languageName: 'English',
  otherLanguage: '中文',
  skip: 'Skip to the text',
  allPolicies: 'All policies',
  askAboutData: 'Ask about your data',
  policies: 'Policies and agreements',
  policiesIntro:
    'These are all policies and agreements that are in force or announced. Where a service has a policy of its own, it comes before the general one within that service.',
  nothingYet: 'No policy is published at present.',
  kind: {
    general: 'General policy',
    service: 'Service policy',
    agreement: 'User agreement',
    guide: 'Guide for children',
  },
  guideFor: { children: 'For children and their guardians: ' },
  isGuide:
    'This guide is for children and their guardians to read and permits nothing: what we may collect, use and share stands in the policies.',
  contents: 'Contents',
  revision: (number) => `Revision ${number}`,
  inForceSince: 'In force since ',
  announcedFor: 'Takes effect on ',
  inForceUntil: 'In force until ',
  isSuperseded: 'This is an earlier revision and no longer in force.',
  noticeOfChange: 'Notice of a change',
  isAnnounced: 'This revision has been announced and is not in force yet.',
  readInForce: 'Read the revision in force',
  takesEffect: (title) => `The ${title} changes on `,
  readChanges: 'Read what changes',
  readText: 'Read the whole text',
  saveAsFile: 'Save as a file',
  printHint: 'To print, use your browser’s print command',
  whatItMeans: 'What this means',
  consentChoice: 'Your choice: you may refuse, and withdraw at any time in the app’s settings.',
  requestChoice: 'Your request: make it in the app, or contact us as shown at the foot of this page.',
  wordsExplained: (count) => `Words in this clause (${count})`,
  glossary: 'Words explained',
  more: 'more',
  replaces: (service) => `Within the service “${service}” this comes before:`,
  replacedBy: (service) => `Within the service “${service}” these come before this clause:`,
  clause: (number) => `Clause ${number}`,
  earlierRevisions: 'Revisions',
  whatChanged: 'What changed',
  whatChangedFrom: (from, to) => `What changed from revision ${from} to revision ${to}`,
  firstPublished: 'This is the first revision; there is no earlier one to compare it with.',
  inShort: 'In short',
  weight: {
    freshConsent: 'Needs your consent anew',
    reductionOfRights: 'Reduces your rights',
    informational: 'For your information',
    editorial: 'Wording only',
  },
  nothingChanged: 'Your rights and our promises have not changed.',
  article: 'Legal basis',
  wordByWord: 'Word by word',
  added: 'added',
  removed: 'removed',
  clauseState: { same: 'unchanged', changed: 'changed', new: 'new', removed: 'removed', moved: 'moved' },
  unchangedClauses: (count) => `The other ${count} clauses are unchanged.`,
  contact: 'Contact',
  noContact: 'Please contact us through customer service in the app.',
  notFound: 'Not found',
  notFoundText: 'There is no such published policy or revision.',
  fingerprint: 'Fingerprint of the text (SHA-256): ',
};

export const pageWords: Readonly<Record<Locale, PageWords>> = { 'zh-CN': chinese, en: english };
