import type { WordsByCode } from './words.js';

/** What is done with data, or in the negative what is not. */
export const actWords: WordsByCode = {
  collection: {
    zh: `收集 采集 获取 获得 得到 取得 记录 记下 收到 读取 {需|需要|须|应|应当|请|要求}您{提供|填写|上传|提交|输入} 您{需|需要|须|应|应当|可以|可|}{主动|自愿|选择|}{提供|填写|上传|提交|输入} 核对 包含您的`,
    en: `collect, collected, collecting, gather, obtain, receive, record, ask for, ask you for, ask you to provide, you {may |can |must |need to |also |}{provide|give|enter|add|submit|fill in|tell|upload}, our servers log, we log, logged, are stored in your`,
  },
  use: {
    zh: `使用…信息 使用…数据 用于 用作 用来 用在 处理…信息 利用…{信息|数据}`,
    en: `use{ the| this| your| that| it| them|} {data|information|personal|it|them|to|for}, used {to|for}, process {your|the|personal}, we rely on`,
  },
  sharing: {
    zh: `分享 共享 披露 转让 转移 委托 交给 提供给 {向|给}…提供 向…{发送|传输|披露|转移|转让} 对外提供 公开披露 出售 会提供 将提供 予以提供 提供相应 提供{您|你}的 查阅相关`,
    en: `share, shared, sharing, disclose, disclosed, disclosure, transfer, transferred, pass on, passed on, passed to, provide{ your| the| it| them|} {information|data|it|them} to, sell, sold, receives, received by, hand over, made available to, on our behalf, give access`,
  },
  retention: {
    zh: '保存 保留 存储 储存 留存 存放 删除 匿名化处理 匿名化',
    en: 'keep, kept, retain, retained, retention, store, stored, delete, deleted, anonymised, anonymized, erased',
  },
  right: {
    zh: '{您|你}{可以|可|有权|能够|随时可以|可随时|也可以|还可以}  {您|你}的权利 保证您可以 您希望 您想 {您|你}{要求|请求|申请}',
    en: 'you {may|can|have the right|are entitled|also have|may also|can also}, your right, the right to, you want to, you wish to, if you would like',
  },
  change: {
    zh: '{修订|修改|变更|更新|调整|改动}…{本|政策|条款|声明|说明|协议} {本政策|政策|条款|声明|说明|协议}…{修订|修改|变更|更新|调整|改动} 变更时 修改后的',
    en: '{change|changes|update|amend|revise|modify|updates|amendments|modifications} {this|to this|to the|the|our} {policy|statement|notice|privacy}, changes to this, {policy|statement|notice} {change|changes|is updated|may be updated}, material changes, important changes',
  },
  exclusion: {
    zh: '不适用 不受本 不涵盖 不包括第三方 适用{它们|其|该|该等}…{政策|条款|规则} {不承担|不负}…责任 不对第三方 受该第三方',
    en: 'does not apply, do not apply, not cover, not responsible for, own privacy {policy|policies|statement|notice}, governed by their',
  },
  crossServiceUse: {
    zh: '用于{我们|本公司|平台}{的|}{其他|其它|另一}{服务|产品|业务} {跨服务|跨产品} {另一|其他|其它}服务中用于 {我们|本公司}其他{服务|产品}',
    en: 'in our other {service|product}, across {our |}{service|product}, for our other {service|product}, {combine|combined}…{service|product}',
  },
};

