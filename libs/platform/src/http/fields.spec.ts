import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Day, Email, Instant, JsonObject, OneTimeCode, Text, Texts, Whole } from './fields.js';

class Appointment {
  @Instant() readonly at: string = '';
}

class Birthday {
  @Day() readonly on: string = '';
}

class Proof {
  @OneTimeCode() readonly code: string = '';
}

class Labels {
  @Text({ max: 10, optional: true }) readonly title?: string;
  @Texts({ max: 2, maxLength: 10, optional: true }) readonly tags?: readonly string[];
  @Text({ max: 10, optional: true, asTyped: true }) readonly password?: string;
  @Email({ optional: true }) readonly owner?: string;
  @Email({ optional: true, asTyped: true }) readonly login?: string;
}

class Window {
  @Whole({ min: 0, max: 30 }) readonly days: number = 3;
}

class Settings {
  @JsonObject({ optional: true, nullable: true }) readonly rules?: object | null;
}

const isAccepted = (at: string) => validateSync(plainToInstance(Appointment, { at })).length === 0;

describe('an instant', () => {
  it.each(['2026-03-01T08:30:00Z', '2026-03-01T08:30:00.125+08:00', '2024-02-29T00:00Z'])('may be %s', (at) => {
    expect(isAccepted(at)).toBe(true);
    expect(new Date(at).getTime()).not.toBeNaN();
  });

  it.each([
    '2026-03-01T08:30:00',
    '2026-03-01',
    '2026-02-29T00:00:00Z',
    '2026-11-31T00:00:00Z',
    '2026-W01-1T00:00:00Z',
    '2026-001T00:00:00Z',
    '20260101T000000Z',
    '2026-01-01T00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00+99:99',
    'soon',
  ])('may not be %s', (at) => expect(isAccepted(at)).toBe(false));
});

describe('a day', () => {
  const isDay = (on: unknown) => validateSync(plainToInstance(Birthday, { on })).length === 0;

  it('is one that the calendar has', () => {
    expect(['2026-11-30', '2028-02-29', '2000-02-29'].map(isDay)).toEqual([true, true, true]);
    expect(
      [
        '2026-11-31',
        '2026-02-29',
        '1900-02-29',
        '2026-13-01',
        '2026-1-1',
        '20261130',
        '2026-11-30T00:00Z',
        7,
        null,
      ].map(isDay),
    ).toEqual(Array(9).fill(false));
  });
});

describe('a one-time code', () => {
  const isCode = (code: unknown) => validateSync(plainToInstance(Proof, { code })).length === 0;

  it('is six digits as people paste them', () => {
    expect(['123456', ' 123-456 ', '１２３４５６', '123\u2009456'].map(isCode)).toEqual([true, true, true, true]);
    expect(['12345', '1234567', '', 123456, null].map(isCode)).toEqual([false, false, false, false, false]);
  });

  it('is refused at once, however long and whatever marks stand in it', () => {
    const spent = process.threadCpuUsage();
    expect(isCode(`a${'\u0323\u0307'.repeat(220_000)}`)).toBe(false);
    expect(process.threadCpuUsage(spent).user).toBeLessThan(500_000);
  });
});

describe('a text', () => {
  const refusals = (labels: object) =>
    validateSync(plainToInstance(Labels, labels)).flatMap(({ constraints }) => Object.keys(constraints ?? {}));

  it('holds whole characters of any script', () => {
    expect(refusals({ title: '守约 😀\n', tags: ['é', '票'] })).toEqual([]);
  });

  it.each(['a\0', '\ud83d', '\ude00a'])('refuses what cannot be stored as it is: %j', (text) => {
    expect(refusals({ title: text })).toEqual(['isStorable']);
    expect(refusals({ tags: ['fine', text] })).toEqual(['isStorable']);
  });
});

describe('a text that somebody reads', () => {
  const refusals = (labels: object) =>
    validateSync(plainToInstance(Labels, labels)).flatMap(({ property, constraints }) =>
      Object.keys(constraints ?? {}).map((name) => `${property} ${name}`),
    );

  it.each(['\u202e', '\u200b', '\u00ad', '\u2800', '\u180b', '\u{1bca0}', '\u{1d173}', '\u{e0100}'])(
    'holds no %j, wherever it comes in',
    (hidden) => {
      expect(
        refusals({ title: `1${hidden}4`, tags: ['fine', `a${hidden}`], owner: `li${hidden}na@abide.example` }),
      ).toEqual(expect.arrayContaining(['title isLegible', 'tags isLegible', expect.stringMatching(/^owner is/)]));
    },
  );

  it('is not a password, or an address to be looked up', () => {
    expect(refusals({ password: 'a\u200bb', login: 'li\u200bna@abide.example' })).toEqual([]);
  });
});

describe('an object checked elsewhere', () => {
  const read = (sent: object) => plainToInstance(Settings, sent);

  it('is left as it was sent, whatever its members are called', () => {
    const rules = { constructor: 1, toString: { valueOf: [2] } };
    expect(read({ rules }).rules).toBe(rules);
    expect(Object.keys(read({ rules }).rules ?? {})).toEqual(['constructor', 'toString']);
  });

  it('is an object, null or absent', () => {
    const isFine = (sent: object) => validateSync(read(sent)).length === 0;
    expect([{}, { rules: null }, { rules: {} }].map(isFine)).toEqual([true, true, true]);
    expect([{ rules: [] }, { rules: 'x' }, { rules: 1 }].map(isFine)).toEqual([false, false, false]);
  });
});

describe('a text', () => {
  it('says something: blanks alone are none', () => {
    const isTitle = (title: string) => validateSync(plainToInstance(Labels, { title })).length === 0;
    expect(['ok', ' ok ', '  ', '\u3000', '\n'].map(isTitle)).toEqual([true, true, false, false, false]);
  });
});

describe('a whole number', () => {
  it('is one, or its digits in an address; nothing else becomes one', () => {
    const isCount = (days: unknown) => validateSync(plainToInstance(Window, { days })).length === 0;
    expect([0, 30, '0', '7'].map(isCount)).toEqual([true, true, true, true]);
    expect(['', ' ', null, true, [5], '1e1', 31, -1, 0.5].map(isCount)).toEqual(Array(9).fill(false));
  });
});
