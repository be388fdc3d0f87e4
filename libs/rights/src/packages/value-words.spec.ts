import { dayWords } from '../day-words.js';
import { fieldWord, valueWords, type ValueWording } from './value-words.js';

const names = new Map([['registration.name', '姓名']]);
const zh: ValueWording = { locale: 'zh-CN', utcOffsetHours: 8, nameOf: (code) => names.get(code) };
const en: ValueWording = { ...zh, locale: 'en', utcOffsetHours: -3.5, nameOf: () => undefined };

describe('the values of a package in words', () => {
  it('are times in the zone of the installation', () => {
    expect(valueWords('2026-11-30T20:05:00.000Z', zh)).toBe('2026年12月1日 04:05');
    expect(valueWords('2026-11-30T02:00:00+00:00', en)).toBe('November 29, 2026 at 10:30 PM');
    expect(dayWords(new Date('2026-11-30T16:00:00Z'), zh)).toBe('2026年12月1日');
  });

  it('are the names of codes, one’s own language, yes and no', () => {
    expect(valueWords('registration.name', zh)).toBe('姓名');
    expect(valueWords({ 'zh-CN': '标题', en: 'A title' }, en)).toBe('A title');
    expect([valueWords(true, zh), valueWords(false, en)]).toEqual(['是', 'No']);
  });

  it('are a line for each of several, with their parts named', () => {
    expect(valueWords([{ act: 'opened', at: '2026-11-30T00:00:00Z', text: null }, 'plain', 3], zh)).toBe(
      '事项：opened；时间：2026年11月30日 08:00\nplain\n3',
    );
    expect(fieldWord('somethingOfTheirs', 'en')).toBe('somethingOfTheirs');
  });

  it('stay as they are where they only resemble a time', () => {
    expect(valueWords('2026-11-30', zh)).toBe('2026-11-30');
    expect(valueWords('', zh)).toBe('');
    expect(valueWords(null, zh)).toBe('');
  });
});
