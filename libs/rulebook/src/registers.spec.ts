import { catalogue } from './catalogue.js';
import { parseDuration } from './duration.js';
import { noticeTerms } from './notice-terms.js';
import { isHomeRegion, profiles } from './profiles.js';
import { aChange, aPolicy } from './testing/builders.js';

describe('the catalogue', () => {
  it('names each code once, in both languages', () => {
    for (const entries of [catalogue.categories, catalogue.purposes]) {
      expect(new Set(entries.map((entry) => entry.code)).size).toBe(entries.length);
      for (const { label } of entries) {
        expect(label.en).not.toBe('');
        expect(label['zh-CN']).not.toBe('');
      }
    }
    expect(catalogue.categories).toHaveLength(34);
    expect(catalogue.purposes).toHaveLength(25);
  });

  it('knows what is sensitive, what is a location, and what Global Privacy Control covers', () => {
    const codes = (entries: readonly { code: string }[]) => entries.map((entry) => entry.code).sort();
    expect(codes(catalogue.categories.filter((entry) => entry.isSensitive))).toEqual([
      'content.metadata',
      'guardian.identity',
      'location.gps',
      'location.wifi',
      'registration.biometric',
      'registration.idNumber',
      'special.ethnicity',
      'special.health',
      'special.religion',
    ]);
    expect(codes(catalogue.categories.filter((entry) => entry.isLocation))).toEqual(['location.gps', 'location.wifi']);
    expect(codes(catalogue.purposes.filter((entry) => entry.isCoveredByGpc))).toEqual([
      'advertising.measurement',
      'advertising.relevant',
      'marketing.push',
    ]);
  });
});

describe.each(Object.values(profiles))('the profile $code', (profile) => {
  it('gives each number its source', () => {
    for (const rule of Object.values(profile.rules)) expect(rule.article).not.toBe('');
  });

  it('marks what was not read in the primary text, and nothing else', () => {
    for (const rule of Object.values(profile.rules)) {
      expect(`${rule.article} ${rule.note ?? ''}`.includes('†')).toBe(rule.isUnverified === true);
    }
  });

  it('never lets a change take effect in less than seven days', () => {
    expect(profile.rules.minimumLeadDays.value).toBeGreaterThanOrEqual(7);
    expect(noticeTerms(aPolicy({ terms: [aChange({ leadDays: 1 })] }), profile).leadDays).toBeGreaterThanOrEqual(7);
  });

  it('writes its minima as durations of known categories', () => {
    for (const { categories, period } of profile.rules.legalMinima.value) {
      expect(parseDuration(period)).not.toBeNull();
      expect(categories.every((code) => catalogue.categories.some((entry) => entry.code === code))).toBe(true);
    }
  });

  it('counts a part of the country as home', () => {
    const [home = ''] = profile.homeRegions;
    expect(isHomeRegion(profile, home)).toBe(true);
    expect(isHomeRegion(profile, `${home}-11`)).toBe(true);
    expect(isHomeRegion(profile, 'SG')).toBe(false);
  });
});

describe('the terms of notice', () => {
  it('are those of the policy', () => {
    const document = aPolicy({
      terms: [
        aChange({
          leadDays: 30,
          channels: ['inApp', 'sms', 'sms', { anyOf: ['email', 'website', 'email'] }],
          acceptance: 'continuedUse',
        }),
      ],
    });
    expect(noticeTerms(document)).toEqual({
      leadDays: 30,
      channels: ['inApp', 'sms'],
      anyOf: [['email', 'website']],
      acceptance: 'continuedUse',
    });
  });

  it('are the safest where the policy says nothing', () => {
    expect(noticeTerms(aPolicy())).toEqual({ leadDays: 7, channels: ['inApp'], anyOf: [], acceptance: 'explicit' });
  });
});
