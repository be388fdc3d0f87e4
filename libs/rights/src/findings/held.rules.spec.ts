import type { Hold } from '@abide/retention';
import { decideOn, type Finding } from './finding.rules.js';
import { exemptionsOf, holdsOver, isTold } from './held.rules.js';

const now = new Date('2026-11-30T00:00:00Z');
const end = new Date('2027-06-01T00:00:00Z');
const aHold = (changes: Partial<Hold> = {}): Hold =>
  ({
    id: 'hold-1',
    article: '民事诉讼法 103',
    categories: ['registration.name'],
    collectedFrom: null,
    collectedUntil: null,
    until: end,
    barredArticle: null,
    ...changes,
  }) as Hold;
const part = { isKeys: false, category: 'registration.name', since: null } as const;
const minimum = { ground: 'legalMinimum', article: 'E-commerce Law 31', until: new Date('2029-11-30') } as const;
const aFinding = (exemptions: Finding['exemptions']): Finding => ({
  holder: 'identity',
  category: 'registration.name',
  count: 1,
  since: null,
  until: null,
  exemptions,
});
const decide = (exemptions: Finding['exemptions'], item: object) =>
  decideOn('deletion', [aFinding(exemptions)], {
    outcome: 'perCategory',
    items: [{ category: 'registration.name', outcome: 'grant', ...item }],
    reason: null,
  });
const codeOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

const contract = { ground: 'runningContract', article: 'PIPL 13(2)', until: null } as const;

describe('what speaks against a deletion without forbidding it', () => {
  it('keeps what is granted as a whole, and gives way to whoever decides on it', () => {
    const exemptions = exemptionsOf([], [], [contract]);
    const wanted = { outcome: 'grant', items: [], reason: null } as const;
    expect(decideOn('deletion', [aFinding(exemptions)], wanted)[0]).toMatchObject({ outcome: 'keep', ...contract });
    expect(decide(exemptions, { outcome: 'grant' })[0]).toMatchObject({ outcome: 'grant', ground: null });
  });

  it('stands behind what forbids it', () => {
    expect(exemptionsOf([minimum], [aHold()], [contract]).map(({ ground }) => ground)).toEqual([
      'legalMinimum',
      'hold',
      'runningContract',
    ]);
  });
});

describe('holds among the findings', () => {
  it('are over what they cover, and over the keys that it is read with', () => {
    const other = { ...part, category: 'log.browsing' };
    expect(holdsOver([aHold()], part, now)).toHaveLength(1);
    expect(holdsOver([aHold()], other, now)).toEqual([]);
    expect(holdsOver([aHold()], { ...other, isKeys: true }, now)).toHaveLength(1);
  });

  it('stand where they last as told reasons, before those that cannot be told', () => {
    const barred = aHold({ id: 'hold-2', until: new Date('2031-01-01'), barredArticle: '反恐怖主义法 51' });
    const long = aHold({ id: 'hold-3', until: new Date('2030-01-01') });
    expect(exemptionsOf([minimum], [barred, long, aHold()]).map((one) => one.holdId ?? one.ground)).toEqual([
      'hold-3',
      'legalMinimum',
      'hold-1',
      'hold-2',
    ]);
    expect(exemptionsOf([], [])).toEqual([]);
  });

  it('forbid to grant a deletion, and nothing else', () => {
    const held = exemptionsOf([minimum], [aHold()]);
    expect(codeOf(() => decide(held, { outcome: 'grant' }))).toBe('request.held');
    expect(codeOf(() => decide(exemptionsOf([minimum], []), { outcome: 'grant' }))).toBe('request.exempt');
    expect(codeOf(() => decide(exemptionsOf([minimum], [], [contract]), { outcome: 'grant' }))).toBe('request.exempt');
    expect(decide(held, { outcome: 'restrict' })[0]).toMatchObject({ outcome: 'restrict', ground: null });
    expect(decide(held, { outcome: 'refuse', reason: 'x' })[0]).toMatchObject({ outcome: 'refuse' });
  });

  it('keep by what they rest on, whatever the operator wrote', () => {
    const written = { outcome: 'keep', ground: 'hold', article: 'Something else', until: new Date('2099-01-01') };
    expect(decide(exemptionsOf([minimum], [aHold()]), written)[0]).toMatchObject({
      ground: 'hold',
      article: '民事诉讼法 103',
      until: end,
    });
    expect(codeOf(() => decide([], written))).toBe('request.no_hold');
  });

  it('are told where the person may know of them', () => {
    const kept = { ground: 'hold', article: '民事诉讼法 103', until: end };
    expect(isTold(kept, [aHold()])).toBe(true);
    expect(isTold({ ...kept, until: end.toISOString() as unknown as Date }, [aHold()])).toBe(true);
    expect(isTold(kept, [aHold({ article: '刑事诉讼法 54' })])).toBe(false);
    expect(isTold(kept, [aHold({ until: now })])).toBe(false);
    expect(isTold({ ground: 'legalMinimum', article: 'x', until: null }, [])).toBe(true);
    expect(isTold({ ground: null, article: null, until: null }, [])).toBe(true);
  });
});
