import type { WordsByCode } from './words.js';

/** On what ground data is used. */
export const basisWords: WordsByCode = {
  separateConsent: {
    zh: '{单独|另行}{的|}同意 单独授权 同意…单独',
    en: 'separate consent, separately consent, {explicit|express} consent',
  },
  consent: {
    zh: '{经|经过|征得|取得|获得|得到|在|基于|根据}{您|你|用户|您的|您本人|您本人的|用户的|}{明示|明确|事先|}{同意|授权} 您同意后 您授权 授权我们',
    en: `with {your|the user's} {prior |}consent, {based on|on the basis of} {your |}consent, if you {consent|agree|have consented|have agreed|opt in|have opted in}, your permission, you have {consented|agreed|opted in}, where you {consent|agree|opt in}`,
  },
  contract: {
    zh: '{履行|订立}…{合同|协议}所{必需|必须|必要} 合同所必需',
    en: `performance of {a|our|the|your} contract, {necessary|needed|required} {to perform|for performing}…{contract|agreement}, contractual necessity, 6(1)(b)`,
  },
  legalObligation: {
    zh: '{根据|依据|依照|按照|基于|按|因}…{法律|法规|法规的|法}{规定|要求|的规定|的要求} 法定{职责|义务} 法律{法规|}{要求|规定} 依法',
    en: '{required|obliged|compelled} by law, law {obliges|requires}, legal obligation, as the law requires, 6(1)(c), legally {required|obliged}',
  },
  publicInterest: {
    zh: '为{了|}{社会|}公共利益',
    en: 'task in the public interest, {reasons|grounds} of public interest, 6(1)(e)',
  },
  vitalInterest: {
    zh: '{保护|维护}…生命健康',
    en: 'vital interest, 6(1)(d)',
  },
  legitimateInterest: {
    zh: '{正当|合法}利益',
    en: 'legitimate interest, legitimate business interest, 6(1)(f)',
  },
  publicised: {
    zh: '{已经|已}{合法|自行|}公开的{信息|个人信息}',
    en: 'manifestly made public, you have made public',
  },
};

/** What follows where data is not given, by the code of the rulebook. */
export const withheldWords: WordsByCode = {
  noRegistration: {
    zh: '{无法|不能}{完成|成功|}注册 无法注册成为',
    en: '{cannot|can not|unable to|not be able to} {register|sign up|join|open|create}, without {it|them|these|this} we cannot open',
  },
  noService: {
    zh: '{无法|不能}{使用|享受|为您提供|向您提供|提供}…{服务|功能}',
    en: '{cannot|can not|unable to|not be able to} {provide|use|offer|access|deliver}',
  },
  degraded: {
    zh: '{部分|某些|相关|有些}功能…{无法|不可用|不能|受限} 无法达到 影响…体验',
    en: 'some {feature|function|part|service}…{not|unavailable|limited}',
  },
};

/** Until when data is kept, and what follows then. */
export const eventWords: WordsByCode = {
  accountClosure: {
    zh: '注销{您的|您|该|}{账户|账号|帐户|帐号} {账户|账号|帐户|帐号}注销 注销{后|时|为止|之日}',
    en: '{close|delete|cancel|closing|deleting|deletion of|closure of} {your |the |}{account|membership}, account {is |}{closed|deleted|closure|deletion}, account is active, as long as you have an account',
  },
  serviceEnd: {
    zh: '{停止|终止|不再}{提供|运营|使用}{服务|} 服务{终止|停止|结束} 停止运营',
    en: '{service|services} {end|ends|is discontinued|are discontinued|terminate}, stop using the service',
  },
  agreementEnd: {
    zh: '{合同|协议}{终止|期满|到期|履行完毕|解除}',
    en: '{contract|agreement} {end|ends|expires|terminates|is terminated}, end of {the|our|your} {contract|agreement|membership}',
  },
  purposeMet: {
    zh: '{实现|达成|达到|完成|满足}…目的…{期间|期限|时间|必要|必需|最短} 目的所{必需|必须|必要|需要} {目的|处理|使用}{实现|完成|达成|完毕|结束}{后|之后|为止}',
    en: `as long as{ it is| is|} {necessary|needed|required}, no longer than{ is|} {necessary|needed}, until the purpose, {necessary|needed|required} {for|to fulfil|to fulfill|to achieve} {the|these|those} purpose`,
  },
  sessionEnd: {
    zh: '{关闭|退出}{浏览器|页面|网页|应用}{后|时} 会话{结束|终止} 本次访问结束',
    en: '{close|closing|leave} {your |the |}{browser|page|app}, {session|visit} {ends|is over}, end of {the|your} {session|visit}',
  },
  consentWithdrawal: {
    zh: '撤回{同意|授权}{后|时|为止|之日|前}',
    en: 'until you {withdraw|unsubscribe}, you withdraw your consent, until consent is withdrawn',
  },
};
export const outcomeWords: WordsByCode = {
  delete: { zh: '删除 销毁 清除 擦除', en: 'delete, deleted, erase, erased, destroy, destroyed, removed' },
  anonymise: { zh: '匿名化 匿名', en: 'anonymise, anonymize, anonymised, anonymized' },
  restrict: { zh: '停止除存储…处理 限制处理', en: 'restrict processing, blocked from further' },
};