/** Words that turn what follows in the same part of a sentence into its opposite. */
export const negationWords = {
  zh: `{不会|不再|不得|从不|绝不|不|未|从未|并未|无需|无须|不需要|不必|不要求|停止|拒绝|禁止|避免|防止}{会|主动|再|向任何人|向任何第三方|向他人|对外|额外|收集或|获取或|}{收集|采集|获取|获得|读取|记录|得到|分享|共享|披露|出售|出租|转让|公开|交给|上传|存储|保存|使用Cookie|使用cookies|展示广告|投放广告|用于|提供您|注册|交换|处理您}
    {不会|不再|不得|从不|绝不|未|从未|不}{将|把|对|与|向|就|因|在}…{收集|采集|获取|读取|记录|分享|共享|披露|出售|出租|转让|公开|交给|提供|传输|用于}
    {停止|不再}对…{收集|采集|获取|使用} {不|未|拒绝|没有}{填写|提供|上传|提交} 不使用 不要求 不展示 不投放 不涉及 不包含 不包括 并不收集`,
  en: `{do not|does not|don't|doesn't|never|will not|won't|cannot|neither|nor do we|no longer|not} {knowingly |intentionally |deliberately |ever |automatically |directly |}{collect|gather|record|ask|request|require|share|sell|rent|trade|disclose|transfer|pass|store|keep|use|show|display|process|track|read|access|obtain|serve|need|include},
    without collecting, without sharing, free of`,
} as const;

/** What follows such words stands although the sentence says no. */
export const exceptionWords = {
  zh: '除以下 除下列 除非 {以下|下列}{情形|情况}{除外|外} {情形|情况}除外',
  en: 'except in the following, except as, except where, except when, unless, other than in the following, except:',
} as const;

/** Words for all that is known of a person. */
export const genericWords: WordsByCode = {
  all: {
    zh: '{您|你|用户}{的|}{相关|个人|有关|}{个人|}{信息|数据|资料} {相关|个人|该等|上述|这些|有关|必要的|相应}信息 {收集|得到|获得}的信息 数据 信息',
    en: '{your|personal|this|that|the|these|member|membership} {information|data|details|records}, personal data, information we {collect|have}, data we {collect|have|hold}',
  },
  every: { zh: '{全部|所有}{个人|}{信息|数据}', en: 'all {your |of your |personal |}{information|data|personal data}' },
};

/** What the headings of clauses say of them. */
export const sectionWords: WordsByCode = {
  collection: {
    zh: '收集 获取 获得 得到 采集 收到 您提供 您填写 您分享 敏感 Cookie 日志 位置信息 {其他方|他人|其他用户|同行人}…{分享|提供|共享} 信息{种类|类型|清单} 处理哪些',
    en: 'collect, gather, information {that |}you {give|provide|share}, {what|which|information|data} we {collect|process|hold|know|gather|receive|get}, cookie, sensitive, {type|kind|category|categories} of {data|information|personal}, you {give|provide} us, location data',
  },
  use: {
    zh: '使用 用途 目的 利用 为什么处理',
    en: 'use, using, purpose, why we',
  },
  crossServiceUse: { zh: '跨服务 跨产品', en: 'across services, other services of ours' },
  sharing: {
    zh: '{我们|如何|对外|}{共享|分享|披露|转让|委托处理|委托} 交给 提供给 对外提供 SDK 第三方{列表|清单|目录} 跨境 出境 与谁',
    en: 'share, sharing, disclose, disclosure, recipient, receives, transfer, third parties, who has access, sub-processors, subprocessors',
  },
  retention: {
    zh: '保存 存储 储存 保留 留存 期限 多久 多长时间',
    en: 'retain, retention, how long, storage, keep',
  },
  protection: {
    zh: '安全 {怎样|如何|怎么}保护 保护{措施|信息|您} 信息保护',
    en: 'security, protect, safeguard, secure',
  },
  right: {
    zh: '权利 控制 管理 查阅 更正 注销 撤回 行使',
    en: 'rights, choices, control, manage your',
  },
  minors: { zh: '未成年 儿童 青少年 孩子', en: 'children, minors, child, young people, kids' },
  change: { zh: '变更 更新 修订 修改 改动', en: 'change, changes, update, amendment, revision' },
  exclusion: {
    zh: '例外 不适用 不管 第三方{服务|网站|链接|产品} 其他网站',
    en: 'other websites, third-party {sites|websites|services|links}, not cover, exclusion, external links, other sites',
  },
  none: {
    zh: '引言 前言 导言 概述 摘要 提要 导语 适用范围 定义 联系 关于我们 争议 管辖 附则',
    en: 'introduction, about {us|this|the}, definition, contact, scope, summary, overview, who we are, welcome, governing law',
  },
};

