/** What the laws that profiles cite are called in Chinese; profiles name them in English. */
const inChinese: readonly (readonly [english: string, chinese: string, part?: '款' | '项'])[] = [
  ['Abide default', '守约默认规则'],
  ['App violation criteria 2019', '《App违法违规收集使用个人信息行为认定方法》'],
  ['Cybersecurity Law, log clause', '《网络安全法》日志留存条款（不少于六个月）'],
  ['Cybersecurity Law, network logs', '《网络安全法》网络日志留存要求'],
  ['Necessary data rules 2021', '《常见类型移动互联网应用程序必要个人信息范围规定》'],
  ['E-commerce Law, transaction records', '《电子商务法》第31条'],
  ['Incident reporting measures 2025', '《国家网络安全事件报告管理办法》'],
  ['Compliance audit measures 2025', '《个人信息保护合规审计管理办法》'],
  ['Cross-border provisions 2024-03-22', '《促进和规范数据跨境流动规定》'],
  ['Minors’ Online Protection Regulations', '《未成年人网络保护条例》'],
  ['E-commerce Law', '《电子商务法》'],
  ['PIPL', '《个人信息保护法》'],
  ['NDSR', '《网络数据安全管理条例》'],
  ['GDPR', '欧盟《通用数据保护条例》', '款'],
  ['CCPA regs', '《加州消费者隐私法》实施条例'],
];

/** An article that a profile cites, or several with `; ` between them, in the reader's language; what no profile cites stays as it was written. */
export function legalNameIn(article: string, locale: 'zh-CN' | 'en'): string {
  if (locale === 'zh-CN' && article.includes('; '))
    return article
      .split('; ')
      .map((one) => legalNameIn(one, locale))
      .join('、');
  const named = locale === 'en' ? undefined : inChinese.find(([english]) => article.startsWith(english));
  if (!named) return article;
  const [english, chinese, part = '项'] = named;
  const rest = article
    .slice(english.length)
    .trim()
    .replace(/^art\. /, '');
  return rest === '' ? chinese : `${chinese}${numbered(rest, part)}`;
}

/** `31`, `28–31`, `12(3)`, as Chinese counts them. */
function numbered(rest: string, part: string): string {
  const [, articles, paragraph, more] = /^(\d[\d–]*)(?:\((\d+)\))?(.*)$/.exec(rest) ?? [];
  if (articles === undefined) return ` ${rest}`;
  return `第${articles}条${paragraph === undefined ? '' : `第${paragraph}${part}`}${more ?? ''}`;
}
