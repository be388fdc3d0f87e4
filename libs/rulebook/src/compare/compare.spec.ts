import fc from 'fast-check';
import { catalogue } from '../catalogue.js';
import type { PolicyDocument } from '../document.js';
import { longestSpanInDays, parseDuration } from '../duration.js';
import { atLeast, highest, materialities, type Materiality } from '../materiality.js';
import { profiles } from '../profiles.js';
import { offlineRegistry } from '../registry.js';
import type { Term } from '../terms.js';
import type { Basis } from '../vocabulary.js';
import { anyPolicy, aPolicyWith, permittingTerm } from '../testing/arbitraries.js';
import {
  aChange,
  aClause,
  aCollection,
  aCrossServiceUse,
  aMinors,
  aPolicy,
  aRetention,
  aRight,
  aServicePolicy,
  aSharing,
  aUse,
} from '../testing/builders.js';
import { compare, freshMarks } from './compare.js';
import { compareRules, type CompareRuleId } from './rules.js';

function between(before: readonly Term[], after: readonly Term[]) {
  return compare({ document: aPolicy({ terms: before }) }, { document: aPolicy({ terms: after }) });
}

function rulesOf(before: readonly Term[], after: readonly Term[]): string[] {
  return between(before, after).differences.map((difference) => difference.rule);
}

const texts = (document: PolicyDocument) =>
  compare({ document: aPolicy() }, { document }).differences.map((difference) => difference.rule);

type Row = [what: string, rule: CompareRuleId, before: Term[], after: Term[]];

const keep = (given: Parameters<typeof aRetention>[0]) => [aCollection(), aRetention(given)];

const freshConsent: Row[] = [
  [
    'a category added to collection',
    'collection.categoryAdded',
    [aCollection()],
    [aCollection({ categories: ['log.search', 'log.browsing'] })],
  ],
  [
    'a purpose added to collection',
    'collection.purposeAdded',
    [aCollection()],
    [aCollection({ purposes: ['product.improvement', 'personalisation'] })],
  ],
  [
    'a source added to collection',
    'collection.sourceAdded',
    [aCollection({ sources: ['device'] })],
    [aCollection({ sources: ['device', 'thirdParty'] })],
  ],
  [
    'what was read on the device only is sent',
    'collection.leavesDevice',
    [aCollection({ storage: 'onDevice' }), aRetention()],
    [aCollection(), aRetention()],
  ],
  [
    'what is read on the device in one service is sent from another',
    'collection.leavesDevice',
    [aCollection({ basis: 'contract', storage: 'onDevice', services: ['ticketing'] }), aRetention()],
    [
      aCollection({ basis: 'contract', storage: 'onDevice', services: ['ticketing'] }),
      aCollection({ basis: 'contract', services: ['signing'] }),
      aRetention(),
    ],
  ],
  ['sources no longer named', 'collection.sourceAdded', [aCollection({ sources: ['device'] })], [aCollection()]],
  ['a category added to use', 'use.categoryAdded', [aUse()], [aUse({ categories: ['log.search', 'log.browsing'] })]],
  [
    'a purpose added to use',
    'use.purposeAdded',
    [aUse()],
    [aUse({ purposes: ['advertising.relevant', 'personalisation'] })],
  ],
  [
    'a category added to sharing',
    'sharing.categoryAdded',
    [aSharing()],
    [aSharing({ categories: ['log.search', 'log.browsing'] })],
  ],
  [
    'a purpose added to sharing',
    'sharing.purposeAdded',
    [aSharing()],
    [aSharing({ purposes: ['service.provision', 'personalisation'] })],
  ],
  ['a use across services added', 'crossServiceUse.added', [], [aCrossServiceUse()]],
  [
    'a use across services the other way',
    'crossServiceUse.added',
    [aCrossServiceUse()],
    [aCrossServiceUse(), aCrossServiceUse({ from: ['signing'], to: ['ticketing'] })],
  ],
  [
    'stored data across services',
    'crossServiceUse.added',
    [aCrossServiceUse()],
    [aCrossServiceUse(), aCrossServiceUse({ data: 'stored' })],
  ],
  [
    'a service added to a collection on consent',
    'collection.serviceAddedOnConsent',
    [aCollection({ services: ['ticketing'] })],
    [aCollection({ services: ['ticketing', 'signing'] })],
  ],
  [
    'a collection on consent for all services',
    'collection.serviceAddedOnConsent',
    [aCollection({ services: ['ticketing', 'signing'] })],
    [aCollection()],
  ],
  [
    'a service added to a use on consent',
    'use.serviceAddedOnConsent',
    [aUse({ services: ['ticketing'] })],
    [aUse({ services: ['ticketing', 'signing'] })],
  ],
  [
    'a service added to sharing on consent',
    'sharing.serviceAddedOnConsent',
    [aSharing({ services: ['ticketing'] })],
    [aSharing({ services: ['ticketing', 'signing'] })],
  ],
  ['consent became contract', 'basis.weakened', [aUse()], [aUse({ basis: 'contract' })]],
  ['consent became legal obligation', 'basis.weakened', [aUse()], [aUse({ basis: 'legalObligation' })]],
  [
    'separate consent became contract',
    'basis.weakened',
    [aUse({ basis: 'separateConsent' })],
    [aUse({ basis: 'contract' })],
  ],
  [
    'separate consent became public interest',
    'basis.weakened',
    [aUse({ basis: 'separateConsent' })],
    [aUse({ basis: 'publicInterest' })],
  ],
  ['a contract beside consent', 'basis.weakened', [aUse()], [aUse(), aUse({ basis: 'contract' })]],
  [
    'contract became legal obligation',
    'basis.agreementDropped',
    [aUse({ basis: 'contract' })],
    [aUse({ basis: 'legalObligation' })],
  ],
  [
    'public interest became legal obligation',
    'basis.weakened',
    [aUse({ basis: 'publicInterest' })],
    [aUse({ basis: 'legalObligation' })],
  ],
  [
    'public interest became vital interest, which no objection stops',
    'basis.weakened',
    [aUse({ basis: 'publicInterest' })],
    [aUse({ basis: 'vitalInterest' })],
  ],
  ['consent became legitimate interest', 'basis.weakened', [aUse()], [aUse({ basis: 'legitimateInterest' })]],
  [
    'contract became what is public anyway',
    'basis.agreementDropped',
    [aUse({ basis: 'contract' })],
    [aUse({ basis: 'publicised' })],
  ],
  [
    'a weaker basis in a further service',
    'basis.weakerElsewhere',
    [aUse({ basis: 'separateConsent', services: ['ticketing'] })],
    [
      aUse({ basis: 'separateConsent', services: ['ticketing'] }),
      aUse({ basis: 'legalObligation', services: ['signing'] }),
    ],
  ],
  [
    'a further service, more exactly',
    'use.precisionIncreased',
    [aUse({ basis: 'contract', services: ['ticketing'], precision: { h3: 7 } })],
    [
      aUse({ basis: 'contract', services: ['ticketing'], precision: { h3: 7 } }),
      aUse({ basis: 'contract', services: ['signing'] }),
    ],
  ],
  [
    'a further service, from another source',
    'collection.sourceAdded',
    [aCollection({ basis: 'contract', services: ['ticketing'], sources: ['device'] })],
    [
      aCollection({ basis: 'contract', services: ['ticketing'], sources: ['device'] }),
      aCollection({ basis: 'contract', services: ['signing'], sources: ['others'] }),
    ],
  ],
  [
    'a weaker basis in a wider region',
    'basis.weakerElsewhere',
    [aSharing({ basis: 'separateConsent', regions: ['CN-44'] })],
    [
      aSharing({ basis: 'separateConsent', regions: ['CN-44'] }),
      aSharing({ basis: 'legalObligation', regions: ['CN'] }),
    ],
  ],
  [
    'another part of the country',
    'sharing.regionAdded',
    [aSharing({ regions: ['CN-11'] })],
    [aSharing({ regions: ['CN-11', 'CN-31'] })],
  ],
  [
    'a processor on a weaker basis',
    'sharing.recipientAdded',
    [aSharing({ basis: 'separateConsent' })],
    [
      aSharing({ basis: 'separateConsent' }),
      aSharing({ basis: 'legalObligation', recipients: ['recipient:cloud-host'] }),
    ],
  ],
  [
    'a processor of what only a partner received',
    'sharing.recipientAdded',
    [aSharing({ recipients: ['recipient:carrier'] })],
    [aSharing({ recipients: ['recipient:carrier', 'recipient:cloud-host'] })],
  ],
  [
    'what only a third party’s service did',
    'use.serviceAddedOnConsent',
    [aUse({ services: ['thirdParty:blue-pass'] })],
    [aUse({ services: ['thirdParty:blue-pass', 'ticketing'] })],
  ],
  [
    'a third party’s service beside our own',
    'permission.widened',
    [aUse({ basis: 'contract' })],
    [aUse({ basis: 'contract' }), aUse({ basis: 'contract', services: ['thirdParty:blue-pass'] })],
  ],
  [
    'a partner added',
    'sharing.recipientAdded',
    [aSharing()],
    [aSharing({ recipients: ['recipient:map-provider', 'recipient:carrier'] })],
  ],
  [
    'a kind of recipient added',
    'sharing.recipientAdded',
    [aSharing()],
    [aSharing({ recipients: ['recipient:map-provider', 'affiliate'] })],
  ],
  [
    'an unregistered recipient added',
    'sharing.recipientAdded',
    [aSharing()],
    [aSharing({ recipients: ['recipient:map-provider', 'recipient:nobody'] })],
  ],
  ['a region abroad added', 'sharing.regionAbroadAdded', [aSharing()], [aSharing({ regions: ['CN', 'SG'] })]],
  [
    'a processor abroad added',
    'sharing.regionAbroadAdded',
    [aSharing()],
    [aSharing(), aSharing({ recipients: ['recipient:cloud-host'], regions: ['SG'] })],
  ],
  [
    'aggregated became personalised',
    'crossServiceUse.becamePersonalised',
    [aCrossServiceUse()],
    [aCrossServiceUse({ form: 'personalised', minimumGroup: undefined })],
  ],
  [
    'coarse location became exact',
    'collection.precisionIncreased',
    [aCollection({ precision: { h3: 7 } })],
    [aCollection({ precision: 'exact' })],
  ],
  [
    'a truncated address became whole',
    'collection.precisionIncreased',
    [aCollection({ categories: ['log.network'], precision: 'truncated' })],
    [aCollection({ categories: ['log.network'] })],
  ],
  [
    'a truncated address is used whole',
    'use.precisionIncreased',
    [aUse({ categories: ['log.network'], precision: 'truncated' })],
    [aUse({ categories: ['log.network'], precision: 'exact' })],
  ],
  [
    'truncated metadata kept at a cell',
    'use.precisionIncreased',
    [aUse({ precision: 'truncated' })],
    [aUse({ precision: { h3: 0 } })],
  ],
  [
    'a coarse location became finer',
    'use.precisionIncreased',
    [aUse({ precision: { h3: 7 } })],
    [aUse({ precision: { h3: 9 } })],
  ],
];

