import { catalogue } from '@abide/rulebook';
import { categoryWords } from './categories.js';
import { matcherFor, sectionsOf, type ImportRegistries } from './lexicon.js';
import { matcherOf } from './matcher.js';
import * as promises from './promises.js';
import { purposeWords } from './purposes.js';
import { recipientWords, sourceWords } from './parties.js';
import {
  acceptanceModes,
  bases,
  crossServiceForms,
  exclusionScopes,
  knownMeasures,
  knownSources,
  minorRequirements,
  noticeChannels,
  recipientKinds,
  retentionEvents,
  retentionOutcomes,
  rights,
} from '@abide/rulebook';

function codesIn(text: string, kind: string, registries: ImportRegistries = { catalogue }): string[] {
  const matches = matcherFor(registries)(text);
  return [...new Set(matches.filter((match) => match.kind === kind).map(({ code }) => code))];
}

describe('the lexicon', () => {
  it.each([
    ['categories', categoryWords, catalogue.categories.map(({ code }) => code)],
    ['purposes', purposeWords, catalogue.purposes.map(({ code }) => code)],
    ['sources', sourceWords, knownSources],
    ['recipients', recipientWords, recipientKinds],
    ['bases', promises.basisWords, bases],
    ['retention events', promises.eventWords, retentionEvents],
    ['retention outcomes', promises.outcomeWords, retentionOutcomes],
    ['rights', promises.rightWords, rights],
    ['measures', promises.measureWords, knownMeasures],
    ['what is asked of minors', promises.minorWords, minorRequirements],
    ['channels', promises.channelWords, noticeChannels],
    ['ways to accept', promises.acceptanceWords, acceptanceModes],
    ['exclusions', promises.scopeWords, exclusionScopes],
    ['forms', promises.formWords, crossServiceForms],
  ])('has words in both languages for all %s', (_, words, codes) => {
    for (const code of codes)
      expect([code, words[code]?.zh !== undefined, words[code]?.en !== undefined]).toEqual([code, true, true]);
  });

  it('takes the longest words', () => {
    expect(codesIn('设备识别码', 'category')).toEqual(['log.deviceIdentifier']);
    expect(codesIn('并上传身份证正反面照片', 'category')).toEqual(['registration.idNumber']);
    expect(codesIn('个性化广告', 'purpose')).toEqual(['advertising.relevant']);
    expect(codesIn('the company name', 'category')).toEqual(['enterprise.name']);
  });

  it('reads words that others stand between, within a sentence', () => {
    expect(codesIn('改善我们现有的服务', 'purpose')).toEqual(['product.improvement']);
    expect(codesIn('to improve all of our pages', 'purpose')).toEqual(['product.improvement']);
    expect(codesIn('我们改善。服务', 'purpose')).toEqual([]);
  });

  it('takes Latin words whole, in the plural, in capitals and with or without hyphens', () => {
    expect(codesIn('E-mail addresses and Cookies', 'category')).toEqual(['registration.email', 'log.cookie']);
    expect(codesIn('we surname nothing', 'category')).toEqual([]);
    expect(codesIn('您的 IP 地址、MAC 地址', 'category')).toEqual(['log.network', 'log.deviceIdentifier']);
  });

  it('leaves alone what only looks alike', () => {
    expect(codesIn('请拨打客服电话，或发送电子邮件', 'category')).toEqual([]);
    expect(codesIn('your user name and domain name', 'category')).toEqual([]);
    expect(codesIn('有利于未成年人身心健康', 'category')).toEqual([]);
    expect(codesIn('通过为我们提供位置数据的地图服务商', 'category')).toEqual([]);
    expect(codesIn('并留下操作日志', 'category')).toEqual([]);
  });

  it('knows an operator’s own codes by their labels, and recipients by their names', () => {
    const clipboard = {
      code: 'clipboard.text',
      label: { 'zh-CN': '剪贴板', en: 'clipboard (text)' },
      isSensitive: false,
      isLocation: false,
    };
    const own: ImportRegistries = {
      catalogue: { categories: [clipboard], purposes: [] },
      recipients: [{ slug: 'example-maps', kind: 'processor', name: '示例地图', region: 'CN' }],
    };
    expect(codesIn('读取剪贴板和姓名', 'category', own)).toEqual(['clipboard.text']);
    expect(codesIn('your clipboard (text)', 'category', own)).toEqual(['clipboard.text']);
    expect(codesIn('委托示例地图处理', 'recipient', own)).toContain('recipient:example-maps');
  });

  it('knows from its heading what a clause is about', () => {
    expect([...sectionsOf('二、我们如何收集和使用您的信息')].toSorted()).toEqual(['collection', 'use']);
    expect([...sectionsOf('Who receives it')]).toEqual(['sharing']);
    expect([...sectionsOf('其他用户分享的您的信息')]).toContain('collection');
    expect([...sectionsOf('未成年人使用我们的服务')]).toEqual(['minors']);
    expect([...sectionsOf('甲乙丙')]).toEqual([]);
  });
});

describe('a matcher', () => {
  it('says where each piece of what it found stands', () => {
    const match = matcherOf({ purpose: { better: { zh: '{改善|改进}…服务' } } })('以改善 App 的服务。');
    expect(match).toEqual([
      {
        kind: 'purpose',
        code: 'better',
        start: 1,
        end: 11,
        length: 4,
        pieces: [
          { start: 1, end: 3 },
          { start: 9, end: 11 },
        ],
      },
    ]);
  });
});