/** What people may ask for. */
export const rightWords: WordsByCode = {
  access: { zh: '查阅 查询 查看 访问 知情', en: 'access, inspect, view, see' },
  portability: { zh: '复制 副本 转移 导出 携带 可携', en: 'portability, export, copy, download, transfer' },
  correction: {
    zh: '更正 修改 更新 补充 纠正 完善 变更',
    en: 'correct, correction, rectify, rectification, amend, update',
  },
  deletion: { zh: '删除 清除 擦除', en: 'delete, deletion, erase, erasure, be forgotten, remove' },
  restriction: {
    zh: '限制{处理|我们|使用|对|您} 限制…处理',
    en: 'restrict, restriction, limit the {use|processing}',
  },
  objection: {
    zh: '反对 拒绝…{处理|自动化|营销|推送|广告} 退订',
    en: 'object, objection, opt out, opt-out, unsubscribe',
  },
  accountClosure: {
    zh: '注销',
    en: '{close|delete|cancel|deactivate} {your |the |}account, account closure',
  },
  explanation: { zh: '解释 说明处理规则', en: 'explanation, explain' },
  inquiry: { zh: '咨询 询问', en: 'ask us, inquire, enquire, inquiry, enquiry, tell you what' },
  withdrawal: {
    zh: '{撤回|撤销|取消|收回}{您的|您对…的|已作出的|先前的|}{同意|授权} 改变…授权',
    en: 'withdraw, withdrawal, revoke',
  },
  complaint: { zh: '投诉 举报', en: 'complain, complaint' },
};
export const verificationWords: WordsByCode = {
  evidence: {
    zh: '{提供|提交|出示}…{身份证明|证明材料|证明文件}',
    en: 'proof of identity, evidence of {your |}identity, copy of your id',
  },
  stepUp: {
    zh: '{验证|核验|核实|确认}…身份 身份{验证|核验|核实}',
    en: '{verify|verifying|confirm|check}…identity, identity verification, verified your identity',
  },
  session: { zh: '登录后', en: 'signed in, logged in, through your account, in your account' },
};

/** How data is protected. */
export const measureWords: WordsByCode = {
  encryptionInTransit: {
    zh: '传输{过程|层|中|}{加密|进行加密} 加密传输 传输…加密 SSL TLS HTTPS',
    en: 'encrypted in transit, encryption in transit, encrypted{ during|} transmission, ssl, tls, https, in transit',
  },
  encryptionAtRest: {
    zh: '{存储|储存|存放}加密 加密{存储|存放|储存|保存} 加密…{存放|存储}',
    en: 'at rest, encrypted storage, stored encrypted, stored in encrypted',
  },
  accessControl: {
    zh: '{访问|权限}{控制|管理|限制} 最小授权 {限制|授权|有限|必要}…{人员|员工}…{接触|访问|知悉} {限制|控制}…{接触|访问}…{人员|员工} {经过授权|授权|获得授权}的{员工|人员}',
    en: 'access control, access…{limited|restricted}, {limit|limited|restrict|restricted|limiting} access, need-to-know, authorised {staff|personnel|employee}, authorized {staff|personnel|employee}',
  },
  auditTrail: {
    zh: '{操作|访问|安全}{记录|日志|监控|留痕|审计} 审计日志 留痕',
    en: 'audit {log|trail}, access log, {access|accesses} {is|are} logged, logging of access',
  },
  pseudonymisation: {
    zh: '去标识化 假名化 脱敏',
    en: 'pseudonymise, pseudonymize, pseudonymised, pseudonymized, pseudonymisation, pseudonymization, de-identified',
  },
  minimisation: {
    zh: '最小{化|必要|够用}',
    en: 'minimisation, minimization, minimise{ the|} data, only the data we need',
  },
  separateStorage: {
    zh: '{分开|单独|隔离|分别}{存储|存放|保存}',
    en: 'stored separately, separate storage, kept separately',
  },
  impactAssessment: { zh: '影响评估', en: 'impact assessment' },
  staffTraining: {
    zh: '{人员|员工|安全|保护}…培训',
    en: '{staff|employees|personnel|they}…trained, {staff|security|privacy|employee} training',
  },
  contractualSafeguards: {
    zh: '保密{协议|义务|条款|合同} 数据处理协议 标准合同',
    en: 'confidentiality {agreement|obligation|clause}, data processing agreement, standard contractual clauses, contractual {safeguard|obligation|clause}',
  },
  incidentResponse: {
    zh: '应急{预案|响应|处置} 安全事件…{告知|通知|处置|上报|报告}',
    en: 'incident response, {breach|incident}…{notify|inform|report}, {notify|inform|report}…{breach|incident}',
  },
  backup: { zh: '备份 容灾', en: 'backup, backed up, backups' },
};

