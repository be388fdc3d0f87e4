import { catalogue, termSchema } from '@abide/rulebook';
import fc from 'fast-check';
import { clausesOf } from '../clauses/clauses-of.js';
import { blocksOfText } from '../clauses/blocks.js';
import type { Proposal } from '../document.js';
import { textOf } from '../testing/texts.js';
import { proposalsOf } from './proposals-of.js';

const proposed = (text: string): Proposal[] => proposalsOf(clausesOf(blocksOfText(text)), { catalogue });
const terms = (text: string) => proposed(text).map(({ term }) => term);
const under = (heading: string, ...lines: readonly string[]) => [heading, ...lines, '附则', '完。'].join('\n');

describe('proposals', () => {
  it('say what a sentence collects, why, from where and on what ground', () => {
    expect(terms('注册时，经您单独同意，我们收集您的身份证号码，用于验证身份。')).toEqual([
      {
        type: 'collection',
        categories: ['registration.idNumber'],
        purposes: ['security.authentication'],
        basis: 'separateConsent',
      },
    ]);
    expect(terms('We automatically collect your IP address to prevent fraud.')).toEqual([
      { type: 'collection', categories: ['log.network'], purposes: ['security.fraud'], sources: ['device'] },
    ]);
  });

  it('leave open what the words do not say, and a ground above all', () => {
    const [proposal] = proposed('我们收集您的姓名。');
    expect(proposal).toMatchObject({
      term: { type: 'collection', categories: ['registration.name'] },
      open: ['purposes', 'basis'],
    });
    const [two] = proposed('经您同意或者为履行合同所必需，我们收集您的姓名。');
    expect(two?.open).toContain('basis');
  });

  it('name the words that they come from', () => {
    const [proposal] = proposed('我们收集您的IP地址。');
    expect(proposal?.evidence).toEqual([{ start: 6, end: 10, field: 'categories', code: 'log.network' }]);
    expect(proposal).toMatchObject({ paragraph: 0, start: 0, end: 11 });
  });

  it('are none of what is denied', () => {
    for (const text of [
      '我们不会收集您的通话记录和位置信息。',
      '我们从不将您的姓名分享给合作伙伴。',
      '未经您同意，我们不会与关联公司共享您的位置信息。',
      'We do not collect biometric data, and we never sell your e-mail address to advertisers.',
      '本站不使用Cookie，也不采集位置信息。',
      '我们不会收集以下信息：\n姓名；\n位置信息。',
      '我们不收集您的任何信息，包括但不限于姓名、电话号码和位置信息。',
      'We do not collect any information about you, including but not limited to your name and location data.',
    ])
      expect([text, terms(text)]).toEqual([text, []]);
  });

  it('keep what stands beside what is denied', () => {
    expect(terms('我们收集您的姓名，但不会收集您的位置信息。')).toEqual([
      { type: 'collection', categories: ['registration.name'] },
    ]);
  });

  it('take what a list stands under into account', () => {
    const text = under('我们收集什么', '1. 为了提供服务，经您同意，我们收集下列信息：', '姓名；', '电话号码。');
    expect(terms(text)).toEqual(
      ['registration.name', 'registration.phone'].map((code) => ({
        type: 'collection',
        categories: [code],
        purposes: ['service.provision'],
        basis: 'consent',
      })),
    );
    const [first] = proposed(text);
    expect(first?.evidence.filter(({ paragraph }) => paragraph === 0).map(({ field }) => field)).toEqual([
      'purposes',
      'purposes',
      'basis',
    ]);
  });

  it('read the exceptions to what is denied as what is done', () => {
    const text = under(
      '我们与谁分享',
      '未经您同意，我们不会向他人提供您的信息，但下列情形除外：',
      '委托短信服务商发送通知；',
      '司法机关依法调取。',
    );
    expect(terms(text)).toMatchObject([
      { type: 'sharing', recipients: ['processor'] },
      { type: 'sharing', recipients: ['authority'], basis: 'legalObligation' },
    ]);
  });

  it('read the rows of a table under the heads of its columns', () => {
    const row = (text: string) => ({ kind: 'tableRow', level: 0, number: null, text }) as const;
    const clauses = clausesOf([
      { kind: 'heading', level: 1, number: null, text: '附件' },
      row('SDK | 收集的信息 | 用途'),
      row('甲 | 设备标识 | 统计分析'),
    ]);
    expect(proposalsOf(clauses, { catalogue }).map(({ term }) => term)).toEqual([
      { type: 'sharing', categories: ['log.deviceIdentifier'], purposes: ['product.improvement'] },
    ]);
  });

  it('say what follows where a datum is not given', () => {
    expect(terms('注册时我们收集您的姓名。不提供的，无法完成注册。')).toEqual([
      { type: 'collection', categories: ['registration.name'], required: true, ifWithheld: 'noRegistration' },
    ]);
  });

  it('say nothing anew where a datum is not given', () => {
    for (const text of [
      '不提供手机号码的，您仍可浏览书目，但无法下单。',
      '如您不提供手机号码，将无法下单。',
      '若您拒绝提供位置信息，我们无法为您显示附近的门店。',
      'If you do not give us your phone number, you can still look around.',
    ])
      expect([text, terms(under('一、我们收集的信息', text))]).toEqual([text, []]);
  });

  it('take what a service is for no use of data, and what a browser clears for no right', () => {
    expect(terms(under('一、隐私政策', '我们运营河畔网站，为您提供图书购买和借阅服务。'))).toEqual([]);
    expect(terms(under('一、Cookie', '您可以在浏览器中清除Cookie，清除后需要重新登录。'))).toEqual([]);
  });

  it('say how long something is kept, one by one', () => {
    const text = under(
      '信息保存多久',
      '登录记录保存六个月，位置信息保存三十天，姓名保存至您注销账户。',
      '其他信息在目的实现后删除。',
    );
    expect(terms(text)).toEqual([
      { type: 'retention', categories: ['client.signIn'], period: 'P6M' },
      { type: 'retention', categories: ['location.gps'], period: 'P30D' },
      { type: 'retention', categories: ['registration.name'], until: 'accountClosure' },
      { type: 'retention', until: 'purposeMet', then: 'delete' },
    ]);
  });

  it('say what people may ask for, and how soon they are answered', () => {
    expect(terms(under('您的权利', '您可以查阅、更正和删除您的信息。我们核实身份后十五个工作日内答复。'))).toEqual([
      {
        type: 'right',
        rights: ['access', 'correction', 'deletion'],
        answerWithin: { workingDays: 15 },
        verification: 'stepUp',
      },
    ]);
    expect(
      terms('Your rights\nIf you live in California, you may delete your data within 45 days.\nContact\nWrite.'),
    ).toEqual([{ type: 'right', rights: ['deletion'], answerWithin: { calendarDays: 45 }, regions: ['US-CA'] }]);
  });

  it('say how young people, changes, protection and others’ services are dealt with', () => {
    expect(terms(under('未成年人', '未满十四周岁的，须征得监护人同意。'))).toEqual([
      { type: 'minors', under: 14, requires: 'guardianConsent' },
    ]);
    expect(terms(under('变更', '我们会提前七日以弹窗或者邮件通知您。您继续使用即视为接受。'))).toEqual([
      {
        type: 'change',
        notice: { leadDays: 7, channels: [{ anyOf: ['inApp', 'email'] }] },
        acceptance: 'continuedUse',
      },
    ]);
    expect(terms(under('信息安全', '我们采用传输加密和访问控制。'))).toEqual([
      { type: 'protection', measures: ['encryptionInTransit', 'accessControl'] },
    ]);
    expect(terms(under('例外', '本政策不适用于第三方网站。'))).toEqual([
      { type: 'exclusion', scope: 'thirdPartyServices' },
    ]);
  });

  it('say what never leaves the device', () => {
    const clipboard = {
      code: 'clipboard.text',
      label: { 'zh-CN': '剪贴板', en: 'clipboard' },
      isSensitive: false,
      isLocation: false,
    };
    const registered = { categories: [...catalogue.categories, clipboard], purposes: catalogue.purposes };
    const clauses = clausesOf(blocksOfText('我们读取剪贴板的内容，仅在您的手机本地识别，不会上传。'));
    expect(proposalsOf(clauses, { catalogue: registered }).map(({ term }) => term)).toEqual([
      { type: 'collection', categories: ['clipboard.text'], storage: 'onDevice' },
    ]);
  });

  it('promise nothing where a text speaks of itself', () => {
    expect(terms('引言\n本政策说明我们如何收集和使用您的姓名、位置信息，以及您如何删除它们。\n附则\n完。')).toEqual([]);
  });

  it('have the same ids for the same sentences, wherever they stand', () => {
    const ids = (text: string) => proposed(text).map(({ id }) => id);
    const [one, other] = ['我们收集您的姓名。', '我们收集您的电话号码。'];
    expect(ids(`${one}\n${other}`)).toEqual(ids(`${other}\n${one}`).toReversed());
    expect(new Set(ids(`${one}${one}`)).size).toBe(2);
  });

  it('are terms of the rulebook once what is open is chosen, with evidence in their own paragraph', () => {
    const sentences = (['ticket-policy.txt', 'site-statement.txt', 'tool-notice.txt'] as const).flatMap((name) =>
      textOf(name).split('\n'),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(sentences), (some) => {
        const clauses = clausesOf(blocksOfText(some.join('\n')));
        const paragraphs = new Map(clauses.map(({ id, paragraphs: lines }) => [id, lines]));
        for (const proposal of proposalsOf(clauses, { catalogue })) {
          const result = termSchema.safeParse(chosen(proposal));
          expect([proposal.term, result.success]).toEqual([proposal.term, true]);
          for (const { start, end, paragraph = proposal.paragraph } of proposal.evidence) {
            const text = paragraphs.get(proposal.clauseId)?.[paragraph]?.text ?? '';
            expect(text.slice(start, end).length).toBe(end - start);
            expect(end).toBeGreaterThan(start);
          }
        }
      }),
    );
  });

  it('of half a million characters take no longer than a person waits', () => {
    const texts = [textOf('ticket-policy.txt'), textOf('site-statement.txt')].join('\n');
    const clauses = clausesOf(blocksOfText(texts.repeat(Math.ceil(500_000 / texts.length))));
    proposalsOf(clauses.slice(0, 5), { catalogue });
    const before = process.cpuUsage();
    expect(proposalsOf(clauses, { catalogue }).length).toBeGreaterThan(1000);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000);
  });
});

const choices: Readonly<Record<string, unknown>> = {
  categories: ['log.search'],
  purposes: ['service.provision'],
  basis: 'consent',
  recipients: ['processor'],
  from: ['ticketing'],
  to: ['signing'],
  form: 'aggregated',
  period: 'P1Y',
  then: 'delete',
  under: 14,
  requires: 'guardianConsent',
  acceptance: 'explicit',
  scope: 'thirdPartyServices',
  'notice.leadDays': 7,
  'notice.channels': ['email'],
};

function chosen({ term, open }: Proposal): unknown {
  const whole = structuredClone(term) as Record<string, unknown>;
  for (const field of open) {
    const [outer = field, inner] = field.split('.');
    if (inner === undefined) whole[outer] = choices[field];
    else whole[outer] = { ...(whole[outer] as object | undefined), [inner]: choices[field] };
  }
  return whole;
}