const reductions: Row[] = [
  ['retention lengthened', 'retention.lengthened', keep({ period: 'P30D' }), keep({ period: 'P6M' })],
  ['a fixed period became until account closure', 'retention.lengthened', keep({}), keep({ until: 'accountClosure' })],
  [
    'a longer minimum outlasts the period',
    'retention.minimumLengthened',
    keep({ period: 'P6M' }),
    keep({ period: 'P6M', minimum: { period: 'P6M', ground: 'a law' } }),
  ],
  [
    'another event ends the retention',
    'retention.eventChanged',
    keep({ until: 'serviceEnd' }),
    keep({ until: 'accountClosure' }),
  ],
  ['deletion became anonymisation', 'retention.outcomeWeakened', keep({}), keep({ then: 'anonymise' })],
  [
    'anonymisation became restriction',
    'retention.outcomeWeakened',
    keep({ then: 'anonymise' }),
    keep({ then: 'restrict' }),
  ],
  ['a retention promise dropped', 'retention.promiseRemoved', keep({}), [aCollection()]],
  ['a right removed', 'right.removed', [aRight({ rights: ['access', 'deletion'] })], [aRight()]],
  ['a right left to who lives somewhere', 'right.removed', [aRight()], [aRight({ regions: ['GB'] })]],
  ['a longer time to answer', 'right.timeLengthened', [aRight()], [aRight({ answerWithin: { workingDays: 20 } })]],
  [
    'working days became many days',
    'right.timeLengthened',
    [aRight()],
    [aRight({ answerWithin: { calendarDays: 30 } })],
  ],
  ['optional became required', 'collection.becameRequired', [aCollection()], [aCollection({ required: true })]],
  [
    'a harder consequence',
    'collection.withheldConsequenceWorsened',
    [aCollection({ ifWithheld: 'degraded' })],
    [aCollection({ ifWithheld: 'noService' })],
  ],
  ['separate consent became consent', 'basis.separateConsentWeakened', [aUse({ basis: 'separateConsent' })], [aUse()]],
  ['consent lasts longer', 'consentValidity.lengthened', [aUse({ validFor: 'P1Y' })], [aUse()]],
  ['a fallback removed', 'fallback.removed', [aUse({ fallback: 'generic' })], [aUse()]],
  [
    'a protection removed',
    'protection.removed',
    [{ type: 'protection', measures: ['backup', 'accessControl'] }],
    [{ type: 'protection', measures: ['backup'] }],
  ],
  [
    'a protection narrowed',
    'protection.removed',
    [{ type: 'protection', measures: ['backup'] }],
    [{ type: 'protection', measures: ['backup'], categories: ['log.search'] }],
  ],
  [
    'children let in with a guardian’s consent',
    'minors.ageLowered',
    [aMinors({ requires: 'notAllowed' })],
    [aMinors()],
  ],
  ['the age of guardian consent lowered', 'minors.ageLowered', [aMinors()], [aMinors({ under: 12 })]],
  [
    'guardian consent weakened to advice',
    'minors.guardianConsentWeakened',
    [aMinors()],
    [aMinors({ requires: 'guardianAdvice' })],
  ],
  [
    'guardian advice dropped',
    'minors.ageLowered',
    [aMinors(), aMinors({ under: 18, requires: 'guardianAdvice' })],
    [aMinors()],
  ],
  ['a harder proof of identity', 'right.verificationHardened', [aRight()], [aRight({ verification: 'stepUp' })]],
  [
    'evidence asked where a session was enough',
    'right.verificationHardened',
    [aRight({ verification: 'session' })],
    [aRight({ verification: 'evidence' })],
  ],
  [
    'lead days shortened below the minimum',
    'change.leadShortened',
    [aChange({ leadDays: 7 })],
    [aChange({ leadDays: 1 })],
  ],
  ['lead days shortened', 'change.leadShortened', [aChange({ leadDays: 30 })], [aChange({ leadDays: 7 })]],
  ['a channel dropped', 'change.channelDropped', [aChange()], [aChange({ channels: ['inApp'] })]],
  [
    'a channel that was promised in any case is one of several',
    'change.channelLoosened',
    [aChange({ channels: ['inApp', 'email'] })],
    [aChange({ channels: ['inApp', { anyOf: ['email', 'sms', 'website'] }] })],
  ],
  [
    'a wider choice of channels',
    'change.channelLoosened',
    [aChange({ channels: [{ anyOf: ['email', 'sms'] }] })],
    [aChange({ channels: [{ anyOf: ['email', 'sms', 'website'] }] })],
  ],
  [
    'a channel dropped from a choice',
    'change.channelDropped',
    [aChange({ channels: [{ anyOf: ['email', 'sms', 'website'] }] })],
    [aChange({ channels: [{ anyOf: ['email', 'website'] }] })],
  ],
  ['the change term dropped', 'change.channelDropped', [aChange()], []],
  ['acceptance made easier', 'change.acceptanceEased', [aChange()], [aChange({ acceptance: 'continuedUse' })]],
  ['an exclusion added', 'exclusion.added', [], [{ type: 'exclusion', scope: 'thirdPartyServices' }]],
  [
    'a minimum group lowered',
    'crossServiceUse.minimumGroupLowered',
    [aCrossServiceUse()],
    [aCrossServiceUse({ minimumGroup: 5 })],
  ],
];

