import fc from 'fast-check';
import { materialities } from '@abide/rulebook';
import { leadOf, missingOf, type ConditionFacts } from './conditions.rules.js';

const day = 24 * 3600 * 1000;
const now = new Date('2026-06-10T00:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * day);

const announced = {
  state: 'live',
  liveAt: ago(8),
  firstPassCompletedAt: ago(8),
  leadStartedAt: ago(8),
  reachable: 10,
  attempted: 10,
} as const;

function facts(given: Partial<ConditionFacts> = {}): ConditionFacts {
  return {
    now,
    materiality: 'reductionOfRights',
    materialityNow: 'reductionOfRights',
    isTextValid: true,
    leadDays: 7,
    effectiveAt: ago(0),
    notice: announced,
    ...given,
  };
}
const missing = (given: Partial<ConditionFacts>) => missingOf(facts(given)).map((one) => one.code);

describe('the conditions of taking effect', () => {
  it('are met when everybody was told long enough ago', () => {
    expect(missingOf(facts())).toEqual([]);
    expect(leadOf(facts())).toEqual({ leadStartedAt: ago(8), leadEndsAt: ago(1) });
  });

  it('ask nothing of a change of wording but its time', () => {
    const wording = { materiality: 'editorial', materialityNow: 'editorial', leadDays: 0, notice: null } as const;
    expect(missing(wording)).toEqual([]);
    expect(missing({ ...wording, effectiveAt: new Date(now.getTime() + 1) })).toEqual(['effectiveAtAhead']);
  });

  it('say how many days are over and how many remain', () => {
    const left = missingOf(facts({ notice: { ...announced, leadStartedAt: ago(3) } }));
    expect(left).toEqual([
      {
        code: 'leadTime',
        until: new Date(ago(3).getTime() + 7 * day),
        message: { 'zh-CN': '提前通知已满 3 天，还需 4 天。', en: '3 of 7 days of notice are over; 4 remain.' },
      },
    ]);
  });

  it('count no days below none where the clock stepped back', () => {
    const left = missingOf(facts({ notice: { ...announced, leadStartedAt: ago(-5) } }));
    expect(left[0]?.message.en).toBe('0 of 7 days of notice are over; 12 remain.');
  });

  it('name everything that is missing at once', () => {
    const notice = {
      ...announced,
      state: 'running',
      liveAt: null as never,
      firstPassCompletedAt: null,
      leadStartedAt: null,
      attempted: 4,
    } as const;
    expect(missing({ notice, effectiveAt: new Date(now.getTime() + day) })).toEqual([
      'effectiveAtAhead',
      'noticeNotLive',
      'audiencePass',
      'channelAttempts',
      'leadTime',
    ]);
  });

  it('do not count a cancelled notice', () => {
    expect(missing({ notice: { ...announced, state: 'cancelled' } })).toEqual(['noticeNotLive']);
  });

  it('hold back a change that weighs more than was announced', () => {
    expect(missing({ materialityNow: 'freshConsent' })).toEqual(['changeHeavier']);
    expect(missing({ materialityNow: 'informational' })).toEqual([]);
  });

  it('hold back a text that no longer holds', () => {
    expect(missing({ isTextValid: false })).toEqual(['textInvalid']);
  });

  it('are never met before the time, nor before the days owed are over', () => {
    const anyTime = fc.integer({ min: -40, max: 40 }).map((hours) => new Date(now.getTime() + hours * 3_600_000));
    fc.assert(
      fc.property(
        fc.constantFrom(...materialities),
        anyTime,
        fc.option(anyTime),
        fc.integer({ min: 7, max: 30 }),
        (materiality, effectiveAt, leadStartedAt, leadDays) => {
          const notice = { ...announced, leadStartedAt };
          const left = missingOf(facts({ materiality, materialityNow: materiality, effectiveAt, notice, leadDays }));
          if (left.length > 0) return;
          expect(effectiveAt.getTime()).toBeLessThanOrEqual(now.getTime());
          if (materiality !== 'reductionOfRights' && materiality !== 'freshConsent') return;
          expect(now.getTime() - (leadStartedAt?.getTime() ?? NaN)).toBeGreaterThanOrEqual(leadDays * day);
        },
      ),
    );
  });
});