/**
 * Words that look like others and mean something else. They take away what has a piece in common with them, of every kind
 * or of one; `within` takes away kinds of data and purposes between its pieces too: what a recipient does for us.
 */
export const nothingWords: WordsByCode = {
  every: {
    zh: `不提供 未提供 拒绝提供 清除后 提供服务{时|的过程|过程} {使用|享受|提供|接入|访问}{我们|我们的|本|该等|相关|}服务{时|的过程中|过程中} 在向您提供服务的过程 服务提供者
      {清除|禁用|拒绝|阻止|关闭|管理}…{Cookie|Cookies} 身心健康 健康{成长|发展} 医疗机构 未经{您|你|用户|}{的|}{单独|明确|事先|}{同意|授权|许可}
      {关闭|关掉|停用|退出|拒绝|取消}…{个性化|推荐|广告|定位|位置} 推荐您 推荐人 行使{您|你}的 {您|你}…行使…权利 {合并|汇总}{展示|统计|账户}
      {在|的|于}{符合|遵守}…前提 {符合|遵守}…前提下 我们建议 建议{您|未成年人|你} {阅读|了解|查看|同意|接受|遵守|按照|按}…{本|《}…{政策|协议|条款} 敏感个人信息 政策…更新 更新日期 生效日期`,
    en: `user name, username, screen name, domain name, file name, product name, host name, brand name, {browser|cookie} {setting|control|preference|plug-in}, in your browser, without your {prior |}{consent|permission},
      {block|refuse|reject|disable|delete|clear|manage|turn off} {all |the |}cookie, good faith, health and safety, business interests, supervisory authority, supervisory authorities,
      data protection {authority|authorities|officer}, {exercise|exercising} your rights, your rights, data acquisition, opt out of, opt-out of, privacy {policy|statement|notice}, terms of service, terms of use, https://`,
  },
  category: {
    zh: `客服{电话|热线|邮箱} 拨打…电话 致电 电话{客服|联系|与我们} {通过|拨打}电话 服务电话 举报电话 {发送|发出|通过|以|推送|群发|收到|接收|写}{您|你|}{的|}{电子|}{邮件|邮箱} {向您|给您}发送{电子|}邮件 {客服|公司|我们的|负责人}{电子|}邮箱
      {联系|联络}我们 {短信|电话|邮件}通知 浏览器{设置|插件|管理|中清除} 位置服务 与{其他方|他人|第三方}{共享|分享}`,
    en: `by {e-mail|email|phone|telephone}, via {e-mail|email}, {send|sending} {you |us |}{an |}{e-mail|email}, {e-mail|email} us, call us, {contact|write to|reach} us…{e-mail|email|phone|telephone}, e-mails, emails, our {e-mail|email} address, {e-mail|email} provider`,
  },
  purpose: {
    zh: '{向|至}…{部门|机关|机构|法院}…{投诉|举报|诉讼|起诉} 提供的 身份证 {安全|操作|访问|合规}审计 审计{日志|记录} 服务提供商',
    en: 'audit {log|trail}, provided by us, services we {provide|offer}, {products|services|features}{ that|} we {provide|offer}, security measures, marketing {site|website|page|team|department|statement}, respond to {government|legal|lawful|court|requests from}, legitimate interest, vital interest, service provider',
  },
  act: { zh: '{为|给|替|向}{您|你}提供', en: '' },
  source: { zh: '{为|给|替|向}{您|你}提供', en: '' },
  recipient: {
    zh: '{向|至}…{部门|机关|机构|法院}…{投诉|举报|诉讼|起诉} {我们|本公司|我司}{以及|和|及|或|、|与}{我们的|其|}关联{公司|方|企业}',
    en: 'we {and|or} our {affiliates|subsidiaries|group companies}',
  },
  within: {
    zh: '{代表|代|为}我们…{服务商|供应商|提供商|服务供应商|公司|机构} {监控|留下}…{记录|日志}',
    en: '{provider|providers|company|companies|partners} {that|who|which} {help|provide|send|store|process}…{us|our behalf}',
  },
};