const informational: Row[] = [
  [
    'a notice on the website added',
    'change.channelAdded',
    [aChange({ channels: ['inApp'] })],
    [aChange({ channels: ['inApp', 'website'] })],
  ],
  [
    'one of several channels is promised in any case',
    'change.channelAssured',
    [aChange({ channels: [{ anyOf: ['email', 'sms'] }] })],
    [aChange({ channels: ['email', 'sms'] })],
  ],
  [
    'a choice of channels instead of a wider one',
    'change.channelAssured',
    [aChange({ channels: [{ anyOf: ['email', 'sms', 'website'] }] })],
    [aChange({ channels: [{ anyOf: ['email', 'sms'] }, { anyOf: ['sms', 'website'] }] })],
  ],
  [
    'what was sent is read on the device only',
    'collection.staysOnDevice',
    [aCollection(), aRetention()],
    [aCollection({ storage: 'onDevice' }), aRetention()],
  ],
  ['a collection removed', 'collection.removed', [aCollection()], []],
  ['a use removed', 'use.removed', [aUse()], []],
  ['sharing removed', 'sharing.removed', [aSharing()], []],
  ['a use across services removed', 'crossServiceUse.removed', [aCrossServiceUse()], []],
  [
    'personalised became aggregated',
    'crossServiceUse.becameAggregated',
    [aCrossServiceUse({ form: 'personalised' })],
    [aCrossServiceUse()],
  ],
  ['retention shortened', 'retention.shortened', keep({}), keep({ period: 'P30D' })],
  [
    'until account closure became a fixed period',
    'retention.shortened',
    keep({ until: 'accountClosure' }),
    keep({ period: 'P9Y' }),
  ],
  ['anonymisation became deletion', 'retention.outcomeStrengthened', keep({ then: 'anonymise' }), keep({})],
  ['a minimum dropped', 'retention.minimumShortened', keep({ minimum: { period: 'P6M', ground: 'a law' } }), keep({})],
  [
    'another ground for the minimum',
    'retention.groundChanged',
    keep({ minimum: { period: 'P6M', ground: 'a law' } }),
    keep({ minimum: { period: 'P6M', ground: 'another' } }),
  ],
  ['a retention promised', 'retention.added', [aCollection()], keep({})],
  ['a retention of what is no longer collected', 'retention.removed', [aRetention()], []],
  ['consent became separate consent', 'basis.strengthened', [aUse()], [aUse({ basis: 'separateConsent' })]],
  ['contract became consent', 'basis.strengthened', [aUse({ basis: 'contract' })], [aUse()]],
  [
    'public interest became what is public anyway',
    'basis.changed',
    [aUse({ basis: 'publicInterest' })],
    [aUse({ basis: 'publicised' })],
  ],
  [
    'vital interest became legitimate interest',
    'basis.strengthened',
    [aUse({ basis: 'vitalInterest' })],
    [aUse({ basis: 'legitimateInterest' })],
  ],
  ['consent lasts shorter', 'consentValidity.shortened', [aUse()], [aUse({ validFor: 'P1Y' })]],
  ['a fallback added', 'fallback.added', [aUse()], [aUse({ fallback: 'generic' })]],
  ['another fallback', 'fallback.changed', [aUse({ fallback: 'manual' })], [aUse({ fallback: 'generic' })]],
  ['a right added', 'right.added', [aRight()], [aRight({ rights: ['access', 'deletion'] })]],
  ['a shorter time to answer', 'right.timeShortened', [aRight()], [aRight({ answerWithin: { workingDays: 5 } })]],
  ['an answer at once', 'right.timeShortened', [aRight()], [aRight({ answerWithin: 'immediate' })]],
  ['a right of who lives somewhere', 'right.added', [aRight()], [aRight(), aRight({ regions: ['GB'] })]],
  ['a lighter proof of identity', 'right.verificationEased', [aRight({ verification: 'stepUp' })], [aRight()]],
  [
    'a processor added within the same region',
    'sharing.processorAdded',
    [aSharing()],
    [aSharing({ recipients: ['recipient:map-provider', 'recipient:cloud-host'] })],
  ],
  [
    'all processors where there was one',
    'sharing.processorAdded',
    [aSharing()],
    [aSharing({ recipients: ['processor'] })],
  ],
  [
    'a service added to a collection on contract',
    'collection.serviceAdded',
    [aCollection({ basis: 'contract', services: ['ticketing'] })],
    [aCollection({ basis: 'contract', services: ['ticketing', 'signing'] })],
  ],
  [
    'a service added to a use on contract',
    'use.serviceAdded',
    [aUse({ basis: 'contract', services: ['ticketing'] })],
    [aUse({ basis: 'contract' })],
  ],
  [
    'a service added to sharing on contract',
    'sharing.serviceAdded',
    [aSharing({ basis: 'contract', services: ['ticketing'] })],
    [aSharing({ basis: 'contract' })],
  ],
  ['required became optional', 'collection.becameOptional', [aCollection({ required: true })], [aCollection()]],
  [
    'a milder consequence',
    'collection.withheldConsequenceEased',
    [aCollection({ ifWithheld: 'noService' })],
    [aCollection({ ifWithheld: 'degraded' })],
  ],
  [
    'a source dropped',
    'collection.sourceRemoved',
    [aCollection({ sources: ['device', 'others'] })],
    [aCollection({ sources: ['device'] })],
  ],
  [
    'exact location became coarse',
    'collection.precisionReduced',
    [aCollection({ precision: 'exact' })],
    [aCollection({ precision: { h3: 7 } })],
  ],
  [
    'a whole address became truncated',
    'collection.precisionReduced',
    [aCollection({ categories: ['log.network'] })],
    [aCollection({ categories: ['log.network'], precision: 'truncated' })],
  ],
  [
    'an address at a cell became truncated',
    'use.precisionReduced',
    [aUse({ precision: { h3: 0 } })],
    [aUse({ precision: 'truncated' })],
  ],
  ['a coarser use', 'use.precisionReduced', [aUse()], [aUse({ precision: { h3: 7 } })]],
  ['a protection added', 'protection.added', [], [{ type: 'protection', measures: ['backup'] }]],
  ['children kept out', 'minors.ageRaised', [aMinors()], [aMinors({ requires: 'notAllowed' })]],
  ['the age of guardian consent raised', 'minors.ageRaised', [aMinors()], [aMinors({ under: 16 })]],
  ['lead days lengthened', 'change.leadLengthened', [aChange()], [aChange({ leadDays: 30 })]],
  ['a channel added', 'change.channelAdded', [aChange()], [aChange({ channels: ['inApp', 'email', 'sms'] })]],
  ['acceptance made explicit', 'change.acceptanceTightened', [aChange({ acceptance: 'continuedUse' })], [aChange()]],
  ['an exclusion removed', 'exclusion.removed', [{ type: 'exclusion', scope: 'thirdPartyServices' }], []],
  [
    'a minimum group raised',
    'crossServiceUse.minimumGroupRaised',
    [aCrossServiceUse()],
    [aCrossServiceUse({ minimumGroup: 50 })],
  ],
];

