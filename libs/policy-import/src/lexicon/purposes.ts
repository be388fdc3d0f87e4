import type { WordsByCode } from './words.js';

/** What policies say where they use data for the purposes of the seed catalogue. */
export const purposeWords: WordsByCode = {
  'service.provision': {
    zh: `{提供|实现|交付}…{服务|功能} {完成|处理|履行}…{订单|支付|购买|购票|交易|预订|预约|改签|退款} {用于|用来|以}完成 {创建|开通}…{账户|账号|帐户|帐号} {完成|办理|为您}注册
      {保证|保障|维持|支持}…{服务|功能}…{运行|正常|使用} 运营{我们的|}服务`,
    en: `{provide|providing|deliver|delivering|supply|offer|offering}…{service|product|feature|functionality}, {operate|operating|run|running}…{service|website|site|app|platform|product},
      {fulfil|fulfill|process|processing|complete|handle} {your |the |}{order|payment|transaction|booking|purchase|membership|registration}, {create|open|set up|manage|maintain|administer} {your|an|user} account,
      {provide|give} you {with|what}…you {ask|asked|request|requested}, {operation|functioning} of {the|our} {service|website|site|app}`,
  },
  'security.authentication': {
    zh: `{验证|核验|核实|认证|确认|鉴别|查验|核对}…身份 身份{验证|核验|认证|识别|核实|确认|鉴别|校验} 实名{认证|验证|核验} 验证码 {登录|账号|账户}{验证|认证|鉴权}`,
    en: `{verify|verifying|confirm|confirming|check|checking|establish}…{identity|who you are|that you are}, authenticate, authenticating, authentication, identity {verification|check}, verification code`,
  },
  'customer.service': {
    zh: `{客户|用户|售后|客服}{服务|支持} 售后 {回复|答复|回答|解答|处理|响应|回应|解决}…{咨询|提问|问题|投诉|疑问|诉求|来信|留言} {回复|答复|回答|联系}您 客服{支持|沟通|处理}`,
    en: `customer {service|support|care}, {answer|answering|respond to|responding to|reply to|handle|handling|deal with}…{question|inquiry|inquiries|enquiry|enquiries|request|complaint|message|comment},
      {give|provide|offer|providing|offering}…support, {technical|user} support, {respond|reply} to you, communicate with you about`,
  },
  'security.protection': {
    zh: `安全{防范|保障|保护|防护|风控|验证|监测} {保障|确保|保护|维护|提高|增强|提升|加强|保证}…安全 {账户|账号|帐户|帐号|网络|系统|数据|信息|交易|运营}安全 保护…{账户|账号|帐户|帐号}
      {防范|防御|抵御|防止|检测|识别|发现|预防}…{攻击|入侵|病毒|漏洞|恶意|木马|风险|安全事件|异常} 风险控制 风控 安全{性|目的|用途}`,
    en: `{keep|keeping}…{secure|safe}, {protect|maintain|ensure|improve|enhance|protecting|maintaining|ensuring}…{security|integrity}, security {purpose|reason|monitoring}, {spam|abuse} {protection|prevention}, for security,
      {prevent|detect|preventing|detecting|mitigate|mitigating|stop|guard against|protect against}…{attack|abuse|misuse|intrusion|malicious|malware|spam|unauthorised|unauthorized|hacking}, {network|information|account|data|site|website} security, secure{ our| the|} {service|website|site|account|system|network}`,
  },
  'security.fraud': {
    zh: `{诈骗|欺诈}{监测|检测|防范|识别|预防|风险|行为|} 反{欺诈|诈骗|作弊} {防止|防范|预防|识别|打击|监测|检测|避免}…{欺诈|诈骗|盗刷|盗用|冒用|作弊|刷单|套现|黄牛|倒票} 盗刷`,
    en: 'fraud, fraudulent, anti-fraud, scam',
  },
  'records.archive': {
    zh: '存档 归档 留档 档案',
    en: 'archive, archiving, archival, record-keeping, record keeping, keep records, keeping records',
  },
  'records.backup': { zh: '备份 容灾 灾备', en: 'backup, back up, back-up, disaster recovery' },
  'product.development': {
    zh: `{设计|开发|研发|推出|研究|创建|打造}…新{的|}{服务|产品|功能|业务|技术} {开发|研发|设计}新 研发 研究和开发 {产品|服务|功能}{开发|研发|设计}`,
    en: `{develop|developing|design|designing|create|creating|build|building|launch|research}…new, new {feature|service|product|functionality|functionalities}, product development, research and development`,
  },
  'product.improvement': {
    zh: `{改善|改进|优化|提升|提高|完善|改良|升级}…{服务|产品|功能|体验|质量|界面|性能|使用感受} {统计|数据}分析 分析…{使用|需求|流量|访问}`,
    en: `{improve|improving|improvement of|enhance|enhancing|optimise|optimize|optimising|optimizing|refine}…{service|product|website|site|app|experience|page|feature|performance|it|them|offering},
      analytics, {analyse|analyze|analysing|analyzing}…{use|usage|trend|traffic|visit}, {troubleshoot|troubleshooting|debug|debugging}, {understand|understanding}…{how|use}, {statistical|statistics} {analysis|purpose}`,
  },
  personalisation: {
    zh: `个性化 个人化 定制化 {为您|向您|给您|您}定制 千人千面 推荐…{内容|商品|产品|服务|信息|线路|资讯|结果|功能|视频|新闻} {为您|向您|给您}推荐 {符合|贴合|适合}您…{需求|兴趣|偏好|习惯} 量身`,
    en: `{personalise|personalize|personalised|personalized|personalising|personalizing|personalisation|personalization}, {customise|customize|customised|customized|customising|customizing},
      {tailor|tailored|tailoring}, {recommend|recommending|recommendation}, content{ that is|} {relevant|of interest} to you, {relevant|suggested} content, suggest…{content|product|item|route}`,
  },
  'advertising.relevant': {
    zh: `{相关|个性化|定向|精准|感兴趣|有关|针对性|适合|匹配|匹配度更高}{的|}{广告|推广内容} {展示|投放|推送|提供|显示|呈现|推荐}…广告 广告{投放|展示|推送|推荐|定向}`,
    en: `{targeted|personalised|personalized|relevant|interest-based|behavioural|behavioral|tailored|customised|customized} {ad|advert|advertising|advertisement},
      {show|showing|serve|serving|display|displaying|deliver|delivering|select|present}…{ad|advert|advertising|advertisement}, retargeting, remarketing, advertising purposes, {ad|advert|advertising|advertisement} {that are |}{relevant|of interest}, for advertising`,
  },
  'advertising.measurement': {
    zh: `{评估|衡量|测量|监测|统计|分析|了解|评价|测算}…广告…{效果|表现|成效|转化|投放情况} 广告{的|}{效果|监测|归因|评估|转化}`,
    en: `{measure|measuring|evaluate|evaluating|assess|assessing|analyse|analyze|track|tracking|gauge}…{ad|advert|advertising|advertisement}, {ad|advert|advertising} {measurement|effectiveness|performance|attribution}, conversion tracking`,
  },
  'promotion.measurement': {
    zh: `{评估|衡量|测量|监测|统计|分析|了解|评价|测算}…{促销|推广|营销|市场活动}…{效果|表现|成效|转化} {促销|推广|营销|活动}{的|活动|活动的|}效果`,
    en: `{measure|measuring|evaluate|evaluating|assess|assessing|analyse|analyze|track|gauge}…{promotion|promotional|campaign|marketing}, {promotion|campaign|marketing} {effectiveness|performance}`,
  },
  'software.verification': {
    zh: '软件{的|}{认证|验证|校验|鉴权} {正版|软件完整性|应用完整性|许可}{验证|校验|核验}',
    en: '{verify|verifying|authenticate|authenticating|certify}…{software|licence|license}, software {verification|certification|authentication|validation}, {licence|license} validation',
  },
  'software.upgrade': {
    zh: '{软件|应用|版本|系统|程序|客户端|固件|APP}{的|}{升级|更新} {管理|升级|更新}…软件升级 升级{软件|版本|应用|客户端}',
    en: '{update|upgrade|upgrading|updating|patch|patching}…{software|app|firmware|application}, {software|app|firmware|application} {update|upgrade}',
  },
  'survey.participation': {
    zh: '{参与|参加|邀请|发起}…{调查|调研|问卷|访谈} {满意度|市场|用户|问卷|服务|客户}{调查|调研|回访} 调查问卷 问卷',
    en: 'survey, questionnaire, market research, opinion poll, polls',
  },
  'marketing.push': {
    zh: `{营销|推广|促销|优惠|商业|广告|市场活动|商业性}{信息|消息|短信|邮件|推送|资讯|通知|内容} {推送|发送|告诉|告知|通知|推荐|提供|接收|发}…{优惠|促销|营销|活动信息|市场活动|推广信息}
      {开展|进行|组织}…{市场|营销|促销|推广}活动 优惠{活动|方案|券} 市场{推广|营销} 直接营销`,
    en: `marketing, newsletter, promotional {message|email|e-mail|offer|material|communication|information|content}, special offer, promotions, {offer|news}{ and| or} {offer|news|promotion|event|update}, {inform|tell|update|contact} you…{offer|promotion|event}`,
  },
  'agreement.performance': {
    zh: '{履行|执行}…{协议|合同|义务|约定} {签订|订立|签署}…{合同|协议}',
    en: `{perform|performing|fulfil|fulfill|fulfilling|carry out|carrying out|execute}…{contract|agreement|obligations under|obligations to you}, {enter into|entering into|conclude}…{contract|agreement}, administer…{contract|agreement}`,
  },
  'rights.enforcement': {
    zh: '{维护|保护|行使|主张|保障}{我们|我司|本公司|公司|自身|平台|}{的|}…{权利|权益|合法利益} {处理|解决}…{争议|纠纷|诉讼} 追究…责任 争议解决 纠纷处理',
    en: `{enforce|enforcing|defend|defending|protect|protecting|exercise|exercising} {our|its|the company's}…{rights|interests|claims|terms|agreement}, {establish|exercise|defend|bring}…{legal claims|claims}, legal claims, {resolve|resolving|settle} disputes, dispute resolution, enforce…{terms|agreement}`,
  },
  'audit.support': { zh: '审计 尽职调查', en: 'audit, auditing, due diligence' },
  'business.transfer': {
    zh: '合并 收购 分立 并购 兼并 重组 资产{转让|出售|转移|重组} {股权|业务}{转让|出售} {出让|转让|出售}…{业务|资产|股权} 破产{清算|} 清算',
    en: `merger, merge, merged, acquisition, acquired by, {sale|sell|transfer}…{asset|business|company}, reorganisation, reorganization, bankruptcy, insolvency, corporate transaction, business transfer, restructuring, change of control`,
  },
  'authority.assistance': {
    zh: `{司法|行政|公安|监管|主管|政府|有权|国家安全|安全|执法|检察|权力|权利|立法}{机关|机构|部门} 法院 检察院 公安 政府 法律程序 司法程序 传票 {协助|配合}…{调查|执法|取证|侦查} 依法{调取|查询}`,
    en: `law enforcement, court, subpoena, {government|governmental|public|competent|state|regulatory|judicial|law-enforcement} {authority|authorities|agency|agencies|body|bodies|request|order|official}, regulator, police, legal process, legal proceeding, judicial proceeding, lawful request`,
  },
  'legal.compliance': {
    zh: '{遵守|符合|满足|遵循|履行}…{法律|法规|法定义务|法律义务|监管要求|合规要求} 法定义务 合规{要求|义务|目的}',
    en: `{comply|complying|compliance} with…{law|legal|regulation|regulatory|obligation|requirement}, {meet|fulfil|fulfill|satisfy}…{legal|regulatory|statutory}, legal {compliance|requirement}, legal obligation, obey the law`,
  },
  'publicInterest.protection': {
    zh: '{社会|}{公共|公众}{利益|安全|卫生} 国家{安全|利益}',
    en: 'public {interest|safety|health}, national security',
  },
  'safety.protection': {
    zh: '{人身|生命|财产}…安全 生命健康 {保护|维护|保障}…{生命|人身|财产}',
    en: `{protect|protecting|save|ensure}…{life|lives|safety|property}, personal safety, safety of, physical safety, in an emergency`,
  },
};
