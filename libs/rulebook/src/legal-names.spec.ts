import { legalNameIn } from './legal-names.js';
import { profiles } from './profiles.js';

describe('the names of laws', () => {
  it.each([
    ['Abide default', '守约默认规则'],
    ['PIPL 28–31', '《个人信息保护法》第28–31条'],
    ['GDPR 12(3)', '欧盟《通用数据保护条例》第12条第3款'],
    ['NDSR 22(5)', '《网络数据安全管理条例》第22条第5项'],
    ['Cybersecurity Law, log clause', '《网络安全法》日志留存条款（不少于六个月）'],
    ['Cybersecurity Law, network logs', '《网络安全法》网络日志留存要求'],
    ['（2026）京01民初1号', '（2026）京01民初1号'],
    ['E-commerce Law 31; PIPL 47', '《电子商务法》第31条、《个人信息保护法》第47条'],
  ])('say %s in Chinese', (article, chinese) => {
    expect(legalNameIn(article, 'zh-CN')).toBe(chinese);
    expect(legalNameIn(article, 'en')).toBe(article);
  });

  it('know every law that the profile of China cites', () => {
    const cited = Object.values(profiles['cn-pipl'].rules).map(({ article }) => legalNameIn(article, 'zh-CN'));
    expect(cited.length).toBeGreaterThan(10);
    expect(cited.filter((name) => /[a-z]{4}/.test(name))).toEqual([]);
  });
});