const editorial: Row[] = [
  ['the same period in months and years', 'terms.regrouped', keep({ period: 'P12M' }), keep({ period: 'P1Y' })],
  ['the same period in weeks and days', 'terms.regrouped', keep({ period: 'P2W' }), keep({ period: 'P14D' })],
  ['the same terms in another order', 'terms.regrouped', [aUse(), aRight()], [aRight(), aUse()]],
  [
    'the same atoms in two terms',
    'terms.regrouped',
    [aUse({ categories: ['log.search', 'log.browsing'] })],
    [aUse(), aUse({ categories: ['log.browsing'] })],
  ],
  [
    'a named processor where all were allowed',
    'terms.regrouped',
    [aSharing({ recipients: ['processor'] })],
    [aSharing({ recipients: ['processor', 'recipient:map-provider'] })],
  ],
  [
    'the country named that was meant',
    'terms.regrouped',
    [aSharing({ regions: undefined })],
    [aSharing({ regions: ['CN'] })],
  ],
  ['the law’s answer time written out', 'terms.regrouped', [aRight({ answerWithin: undefined })], [aRight()]],
];

describe('the materiality of a difference', () => {
  describe.each<[Materiality, Row[]]>([
    ['freshConsent', freshConsent],
    ['reductionOfRights', reductions],
    ['informational', informational],
    ['editorial', editorial],
  ])('%s', (materiality, rows) => {
    it.each(rows)('%s', (_, rule, before, after) => {
      const comparison = between(before, after);
      expect(comparison.differences.map((difference) => difference.rule)).toContain(rule);
      expect(comparison.materiality).toBe(materiality);
    });
  });

  it('counts a processor added in a part of the country as the same region', () => {
    expect(rulesOf([aSharing()], [aSharing({ regions: ['CN', 'CN-11'] })])).toEqual(['terms.regrouped']);
    expect(
      rulesOf(
        [aSharing({ regions: ['CN-11'] })],
        [aSharing({ recipients: ['recipient:map-provider', 'recipient:cloud-host'], regions: ['CN-11'] })],
      ),
    ).toEqual(['sharing.processorAdded']);
  });

  it('knows what is abroad from the profile', () => {
    const side = (regions: string[]) => ({ document: aPolicy({ terms: [aSharing({ regions })] }) });
    const registry = offlineRegistry(profiles['eu-gdpr']);
    expect(compare(side(['DE']), side(['DE', 'FR']), registry).differences[0]?.rule).toBe('sharing.regionAdded');
    expect(compare(side(['DE']), side(['DE', 'CN']), registry).differences[0]?.rule).toBe('sharing.regionAbroadAdded');
  });

  it('asks for fresh consent where a processor becomes a partner', () => {
    const before = aPolicy({ terms: [aSharing()] });
    const after = { ...before, recipients: [{ slug: 'map-provider', kind: 'partner' as const, region: 'CN' }] };
    const { differences } = compare({ document: before }, { document: after });
    expect(differences.map((difference) => difference.rule)).toEqual([
      'sharing.recipientAdded',
      'recipients.changed',
      'sharing.removed',
    ]);
  });

  it('does not also tell as removed, or as added, what something wider covers', () => {
    expect(rulesOf([aSharing()], [aSharing({ recipients: ['processor'] })])).toEqual(['sharing.processorAdded']);
    const backups = (categories?: string[]): Term => ({
      type: 'protection',
      measures: ['backup'],
      ...(categories && { categories }),
    });
    expect(rulesOf([backups(['log.search'])], [backups()])).toEqual(['protection.added']);
    expect(rulesOf([backups()], [backups(['log.search'])])).toEqual(['protection.removed']);
    const excluded = (slugs?: string[]): Term => ({
      type: 'exclusion',
      scope: 'thirdPartyServices',
      ...(slugs && { thirdPartyServices: slugs }),
    });
    expect(rulesOf([excluded()], [excluded(['blue-pass'])])).toEqual(['exclusion.removed']);
  });

  it('compares lead days as they are promised, though never fewer than the law’s minimum are given', () => {
    expect(rulesOf([aChange({ leadDays: 5 })], [aChange({ leadDays: 3 })])).toEqual(['change.leadShortened']);
    expect(between([aChange({ leadDays: 30 })], [aChange({ leadDays: 3 })]).differences[0]).toMatchObject({
      rule: 'change.leadShortened',
      before: 30,
      after: 3,
    });
  });

  it('takes a protection of everything to be one of each category', () => {
    const backups = (categories: string[]): Term => ({ type: 'protection', measures: ['backup'], categories });
    const everything = catalogue.categories.map((one) => one.code);
    expect(rulesOf([backups(['*'])], [backups(everything)])).toEqual(['terms.regrouped']);
    const [difference] = between([backups(['*'])], [backups(everything.slice(1))]).differences;
    expect(difference).toMatchObject({ rule: 'protection.removed', categories: everything.slice(0, 1) });
  });

  it('takes a right for all services to hold in each of them', () => {
    expect(rulesOf([aRight({ services: ['ticketing'] })], [aRight()])).toEqual(['right.added']);
    expect(rulesOf([aRight()], [aRight({ services: ['ticketing'] })])).toEqual(['right.removed']);
    expect(rulesOf([aRight()], [aRight(), aRight({ services: ['ticketing'] })])).toEqual(['terms.regrouped']);
    const slower = aRight({ services: ['ticketing'], answerWithin: { workingDays: 20 } });
    expect(between([aRight()], [aRight(), slower]).differences[0]).toMatchObject({
      rule: 'right.timeLengthened',
      services: ['ticketing'],
    });
  });

  it('tells each change once, of the collection and not again of the use it implies', () => {
    expect(
      rulesOf([aCollection()], [aCollection({ categories: ['log.search', 'log.browsing'], basis: 'separateConsent' })]),
    ).toEqual(['collection.categoryAdded', 'basis.strengthened']);
  });

  it('gathers codes that share a change into one difference, and says no more than they do', () => {
    const { differences } = between(
      [],
      [
        aUse({ categories: ['log.search', 'log.browsing'], purposes: ['personalisation', 'advertising.relevant'] }),
        aUse({ categories: ['log.cookie'], purposes: ['personalisation'] }),
      ],
    );
    expect(differences.map(({ categories, purposes }) => [categories, purposes])).toEqual([
      [
        ['log.browsing', 'log.search'],
        ['advertising.relevant', 'personalisation'],
      ],
      [['log.cookie'], ['personalisation']],
    ]);
  });

  it('names the services concerned, unless all are', () => {
    const terms = [aCollection({ services: ['ticketing'] })];
    expect(
      between(terms, [aCollection({ services: ['ticketing'], basis: 'separateConsent' })]).differences[0]?.services,
    ).toEqual(['ticketing']);
    expect(between([aCollection()], [aCollection({ basis: 'separateConsent' })]).differences[0]).not.toHaveProperty(
      'services',
    );
  });
});

