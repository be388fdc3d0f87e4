import fc from 'fast-check';
import { clockOf, type ClockFacts } from './request-clock.rules.js';
import { workingDaysOf } from './working-days.js';

const china = workingDaysOf('cn-pipl');
const europe = workingDaysOf('eu-gdpr');

const inChina = (received: string, more: Partial<ClockFacts> = {}): ClockFacts => ({
  profile: 'cn-pipl',
  utcOffsetHours: 8,
  start: { at: new Date(received), on: 'receipt', article: 'Abide default' },
  answer: { within: { workingDays: 15 }, article: 'App violation criteria 2019' },
  extension: null,
  pauses: [],
  ...more,
});
const inEurope = (received: string, more: Partial<ClockFacts> = {}): ClockFacts => ({
  ...inChina(received),
  profile: 'eu-gdpr',
  utcOffsetHours: -1,
  answer: { within: { months: 1 }, article: 'GDPR 12(3)' },
  ...more,
});
const dayDue = (facts: ClockFacts, calendar = china) => {
  const { dueAt } = clockOf(facts, calendar);
  return dueAt && new Date(dueAt.getTime() + facts.utcOffsetHours * 3_600_000).toISOString();
};

describe('the clock of a request', () => {
  it('counts working days from the day after receipt, to the end of the last one', () => {
    expect(dayDue(inChina('2026-11-30T01:00:00Z'))).toBe('2026-12-21T23:59:59.999Z');
  });

  it('takes the day of receipt from the zone of the profile', () => {
    expect(dayDue(inChina('2026-11-29T15:59:59Z'))).toBe('2026-12-18T23:59:59.999Z');
    expect(dayDue(inChina('2026-11-29T16:00:00Z'))).toBe('2026-12-21T23:59:59.999Z');
  });

  it('passes over the Spring Festival, counts the weekends worked for it, and names each day', () => {
    const facts = inChina('2026-02-10T02:00:00Z');
    expect(dayDue(facts)).toBe('2026-03-09T23:59:59.999Z');
    const step = clockOf(facts, china).trace[1];
    expect(step).toMatchObject({ rule: 'answer', from: '2026-02-10', to: '2026-03-09', days: 15, weekendDays: 3 });
    expect(step?.skipped.map(({ date, why }) => `${date} ${why}`)).toEqual(
      ['15', '16', '17', '18', '19', '20', '21', '22', '23'].map((day) => `2026-02-${day} holiday`),
    );
    expect(step?.skipped[0]?.name).toEqual({ 'zh-CN': '春节', en: 'Spring Festival' });
    expect(step?.workedWeekends.map(({ date }) => date)).toEqual(['2026-02-14', '2026-02-28']);
  });

  it('is provisional where the holidays of a year on the way are not published', () => {
    expect(clockOf(inChina('2026-11-30T01:00:00Z'), china).isProvisional).toBe(false);
    expect(clockOf(inChina('2030-12-20T01:00:00Z'), china).isProvisional).toBe(true);
    expect(clockOf(inEurope('2030-12-20T01:00:00Z'), china).isProvisional).toBe(false);
  });

  it('ends at once on the day of receipt, or on the first that the subject owed nothing at the end of', () => {
    const atOnce = { answer: { within: { calendarDays: 0 }, article: 'a clause' } };
    expect(dayDue(inChina('2026-11-30T01:00:00Z', atOnce))).toBe('2026-11-30T23:59:59.999Z');
    const pauses = [{ from: new Date('2026-11-30T02:00:00Z'), until: new Date('2026-12-02T02:00:00Z') }];
    expect(dayDue(inChina('2026-11-30T01:00:00Z', { ...atOnce, pauses }))).toBe('2026-12-02T23:59:59.999Z');
  });

  it('ends a month on the same day of the month, or on its last', () => {
    expect(dayDue(inEurope('2027-01-31T12:00:00Z'), europe)).toBe('2027-02-28T23:59:59.999Z');
    expect(dayDue(inEurope('2028-01-31T12:00:00Z'), europe)).toBe('2028-02-29T23:59:59.999Z');
    expect(dayDue(inEurope('2028-02-29T12:00:00Z'), europe)).toBe('2028-03-29T23:59:59.999Z');
  });

  it('goes on from the first deadline where it is extended', () => {
    const facts = inEurope('2027-03-15T12:00:00Z', { extension: { within: { months: 2 }, article: 'GDPR 12(3)' } });
    expect(dayDue(facts, europe)).toBe('2027-06-15T23:59:59.999Z');
    expect(clockOf(facts, europe).trace.map(({ rule, from, to }) => `${rule} ${from} ${to}`)).toEqual([
      'receipt 2027-03-15 2027-03-15',
      'answer 2027-03-15 2027-04-15',
      'extension 2027-04-15 2027-06-15',
    ]);
  });

  it('has no deadline while the subject owes an answer, and then one later by the days that they took', () => {
    const asked = new Date('2026-12-01T01:00:00Z');
    expect(
      clockOf(inChina('2026-11-30T01:00:00Z', { pauses: [{ from: asked, until: null }] }), china).dueAt,
    ).toBeNull();
    const answered = { from: asked, until: new Date('2026-12-03T01:00:00Z') };
    const facts = inChina('2026-11-30T01:00:00Z', { pauses: [answered] });
    expect(dayDue(facts)).toBe('2026-12-23T23:59:59.999Z');
    expect(clockOf(facts, china).trace[1]?.skipped).toEqual([
      { date: '2026-12-01', why: 'paused' },
      { date: '2026-12-02', why: 'paused' },
    ]);
  });

  it('gives no day for a question that was answered on the day it was asked', () => {
    const sameDay = { from: new Date('2026-12-01T01:00:00Z'), until: new Date('2026-12-01T09:00:00Z') };
    expect(dayDue(inChina('2026-11-30T01:00:00Z', { pauses: [sameDay] }))).toBe('2026-12-21T23:59:59.999Z');
  });

  it('leaves a working day for each that was promised, and never ends on a day off', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2024-01-01'), max: new Date('2026-10-31'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 30 }),
        (at, workingDays) => {
          const { trace } = clockOf(
            inChina(at.toISOString(), { answer: { within: { workingDays }, article: 'x' } }),
            china,
          );
          const { from, to, days, weekendDays, skipped } = trace[1]!;
          const span = (Date.parse(to) - Date.parse(from)) / 86_400_000;
          expect(days).toBe(workingDays);
          expect(span).toBe(workingDays + weekendDays + skipped.length);
          expect(skipped.some(({ date }) => date === to)).toBe(false);
        },
      ),
    );
  });

  it('is never earlier for a pause, nor for an extension', () => {
    const instant = fc.date({ min: new Date('2025-01-01'), max: new Date('2026-06-30'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, instant, fc.integer({ min: 0, max: 40 }), (start, from, days) => {
        const plain = inChina(start.toISOString());
        const until = new Date(from.getTime() + days * 86_400_000);
        const extension = { within: { workingDays: 5 }, article: 'x' };
        const due = (facts: ClockFacts) => clockOf(facts, china).dueAt!.getTime();
        expect(due({ ...plain, pauses: [{ from, until }] })).toBeGreaterThanOrEqual(due(plain));
        expect(due({ ...plain, extension })).toBeGreaterThan(due(plain));
      }),
    );
  });
});
