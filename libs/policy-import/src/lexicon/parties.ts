import type { WordsByCode } from './words.js';

/** From whom data comes. */
export const sourceWords: WordsByCode = {
  subject: {
    zh: '{您|你|用户}{主动|自行|自愿|直接|向我们|}{提供|填写|上传|输入|提交|录入}',
    en: 'you {provide|give|enter|submit|fill in|upload|add|tell}, directly from you, ask you for, ask for your, we ask for',
  },
  guardian: { zh: '{监护人|家长|父母}…{提供|填写}', en: '{parent|guardian} {provides|gives|provide|give}' },
  device: {
    zh: '{自动|服务器|系统|后台}…{收集|采集|记录|获取|记下|生成}',
    en: '{automatically|automatic} {collect|record|log|receive|gather|collected|recorded|logged}, our servers {log|record|collect}, from your {device|browser|computer|phone}',
  },
  others: {
    zh: '{其他方|他人|别人|其他用户|其他人|同行人}…{提供|分享|共享}',
    en: 'from {other users|others|other people}, other {users|people|members} {provide|share|give}',
  },
  affiliate: {
    zh: '{从|由|向}…{关联公司|关联方|集团}…{获取|获得|收集|接收|取得|提供}',
    en: 'from {our |}{affiliate|group companies|subsidiaries}',
  },
  thirdParty: {
    zh: '{从|由|向|通过}…{第三方|合作伙伴|合作方|该平台}…{获取|获得|收集|接收|取得|收到}',
    en: '{receive|obtain|collect|get}…from {our |}{third party|third parties|partner|provider}, from third parties',
  },
  publicRecord: {
    zh: '{公开|公共}{渠道|来源|登记|数据库}',
    en: '{public|publicly available} {source|record|register|information|database}',
  },
};

/** To whom data goes, by kind. */
export const recipientWords: WordsByCode = {
  affiliate: {
    zh: '关联{公司|方|企业|主体} 集团{公司|成员|内部|内} 母公司 子公司 附属公司',
    en: 'affiliate, subsidiary, subsidiaries, {group|sister|parent|affiliated} {company|companies}, corporate group, members of our group',
  },
  processor: {
    zh: `{受托|受委托}{方|人|处理者|处理|的|} 受我们委托 委托…{处理|公司|机构|第三方|存储|发送|服务商}
      {云|云服务|存储|短信|推送|地图|支付|物流|配送|数据分析|技术|通讯|通信|服务|外包|第三方服务|托管|服务器}{服务|}{商|供应商|提供商|提供方|提供者} 供应商 服务商 承包商 代理商 {承包商|供应商}{及|、|和|或}代理
      {代表|代|为}我们{提供|发送|发出|处理|存储|分析}…{公司|机构|服务商|提供商|供应商|服务提供商}`,
    en: `{service|hosting|cloud|payment|e-mail|analytics|it|infrastructure|storage|map|delivery|technology|newsletter|support} {service |}{provider|supplier|processor}, hosting company, processor, subprocessor, contractor, subcontractor, vendor, supplier, agents,
      on our behalf, on behalf of us, for us and under our`,
  },
  partner: {
    zh: '合作{伙伴|方|商|机构|单位|公司} 商业伙伴 广告{主|商|合作方|合作伙伴} 联合{营销|运营}方',
    en: '{business|payment|advertising|marketing|commercial|trusted|} partner, advertiser, advertising network, ad network, sponsor',
  },
  auditor: {
    zh: '审计{机构|师|单位|方} 会计师{事务所|} 第三方的审计 审计或尽职调查 尽职调查 进行审计',
    en: 'auditor, accountant, audit firm, professional adviser, professional advisor',
  },
  authority: {
    zh: '{司法|行政|公安|监管|主管|政府|有权|国家安全|安全|执法|检察|权力|权利}{机关|机构|部门} 法院 检察院 公安 政府 有关部门',
    en: `law enforcement, court, {government|governmental|public|competent|regulatory|judicial|law-enforcement|tax} {authority|authorities|agency|agencies|body|bodies|official}, regulator, police, authorities`,
  },
  acquirer: {
    zh: '受让{方|人} 收购方 继受{方|人|者} 新的{处理者|控制者|持有人|主体} 合并 收购 分立 资产转让 业务转让 {出让|转让}业务',
    en: 'acquirer, successor, purchaser, buyer, new owner, new organisation, new organization, new entity, merger, merges, merged, acquisition',
  },
};