describe('attributes that change hands between bases', () => {
  const fix = { categories: ['location.gps'] };
  const group = (basis: Basis, minimumGroup: number) => aCrossServiceUse({ basis, minimumGroup });

  it.each<Row>([
    [
      'a precision',
      'use.precisionIncreased',
      [aUse({ ...fix, basis: 'separateConsent' }), aUse({ ...fix, basis: 'legalObligation', precision: { h3: 5 } })],
      [aUse({ ...fix, basis: 'legalObligation' }), aUse({ ...fix, basis: 'separateConsent', precision: { h3: 5 } })],
    ],
    [
      'a precision, with one term for both',
      'use.precisionIncreased',
      [aUse({ ...fix, basis: 'separateConsent' }), aUse({ ...fix, basis: 'legalObligation', precision: { h3: 5 } })],
      [aUse({ ...fix, basis: 'legalObligation' })],
    ],
    [
      'a truncation',
      'collection.precisionIncreased',
      [
        aCollection({ categories: ['log.network'], basis: 'separateConsent' }),
        aCollection({ categories: ['log.network'], basis: 'contract', precision: 'truncated' }),
      ],
      [
        aCollection({ categories: ['log.network'], basis: 'separateConsent', precision: 'truncated' }),
        aCollection({ categories: ['log.network'], basis: 'contract' }),
      ],
    ],
    [
      'a minimum group',
      'crossServiceUse.minimumGroupLowered',
      [group('contract', 50), group('consent', 5)],
      [group('contract', 5), group('consent', 5)],
    ],
    [
      'sources',
      'collection.sourceAdded',
      [aCollection({ sources: ['device'] }), aCollection({ basis: 'contract', sources: ['others'] })],
      [aCollection({ sources: ['others'] }), aCollection({ basis: 'contract', sources: ['device'] })],
    ],
    [
      'how long consent lasts',
      'consentValidity.lengthened',
      [aUse({ validFor: 'P1M' }), aUse({ basis: 'separateConsent', validFor: 'P1Y' })],
      [aUse({ validFor: 'P1Y' }), aUse({ basis: 'separateConsent', validFor: 'P1M' })],
    ],
  ])('finds %s that did', (_, rule, before, after) => {
    const { differences, materiality } = between(before, after);
    expect(differences.map((difference) => difference.rule)).toContain(rule);
    expect(materiality).toBe(compareRules[rule].class);
  });

  it('asks for fresh consent to what became more exact under the weaker basis', () => {
    const precise = [aUse({ basis: 'separateConsent' }), aUse({ basis: 'contract', precision: { h3: 5 } })];
    const { freshAtoms } = between(precise, [aUse({ basis: 'contract' })]);
    expect(freshAtoms).toMatchObject([
      { topic: 'use|log.search|advertising.relevant||', fresh: [{ basis: 'contract', precision: 'exact', older: [] }] },
    ]);
  });

  it('tells a truncation in both languages', () => {
    const [difference] = between(
      [aUse({ categories: ['log.network'] })],
      [aUse({ categories: ['log.network'], precision: 'truncated' })],
    ).differences;
    expect(difference).toMatchObject({ before: 'exact', after: 'truncated' });
    expect(difference?.summary).toEqual({
      'zh-CN': '使用网络信息（IP 地址）的精度由精确降为截断。',
      en: 'The precision at which network details (IP address) is used is reduced from exact to truncated.',
    });
  });

  it('takes sources listed together to be the same as sources listed apart', () => {
    const apart = [
      aCollection({ sources: ['device'] }),
      aCollection({ sources: ['others'] }),
      aCollection({ basis: 'separateConsent' }),
    ];
    expect(
      rulesOf(apart, [aCollection({ sources: ['device', 'others'] }), aCollection({ basis: 'separateConsent' })]),
    ).toEqual(['terms.regrouped']);
  });

  it('calls no swap between two bases editorial, unless each later term was covered by an earlier one', () => {
    const strength: readonly Basis[] = ['legalObligation', 'contract', 'consent', 'separateConsent'];
    const attributes = fc.record({
      precision: fc.integer({ min: 0, max: 15 }),
      days: fc.integer({ min: 1, max: 40 }),
      sources: fc.subarray(['device', 'others', 'thirdParty'], { minLength: 1 }),
    });
    type Stated = { basis: Basis; has: { precision: number; days: number; sources: string[] } };
    const term = ({ basis, has }: Stated) =>
      aCollection({ basis, precision: { h3: has.precision }, validFor: `P${has.days}D`, sources: has.sources });
    const covers = (was: Stated, is: Stated) =>
      strength.indexOf(was.basis) <= strength.indexOf(is.basis) &&
      was.has.precision >= is.has.precision &&
      was.has.days >= is.has.days &&
      is.has.sources.every((one) => was.has.sources.includes(one));
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...strength], { minLength: 2, maxLength: 2 }),
        attributes,
        attributes,
        ([first, second], one, other) => {
          const before: Stated[] = [
            { basis: first!, has: one },
            { basis: second!, has: other },
          ];
          const after: Stated[] = [
            { basis: first!, has: other },
            { basis: second!, has: one },
          ];
          fc.pre(!after.every((is) => before.some((was) => covers(was, is))));
          expect(between(before.map(term), after.map(term)).materiality).not.toBe('editorial');
        },
      ),
    );
  });
});