/** What is asked where somebody is young. */
export const minorWords: WordsByCode = {
  notAllowed: {
    zh: '{不得|不能|请勿|禁止|不应|不可以}{使用|注册} 不{面向|向|适合}…{提供|使用|儿童|未成年人|岁}',
    en: 'not {directed|intended|meant|offered|aimed}, may not use, must not use, not allowed to use, must be at least',
  },
  guardianConsent: {
    zh: '{监护人|家长|父母}{的|}{同意|授权|允许} {征得|取得|获得|得到|经}…{监护人|家长|父母}…同意 由…{监护人|家长|父母}{同意|授权}',
    en: "consent of {a|their|your|the} {parent|guardian|legal guardian|parent or}, {parental|guardian|parent|guardian's|parent's} {consent|permission}, {permission|consent|approval} {of|from} {a|their|your|the|} {parent|guardian|legal guardian}",
  },
  guardianAdvice: {
    zh: '{监护人|家长|父母}…{指导|陪同|监督|陪伴} {指导|监督}…使用',
    en: '{guidance|supervision|advice|help|involvement} of {a|their|your|the} {parent|guardian|adult}, together with {a|their|your} {parent|guardian}, {parental|adult} {guidance|supervision}',
  },
};

/** How a change is told and accepted. */
export const channelWords: WordsByCode = {
  inApp: {
    zh: '弹窗 站内{信|通知|消息|公告} 应用内 App内 客户端内 消息中心',
    en: 'in the app, in-app, within the app, pop-up, notice in the service, when you sign in',
  },
  website: {
    zh: '{首页|主页|官网|网站}{上|}{的|}{显著位置|公告|公布|公示|提示|} 本页{面|}',
    en: 'on the website, on our website, on our site, on this page, on our pages, homepage, home page, by posting',
  },
  email: { zh: '邮件 电子邮件 电邮', en: 'e-mail, email' },
  sms: { zh: '短信 短讯', en: 'text message, sms' },
  webPush: { zh: '推送{通知|消息|} 消息推送', en: 'push {notification|message}' },
};
export const acceptanceWords: WordsByCode = {
  explicit: {
    zh: '{重新|再次|另行}{征得|取得|获得|征求}…同意 {重新|再次}同意 点击同意 明示同意 明确同意',
    en: 'ask {you |}for your consent again, ask you to {agree|accept|consent}, {renewed|new|fresh} consent, explicitly agree, obtain your consent',
  },
  continuedUse: {
    zh: '继续使用 继续访问',
    en: 'continue to use, continued use, continuing to use, keep using, use of the {service|website|app} after',
  },
  none: {
    zh: '{无需|无须|不需要}{您|你|}{的|}{确认|同意|接受}',
    en: 'no acceptance, need not accept, not require your acceptance',
  },
};

/** What a text does not speak for. */
export const scopeWords: WordsByCode = {
  thirdPartyServices: {
    zh: `{第三方|其他公司|他人|其他方|其他网站|其他机构}…{服务|网站|产品|应用|平台|链接|经营} {网站|链接}…第三方`,
    en: 'third-party {website|site|service|app|application|link}, {website|site|service|social network}…{of|by} {third parties|others|other companies}, other {website|site|companies}, external {site|link|website}, {them|these sites|those sites|such sites}',
  },
  advertisingCompanies: {
    zh: '{广告|投放广告}…{公司|机构|服务商} 广告{商|主|公司}',
    en: 'advertiser, advertising {company|companies|network}, ad network',
  },
};

/** In what form data goes from one service to another. */
export const formWords: WordsByCode = {
  aggregated: { zh: '汇集 汇总 聚合 统计{数据|信息|形式}', en: 'aggregate, aggregated, combined statistics' },
  personalised: {
    zh: '个性化的方式 个人化的方式 个性化{方式|形式}',
    en: 'personalised form, personalized form, in personalised, individually',
  },
};

/** What never leaves the device. */
export const storageWords: WordsByCode = {
  onDevice: {
    zh: '{仅|只}{在|于|保存在|存储在|存放在}…{本地|本机|设备|手机|终端} 不会上传 不上传 不会离开您的{设备|手机} 不会发送{到|至|给}…服务器',
    en: 'only on your {device|phone|computer}, {never|not} leave your {device|phone}, does not leave your {device|phone}, {never|not} {uploaded|sent|transmitted}, locally on your {device|phone}, stays on your {device|phone}',
  },
};
