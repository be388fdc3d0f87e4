import { aClause, aPolicy } from '@abide/policy/testing';
import type { PolicyDocument } from '@abide/rulebook';
import type { NaiveChange, NaiveRecipient } from './naive-facts.js';

type Clause = PolicyDocument['clauses'][number];

const keeping: Clause = aClause({
  id: 'keep.traces',
  terms: [
    {
      type: 'retention',
      categories: ['log.search', 'log.device', 'log.network', 'location.gps', 'location.wifi', 'usage.habit'],
      period: 'P6M',
      then: 'delete',
    },
    { type: 'retention', categories: ['registration.email'], until: 'accountClosure', then: 'delete' },
  ],
});

const advertising: Clause = aClause({
  id: 'use.advertising',
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

const location: Clause = aClause({
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
    { type: 'use', categories: ['location.gps'], purposes: ['safety.protection'], basis: 'vitalInterest' },
  ],
});

const outreach: Clause = aClause({
  id: 'use.outreach',
  terms: [
    {
      type: 'use',
      categories: ['registration.phone', 'registration.email'],
      purposes: ['survey.participation', 'marketing.push'],
      basis: 'consent',
      validFor: 'P20D',
    },
  ],
});

const acrossServices: Clause = aClause({
  id: 'use.across',
  terms: [
    {
      type: 'crossServiceUse',
      categories: ['usage.habit'],
      purposes: ['product.development'],
      from: ['ticketing'],
      to: ['signing'],
      form: 'aggregated',
      minimumGroup: 20,
      basis: 'consent',
    },
    {
      type: 'crossServiceUse',
      categories: ['log.browsing'],
      purposes: ['personalisation'],
      from: ['ticketing'],
      to: ['signing'],
      form: 'personalised',
      basis: 'consent',
    },
  ],
});

const sharing: Clause = aClause({
  id: 'share.others',
  terms: [
    {
      type: 'sharing',
      categories: ['location.gps'],
      recipients: ['recipient:map-provider'],
      purposes: ['service.provision'],
      basis: 'separateConsent',
      regions: ['CN'],
    },
    {
      type: 'sharing',
      categories: ['log.browsing'],
      recipients: ['partner'],
      purposes: ['advertising.measurement', 'product.improvement'],
      basis: 'separateConsent',
      regions: ['CN', 'SG'],
    },
    {
      type: 'sharing',
      categories: ['log.network'],
      recipients: ['authority'],
      purposes: ['authority.assistance'],
      basis: 'legalObligation',
      regions: ['CN'],
    },
    {
      type: 'sharing',
      categories: ['registration.phone'],
      recipients: ['processor'],
      purposes: ['service.provision'],
      basis: 'contract',
      regions: ['CN'],
    },
  ],
});

/** What stands on consent at first, and on something weaker once the ladder is climbed. */
function weakening({
  personalisation,
  fraud,
}: {
  personalisation: 'consent' | 'contract';
  fraud: 'consent' | 'legalObligation';
}): Clause {
  return aClause({
    id: 'use.weakening',
    terms: [
      { type: 'collection', categories: ['log.network'], purposes: ['security.protection'], basis: 'legalObligation' },
      { type: 'use', categories: ['log.search'], purposes: ['personalisation'], basis: personalisation },
      { type: 'collection', categories: ['log.device'], purposes: ['security.fraud'], basis: fraud },
    ],
  });
}

const habits: Clause = aClause({
  id: 'use.habits',
  terms: [{ type: 'use', categories: ['usage.habit'], purposes: ['advertising.relevant'], basis: 'consent' }],
});

const shared = [keeping, advertising, location, outreach, acrossServices, sharing];
const glossed = (word: string) => [{ term: { 'zh-CN': word, en: word }, meaning: { 'zh-CN': '意思', en: 'meaning' } }];
const first = aPolicy({ clauses: [...shared, weakening({ personalisation: 'consent', fraud: 'consent' })] });
const changed = aPolicy({
  clauses: [...shared, weakening({ personalisation: 'contract', fraud: 'legalObligation' }), habits],
});

/** One text after the other, each with what it changes that needs fresh consent (rules.md, Compare). */
export const ladder: readonly { readonly document: PolicyDocument; readonly freshConsent: readonly NaiveChange[] }[] = [
  { document: first, freshConsent: [] },
  { document: { ...first, glossary: glossed('log') }, freshConsent: [] },
  {
    document: changed,
    freshConsent: [
      { action: 'use', category: 'usage.habit', purpose: 'advertising.relevant' },
      { action: 'use', category: 'log.search', purpose: 'personalisation', isWeakened: true },
      { action: 'collect', category: 'log.device', purpose: 'security.fraud', isWeakened: true },
      { action: 'use', category: 'log.device', purpose: 'security.fraud', isWeakened: true },
    ],
  },
  { document: { ...changed, glossary: glossed('cookie') }, freshConsent: [] },
];

/** A service policy that is stricter with advertisements and outreach than the general one. */
export const signingPolicy: PolicyDocument = {
  ...aPolicy({
    policy: 'signing-privacy',
    kind: 'service',
    service: 'signing',
    services: ['signing'],
    contact: undefined,
  }),
  clauses: [
    aClause({
      id: 'signing.advertising',
      terms: [
        {
          type: 'use',
          categories: ['log.search'],
          purposes: ['advertising.relevant'],
          basis: 'separateConsent',
          services: ['signing'],
          fallback: 'generic',
        },
        {
          type: 'use',
          categories: ['registration.email'],
          purposes: ['marketing.push'],
          basis: 'separateConsent',
          services: ['signing'],
          validFor: 'P20D',
        },
      ],
    }),
    aClause({
      id: 'changes',
      terms: [{ type: 'change', notice: { leadDays: 7, channels: ['inApp'] }, acceptance: 'continuedUse' }],
    }),
  ],
};

const forever = Date.UTC(2200, 0, 1);

/** `nobody` is asked about too, and stands in no register. */
export const recipients: readonly NaiveRecipient[] = [
  { slug: 'map-provider', kind: 'processor', region: 'CN', isActive: true, contractUntil: forever },
  { slug: 'advertisers', kind: 'partner', region: 'SG', isActive: true, contractUntil: forever },
  { slug: 'gone-partner', kind: 'partner', region: 'CN', isActive: false, contractUntil: forever },
  { slug: 'old-partner', kind: 'partner', region: 'CN', isActive: true, contractUntil: Date.UTC(2020, 0, 1) },
  { slug: 'far-partner', kind: 'partner', region: 'US', isActive: true, contractUntil: forever },
  { slug: 'police', kind: 'authority', region: 'CN', isActive: true, contractUntil: forever },
];

export const optOutPurposes = ['advertising.relevant', 'advertising.measurement', 'marketing.push'] as const;