describe('text and frame', () => {
  const [clause] = aPolicy().clauses;
  const localized = { 'zh-CN': '新', en: 'New' };

  it.each<[string, PolicyDocument, CompareRuleId[]]>([
    ['body', aPolicy({ clauses: [{ ...clause!, body: localized }] }), ['wording.changed']],
    ['heading', aPolicy({ clauses: [{ ...clause!, heading: localized }] }), ['heading.changed']],
    ['title', aPolicy({ title: localized }), ['title.changed']],
    ['contact', aPolicy({ contact: localized }), ['contact.changed']],
    ['kind of app', aPolicy({ appKind: 'utilities' }), ['appKind.changed']],
    ['glossary', aPolicy({ glossary: [{ term: localized, meaning: localized }] }), ['glossary.changed']],
    ['definitions', aPolicy({ definitions: [{ term: localized, meaning: localized }] }), ['glossary.changed']],
    ['recipients', aPolicy({ recipients: [] }), ['recipients.changed']],
    ['services', aPolicy({ services: ['ticketing', 'parking'] }), ['services.added', 'services.removed']],
    ['a new clause without terms', aPolicy({ clauses: [clause!, aClause('second', [])] }), ['clause.added']],
    ['a clause renamed', aPolicy({ clauses: [aClause('second', [])] }), ['clause.added', 'clause.removed']],
  ])('finds a change of %s', (_, document, rules) => {
    expect(texts(document)).toEqual(rules);
  });

  it('shows a clause that moved as moved, and only that one', () => {
    const order = (...ids: string[]) => ({ document: aPolicy({ clauses: ids.map((id) => aClause(id, [])) }) });
    const { clauses, differences, materiality } = compare(order('a', 'b', 'c', 'd'), order('a', 'd', 'b', 'c'));
    expect(clauses.map(({ id, state, number, numberBefore }) => [id, state, number, numberBefore])).toEqual([
      ['a', 'same', 1, 1],
      ['d', 'moved', 2, 4],
      ['b', 'same', 3, 2],
      ['c', 'same', 4, 3],
    ]);
    expect(differences.map((difference) => difference.rule)).toEqual(['clause.moved']);
    expect(materiality).toBe('editorial');
  });

  it('lists removed clauses where they stood', () => {
    const order = (...ids: string[]) => ({ document: aPolicy({ clauses: ids.map((id) => aClause(id, [])) }) });
    const { clauses } = compare(order('a', 'b', 'c'), order('c', 'e'));
    expect(clauses.map(({ id, state }) => [id, state])).toEqual([
      ['a', 'removed'],
      ['b', 'removed'],
      ['c', 'same'],
      ['e', 'new'],
    ]);
  });

  it('counts every change in the words of an agreement as a reduction of rights, but not of its spaces', () => {
    const agreement = (body: string, more: PolicyDocument['clauses'] = []) => ({
      document: aPolicy({
        kind: 'agreement',
        clauses: [{ ...clause!, body: { 'zh-CN': '费用 1.5 元', en: body } }, ...more],
      }),
    });
    expect(compare(agreement('The fee is 1.5'), agreement('The fee is 15')).differences[0]).toMatchObject({
      rule: 'agreement.clauseChanged',
      class: 'reductionOfRights',
    });
    expect(compare(agreement('The fee is 1.5'), agreement('The fee  is\n1.5')).materiality).toBe('editorial');
    expect(compare(agreement('a'), agreement('a', [aClause('b', [])])).differences[0]?.rule).toBe(
      'agreement.clauseAdded',
    );
    expect(compare(agreement('a', [aClause('b', [])]), agreement('a')).differences[0]?.rule).toBe(
      'agreement.clauseRemoved',
    );
  });
});

