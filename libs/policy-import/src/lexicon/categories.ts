import type { WordsByCode } from './words.js';

/** What policies call the kinds of data of the seed catalogue. */
export const categoryWords: WordsByCode = {
  'registration.name': {
    zh: '{真实|}姓名 {您|你}的名字 {您|你}的姓氏',
    en: '{full|first|last|given|family|middle|legal|real|} name',
  },
  'registration.phone': {
    zh: '{手机|电话|移动电话|联系}号码 手机号 电话 联系电话 移动电话',
    en: '{mobile|cell|} {phone|telephone} number, mobile number, contact number, telephone, your phone',
  },
  'registration.email': {
    zh: '{电子|联系|}邮箱{地址|} {电子|}邮件地址 电子邮件 电邮地址 email地址 e-mail',
    en: '{email|e-mail} address, your {e-mail|email}, {email|e-mail} and, {and|or} {e-mail|email}, contact {e-mail|email}',
    literal: ['email,', 'e-mail,'],
  },
  'registration.birthDate': {
    zh: '出生日期 出生年月 出生年份 生日 {您|你}的年龄 年龄信息',
    en: 'date of birth, birth date, birthdate, birthday, year of birth, your age',
  },
  'registration.federatedAccount': {
    zh: `第三方{平台|登录|应用|}{的|}{账号|账户|帐号|帐户} 社交{媒体|网络|平台|}{账号|账户|帐号|帐户} {授权|联合|关联}登录
      {微信|支付宝|QQ|微博|抖音|钉钉|苹果|Apple|Google|Facebook}{账号|账户|帐号|帐户|登录|昵称|头像} OpenID UnionID`,
    en: `{third-party|social media|social network|social|google|facebook|apple|twitter|linkedin|github|microsoft} {account|login|sign-in|profile},
      single sign-on, {log in|sign in|login} {with|through|using}…{google|facebook|apple|social|third}, federated account`,
  },
  'registration.idNumber': {
    zh: `身份证{件|}{号码|号|信息|} {上传|拍摄|提供}…身份证…{照片|相片|图片|影像|扫描件|复印件} 居民身份证 身份证明号码 证件{号码|号|照片|影像|信息} 护照{号码|号|} 驾驶证{号码|号|} 社会保障号 社保号`,
    en: `passport{ number|}, {national|government|government-issued|personal|state} {id|identification|identity}{ number| card| document|},
      {identity|identification} {document|card|number}, id {card|number|document}, social security number, {driver's|driver|drivers|driving} {licence|license}, tax {id|identification number}`,
  },
  'registration.biometric': {
    zh: '{个人|}生物{识别|特征}{信息|特征|数据|} {人脸|面部}{识别|信息|特征|图像|数据|} 指纹 声纹 虹膜 掌纹 刷脸 面容',
    en: 'biometric{s|}, fingerprint, {face|facial} {recognition|scan|data|geometry|image|feature}, face id, voiceprint, voice print, iris',
  },
  'preference.language': {
    zh: '语言{偏好|设置|设定|选择|信息} 语种 {选择|使用|偏好|首选|所用}的{语言|语种} 首选语言 界面语言',
    en: 'language {preference|setting|choice|selection}, {preferred|chosen|selected} language, language{ that|} you {prefer|choose|chose|select|speak|use}, which language',
  },
  'enterprise.name': {
    zh: '{企业|公司|单位|商户|机构|组织|法人}{用户|客户|}{的|}{名称|全称|字号} 营业执照',
    en: `{company|business|organisation|organization|employer|corporate|enterprise|institution} name,
      name of {your|the} {company|business|organisation|organization|employer|institution}, {business|trade} {licence|license}`,
  },
  'enterprise.contactPerson': {
    zh: '{企业|公司|单位|商户|机构|组织}{用户|客户|}{的|}{联系人|经办人|对接人|负责人|法定代表人}',
    en: 'contact person, {company|business|corporate|enterprise|organisation|organization} contact{ person|}, legal representative',
  },
  'enterprise.contactMethod': {
    zh: `{企业|公司|单位|商户|机构|组织}{用户|客户|}{的|}{联系方式|联系电话|联系邮箱|办公地址|电话|邮箱}
      {企业|公司|单位|商户|机构|组织}…联系人{的|及其|及|和|与|、}{联系方式|电话|联系电话}`,
    en: '{company|business|work|corporate|enterprise} {contact details|contact information|phone number|email address|address}',
  },
  'content.stored': {
    zh: `{上传|发布|创建|存储|储存|存放|保存|录入|编辑|撰写|制作}…{内容|文件|照片|相片|图片|图像|视频|音频|录音|文档|作品|资料}
      {您|你|用户}…{储存|存储|存放|保存}的{信息|数据} {用户|账本|笔记|日记|相册|文档|云盘|网盘|账户}内容`,
    en: `{content|photo|photos|picture|pictures|image|images|file|files|video|videos|document|documents|recordings|notes|material|materials|data|information}{ that|} you {upload|store|create|post|publish|save|write},
      {upload|store|create|post|publish|save}…{content|photo|picture|image|file|video|document|recording},
      user{-generated|} content, uploaded {content|photo|picture|image|file|video|document}`,
  },
  'content.sharedByOthers': {
    zh: `{其他方|他人|别人|其他用户|其他人|其他会员|同行人|好友|亲友|第三人}…{提供|分享|共享|上传|发布|提交|填写}…{您|你}
      {其他方|他人|别人|其他用户|其他人|其他会员|同行人|好友|亲友}…{与您有关|关于您|有关您|您的信息|您的共享信息}`,
    en: `{other users|others|other people|other members|someone else|friends|your contacts}…{share|provide|upload|post|tell|give|submit}…{about you|with you|you},
      {information|content|data} about you {that|from|which|provided by|shared by} {other users|others|other people|other members|friends}`,
  },
  'content.sharedToOthers': {
    zh: `{您|你}…向{其他方|他人|别人|其他用户|其他人|好友|亲友|公众}…{提供|分享|共享|发布|发送|公开}
      {分享|共享|发送|公开|展示}给{其他方|他人|别人|其他用户|其他人|好友|亲友|公众} {您|你}公开{发布|分享}`,
    en: `you…{share|send|post|make}…{with others|with other|to others|to other|public|publicly}, content you share`,
  },
  'content.metadata': {
    zh: `元数据 EXIF {上传|拍摄}…{照片|相片|图片|视频|录像|录音}…{照片|相片|图片|视频|录像|录音}的{时间|日期|地点|位置} {上传|拍摄}…{照片|相片|图片|视频|录像|录音}的{时间|日期|地点|位置} {照片|相片|图片|录音|录像|视频|拍摄|录制}…{时间|日期|地点|位置}`,
    en: `metadata, exif, {time|date|when|where|place|location}…{taken|recorded|captured|shot},
      {time|date|place|location}…{of|for} {a|the|your|} {photo|picture|image|video|recording}`,
  },
  'log.device': {
    zh: `{设备|手机|终端|硬件|电脑|软硬件}{的|}{型号|品牌|名称|类型|信息|参数|配置|属性|制造商|厂商|特征} {操作|设备|手机}系统{版本|类型|型号|信息|} 系统版本
      机型 浏览器{类型|版本|信息|} 屏幕{分辨率|尺寸} {设备|软件|手机|终端}…{配置信息|版本} 软件版本 固件版本`,
    en: `device {information|detail|data|model|type|setting|characteristic|attribute|brand}, operating system, browser {type|version|information|name|software|plug-in}, browser you {use|used}, {your|the|web} browser and, browser and {operating|device|version},
      {type|kind|model|make|version} of{ your| the|} {device|browser|computer|phone}, hardware {information|model|detail|type|setting}, screen {resolution|size}, user agent,
      information about your {device|computer|phone}`,
  },
  'log.deviceIdentifier': {
    zh: `设备{唯一|}{标识|识别}{符|码|号|信息|} {设备|硬件|手机}{的|}{序列号|编号|ID|指纹} 唯一{设备|}{标识|识别}{符|码} {广告|匿名}标识{符|} 广告ID 识别码
      IMEI IMSI MEID OAID IDFA IDFV ICCID UDID GAID SSAID AndroidID MAC地址`,
    en: `device {id|identifier|fingerprint}, {unique|online|mobile|hardware} {device |}identifier, advertising {id|identifier}, mac address, serial number,
      android id, imei, imsi, oaid, idfa, idfv, udid, {browser|device} fingerprint{ing|}`,
  },
  'log.cookie': {
    zh: 'Cookie 网络信标 网站信标 像素标签',
    en: 'cookie, web beacon, {pixel tag|tracking pixel}',
  },
  'log.network': {
    zh: 'IP{地址|} 网络{地址|类型|状态|环境|信息|运营商|制式|接入方式|质量|标识} {接入|联网}方式 运营商{信息|名称}',
    en: 'ip address, internet protocol, network {information|type|status|connection|operator|detail|data}, internet service provider, connection type, mobile {carrier|operator}',
  },
  'log.search': {
    zh: `{搜索|检索|查询|查找}{过|}{的|}{记录|历史|词|词语|关键词|关键字|内容|信息|条件|请求|行为|历史记录} {搜索|检索|查找}{过|或|和|、|及|与}{的|浏览|} {您|你}{所|}{搜索|检索|查找}`,
    en: `search {history|term|query|record|word|keyword|request|data|activity}, search queries, {terms|words|keywords|things|what} you {have |}search{ed|} for, your search, searches you, you {have |}searched`,
  },
  'log.browsing': {
    zh: `浏览{记录|历史|过|信息|行为|内容|足迹|轨迹|日志|的信息} {搜索|检索}{或|和|、|及|与}浏览 {浏览|访问|查看|看过|打开|点击}{过|}{的|}…{页面|网页|网址|链接|URL} 看过的 URL 点击{记录|流}`,
    en: `browsing {history|data|activity|behaviour|behavior|record|information}, {page|pages}{ that|} you {have |}{visit|view|look at|access|open|visited|viewed|looked at|accessed},
      {sites|websites|site|website} you {have |}{visit|visited}, page {view|visit}, clickstream, click stream, {link|links} you {have |}{click|clicked}, {visited|viewed} page, url, {referring|referrer}`,
  },
  'log.appUsage': {
    zh: `{应用|软件|产品|功能|服务|APP|程序}{的|}{使用|运行|启动}{记录|情况|时长|频率|日志|数据|次数|时间|行为} 使用{时长|频率|记录|日志}
      {使用|运行}{该等|这些|上述|此类|其他}…{应用|软件|程序} 崩溃{日志|信息|记录|数据} 性能数据`,
    en: `{app|application|software|product|service|feature}{'s|} usage, usage {data|information|statistic|log|record|detail}, {feature|features} you use, time {you spend|spent},
      crash {report|log|data}, how often you use, {information|data} {about|on} how you use, {interaction|activity} {with|in|on} {the|our} {app|application|service|site|website}, diagnostic{s|} {data|information}`,
  },
  'log.appInventory': {
    zh: `{应用|软件|程序|APP}{列表|清单} 已安装的{应用|软件|程序|APP} 安装{列表|清单} 安装的…{应用|软件|程序|APP} {曾使用|使用过|用过}的…{应用|软件|程序|APP}`,
    en: `installed {app|application|software|program}, {app|application|software|program} {that are |you have |}installed, list of{ installed|} {app|application|program}, other {app|application} on your`,
  },
  'log.communication': {
    zh: `{通信|通讯|通话|聊天}{记录|日志|时长|时间|信息|账号|号码|详情|对象|数据} {通信|通讯|通话}{的|}…{时间|时长|号码|账号} 通讯的信息 主叫 被叫`,
    en: `call {log|record|history|detail}, communication {record|log|data|metadata|history}, {whom|who} you {communicate|call|contact|talk}, message {log|history|metadata},
      {time|date|duration} {and|or} {time|date|duration} of{ your| the|} {call|message|communication}`,
  },
  'client.signIn': {
    zh: '{登录|登陆|登入}{的|}{记录|日志|时间|地点|方式|历史|次数|状态|信息|行为|IP}',
    en: `{sign-in|sign in|log-in|log in|login|logon} {record|time|history|log|data|date|event|activity}, {time|date|when}…you {have |}{log|logged|sign|signed} in, authentication log`,
  },
  'client.instruction': {
    zh: '{操作|控制|语音}{指令|命令} 指令{信息|记录|内容} 操作{记录|日志|行为} 点击{操作|行为|事件|的按钮|和操作|、操作} 点过的 {点击|按下|点过}…按钮',
    en: `instructions you {give|issue|send}, {voice |}commands you, {button|buttons}{ that|} you {have |}{press|click|tap|pressed|clicked|tapped}, {click|tap} and {tap|click|command|instruction}, actions you take`,
  },
  'feedback.opinion': {
    zh: `意见{和|、|与|及|或|}建议 意见反馈 反馈{意见|信息|内容|记录|的} {您|你}的{意见|建议|反馈|评价|投诉} 对…{意见|建议|评价}
      {提交|填写|提出|记录|留下}…{意见|建议|反馈|评价|投诉}`,
    en: 'feedback, suggestions, your {opinion|comment|review|suggestion|complaint}, {opinions|comments|reviews|suggestions|complaints} you, survey {response|answer}',
  },
  'usage.habit': {
    zh: '使用{习惯|偏好|场景} {您|你}的习惯 {兴趣|消费|阅读|操作|出行|观看|购物}{习惯|偏好|爱好} 兴趣爱好 {经常|常|习惯}使用的{服务|功能}',
    en: `usage {habit|pattern|behaviour|behavior}, {your|usage|shopping|reading|viewing|travel} {habit|interests}, preferences and interests, interests and preferences`,
  },
  'guardian.identity': {
    zh: `{监护人|家长|父母}{的|}…{身份信息|身份证件|姓名|证件|身份|联系方式|联系电话|电话|邮箱} {监护人|家长|父母}{的|}…姓名…{联系方式|联系电话|电话号码|电话|手机号码|手机号}`,
    en: `{parent|guardian}{'s|s'|} {identity|name|contact|email|phone|detail|information}, {identity|name|contact|email|phone}…of{ your| the| a| their|} {parent|guardian}`,
  },
  'location.gps': {
    zh: `GPS{定位|位置|信息|数据|} {精确|精准|准确|详细|实时|地理|地理的|所在|当前|所处|所处的}{地理|}{位置|定位}{信息|数据|} 卫星定位 北斗 经纬度 位置{信息|数据} 定位{信息|数据} {您|你}{的|所处的|所在的}{地理|}位置
      {手机|设备|终端}{的|所处|所在}位置 行踪{轨迹|} 行程轨迹`,
    en: `gps, global positioning, {precise|exact|physical|current|approximate|real-time|geographic|geographical|device} location, geolocation, geo-location, location {data|information},
      your {device's |}location, where you are, latitude`,
  },
  'location.wifi': {
    zh: `{WiFi|Wi-Fi|WLAN|无线局域网|无线网络|无线网}{的|}{信号|热点|列表|信息|位置|接入点|名称|定位} {WiFi|Wi-Fi|WLAN|无线局域网|无线网络|无线网}…{位置|定位}
      {GPS|定位|位置|卫星|北斗}…{WiFi|Wi-Fi|WLAN|无线局域网|无线网络|无线网} SSID BSSID 基站{信息|定位|数据}`,
    en: `{wifi|wi-fi} {access point|signal|network|hotspot|location|positioning|triangulation|information|data}, {gps|location|position|positioning}…{wifi|wi-fi},
      {wifi|wi-fi}…{location|position|positioning}, cell tower, ssid, bssid`,
  },
  'special.ethnicity': {
    zh: '民族 种族 族裔 人种',
    en: 'ethnicity, ethnic, racial, race or ethnicity',
  },
  'special.religion': {
    zh: '宗教{信仰|} 信仰',
    en: 'religion, religious, faith',
  },
  'special.health': {
    zh: `{健康|医疗|疾病|生理|诊疗|身体}{健康|}{信息|状况|情况|数据|记录|资料} 健康{和|、|及|与|或}医疗 个人健康 医疗健康 健康生理 病历 病史 就诊 体检 诊断 残疾 残障`,
    en: `health {information|data|condition|record|status|detail}, medical {condition|record|history|information|data|detail}, {about|concerning} {your|a person's} health, your health, state of health, disability, disabilities`,
  },
};
