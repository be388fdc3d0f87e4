import { dayWords } from '../day-words.js';
import { fieldWord } from './field-words.js';
import { valueLaidOut, valuesLaidOut, type ValueWording } from './value-words.js';

const names = new Map([
  ['registration.name', '姓名'],
  ['app', '票务应用'],
]);
const zh: ValueWording = { locale: 'zh-CN', utcOffsetHours: 8, nameOf: (code) => names.get(code) };
const en: ValueWording = { ...zh, locale: 'en', utcOffsetHours: -3.5, nameOf: () => undefined };
const words = (name: string, value: unknown, wording = zh) => String(valueLaidOut(name, value, wording));

describe('the values of a package in words', () => {
  it('are times in the zone of the installation, and days as they are', () => {
    expect(words('at', '2026-11-30T20:05:00.000Z')).toBe('2026年12月1日 04:05');
    expect(words('at', '2026-11-30T02:00:00+00:00', en)).toBe('November 29, 2026 at 10:30 PM');
    expect(words('birthDate', '2010-01-02')).toBe('2010年1月2日');
    expect(words('birthDate', '2010-01-02', en)).toBe('January 2, 2010');
    expect(dayWords(new Date('2026-11-30T16:00:00Z'), zh)).toBe('2026年12月1日');
  });

  it('are the names of codes, one’s own language, yes and no', () => {
    expect(words('categories', ['registration.name'])).toBe('姓名');
    expect(words('title', { 'zh-CN': '标题', en: 'A title' }, en)).toBe('A title');
    expect([words('positioningOn', true), words('positioningOn', false, en)]).toEqual(['是', 'No']);
  });

  it.each([
    ['act', 'grant', '给予同意'],
    ['act', 'subject.registered', '注册账户'],
    ['askedAs', 'member', '企业成员'],
    ['by', 'subject', '本人'],
    ['method', 'password', '密码'],
    ['mode', 'explicit', '明确同意'],
    ['outcome', 'granted', '同意'],
    ['state', 'fulfilling', '执行中'],
    ['state', 'signed', '已签署'],
    ['state', 'attempted', '已发出'],
    ['type', 'access', '查阅'],
    ['region', 'SG', '新加坡'],
    ['article', 'PIPL 47', '《个人信息保护法》第47条'],
  ])('say %s %s in Chinese', (field, code, chinese) => {
    expect(words(field, code)).toBe(chinese);
  });

  it('leave the words of a person as they are, whatever they resemble', () => {
    expect(words('text', 'access')).toBe('access');
    expect(words('text', 'app')).toBe('app');
    expect(words('act', 'constructor')).toBe('constructor');
    expect(words('birthDate', '2010-99-99')).toBe('2010-99-99');
  });

  it('are lists and what stands in them by name, of whatever an event held', () => {
    const held = { events: ['view', 'buy'], $set: { plan: 'yearly', renewed: true }, seats: [3, 4] };
    expect(String(valuesLaidOut(held, en))).toBe(
      `<dl><dt>${fieldWord('events', 'en')}</dt><dd>view, buy</dd><dt>$set</dt><dd><dl><dt>plan</dt><dd>yearly</dd><dt>renewed</dt><dd>Yes</dd></dl></dd><dt>seats</dt><dd>3, 4</dd></dl>`,
    );
  });

  it('are amounts with their unit', () => {
    expect(words('dwellMilliseconds', 90_000)).toBe('1.5分钟');
    expect(words('durationSeconds', 42, en)).toBe('42 seconds');
    expect(words('bytes', 1_500_000)).toBe('1.5兆字节');
    expect(words('byteCount', 0, en)).toBe('0 bytes');
    expect(words('accuracyMetres', 12)).toBe('12米');
    expect(words('revision', 3)).toBe('第 3 版');
    expect(words('latitude', 30.25)).toBe('30.25');
  });

  it('are laid out below each other where they have parts, each under the name of its field, without what is empty', () => {
    const values = {
      name: '<b>',
      attributes: { page: 'home', section: '' },
      corrections: [],
      target: null,
      noticeId: 'n',
    };
    expect(valuesLaidOut(values, zh)?.text).toBe(
      '<dl><dt>姓名或名称</dt><dd>&lt;b&gt;</dd><dt>内容</dt><dd><dl><dt>页面</dt><dd>home</dd></dl></dd></dl>',
    );
    expect(valuesLaidOut({ personal: {}, text: null }, zh)).toBeNull();
    expect(fieldWord('somethingOfTheirs', 'en')).toBe('somethingOfTheirs');
  });

  it('are a line for each step of what happened', () => {
    const steps = [
      { at: '2026-11-30T00:00:00Z', act: 'opened', by: 'subject', text: null },
      { at: '2026-11-30T00:05:00Z', act: 'told', by: 'subject', text: '<i>补充</i>' },
    ];
    expect(words('events', steps)).toBe(
      '<ol><li>2026年11月30日 08:00 · 提出请求 · 本人</li><li>2026年11月30日 08:05 · 补充说明 · 本人<p>&lt;i&gt;补充&lt;/i&gt;</p></li></ol>',
    );
  });
});