describe('first revisions and service policies', () => {
  it('takes a first revision to be informational', () => {
    const { materiality, differences, clauses } = compare(null, {
      document: aPolicy({ terms: [aCollection(), aRetention()] }),
    });
    expect(materiality).toBe('informational');
    expect(differences[0]).toMatchObject({ rule: 'revision.first', clauseId: null });
    expect(clauses.map((clause) => clause.state)).toEqual(['new']);
  });

  it('compares a new service policy with what it overrides', () => {
    const general = aPolicy({ terms: [aCollection(), aRetention()] });
    const first = (terms: Term[]) => compare(null, { document: aServicePolicy(terms), others: [general] });
    expect(first([aCollection()]).materiality).toBe('informational');
    expect(first([aCollection({ basis: 'contract' })]).differences[0]).toMatchObject({
      rule: 'basis.weakened',
      services: ['ticketing'],
    });
    expect(first([aCollection({ categories: ['log.browsing'] })]).differences[0]).toMatchObject({
      rule: 'collection.categoryAdded',
      services: ['ticketing'],
    });
    expect(first([aRetention({ period: 'P1Y' })]).differences[0]).toMatchObject({
      rule: 'retention.lengthened',
      services: ['ticketing'],
    });
  });

  it('compares a second general policy with the whole rulebook in force', () => {
    const [general, ticketing] = [aPolicy({ terms: [aUse()] }), aServicePolicy([aUse({ categories: ['log.cookie'] })])];
    const further = (terms: Term[]) =>
      compare(null, { document: aPolicy({ policy: 'other', terms }), others: [general, ticketing] });
    expect(further([aUse()]).materiality).toBe('informational');
    expect(further([aUse()]).freshAtoms).toMatchObject([
      { fresh: [], vouched: [{ policy: 'other', by: [{ policy: 'privacy' }] }] },
    ]);
    expect(further([aUse({ purposes: ['personalisation'] })]).differences[0]).toMatchObject({
      rule: 'use.categoryAdded',
      class: 'freshConsent',
    });
    expect(further([aSharing({ regions: ['SG'] })]).differences[0]).toMatchObject({
      rule: 'sharing.categoryAdded',
      class: 'freshConsent',
      regions: ['SG'],
    });
    expect(further([aUse({ basis: 'contract' })]).differences[0]).toMatchObject({
      rule: 'basis.weakened',
      class: 'freshConsent',
    });
    expect(further([aUse({ categories: ['log.cookie'] })]).materiality).toBe('freshConsent');
  });

  it('takes the first policy after an agreement to be a further text', () => {
    const agreement = aPolicy({ policy: 'user-agreement', kind: 'agreement' });
    expect(
      compare(null, { document: aPolicy({ terms: [aUse({ basis: 'contract' })] }), others: [agreement] }).materiality,
    ).toBe('freshConsent');
    expect(compare(null, { document: agreement, others: [aPolicy({ terms: [aUse()] })] }).materiality).toBe(
      'informational',
    );
  });

  it('takes what another policy in force allows already for known, and what goes further for new', () => {
    const other = aPolicy({ policy: 'other', terms: [aUse({ categories: ['log.search', 'log.browsing'] })] });
    const revised = (after: Term[]) =>
      compare(
        { document: aPolicy({ terms: [aUse()] }), others: [other] },
        { document: aPolicy({ terms: after }), others: [other] },
      );
    expect(revised([aUse(), aUse({ categories: ['log.browsing'] })])).toMatchObject({
      materiality: 'editorial',
      freshAtoms: [{ fresh: [], vouched: [{ policy: 'privacy', by: [{ policy: 'other' }] }] }],
    });
    expect(revised([aUse(), aUse({ categories: ['log.browsing'], basis: 'legalObligation' })]).materiality).toBe(
      'freshConsent',
    );
  });

  it('hides no change of a general policy behind another general policy', () => {
    const other = aPolicy({ policy: 'other', terms: [aCollection(), aRetention({ period: 'P1M' })] });
    const side = (period: string) => ({
      document: aPolicy({ terms: [aCollection(), aRetention({ period })] }),
      others: [other],
    });
    expect(compare(side('P6M'), side('P1Y')).differences[0]).toMatchObject({
      rule: 'retention.lengthened',
      class: 'reductionOfRights',
    });
  });

  it('takes nothing for known to a general policy that only a service policy says', () => {
    const ticketing = aServicePolicy([aCollection({ categories: ['log.cookie'], basis: 'contract' })]);
    const side = (terms: Term[]) => ({ document: aPolicy({ terms }), others: [ticketing] });
    const { differences } = compare(
      side([aUse()]),
      side([aUse(), aCollection({ categories: ['log.cookie'], basis: 'contract' })]),
    );
    expect(differences.map(({ rule }) => rule)).toEqual(['collection.categoryAdded']);
  });

  it('takes what the general policy says for known to a service policy, but not what another service policy says', () => {
    const general = aPolicy({ terms: [aCollection({ basis: 'contract', services: ['signing'] })] });
    const signing = aServicePolicy([aCollection({ categories: ['log.cookie'], basis: 'contract' })], 'signing');
    const side = (terms: Term[]) => ({ document: aServicePolicy(terms), others: [general, signing] });
    const rules = (category: string) =>
      compare(side([]), side([aCollection({ categories: [category], basis: 'contract' })])).differences.map(
        ({ rule }) => rule,
      );
    expect(rules('log.search')).toEqual(['collection.serviceAdded']);
    expect(rules('log.cookie')).toEqual(['collection.categoryAdded']);
  });

  it('compares what a service policy says of rights and changes with the general policy beneath it', () => {
    const general = aPolicy({ terms: [aRight(), aChange()] });
    const revised = (before: Term[], after: Term[]) =>
      compare(
        { document: aServicePolicy(before), others: [general] },
        { document: aServicePolicy(after), others: [general] },
      ).differences.map(({ rule }) => rule);
    expect(revised([], [aRight({ answerWithin: { workingDays: 5 } })])).toEqual(['right.timeShortened']);
    expect(revised([aRight()], [])).toEqual(['terms.regrouped']);
    expect(revised([], [aChange({ leadDays: 10 })])).toEqual(['change.leadLengthened']);
  });

  it('does not tell of a general term in a service whose own policy decides', () => {
    const service = aServicePolicy([aUse()]);
    const side = (basis: 'consent' | 'contract') => ({
      document: aPolicy({ terms: [aUse({ basis, services: ['ticketing'] })] }),
      others: [service],
    });
    expect(compare(side('consent'), side('contract')).materiality).toBe('editorial');
  });
});

