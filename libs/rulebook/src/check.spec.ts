import fc from 'fast-check';
import { catalogue } from './catalogue.js';
import { checkPolicy, validatePolicy, validatePolicyValue } from './check.js';
import { compile } from './compile.js';
import type { PolicyDocument } from './document.js';
import { formatPolicy } from './format.js';
import { asPublished } from './problems.js';
import { profiles } from './profiles.js';
import type { RulebookRegistry } from './registry.js';
import type { Term } from './terms.js';
import { anyPolicy } from './testing/arbitraries.js';
import {
  aChange,
  aClause,
  aCollection,
  aCrossServiceUse,
  aGuide,
  aMinors,
  aPolicy,
  aRegistry,
  aRetention,
  aRight,
  aServicePolicy,
  aSharing,
  aUse,
} from './testing/builders.js';

function found(document: PolicyDocument, registry: RulebookRegistry = aRegistry()): string[] {
  return checkPolicy(document, registry).map(({ path, code, severity }) => `${severity} ${path} ${code}`);
}

const term = 'clauses[0].terms[0]';

describe('checking a policy', () => {
  it('finds nothing wrong with a policy that promises how long it keeps what it collects', () => {
    expect(found(aPolicy({ terms: [aCollection(), aRetention()] }))).toEqual([]);
  });

  it('finds nothing wrong with a guide for children that promises them more', () => {
    const promising = [aRight({ answerWithin: { workingDays: 5 } }), aMinors(), aChange({ acceptance: 'none' })];
    expect(found(aGuide(promising))).toEqual([]);
  });

  it('asks how long something is kept only where it leaves the device', () => {
    expect(found(aPolicy({ terms: [aCollection({ storage: 'onDevice' })] }))).toEqual([]);
    const beside = aCollection({ purposes: ['personalisation'] });
    expect(found(aPolicy({ terms: [aCollection({ storage: 'onDevice' }), beside] }))).toEqual([
      'error clauses[0].terms[1].categories[0] policy.retentionMissing',
    ]);
  });

  it.each<[string, PolicyDocument, string]>([
    [
      'an unknown category',
      aPolicy({ terms: [aUse({ categories: ['log.search', 'log.dreams'] })] }),
      `error ${term}.categories[1] policy.unknownCategory`,
    ],
    [
      'an unknown purpose',
      aPolicy({ terms: [aUse({ purposes: ['world.domination'] })] }),
      `error ${term}.purposes[0] policy.unknownPurpose`,
    ],
    [
      'an unknown service',
      aPolicy({ terms: [aUse({ services: ['parking'] })] }),
      `error ${term}.services[0] policy.unknownService`,
    ],
    [
      'an unknown service to use data in',
      aPolicy({ terms: [aCrossServiceUse({ to: ['parking'] })] }),
      `error ${term}.to[0] policy.unknownService`,
    ],
    [
      'a service policy for another service',
      aServicePolicy([aUse({ services: ['signing'] })]),
      `error ${term}.services[0] policy.foreignService`,
    ],
    [
      'a service policy about what another service does',
      aServicePolicy([aCrossServiceUse({ from: ['ticketing'], to: ['signing'] })]),
      `error ${term}.to[0] policy.foreignService`,
    ],
    ['a service policy without its service', aPolicy({ kind: 'service' }), 'error service policy.serviceMissing'],
    ['a general policy with a service', aPolicy({ service: 'ticketing' }), 'error service policy.serviceNotAllowed'],
    ['a general policy without contact', aPolicy({ contact: undefined }), 'warning contact policy.contactMissing'],
    [
      'a clause id used twice',
      aPolicy({ clauses: [aClause('a', []), aClause('a', [])] }),
      'error clauses[1].id policy.duplicateClause',
    ],
    [
      'a category listed twice',
      aPolicy({ terms: [aUse({ categories: ['log.search', 'log.search'] })] }),
      `warning ${term}.categories[1] policy.duplicateCode`,
    ],
    [
      'an open-ended purpose',
      aPolicy({ terms: [aUse({ purposes: ['other'] })] }),
      `warning ${term}.purposes[0] policy.openEndedPurpose`,
    ],
    [
      'every purpose',
      aPolicy({ terms: [aUse({ purposes: ['*'] })] }),
      `warning ${term}.purposes[0] policy.openEndedPurpose`,
    ],
    [
      'a category collected without a retention promise',
      aPolicy({ terms: [aCollection()] }),
      `error ${term}.categories[0] policy.retentionMissing`,
    ],
    [
      'a retention promise for another service only',
      aPolicy({ terms: [aCollection({ services: ['signing'] }), aRetention({ services: ['ticketing'] })] }),
      `error ${term}.categories[0] policy.retentionMissing`,
    ],
    [
      'two retention promises that contradict',
      aPolicy({ terms: [aRetention(), aRetention({ period: 'P1Y' })] }),
      'error clauses[0].terms[1].categories[0] policy.retentionContradicts',
    ],
    [
      'the same retention promised twice',
      aPolicy({ terms: [aRetention(), aRetention()] }),
      'error clauses[0].terms[1].categories[0] policy.retentionDuplicated',
    ],
    [
      'two retentions of everything',
      aPolicy({
        terms: [aRetention({ categories: ['*'], period: 'P1Y' }), aRetention({ categories: ['*'], period: 'P2Y' })],
      }),
      'error clauses[0].terms[1].categories[0] policy.retentionContradicts',
    ],
    [
      'a retention shorter than its own minimum',
      aPolicy({ terms: [aRetention({ period: 'P30D', minimum: { period: 'P6M', ground: 'a law' } })] }),
      `error ${term}.period policy.retentionBelowMinimum`,
    ],
    [
      'network logs kept shorter than the law says',
      aPolicy({ terms: [aRetention({ categories: ['log.network'], period: 'P5M' })] }),
      `error ${term}.period policy.retentionBelowMinimum`,
    ],
    [
      'a sensitive category on consent',
      aPolicy({ terms: [aUse({ categories: ['location.gps'] })] }),
      `error ${term}.categories[0] policy.separateConsentRequired`,
    ],
    [
      'a sensitive category on its being public',
      aPolicy({ terms: [aUse({ categories: ['location.gps'], basis: 'publicised' })] }),
      `error ${term}.categories[0] policy.separateConsentRequired`,
    ],
    [
      'an interest of ours where the law knows none',
      aPolicy({ terms: [aUse({ basis: 'legitimateInterest' })] }),
      `error ${term}.basis policy.basisUnknownToLaw`,
    ],
    [
      'a right of who lives nowhere',
      aPolicy({ terms: [aRight({ regions: ['ZZ'] })] }),
      `error ${term}.regions[0] policy.unknownRegion`,
    ],
    [
      'more than the law lists for an app of its kind, as a condition',
      aPolicy({
        appKind: 'performanceTickets',
        terms: [aCollection({ basis: 'contract', required: true }), aRetention()],
      }),
      `error ${term}.categories[0] policy.beyondNecessary`,
    ],
    ['a guide that does not say for whom it is', aPolicy({ kind: 'guide' }), 'error audience policy.audienceMissing'],
    ['an audience of a policy', aPolicy({ audience: 'children' }), 'error audience policy.audienceNotAllowed'],
    ['a guide that permits something', aGuide([aUse({ basis: 'contract' })]), `error ${term} policy.termInGuide`],
    ['a guide that says how long something is kept', aGuide([aRetention()]), `error ${term} policy.termInGuide`],
    [
      'a guide that has to be accepted',
      aGuide([aChange({ acceptance: 'continuedUse' })]),
      `error ${term}.acceptance policy.guideAccepted`,
    ],
    [
      'a choice of channels with one that is promised in any case',
      aPolicy({ terms: [aChange({ channels: ['email', { anyOf: ['sms', 'email'] }] })] }),
      `warning ${term}.notice.channels[1] policy.channelInAnyCase`,
    ],
    [
      'a contract in a text that nobody accepts',
      aPolicy({ terms: [aUse({ basis: 'contract' }), aChange({ acceptance: 'none' })] }),
      'warning clauses[0].terms[1].acceptance policy.contractWithoutAcceptance',
    ],
    [
      'an agreement that nobody accepts',
      aPolicy({ kind: 'agreement', terms: [aChange({ acceptance: 'none' })] }),
      `error ${term}.acceptance policy.agreementWithoutAcceptance`,
    ],
    [
      'everything on contract',
      aPolicy({ terms: [aUse({ categories: ['*'], basis: 'contract' })] }),
      `error ${term}.categories[0] policy.separateConsentRequired`,
    ],
    [
      'sharing with a partner on consent',
      aPolicy({ terms: [aSharing({ recipients: ['partner'] })] }),
      `warning ${term}.basis policy.separateConsentAdvised`,
    ],
    [
      'sharing abroad on consent',
      aPolicy({ terms: [aSharing({ regions: ['SG'] })] }),
      `warning ${term}.basis policy.separateConsentAdvised`,
    ],
    [
      'stored data across services on contract',
      aPolicy({ terms: [aCrossServiceUse({ data: 'stored', basis: 'contract' })] }),
      `error ${term}.basis policy.optInRequired`,
    ],
    [
      'aggregation without a minimum group',
      aPolicy({ terms: [aCrossServiceUse({ minimumGroup: undefined })] }),
      `error ${term} policy.minimumGroupMissing`,
    ],
    [
      'required data without a consequence',
      aPolicy({ terms: [aCollection({ required: true, basis: 'contract' }), aRetention()] }),
      `warning ${term} policy.withheldConsequenceMissing`,
    ],
    [
      'optional data without which there is no registration',
      aPolicy({ terms: [aCollection({ required: false, ifWithheld: 'noRegistration' }), aRetention()] }),
      `warning ${term}.ifWithheld policy.optionalKeepsOut`,
    ],
    [
      'data not said to be required without which there is no service',
      aPolicy({ terms: [aCollection({ ifWithheld: 'noService' }), aRetention()] }),
      `warning ${term}.ifWithheld policy.optionalKeepsOut`,
    ],
    [
      'required data on consent',
      aPolicy({ terms: [aCollection({ required: true, ifWithheld: 'noService' }), aRetention()] }),
      `warning ${term}.required policy.requiredOnConsent`,
    ],
    [
      'an unusual source',
      aPolicy({ terms: [aCollection({ sources: ['crystalBall'] }), aRetention()] }),
      `warning ${term}.sources[0] policy.unknownSource`,
    ],
    [
      'an unusual measure',
      aPolicy({ terms: [{ type: 'protection', measures: ['moat'] }] }),
      `warning ${term}.measures[0] policy.unknownMeasure`,
    ],
    [
      'a cell of what is no place',
      aPolicy({ terms: [aUse({ categories: ['log.network'], precision: { h3: 7 } })] }),
      `warning ${term}.precision policy.cellForNoPlace`,
    ],
    [
      'a cell of everything',
      aPolicy({ terms: [aUse({ categories: ['*'], precision: { h3: 7 } })] }),
      `warning ${term}.precision policy.cellForNoPlace`,
    ],
    [
      'a truncation of what cannot be truncated',
      aPolicy({ terms: [aUse({ categories: ['log.network', 'log.search'], precision: 'truncated' })] }),
      `error ${term}.precision policy.truncationImpossible`,
    ],
    [
      'a truncated place',
      aPolicy({ terms: [aUse({ categories: ['location.gps'], precision: 'truncated' })] }),
      `error ${term}.precision policy.truncationImpossible`,
    ],
    [
      'a truncation of everything',
      aPolicy({ terms: [aUse({ categories: ['*'], precision: 'truncated' })] }),
      `error ${term}.precision policy.truncationImpossible`,
    ],
    [
      'an answer slower than the law',
      aPolicy({ terms: [aRight({ answerWithin: { months: 2 } })] }),
      `warning ${term}.answerWithin policy.answerTooSlow`,
    ],
    [
      'a right with two answer times',
      aPolicy({ terms: [aRight(), aRight({ answerWithin: { workingDays: 5 } })] }),
      'error clauses[0].terms[1].rights[0] policy.rightContradicts',
    ],
    [
      'a guardian age below the law',
      aPolicy({ terms: [aMinors({ under: 12 })] }),
      `warning ${term}.under policy.minorsAgeTooLow`,
    ],
    [
      'a lead below the minimum',
      aPolicy({ terms: [aChange({ leadDays: 3 })] }),
      `warning ${term}.notice.leadDays policy.leadTooShort`,
    ],
    ['two change terms', aPolicy({ terms: [aChange(), aChange()] }), 'error clauses[0].terms[1] policy.changeRepeated'],
    [
      'a title that reads otherwise than it is kept',
      aPolicy({ title: { 'zh-CN': '政策', en: 'Keep \u202e41\u202c' } }),
      'error title.en policy.hiddenCharacter',
    ],
    [
      'a clause with a character that nobody sees',
      aPolicy({ clauses: [{ ...aClause('a', []), body: { 'zh-CN': '保\u200b存', en: 'Kept.' } }] }),
      'error clauses[0].body.zh-CN policy.hiddenCharacter',
    ],
    [
      'a heading with tags',
      aPolicy({ clauses: [{ ...aClause('a', []), heading: { 'zh-CN': '保存\u{e0031}', en: 'Kept' } }] }),
      'error clauses[0].heading.zh-CN policy.hiddenCharacter',
    ],
    [
      'a recipient whose name is turned round',
      aPolicy({ recipients: [{ slug: 'maps', kind: 'processor', name: 'Maps\u2067', region: 'CN' }] }),
      'error recipients[0].name policy.hiddenCharacter',
    ],
    [
      'a clause longer than can be compared',
      aPolicy({ clauses: [{ ...aClause('a', []), body: { 'zh-CN': '字'.repeat(20_001), en: 'Long.' } }] }),
      'error clauses[0].body.zh-CN policy.clauseTooLong',
    ],
    [
      'terms that expand beyond what can be compared',
      aPolicy({
        terms: Array.from({ length: 100 }, () =>
          aUse({ categories: ['*'], purposes: catalogue.purposes.map(({ code }) => code), basis: 'separateConsent' }),
        ),
      }),
      'error clauses policy.tooManyStatements',
    ],
    [
      'a permission in an agreement',
      aPolicy({ kind: 'agreement', terms: [aUse()] }),
      `error ${term} policy.termInAgreement`,
    ],
  ])('reports %s', (_, document, expected) => {
    expect(found(document)).toContain(expected);
  });

  it.each<[string, Term]>([
    ['an address that is truncated', aUse({ categories: ['log.network'], precision: 'truncated' })],
    [
      'content metadata that is truncated',
      aUse({ categories: ['content.metadata'], basis: 'separateConsent', precision: 'truncated' }),
    ],
    [
      'a place at a cell',
      aUse({ categories: ['location.gps', 'location.wifi'], basis: 'separateConsent', precision: { h3: 7 } }),
    ],
    ['anything kept exactly', aUse({ precision: 'exact' })],
  ])('finds nothing wrong with %s', (_, given) => {
    expect(found(aPolicy({ terms: [given] }))).toEqual([]);
  });

  it('tells people names and lengths of time, not codes', () => {
    const slow = aPolicy({ terms: [aRight({ answerWithin: { months: 2 } })] });
    const [{ message: answer } = { message: null }] = checkPolicy(slow, aRegistry());
    expect(answer).toEqual({
      'zh-CN': '答复期限长于法定期限 15 个工作日。',
      en: 'The answer time is longer than the legal limit of 15 working days.',
    });
    const unkept = checkPolicy(aPolicy({ terms: [aCollection({ categories: ['log.search'] })] }), aRegistry());
    expect(unkept.find(({ code }) => code === 'policy.retentionMissing')?.message['zh-CN']).toMatch(/搜索记录/);
  });

  it('says once for each category that a precision does not fit it', () => {
    const document = aPolicy({
      terms: [aUse({ categories: ['log.network', 'log.search', 'log.cookie'], precision: 'truncated' })],
    });
    expect(checkPolicy(document, aRegistry()).map(({ message }) => message.en)).toEqual([
      'Only network details (IP address) and when and where a photo or recording was made can be truncated; "search history" cannot.',
      'Only network details (IP address) and when and where a photo or recording was made can be truncated; "cookies" cannot.',
    ]);
  });

  it('lets each service have a retention promise of its own beside the general one', () => {
    const terms = [
      aCollection(),
      aRetention(),
      aRetention({ services: ['ticketing'], period: 'P30D' }),
      aRetention({ services: ['signing'], period: 'P1Y' }),
    ];
    expect(found(aPolicy({ terms }))).toEqual([]);
    expect(found(aPolicy({ terms: [...terms, aRetention({ services: ['signing'], period: 'P2Y' })] }))).toEqual([
      'error clauses[0].terms[4].categories[0] policy.retentionContradicts',
    ]);
  });

  const forBoth = ['product.improvement', 'personalisation'];

  it('lets each purpose have a retention promise of its own beside that of every purpose', () => {
    const terms = [
      aCollection({ purposes: forBoth }),
      aRetention(),
      aRetention({ purposes: ['personalisation'], period: 'P30D' }),
    ];
    expect(found(aPolicy({ terms }))).toEqual([]);
    const further = (purposes: string[], period: string) =>
      found(aPolicy({ terms: [...terms, aRetention({ purposes, period })] }));
    expect(further(['product.improvement'], 'P1Y')).toEqual([]);
    expect(further(forBoth, 'P1Y')).toEqual(['error clauses[0].terms[3].categories[0] policy.retentionContradicts']);
    expect(further(forBoth, 'P30D')).toEqual(['error clauses[0].terms[3].categories[0] policy.retentionDuplicated']);
    expect(further(['*'], 'P6M')).toEqual(['error clauses[0].terms[3].categories[0] policy.retentionDuplicated']);
  });

  it('misses a promise for each purpose that something is collected for, but for open-ended ones', () => {
    const terms = [
      aCollection({ purposes: [...forBoth, 'other'] }),
      aCollection({ services: ['signing'] }),
      aRetention({ purposes: ['personalisation'] }),
      aRetention({ purposes: ['product.improvement'], services: ['signing'] }),
    ];
    expect(found(aPolicy({ terms }))).toEqual([
      'warning clauses[0].terms[0].purposes[2] policy.openEndedPurpose',
      'error clauses[0].terms[0].purposes[0] policy.retentionPurposeMissing',
    ]);
  });

  it('warns of a promise for a purpose that nothing of it is collected for', () => {
    const terms = [aCollection(), aRetention({ purposes: ['product.improvement', 'personalisation'] })];
    expect(found(aPolicy({ terms }))).toEqual([
      'warning clauses[0].terms[1].purposes[1] policy.retentionPurposeUnused',
    ]);
    expect(found(aServicePolicy([aRetention({ purposes: ['personalisation'] })]))).toEqual([]);
    expect(found(aPolicy({ terms: [...terms.slice(0, 1), aRetention({ purposes: ['world.domination'] })] }))).toEqual([
      'error clauses[0].terms[1].purposes[0] policy.unknownPurpose',
      'error clauses[0].terms[0].purposes[0] policy.retentionPurposeMissing',
    ]);
  });

  it('asks the law’s minimum of every purpose', () => {
    const logs = (given: Parameters<typeof aRetention>[0]) => aRetention({ categories: ['log.network'], ...given });
    const collected = aCollection({ categories: ['log.network'], purposes: forBoth });
    const short = { purposes: ['personalisation'], period: 'P30D' };
    expect(found(aPolicy({ terms: [collected, logs({}), logs(short)] }))).toEqual([
      'error clauses[0].terms[2].period policy.retentionBelowMinimum',
    ]);
    const all = aRetention({ ...short, categories: ['*'] });
    const named = aRetention({
      categories: ['log.network', 'log.device', 'client.signIn'],
      purposes: ['personalisation'],
    });
    expect(found(aPolicy({ terms: [collected, logs({}), all] }))).toEqual([
      'error clauses[0].terms[2].period policy.retentionBelowMinimum',
    ]);
    expect(found(aPolicy({ terms: [collected, logs({}), all, named] }))).toEqual([]);
  });

  it('asks the law’s minimum of what is kept until the session ends', () => {
    const untilEnd = (given: Parameters<typeof aRetention>[0]) => aRetention({ until: 'sessionEnd', ...given });
    expect(found(aPolicy({ terms: [aCollection(), untilEnd({})] }))).toEqual([]);
    expect(found(aPolicy({ terms: [untilEnd({ categories: ['log.network'] })] }))).toEqual([
      `error ${term}.until policy.retentionBelowMinimum`,
    ]);
    expect(found(aPolicy({ terms: [untilEnd({ minimum: { period: 'P6M', ground: 'a law' } })] }))).toEqual([
      `error ${term}.until policy.retentionBelowMinimum`,
    ]);
    expect(found(aPolicy({ terms: [aRetention({ categories: ['log.network'], until: 'accountClosure' })] }))).toEqual(
      [],
    );
  });

  it('takes a retention for a purpose for no term that permits something', () => {
    const clause = aClause('a', [aRetention({ purposes: ['personalisation'] })]);
    const body = { ...clause.body, en: 'It is used for no other purposes.' };
    expect(
      found(
        aPolicy({ clauses: [aClause('b', [aCollection({ purposes: ['personalisation'] })]), { ...clause, body }] }),
      ),
    ).toEqual([]);
  });

  it('lists every place where something is collected without a retention promise', () => {
    const terms = [aCollection(), aCollection({ categories: ['log.browsing', 'log.search'], services: ['ticketing'] })];
    expect(found(aPolicy({ terms: [...terms, aRetention({ categories: ['log.browsing'] })] }))).toEqual([
      'error clauses[0].terms[0].categories[0] policy.retentionMissing',
      'error clauses[0].terms[1].categories[1] policy.retentionMissing',
    ]);
  });

  it('asks for separate consent only where the profile does', () => {
    const document = aPolicy({ terms: [aUse({ categories: ['location.gps'] })] });
    expect(found(document, aRegistry({ profile: profiles['us-ccpa'] }))).toEqual([]);
  });

  it('warns of an unregistered recipient offline and refuses it against a registry', () => {
    const document = aPolicy({ terms: [aSharing({ recipients: ['recipient:nobody'] })] });
    expect(found(document)).toEqual([`warning ${term}.recipients[0] policy.unknownRecipient`]);
    expect(found(document, aRegistry({ recipients: [] }))).toContain(
      `error ${term}.recipients[0] policy.unknownRecipient`,
    );
  });

  it('warns of a recipient that the file describes before it is registered, and believes the registry about services', () => {
    const document = aPolicy({ terms: [aSharing()] });
    expect(found(document)).toEqual([]);
    expect(found(document, aRegistry({ recipients: [] }))).toContain(
      `warning ${term}.recipients[0] policy.recipientNotRegistered`,
    );
    expect(found(document, aRegistry({ services: ['ticketing'] }))).toContain(
      'error services[1] policy.unknownService',
    );
  });

  it('knows the third-party services of the registry', () => {
    const document = aPolicy({
      terms: [
        aUse({ services: ['thirdParty:blue-pass'] }),
        { type: 'exclusion', scope: 'thirdPartyServices', thirdPartyServices: ['blue-pass'] },
      ],
    });
    expect(found(document)).toEqual([]);
    expect(found(document, aRegistry({ thirdPartyServices: [] }))).toEqual([
      `error ${term}.services[0] policy.unknownThirdPartyService`,
      'error clauses[0].terms[1].thirdPartyServices[0] policy.unknownThirdPartyService',
    ]);
  });

  it('keeps compiling what was published before a rule was made, and warns of it', () => {
    const document = aPolicy({ title: { 'zh-CN': '政\u200b策', en: 'Policy' } });
    const { rulebook, problems } = compile([{ document, revision: 1 }], aRegistry());
    expect(rulebook).not.toBeNull();
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['warning policy.hiddenCharacter']);
  });

  it('refuses a draft whose link names another host than it leads to, and warns of it in what was submitted before', () => {
    const body = {
      'zh-CN': '见 [我们的网站](https://good.example/)。',
      en: 'See [https://good.example](https://evil.example/).',
    };
    const { problems } = validatePolicyValue(aPolicy({ clauses: [{ ...aClause('a', []), body }] }), aRegistry());
    const said = (all: typeof problems) => all.map(({ severity, path, code }) => `${severity} ${path} ${code}`);
    expect(said(problems)).toEqual(['error clauses[0].body.en policy.misleadingLink']);
    expect(problems[0]?.message.en).toBe(
      'The words of a link name good.example, but it leads to evil.example. Let the words say where it leads.',
    );
    expect(said(asPublished(problems))).toEqual(['warning clauses[0].body.en policy.misleadingLink']);
  });

  it.each([
    ['UK', 'GB'],
    ['EU', 'DE, FR, IT'],
    ['XX', 'CN, CN-44'],
    ['CN-99', 'CN'],
  ])('refuses %s as a region and says to write %s', (region, instead) => {
    const document = aPolicy({
      terms: [aSharing({ basis: 'separateConsent', regions: ['CN', region] })],
      recipients: [...aPolicy().recipients, { slug: 'far', kind: 'processor', region }],
    });
    const problems = checkPolicy(document, aRegistry());
    expect(problems.map(({ path, severity, code }) => `${severity} ${path} ${code}`)).toEqual([
      `error ${term}.regions[1] policy.unknownRegion`,
      'error recipients[3].region policy.unknownRegion',
    ]);
    expect(problems[0]?.message.en).toContain(`Write for example ${instead}.`);
  });

  it('says of sharing that nothing can allow it: another region than the term reaches, no contract, one that has ended', () => {
    const to = (slug: string, regions?: string[]) =>
      aSharing({ basis: 'separateConsent', recipients: [`recipient:${slug}`], regions });
    const recipients = [
      { slug: 'abroad', kind: 'processor' as const, region: 'SG' },
      { slug: 'south', kind: 'processor' as const, region: 'CN-44' },
      { slug: 'unbound', kind: 'partner' as const, region: 'CN', contractUntil: null },
      { slug: 'ended', kind: 'partner' as const, region: 'CN', contractUntil: '2026-05-31' },
      { slug: 'police', kind: 'authority' as const, region: 'CN', contractUntil: null },
    ];
    const terms = [
      to('abroad'),
      to('abroad', ['CN']),
      to('abroad', ['SG']),
      to('south', ['CN']),
      to('south', ['CN-11']),
      to('unbound'),
      to('ended'),
      to('police'),
    ];
    expect(found(aPolicy({ terms, recipients }), aRegistry({ today: '2026-06-01' }))).toEqual([
      `warning ${term}.recipients[0] policy.regionNotCovered`,
      'warning clauses[0].terms[1].recipients[0] policy.regionNotCovered',
      'warning clauses[0].terms[4].recipients[0] policy.regionNotCovered',
      'warning clauses[0].terms[5].recipients[0] policy.contractEnded',
      'warning clauses[0].terms[6].recipients[0] policy.contractEnded',
    ]);
    expect(found(aPolicy({ terms: [to('ended')], recipients }), aRegistry({ today: '2026-05-31' }))).toEqual([]);
  });

  it('says of a recipient that is registered in no region that it is to be corrected there, named or by its kind', () => {
    const recipients = [{ slug: 'old-host', kind: 'processor' as const, region: 'UK' }];
    const terms = [
      aSharing({ basis: 'separateConsent', recipients: ['recipient:old-host'] }),
      aSharing({ basis: 'separateConsent', recipients: ['processor', 'partner'] }),
    ];
    const problems = checkPolicy(aPolicy({ terms, recipients: [] }), aRegistry({ recipients }));
    expect(problems.map(({ path, severity, code }) => `${severity} ${path} ${code}`)).toEqual([
      `warning ${term}.recipients[0] policy.recipientRegionUnknown`,
      'warning clauses[0].terms[1].recipients[0] policy.recipientRegionUnknown',
    ]);
    expect(problems[0]?.message.en).toContain('for example to GB');
  });

  it('reports links that lead to no clause', () => {
    const body = {
      'zh-CN': '见[期限](#keep)和[此处](#c-first)。',
      en: 'See [the periods](#keep), [here](#first), [us](https://a.example/#top).',
    };
    expect(found(aPolicy({ clauses: [{ ...aClause('first', []), body }] }))).toEqual([
      'warning clauses[0].body.zh-CN policy.deadLink',
      'warning clauses[0].body.en policy.deadLink',
    ]);
  });

  it('leaves to the compiler whether the general policy keeps what a service policy collects', () => {
    expect(found(aServicePolicy([aCollection()]))).toEqual([]);
  });

  it.each([
    ['zh-CN', '我们将其用于改进产品等目的。'],
    ['zh-CN', '我们还可能将其用于其他合法目的。'],
    ['en', 'We use it to improve products and for other purposes.'],
  ] as const)('warns of open-ended %s wording beside a term that permits something', (locale, wording) => {
    const clause = aClause('a', [aUse()]);
    const document = aPolicy({ clauses: [{ ...clause, body: { ...clause.body, [locale]: wording } }] });
    expect(found(document)).toEqual([`warning clauses[0].body.${locale} policy.openEndedWording`]);
    expect(found({ ...document, clauses: document.clauses.map((one) => ({ ...one, terms: [] })) })).toEqual([]);
  });

  it('asks the law’s minimum of what a retention of everything still means', () => {
    const all = aRetention({ categories: ['*'], period: 'P1M' });
    const logs = aRetention({ categories: ['log.device', 'log.network', 'client.signIn'], period: 'P6M' });
    const codes = (terms: Term[]) => checkPolicy(aPolicy({ terms }), aRegistry()).map(({ code }) => code);
    expect(codes([all, logs])).toEqual([]);
    expect(codes([all])).toContain('policy.retentionBelowMinimum');
  });

  it('reports problems of shape and of content together', () => {
    const text = formatPolicy(
      aPolicy({ terms: [aUse({ purposes: ['world.domination'] }), aUse({ fallback: 'manual' })] }),
    );
    const { document, problems } = validatePolicy(text.replace('fallback: manual', 'fallback: shrug'), aRegistry());
    expect(document).toBeNull();
    expect(problems.map(({ path, code }) => [path, code])).toEqual([
      [`${term}.purposes[0]`, 'policy.unknownPurpose'],
      ['clauses[0].terms[1].fallback', 'policy.unknownValue'],
    ]);
  });

  it('never throws, whatever a well-formed policy says', () => {
    fc.assert(fc.property(anyPolicy, (document) => Array.isArray(checkPolicy(document, aRegistry()))));
  });

  it('says nothing new when a catalogue grows', () => {
    const grown = {
      ...catalogue,
      purposes: [
        ...catalogue.purposes,
        { code: 'extra.purpose', label: { 'zh-CN': '另', en: 'extra' }, isCoveredByGpc: false },
      ],
    };
    fc.assert(
      fc.property(anyPolicy, (document) => {
        expect(found(document, aRegistry({ catalogue: grown }))).toEqual(found(document));
      }),
    );
  });
});
