import fc from 'fast-check';
import { materialities, profiles, type NoticeTerms, type PolicyDocument } from '@abide/rulebook';
import { aPolicy, withClause } from '../testing/documents.js';
import {
  channelsFor,
  clockToleranceMilliseconds,
  earliestEffectAt,
  isAnnouncedInTime,
  leadEndsAt,
  owesLead,
  promiseFor,
  requiredLeadDays,
} from './lead-time.rules.js';

const profile = profiles['cn-pipl'];
const day = 24 * 3600 * 1000;

const promising = (leadDays: number, channels: NoticeTerms['channels'] = ['inApp']): PolicyDocument =>
  withClause(aPolicy(), {
    id: 'changes',
    terms: [{ type: 'change', notice: { leadDays, channels: [...channels] }, acceptance: 'continuedUse' }],
  });
const silent = withClause(aPolicy(), { id: 'changes', terms: [] });
const silentService: PolicyDocument = { ...silent, kind: 'service', service: 'ticketing' };

const anyMateriality = fc.constantFrom(...materialities);
const anyInstant = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2090-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const anyDays = fc.integer({ min: 0, max: 365 });
const anyPromise = anyDays.map((leadDays): NoticeTerms => ({
  leadDays,
  channels: ['inApp'],
  anyOf: [],
  acceptance: 'continuedUse',
}));

describe('the lead time of a change', () => {
  it('is owed by what reduces rights or needs fresh consent, and by nothing else', () => {
    expect(materialities.filter(owesLead)).toEqual(['reductionOfRights', 'freshConsent']);
  });

  it('counts from the text in force and not from the draft', () => {
    const promise = promiseFor({
      inForce: promising(30, ['inApp', 'email']),
      generals: [],
      next: promising(7),
      profile,
    });
    expect(promise).toMatchObject({ leadDays: 30, channels: ['inApp', 'email'] });
  });

  it('falls back on the general policy that promises the longest notice where the text in force is silent', () => {
    const generals = [promising(20), promising(40), promising(10)];
    expect(
      promiseFor({ inForce: silentService, generals, next: { ...promising(7), kind: 'service' }, profile }).leadDays,
    ).toBe(40);
    expect(promiseFor({ inForce: silent, generals, next: promising(9), profile }).leadDays).toBe(7);
  });

  it('lets the new text speak only where nothing is in force', () => {
    expect(promiseFor({ inForce: null, generals: [], next: promising(12), profile }).leadDays).toBe(12);
    expect(promiseFor({ inForce: silent, generals: [], next: promising(12), profile }).leadDays).toBe(7);
  });

  it('is never under the minimum of the profile, and none where none is owed', () => {
    fc.assert(
      fc.property(anyMateriality, anyPromise, (materiality, promise) => {
        const days = requiredLeadDays(materiality, promise, profile);
        if (owesLead(materiality)) expect(days).toBe(Math.max(7, promise.leadDays));
        else expect(days).toBe(0);
      }),
    );
  });

  it('never accepts less than the days that are owed, save what clocks may differ', () => {
    fc.assert(
      fc.property(anyInstant, anyDays, fc.integer({ min: -400 * day, max: 400 * day }), (now, leadDays, offset) => {
        const effectiveAt = new Date(now.getTime() + offset);
        const isAccepted = isAnnouncedInTime({ now, effectiveAt, leadDays });
        expect(isAccepted).toBe(leadDays === 0 || offset + clockToleranceMilliseconds >= leadDays * day);
      }),
    );
  });

  it('names an earliest effect that is accepted when sent back, within a minute of the soonest possible', () => {
    fc.assert(
      fc.property(anyInstant, anyDays, (now, leadDays) => {
        const earliest = earliestEffectAt(now, leadDays);
        expect(isAnnouncedInTime({ now, effectiveAt: earliest, leadDays })).toBe(true);
        expect(earliest.getTime() - leadDays * day - now.getTime()).toBeGreaterThanOrEqual(0);
        expect(earliest.getTime() - leadDays * day - now.getTime()).toBeLessThan(60_000);
        expect(earliest.getUTCSeconds() + earliest.getUTCMilliseconds()).toBe(0);
      }),
    );
  });

  it('counts days of 24 hours from its start', () => {
    fc.assert(
      fc.property(anyInstant, anyDays, (startedAt, leadDays) => {
        expect(leadEndsAt(startedAt, leadDays).getTime() - startedAt.getTime()).toBe(leadDays * day);
      }),
    );
  });

  it('announces on every promised channel and always in the app', () => {
    const promise: NoticeTerms = {
      leadDays: 7,
      channels: ['email'],
      anyOf: [
        ['sms', 'website'],
        ['sms', 'email'],
      ],
      acceptance: 'explicit',
    };
    expect(channelsFor('freshConsent', promise)).toEqual({
      channels: ['inApp', 'email'],
      anyOf: [['sms', 'website']],
    });
    expect(channelsFor('informational', promise)).toEqual({ channels: ['inApp'], anyOf: [] });
  });
});