describe('fresh consent', () => {
  it('marks the atoms that changed, the use that a collection implies among them', () => {
    const marks = freshMarks(between([aCollection()], [aCollection({ basis: 'contract' })]), {
      policy: 'privacy',
      revision: 2,
      effectiveAt: null,
    });
    expect(marks).toMatchObject([
      {
        topic: 'collect|log.search|product.improvement||',
        revision: 2,
        fresh: [{ basis: 'contract', isWeakenedFromConsent: true, services: [null, 'ticketing', 'signing'] }],
        kept: [],
      },
      {
        topic: 'use|log.search|product.improvement||',
        revision: 2,
        fresh: [{ basis: 'contract', isWeakenedFromConsent: true }],
        kept: [],
      },
    ]);
  });

  it('leaves the words that carried what was said before, as far as they carried it', () => {
    const softened = between([aUse({ basis: 'separateConsent', validFor: 'P30D' })], [aUse({ validFor: 'P1M' })]);
    expect(softened.materiality).toBe('reductionOfRights');
    expect(softened.freshAtoms).toMatchObject([
      { fresh: [{ basis: 'consent', older: [{ basis: 'separateConsent', validFor: 'P30D' }] }], kept: [] },
    ]);
  });

  it('keeps what stays as it was, of the same topic, apart from what is new', () => {
    const { freshAtoms } = between([aUse()], [aUse(), aUse({ basis: 'legalObligation', services: ['signing'] })]);
    expect(freshAtoms).toMatchObject([
      {
        fresh: [{ basis: 'legalObligation', services: ['signing'] }],
        kept: [{ basis: 'consent', services: [null, 'ticketing', 'signing'] }],
      },
    ]);
  });

  it('marks nothing for what is removed or eased', () => {
    const { freshAtoms } = between([aCollection(), aUse()], [aCollection({ basis: 'separateConsent' })]);
    expect(freshAtoms.filter((one) => !('topic' in one) || one.fresh.length > 0)).toEqual([]);
  });
});

describe('for any two policies', () => {
  const self = (document: PolicyDocument) => ({ document });
  const permitting = aPolicyWith(permittingTerm);

  it('finds no difference between a policy and itself', () => {
    fc.assert(
      fc.property(anyPolicy, (document) => {
        const { differences, materiality, clauses } = compare(self(document), self(document));
        expect(differences).toEqual([]);
        expect(materiality).toBe('editorial');
        expect(clauses.every((clause) => clause.state === 'same')).toBe(true);
      }),
    );
  });

  it('finds some difference between two that are not the same', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(compare(self(a), self(b)).differences.length).toBeGreaterThan(0);
      }),
    );
  });

  it('takes moving terms between clauses, and clauses themselves, to be editorial', () => {
    fc.assert(
      fc.property(permitting, fc.nat(), (document, turn) => {
        const terms = document.clauses.flatMap((clause) => clause.terms);
        const turned = [...terms.slice(turn % (terms.length || 1)), ...terms.slice(0, turn % (terms.length || 1))];
        const [first, ...rest] = [...document.clauses].reverse();
        const moved = {
          ...document,
          clauses: [{ ...first!, terms: turned }, ...rest.map((clause) => ({ ...clause, terms: [] }))],
        };
        expect(compare(self(document), self(moved)).materiality).toBe('editorial');
      }),
    );
  });

  it('takes one term per category to be the same as one term for all', () => {
    fc.assert(
      fc.property(permitting, (document) => {
        const split = (term: Term): Term[] =>
          'categories' in term
            ? (term.categories ?? []).map((category) => ({ ...term, categories: [category] }) as Term)
            : [term];
        const regrouped = {
          ...document,
          clauses: document.clauses.map((clause) => ({ ...clause, terms: clause.terms.flatMap(split) })),
        };
        expect(compare(self(document), self(regrouped)).materiality).toBe('editorial');
      }),
    );
  });

  it('never asks for fresh consent when a permitting term is removed', () => {
    fc.assert(
      fc.property(permitting, fc.nat(), (document, pick) => {
        const terms = document.clauses.flatMap((clause) => clause.terms);
        fc.pre(terms.length > 0);
        const removed = terms[pick % terms.length];
        const fewer = {
          ...document,
          clauses: document.clauses.map((clause) => ({
            ...clause,
            terms: clause.terms.filter((term) => term !== removed),
          })),
        };
        const { materiality, freshAtoms } = compare(self(document), self(fewer));
        expect(materiality).not.toBe('freshConsent');
        expect(freshAtoms).toEqual([]);
      }),
    );
  });

  it('never calls a shorter retention a reduction of rights', () => {
    const period = fc.constantFrom('P30D', 'P6M', 'P180D', 'P1Y', 'P2W', 'P18M', 'PT72H', 'P184D');
    const span = (text: string) => longestSpanInDays(parseDuration(text)!);
    fc.assert(
      fc.property(period, period, (one, other) => {
        const [longer, shorter] = span(one) >= span(other) ? [one, other] : [other, one];
        expect(atLeast('informational', between(keep({ period: longer }), keep({ period: shorter })).materiality)).toBe(
          true,
        );
        const back = between(keep({ period: shorter }), keep({ period: longer })).materiality;
        expect(back).toBe(span(longer) === span(shorter) ? 'editorial' : 'reductionOfRights');
      }),
    );
  });

  it('never lowers the materiality when a further difference comes on top', () => {
    const classes = fc.array(fc.constantFrom(...materialities));
    fc.assert(fc.property(classes, classes, (some, more) => atLeast(highest([...some, ...more]), highest(some))));
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (a, b) => {
        const further = {
          ...b,
          clauses: [
            ...b.clauses,
            aClause('zz-further', [aCollection({ categories: ['special.religion'], basis: 'separateConsent' })]),
          ],
        };
        expect(atLeast(compare(self(a), self(further)).materiality, compare(self(a), self(b)).materiality)).toBe(true);
      }),
    );
  });

  it('is as material as its heaviest difference, lists that one first, and gives each its own id', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (a, b) => {
        const { differences, materiality } = compare(self(a), self(b));
        fc.pre(differences.length > 0);
        expect(differences[0]?.class).toBe(materiality);
        expect(new Set(differences.map((difference) => difference.id)).size).toBe(differences.length);
      }),
    );
  });

  it('tells every difference in both languages without a gap', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (a, b) => {
        for (const { summary, rule, article } of compare(self(a), self(b)).differences) {
          expect(article).toBe(compareRules[rule].article);
          if (/^(?:heading|wording|clause|terms|glossary)\./.test(rule)) continue;
          for (const text of [summary.en, summary['zh-CN']]) expect(text).not.toMatch(/[{}]|undefined|\(\)|（）/);
        }
      }),
      { numRuns: 50 },
    );
  });
});
