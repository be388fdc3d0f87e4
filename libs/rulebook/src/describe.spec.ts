import fc from 'fast-check';
import { catalogue } from './catalogue.js';
import { describeTerm } from './describe.js';
import { labels } from './labels.js';
import { anyTerm } from './testing/arbitraries.js';
import { aChange, aCollection, aMinors, aRetention, aRight, aSharing, aUse } from './testing/builders.js';
import type { Term } from './terms.js';

describe('saying what a term means', () => {
  it.each<[Term, string, string]>([
    [
      aCollection({
        categories: ['location.gps'],
        purposes: ['service.provision'],
        basis: 'separateConsent',
        services: ['ticketing'],
      }),
      'Location by GPS may be collected for providing the service in ticketing, with separate consent.',
      '经单独同意，可收集 GPS 位置，用于提供服务（ticketing）。',
    ],
    [
      aCollection({ storage: 'onDevice' }),
      'Search history may be read for improving services, with consent; only on your device, it is never sent to us.',
      '经同意，可读取搜索记录，用于改进现有服务；仅在您的设备上读取，不会发送给我们。',
    ],
    [
      aCollection({ categories: ['log.network'], precision: 'truncated' }),
      'Network details (IP address) may be collected for improving services, with consent; of an IP address only the network part (IPv4 /24, IPv6 /48).',
      '经同意，可收集网络信息（IP 地址），用于改进现有服务；IP 地址仅保留网段（IPv4 /24、IPv6 /48）。',
    ],
    [
      aUse({ categories: ['log.network', 'content.metadata'], basis: 'separateConsent', precision: 'truncated' }),
      'Network details (IP address) and when and where a photo or recording was made may be used for showing more relevant advertisements, with separate consent; of an IP address only the network part (IPv4 /24, IPv6 /48); of content metadata neither place nor time.',
      '经单独同意，可将网络信息（IP 地址）和照片或录音的时间地点用于展示更相关的广告；IP 地址仅保留网段（IPv4 /24、IPv6 /48）；内容元数据去除地点和时间。',
    ],
    [
      aUse({ fallback: 'generic' }),
      'Search history may be used for showing more relevant advertisements, with consent; otherwise generic content is shown.',
      '经同意，可将搜索记录用于展示更相关的广告；否则展示普通内容。',
    ],
    [
      aSharing({
        recipients: ['authority'],
        categories: ['*'],
        purposes: ['legal.compliance'],
        basis: 'legalObligation',
      }),
      'All data may be shared with competent authorities in CN for complying with the law, as the law requires.',
      '依照法定义务，可向有权机关（CN）提供全部信息，用于遵守法律。',
    ],
    [
      aRight({ rights: ['withdrawal'], answerWithin: 'immediate', regions: ['GB', 'US-CA'] }),
      'Where you live in GB and US-CA you may ask for withdrawal of consent; answered at once.',
      '居住在 GB 和 US-CA 的，您有权请求撤回同意；即时答复。',
    ],
    [
      aRetention({ period: 'P1Y6M' }),
      'Search history: kept for 1 year and 6 months, then deleted.',
      '搜索记录保存 1 年 6 个月，到期后删除。',
    ],
    [
      aRetention({ purposes: ['personalisation', 'security.fraud'], services: ['ticketing'], period: 'P30D' }),
      'Search history for personalisation and preventing fraud in ticketing: kept for 30 days, then deleted.',
      '用于个性化和反欺诈的搜索记录（ticketing）保存 30 天，到期后删除。',
    ],
    [
      aRetention({ until: 'sessionEnd' }),
      'Search history: kept until the session ends, then deleted.',
      '搜索记录保存至本次会话结束，到期后删除。',
    ],
    [
      aRetention({ purposes: ['*'] }),
      'Search history: kept for 6 months, then deleted.',
      '搜索记录保存 6 个月，到期后删除。',
    ],
    [
      aRetention({ until: 'accountClosure' }),
      'Search history: kept until the account is closed, then deleted.',
      '搜索记录保存至注销账户，到期后删除。',
    ],
    [
      aRetention({ period: 'P5Y', minimum: { period: 'P3Y', ground: 'E-commerce Law, transaction records' } }),
      'Search history: kept for 5 years, then deleted; at least 3 years (E-commerce Law, transaction records).',
      '搜索记录保存 5 年，到期后删除；至少 3 年（《电子商务法》第 31 条）。',
    ],
    [aRight(), 'You may ask for access; answered within 15 working days.', '您有权请求查阅；15 个工作日内答复。'],
    [aMinors(), "Under 14: a guardian's consent is needed.", '未满 14 周岁：须监护人同意。'],
    [
      aChange({ leadDays: 1 }),
      'Changes are announced 1 day ahead by in-app and e-mail and accepted by explicit agreement.',
      '变更提前 1 天通过应用内和邮件通知，以明确同意方式接受。',
    ],
    [
      aChange({ channels: ['inApp', { anyOf: ['email', 'sms', 'website'] }] }),
      'Changes are announced 7 days ahead by in-app and one of e-mail, text message, or a notice on our website and accepted by explicit agreement.',
      '变更提前 7 天通过应用内和邮件、短信或网站公告之一通知，以明确同意方式接受。',
    ],
  ])('%#', (term, en, zh) => {
    expect(describeTerm(term, 'en', catalogue)).toBe(en);
    expect(describeTerm(term, 'zh-CN', catalogue)).toBe(zh);
  });

  it('says it of every term without a code, a gap or the other language', () => {
    const codes = [...catalogue.categories, ...catalogue.purposes].map((entry) => entry.code);
    fc.assert(
      fc.property(anyTerm, (term) => {
        const [en, zh] = [describeTerm(term, 'en', catalogue), describeTerm(term, 'zh-CN', catalogue)];
        expect(en).toMatch(/^[A-Z].*\.$/);
        expect(zh).toMatch(/。$/);
        expect(en).not.toMatch(/\p{Script=Han}|undefined|\(\)| {2}/u);
        expect(zh).not.toMatch(/undefined|（）/);
        for (const code of codes) expect(en.includes(code) && code.includes('.')).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('shows a code that nobody has labelled as it is', () => {
    expect(describeTerm(aUse({ categories: ['log.dreams'] }), 'en', catalogue)).toContain('og.dreams may be used');
    expect(describeTerm(aUse({ basis: '…' as 'consent' }), 'en', catalogue)).toMatch(/, …\.$/);
  });

  it('has a word in both languages for everything', () => {
    for (const group of Object.values(labels)) {
      for (const label of Object.values(group)) {
        expect(label['zh-CN']).toMatch(/\p{Script=Han}/u);
        expect(label.en).toMatch(/[a-z]/);
      }
    }
  });
});
