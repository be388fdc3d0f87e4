import { aClause, aPolicy } from '@abide/policy/testing';
import type { PolicyDocument } from '@abide/rulebook';

type Clause = PolicyDocument['clauses'][number];

export const retentionClause: Clause = aClause({
  id: 'keep.traces',
  terms: [
    {
      type: 'retention',
      categories: ['log.search', 'location.gps', 'location.wifi', 'usage.habit'],
      period: 'P6M',
      then: 'delete',
    },
    { type: 'retention', categories: ['registration.email'], until: 'accountClosure', then: 'delete' },
  ],
});

export const advertisingClause: Clause = aClause({
  id: 'use.advertising',
  body: {
    'zh-CN': '经您同意，我们用浏览和搜索记录展示更相关的广告。',
    en: 'With your consent we use browsing and search history to show more relevant advertisements.',
  },
  terms: [
    {
      type: 'collection',
      categories: ['log.browsing', 'log.search'],
      purposes: ['product.improvement'],
      basis: 'consent',
    },
    {
      type: 'use',
      categories: ['log.browsing', 'log.search'],
      purposes: ['advertising.relevant'],
      basis: 'consent',
      fallback: 'generic',
    },
  ],
});

export const locationClause: Clause = aClause({
  id: 'collect.location',
  terms: [
    {
      type: 'collection',
      categories: ['location.gps', 'location.wifi'],
      purposes: ['service.provision'],
      basis: 'separateConsent',
      services: ['ticketing'],
      sources: ['device'],
    },
  ],
});

export const outreachClause: Clause = aClause({
  id: 'use.outreach',
  terms: [
    {
      type: 'use',
      categories: ['registration.phone', 'registration.email'],
      purposes: ['survey.participation', 'marketing.push'],
      basis: 'consent',
      validFor: 'P2Y',
    },
  ],
});

export const partnerClause: Clause = aClause({
  id: 'share.partners',
  terms: [
    {
      type: 'sharing',
      categories: ['location.gps'],
      recipients: ['recipient:map-provider'],
      purposes: ['service.provision'],
      basis: 'separateConsent',
      regions: ['CN'],
    },
  ],
});

/** A general policy that leaves advertising, improvement, location and outreach to its subjects. */
export function aConsentPolicy({ clauses = [], ...rest }: Partial<PolicyDocument> = {}): PolicyDocument {
  return aPolicy({
    ...rest,
    clauses: [retentionClause, advertisingClause, locationClause, outreachClause, ...clauses],
  });
}
