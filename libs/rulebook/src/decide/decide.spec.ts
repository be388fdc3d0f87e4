import { compile, withRecipients } from '../compile.js';
import { compare, freshMarks } from '../compare/compare.js';
import type { PolicyDocument } from '../document.js';
import { profiles } from '../profiles.js';
import { offlineRegistry } from '../registry.js';
import type { Rulebook } from '../rulebook.js';
import type { Term } from '../terms.js';
import {
  aClause,
  aCollection,
  aCrossServiceUse,
  aMinors,
  aPolicy,
  aRetention,
  aServicePolicy,
  aSharing,
  aUse,
} from '../testing/builders.js';
import { aGrant, anAcceptance, aQuestion, aSubject, aWithdrawal, daysAgo, now } from '../testing/subjects.js';
import type { Basis } from '../vocabulary.js';
import { unknownCodesIn } from './codes.js';
import { decide } from './decide.js';
import type { AcceptanceFact, ConsentFact, Question, SharingGround, SubjectFacts } from './facts.js';

function rulebookOf(...documents: readonly PolicyDocument[]): Rulebook {
  const { rulebook, problems } = compile(
    documents.map((document) => ({ document, revision: 1 })),
    offlineRegistry(),
  );
  if (!rulebook) throw new Error(JSON.stringify(problems));
  return rulebook;
}

function asked(terms: readonly Term[], facts: SubjectFacts | null, question: Partial<Question> = {}) {
  return decide(rulebookOf(aPolicy({ terms })), facts, aQuestion(question));
}

const codeOf = (terms: readonly Term[], facts: SubjectFacts | null, question: Partial<Question> = {}) =>
  asked(terms, facts, question).results[0]?.code;

const contractUse = aUse({ basis: 'contract' });
const legalUse = aUse({ basis: 'legalObligation' });
const consenting = aSubject({ consents: [aGrant()] });

describe('rule 1: the subject', () => {
  it.each<[string, SubjectFacts | null]>([
    ['subject.unknown', null],
    ['subject.closed', aSubject({ isClosed: true, isSuppressed: true })],
    ['subject.suppressed', aSubject({ isSuppressed: true })],
  ])('refuses with %s, whatever the clauses say', (code, facts) => {
    expect(codeOf([legalUse], facts)).toBe(code);
  });
});

describe('rule 1b: the codes of the question', () => {
  const rulebook = rulebookOf(
    aPolicy({
      terms: [
        legalUse,
        aSharing({ basis: 'legalObligation' }),
        aUse({ basis: 'legalObligation', services: ['thirdParty:blue-pass'] }),
        aCollection({ basis: 'legalObligation' }),
        aRetention(),
      ],
    }),
    aServicePolicy([aUse({ basis: 'separateConsent' })], 'signing'),
  );
  const codes = (given: Partial<Question>) =>
    decide(rulebook, aSubject(), aQuestion(given)).results.map(({ code }) => code);

  it('never sheds the stricter policy of a service by a slip of the pen', () => {
    expect(codes({ service: 'signing' })).toEqual(['consent.separateMissing']);
    for (const service of ['singing', 'Signing', 'signing ', '', 'thirdParty:blue-pass'])
      expect(codes({ service })).toEqual(['question.unknownService']);
    expect(codes({ service: 'ticketing', fromService: 'singing' })).toEqual(['question.unknownService']);
  });

  it('refuses a purpose that nobody registered, also beside one that somebody did', () => {
    expect(codes({ purpose: 'advertising.relevent' })).toEqual(['question.unknownPurpose']);
    const collect = { action: 'collect', purpose: null } as const;
    expect(codes({ ...collect, purposes: ['product.improvement'] })).toEqual([null]);
    expect(codes({ ...collect, purposes: ['product.improvement', 'product.improvment'] })).toEqual([
      'question.unknownPurpose',
    ]);
  });

  it('refuses the category that nobody registered and answers for the others', () => {
    expect(codes({ categories: ['log.search', 'log.serach'] })).toEqual([null, 'question.unknownCategory']);
  });

  it('refuses a recipient that nobody registered, a sharing without one, and a place that is none', () => {
    const share = { action: 'share', purpose: 'service.provision' } as const;
    expect(codes({ ...share, recipient: 'map-provider' })).toEqual([null]);
    expect(codes({ ...share, recipient: 'map-povider' })).toEqual(['recipient.unknown']);
    expect(codes({ ...share, recipient: 'Map-Provider' })).toEqual(['recipient.unknown']);
    expect(codes(share)).toEqual(['recipient.unknown']);
    for (const region of ['XX', 'UK', 'EU', 'cn', 'CHN', ''])
      expect(codes({ ...share, recipient: 'map-provider', region })).toEqual(['question.unknownRegion']);
  });

  it('names every code with its place in the question', () => {
    expect(
      unknownCodesIn(rulebook, {
        service: 'singing',
        fromService: 'x',
        purposes: ['product.improvement', 'y'],
        categories: ['log.search', 'z'],
        recipient: 'nobody',
        region: 'XX',
      }),
    ).toEqual([
      { code: 'question.unknownService', pointer: '/service' },
      { code: 'question.unknownService', pointer: '/fromService' },
      { code: 'question.unknownPurpose', pointer: '/purposes/1' },
      { code: 'question.unknownCategory', pointer: '/categories/1', category: 'z' },
      { code: 'recipient.unknown', pointer: '/recipient' },
      { code: 'question.unknownRegion', pointer: '/region' },
    ]);
    expect(unknownCodesIn(rulebook, { purpose: 'x' })).toEqual([
      { code: 'question.unknownPurpose', pointer: '/purpose' },
    ]);
  });

  it('knows no service where neither a register nor a policy names one', () => {
    const nameless = rulebookOf(aPolicy({ services: [], terms: [legalUse] }));
    expect(decide(nameless, aSubject(), aQuestion({ service: 'ticketing' })).results[0]?.code).toBe(
      'question.unknownService',
    );
    expect(decide(nameless, aSubject(), aQuestion()).allowed).toBe(true);
  });
});

describe('rule 2: third-party services', () => {
  const exclusion: Term = { type: 'exclusion', scope: 'thirdPartyServices' };

  it('is out of scope, citing the exclusion', () => {
    expect(asked([legalUse, exclusion], aSubject(), { thirdPartyService: 'blue-pass' }).results[0]).toMatchObject({
      code: 'scope.excluded',
      clauseId: 'first',
    });
    expect(codeOf([legalUse], aSubject(), { thirdPartyService: 'blue-pass' })).toBe('scope.excluded');
  });

  it('is covered where a term names it, for what that term says', () => {
    const terms = [
      exclusion,
      aUse({ basis: 'legalObligation', services: ['thirdParty:blue-pass'] }),
      aUse({ basis: 'legalObligation', purposes: ['personalisation'] }),
    ];
    expect(asked(terms, aSubject(), { thirdPartyService: 'blue-pass' }).allowed).toBe(true);
    expect(codeOf(terms, aSubject(), { thirdPartyService: 'blue-pass', purpose: 'personalisation' })).toBe(
      'clause.none',
    );
    expect(codeOf(terms, aSubject(), { thirdPartyService: 'plaza' })).toBe('scope.excluded');
    expect(codeOf(terms, aSubject())).toBe('clause.none');
  });
});

describe('rule 3: a clause', () => {
  it('refuses what no clause allows', () => {
    expect(codeOf([], consenting)).toBe('clause.none');
    expect(codeOf([aUse()], consenting, { categories: ['log.cookie'] })).toBe('clause.none');
    expect(
      codeOf([aUse()], aSubject({ consents: [aGrant({ purpose: 'personalisation' })] }), {
        purpose: 'personalisation',
      }),
    ).toBe('clause.none');
    expect(codeOf([aUse()], consenting, { action: 'collect' })).toBe('clause.none');
    expect(codeOf([aUse()], consenting, { purpose: undefined })).toBe('clause.none');
  });

  it('lets a question without a service match only what holds for all services', () => {
    const terms = [aUse({ services: ['ticketing'] })];
    expect(asked(terms, consenting, { service: 'ticketing' }).allowed).toBe(true);
    expect(codeOf(terms, consenting)).toBe('clause.none');
    expect(codeOf(terms, consenting, { service: 'signing' })).toBe('clause.none');
    expect(asked([aUse()], consenting, { service: 'ticketing' }).allowed).toBe(true);
  });

  it('lets a service’s own policy decide alone where it speaks, and the general one elsewhere', () => {
    const rulebook = rulebookOf(
      aPolicy({ terms: [legalUse, aUse({ basis: 'legalObligation', purposes: ['personalisation'] })] }),
      aServicePolicy([aUse()]),
    );
    const code = (given: Partial<Question>) => decide(rulebook, aSubject(), aQuestion(given)).results[0]?.code;
    expect(code({ service: 'ticketing' })).toBe('consent.missing');
    expect(code({ service: 'ticketing', purpose: 'personalisation' })).toBeNull();
    expect(code({ service: 'signing' })).toBeNull();
    expect(code({})).toBeNull();
  });

  it('allows everything asked only when every category is allowed', () => {
    const { allowed, results } = asked([aUse()], consenting, { categories: ['log.search', 'log.cookie'] });
    expect(allowed).toBe(false);
    expect(results.map((result) => result.allowed)).toEqual([true, false]);
    expect(asked([aUse()], consenting, { categories: [] }).allowed).toBe(false);
  });

  it('cites the clause that allows, and the nearest where none does', () => {
    const document = aPolicy({
      clauses: [
        aClause('separately', [aUse({ basis: 'separateConsent' })]),
        aClause('agreed', [aUse({ basis: 'contract' })]),
        aClause('consented', [aUse({ fallback: 'generic' })]),
      ],
    });
    const cited = (facts: SubjectFacts) => decide(rulebookOf(document), facts, aQuestion()).results[0];
    expect(cited(aSubject({ acceptances: [], consents: [aGrant()] }))).toMatchObject({
      allowed: true,
      clauseId: 'consented',
      consentEventId: 'grant',
      fallback: null,
    });
    expect(cited(aSubject())).toMatchObject({ allowed: true, clauseId: 'agreed', consentEventId: null });
    expect(cited(aSubject({ acceptances: [] }))).toMatchObject({
      allowed: false,
      clauseId: 'separately',
      code: 'consent.separateMissing',
    });
  });

  it('says what follows where a refused datum is not given, as its clause has it', () => {
    const terms = [aCollection({ required: true, ifWithheld: 'noService' }), aRetention()];
    const collect = { action: 'collect', purpose: 'product.improvement' } as const;
    expect(asked(terms, aSubject(), collect).results[0]).toMatchObject({
      allowed: false,
      code: 'consent.missing',
      ifWithheld: 'noService',
    });
    expect(
      asked(terms, aSubject({ consents: [aGrant({ purpose: 'product.improvement' })] }), collect).results[0],
    ).toMatchObject({ allowed: true, ifWithheld: null });
    expect(asked([aUse()], aSubject()).results[0]?.ifWithheld).toBeNull();
  });

  it('names the fallback of a refused use', () => {
    expect(asked([aUse({ fallback: 'generic' })], aSubject()).results[0]?.fallback).toBe('generic');
  });
});

describe('use across services', () => {
  const ask = {
    categories: ['usage.habit'],
    purpose: 'product.development',
    fromService: 'ticketing',
    service: 'signing',
    form: 'aggregated',
  } as const;
  const facts = aSubject({ consents: [aGrant({ purpose: 'product.development' })] });
  const plainUse = aUse({ categories: ['usage.habit'], purposes: ['product.development'] });

  it('needs a term for that pair of services, that form and that data', () => {
    const terms = [aCrossServiceUse(), plainUse];
    expect(asked(terms, facts, ask).results[0]).toMatchObject({ allowed: true, minimumGroup: 20 });
    expect(codeOf(terms, facts, { ...ask, form: 'personalised' })).toBe('clause.none');
    expect(codeOf(terms, facts, { ...ask, data: 'stored' })).toBe('clause.none');
    expect(codeOf(terms, facts, { ...ask, fromService: 'signing', service: 'ticketing' })).toBe('clause.none');
    expect(codeOf([plainUse], facts, ask)).toBe('clause.none');
  });

  it('is an ordinary use within one service', () => {
    expect(asked([plainUse], facts, { ...ask, fromService: 'signing' }).allowed).toBe(true);
  });

  it('refuses an aggregate of too few', () => {
    expect(codeOf([aCrossServiceUse()], facts, { ...ask, groupSize: 19 })).toBe('clause.none');
    expect(codeOf([aCrossServiceUse()], facts, { ...ask, groupSize: 20 })).toBeNull();
  });
});

describe('rule 4: restriction', () => {
  it('stops everything but legal obligations', () => {
    expect(codeOf([aUse()], { ...consenting, isRestricted: true })).toBe('subject.restricted');
    expect(codeOf([aUse({ basis: 'publicInterest' })], aSubject({ isRestricted: true }))).toBe('subject.restricted');
    const [category = ''] = aUse().categories;
    expect(codeOf([aUse()], { ...consenting, restrictedCategories: [category] })).toBe('subject.restricted');
    expect(codeOf([aUse()], { ...consenting, restrictedCategories: ['location.gps'] })).toBeNull();
    expect(codeOf([aUse({ basis: 'legalObligation' })], aSubject({ restrictedCategories: [category] }))).toBeNull();
    expect(codeOf([legalUse], aSubject({ isRestricted: true }))).toBeNull();
  });
});

describe('rule 10: an objection', () => {
  const [purpose = ''] = contractUse.purposes;
  const objecting = { ...consenting, objectedPurposes: [purpose] };

  it('ends what rests on a contract or the public interest, never a duty, somebody’s life or a consent given again', () => {
    const codeOn = (basis: 'contract' | 'publicInterest' | 'legalObligation' | 'vitalInterest' | 'consent') =>
      codeOf([aUse({ basis })], objecting);
    expect(codeOn('contract')).toBe('objection.stands');
    expect(codeOn('publicInterest')).toBe('objection.stands');
    expect([codeOn('legalObligation'), codeOn('vitalInterest'), codeOn('consent')]).toEqual([null, null, null]);
    expect(codeOf([aUse({ basis: 'publicInterest' })], aSubject({ objectedPurposes: ['marketing.push'] }))).toBeNull();
  });

  it('ends what rests on an interest of ours, or on its being public', () => {
    const codeOn = (basis: Basis, subject: SubjectFacts) => {
      const document = aPolicy({ terms: [aUse({ basis })] });
      const { rulebook } = compile([{ document, revision: 1 }], offlineRegistry(profiles['eu-gdpr']));
      return decide(rulebook!, subject, aQuestion({})).results[0]?.code;
    };
    const word = aSubject({ acceptances: [], consents: [] });
    expect([codeOn('legitimateInterest', word), codeOn('publicised', word)]).toEqual([null, null]);
    expect([codeOn('legitimateInterest', objecting), codeOn('publicised', objecting)]).toEqual([
      'objection.stands',
      'objection.stands',
    ]);
  });

  it('finds nothing in an interest of ours where the law does not know it, whatever was published', () => {
    expect(codeOf([aUse({ basis: 'legitimateInterest' })], aSubject())).toBe('consent.missing');
  });
});

describe('rule 5: children', () => {
  const child = { birthDate: '2013-01-01' };

  it('keeps out whom a policy calls too young, whatever a guardian says, save for legal obligations', () => {
    const from16 = aMinors({ under: 16, requires: 'notAllowed' });
    const guardian = { isConfirmed: true, hasConsented: true };
    expect(codeOf([contractUse, from16], aSubject({ ...child, guardian }))).toBe('minor.notAllowed');
    expect(codeOf([legalUse, from16], aSubject({ ...child, guardian }))).toBeNull();
    expect(codeOf([contractUse, from16], aSubject({ birthDate: '2010-06-01' }))).toBeNull();
    expect(codeOf([contractUse, from16], aSubject({ birthDate: '2010-06-02' }))).toBe('minor.notAllowed');
  });

  it('needs a confirmed guardian’s consent under fourteen, save for legal obligations', () => {
    expect(codeOf([contractUse], aSubject(child))).toBe('minor.guardianRequired');
    expect(codeOf([contractUse], aSubject({ ...child, guardian: { isConfirmed: true, hasConsented: false } }))).toBe(
      'minor.guardianRequired',
    );
    expect(codeOf([contractUse], aSubject({ ...child, guardian: { isConfirmed: false, hasConsented: true } }))).toBe(
      'minor.guardianRequired',
    );
    expect(
      codeOf([contractUse], aSubject({ ...child, guardian: { isConfirmed: true, hasConsented: true } })),
    ).toBeNull();
    expect(codeOf([legalUse], aSubject(child))).toBeNull();
  });

  it('asks the same of the device of a child, where what was consented to on it counts for nothing', () => {
    const device = { ...child, kind: 'device', consents: [aGrant()] } as const;
    const consented = { guardian: { isConfirmed: true, hasConsented: true } };
    expect(codeOf([contractUse], aSubject(device))).toBe('minor.guardianRequired');
    expect(codeOf([contractUse], aSubject({ ...device, ...consented }))).toBeNull();
    expect(codeOf([aUse()], aSubject({ ...device, ...consented }))).toBe('minor.guardianRequired');
    expect(codeOf([aUse()], aSubject({ ...device, birthDate: null }))).toBeNull();
  });

  it('still needs the purpose consents, which the guardian gives', () => {
    expect(codeOf([aUse()], aSubject({ ...child, guardian: { isConfirmed: true, hasConsented: true } }))).toBe(
      'consent.missing',
    );
  });

  it('ends on the fourteenth birthday where the profile’s people live', () => {
    const at = (instant: string) =>
      codeOf([contractUse], aSubject({ birthDate: '2012-06-01' }), { at: Date.parse(instant) });
    expect(at('2026-05-31T15:59:59Z')).toBe('minor.guardianRequired');
    expect(at('2026-05-31T16:00:00Z')).toBeNull();
  });

  it('follows a policy that asks for guardians for longer', () => {
    const fifteen = aSubject({ birthDate: '2011-01-01' });
    expect(codeOf([contractUse], fifteen)).toBeNull();
    expect(codeOf([contractUse, aMinors({ under: 16 })], fifteen)).toBe('minor.guardianRequired');
  });

  it('does not ask an enterprise or a device for its age', () => {
    expect(codeOf([contractUse], aSubject({ ...child, kind: 'enterprise' }))).toBeNull();
  });

  it('takes a birth date that cannot be read for a child’s', () => {
    expect(codeOf([contractUse], aSubject({ birthDate: 'unknown' }))).toBe('minor.guardianRequired');
  });
});

describe('rule 6: positioning', () => {
  const terms = [
    aCollection({ categories: ['location.gps'], purposes: ['service.provision'], basis: 'legalObligation' }),
    aRetention({ categories: ['location.gps'] }),
  ];
  const collect = { action: 'collect', categories: ['location.gps'], purpose: 'service.provision' } as const;

  it('refuses a location while positioning is off', () => {
    expect(codeOf(terms, aSubject({ isPositioningOn: false }), collect)).toBe('location.off');
    expect(codeOf(terms, aSubject(), collect)).toBe('location.off');
    expect(codeOf(terms, aSubject({ isPositioningOn: true }), collect)).toBeNull();
  });

  it('refuses a fix taken while it was off, even after it is on again', () => {
    const facts = aSubject({
      isPositioningOn: true,
      positioningChanges: [
        { isOn: false, at: daysAgo(10) },
        { isOn: true, at: daysAgo(5) },
      ],
    });
    expect(codeOf(terms, facts, { ...collect, occurredAt: daysAgo(7) })).toBe('location.off');
    expect(codeOf(terms, facts, { ...collect, occurredAt: daysAgo(3) })).toBeNull();
    expect(codeOf(terms, facts, { ...collect, occurredAt: daysAgo(12) })).toBeNull();
  });

  it('refuses a fix from before the switch was first turned on', () => {
    const facts = aSubject({ isPositioningOn: true, positioningChanges: [{ isOn: true, at: daysAgo(5) }] });
    expect(codeOf(terms, facts, { ...collect, occurredAt: daysAgo(6) })).toBe('location.off');
  });

  it('answers for the past from the switch as it stood then', () => {
    const facts = aSubject({
      positioningChanges: [
        { isOn: true, at: daysAgo(10) },
        { isOn: false, at: daysAgo(5) },
      ],
    });
    expect(codeOf(terms, facts, { ...collect, at: daysAgo(7) })).toBeNull();
    expect(codeOf(terms, facts, { ...collect, at: daysAgo(4) })).toBe('location.off');
  });

  it('leaves other categories alone, and the use of a location', () => {
    expect(codeOf(terms, aSubject({ isPositioningOn: false }), { ...collect, action: 'use' })).toBeNull();
    expect(
      codeOf([aCollection(), aRetention()], aSubject({ consents: [aGrant({ purpose: 'product.improvement' })] }), {
        action: 'collect',
        purpose: 'product.improvement',
      }),
    ).toBeNull();
  });
});

describe('rule 7: recipients', () => {
  const terms = [aSharing({ basis: 'legalObligation', recipients: ['processor', 'recipient:carrier', 'authority'] })];
  const rulebook = rulebookOf(aPolicy({ terms }));
  const share = (recipient: string, entry: object = {}, given: Partial<Question> = {}) => {
    const kind = recipient === 'carrier' ? 'partner' : recipient === 'police' ? 'authority' : 'processor';
    const known = withRecipients(rulebook, [{ slug: recipient, kind, region: 'CN', ...entry }]);
    return decide(known, aSubject(), aQuestion({ action: 'share', purpose: 'service.provision', recipient, ...given }))
      .results[0]?.code;
  };

  it('allows a registered, active recipient of a kind or name that a clause gives', () => {
    expect(share('map-provider')).toBeNull();
    expect(share('carrier')).toBeNull();
    expect(share('other-partner', { kind: 'partner' })).toBe('clause.none');
  });

  it('refuses one that is not registered, or not active', () => {
    expect(
      decide(rulebook, aSubject(), aQuestion({ action: 'share', purpose: 'service.provision', recipient: 'nobody' }))
        .results[0]?.code,
    ).toBe('recipient.unknown');
    expect(share('map-provider', { active: false })).toBe('recipient.inactive');
  });

  it('refuses one whose contract has run out, the day after its last day', () => {
    expect(share('map-provider', { contractUntil: '2026-05-31' })).toBe('recipient.contractExpired');
    expect(share('map-provider', { contractUntil: '2026-06-01' })).toBeNull();
    expect(share('map-provider', { contractUntil: '2026-06-01' }, { at: Date.parse('2026-06-01T16:00:00Z') })).toBe(
      'recipient.contractExpired',
    );
    expect(share('map-provider', { contractUntil: null })).toBe('recipient.contractExpired');
    expect(share('police', { contractUntil: null })).toBe('order.missing');
  });

  it('refuses a region that the clause does not cover', () => {
    expect(share('map-provider', {}, { region: 'SG' })).toBe('region.notCovered');
    expect(share('map-provider', { region: 'SG' })).toBe('region.notCovered');
    expect(share('map-provider', {}, { region: 'CN-11' })).toBeNull();
  });

  it('takes the region from the register: what the question says can only add one more', () => {
    expect(share('map-provider', { region: 'US' }, { region: 'CN' })).toBe('region.notCovered');
    expect(share('map-provider', { region: 'US' }, { region: 'US' })).toBe('region.notCovered');
    const abroad = rulebookOf(aPolicy({ terms: [aSharing({ basis: 'separateConsent', regions: ['CN', 'SG'] })] }));
    const consented = (given: Partial<ConsentFact>, region?: string) => {
      const facts = aSubject({
        consents: [aGrant({ purpose: 'service.provision', categories: ['log.search'], ...given })],
      });
      return decide(
        abroad,
        facts,
        aQuestion({ action: 'share', purpose: 'service.provision', recipient: 'map-provider', region }),
      ).results[0]?.code;
    };
    expect(consented({ region: 'CN' })).toBeNull();
    expect(consented({ region: 'SG' }, 'SG')).toBe('consent.separateMissing');
    expect(consented({ region: 'CN' }, 'SG')).toBe('consent.separateMissing');
    expect(consented({ recipient: 'map-provider' }, 'SG')).toBeNull();
  });

  it('stops where a withdrawal reaches any of the places that the data goes to', () => {
    const abroad = rulebookOf(aPolicy({ terms: [aSharing({ regions: ['CN', 'SG'] })] }));
    const withdrawn = (from: string, region?: string) => {
      const facts = aSubject({
        consents: [
          aGrant({ purpose: 'service.provision' }),
          aWithdrawal({ purpose: 'service.provision', region: from }),
        ],
      });
      return decide(
        abroad,
        facts,
        aQuestion({ action: 'share', purpose: 'service.provision', recipient: 'map-provider', region }),
      ).results[0]?.code;
    };
    expect(withdrawn('SG')).toBeNull();
    expect(withdrawn('SG', 'SG')).toBe('consent.withdrawn');
    expect(withdrawn('CN', 'SG')).toBe('consent.withdrawn');
  });

  it('gives an authority nothing without an order on file that covers the question', () => {
    const order = { kind: 'order' as const, recipient: 'police' };
    const given = (grounds: readonly SharingGround[] | undefined, asked: Partial<Question> = {}) => {
      const known = withRecipients(rulebook, [{ slug: 'police', kind: 'authority', region: 'CN' }]);
      return decide(
        known,
        aSubject({ grounds }),
        aQuestion({ action: 'share', purpose: 'service.provision', recipient: 'police', ...asked }),
      ).results[0]?.code;
    };
    expect(given(undefined)).toBe('order.missing');
    expect(
      given([
        { kind: 'agreement', recipient: 'police' },
        { ...order, recipient: 'court' },
      ]),
    ).toBe('order.missing');
    expect(given([order])).toBeNull();
    expect(
      given(
        [
          {
            ...order,
            categories: ['log.search'],
            purposes: ['service.provision'],
            regions: ['CN'],
            service: 'ticketing',
            from: daysAgo(1),
            until: now + 1,
          },
        ],
        { service: 'ticketing' },
      ),
    ).toBeNull();
    for (const narrowed of [
      { categories: ['log.network'] },
      { purposes: ['security.fraud'] },
      { regions: ['SG'] },
      { service: 'ticketing' },
      { from: now + 1 },
      { until: now },
      { isSuspended: true },
    ]) {
      expect(given([{ ...order, ...narrowed }])).toBe('order.missing');
    }
    expect(given([{ ...order, regions: ['CN'] }], { region: 'SG' })).toBe('region.notCovered');
  });

  it('gives anybody else nothing without an agreement, where agreements are kept', () => {
    const agreement = { kind: 'agreement' as const, recipient: 'carrier' };
    const given = (grounds: readonly SharingGround[] | undefined) =>
      decide(
        rulebook,
        aSubject({ grounds }),
        aQuestion({ action: 'share', purpose: 'service.provision', recipient: 'carrier' }),
      ).results[0]?.code;
    expect(given(undefined)).toBeNull();
    expect(given([])).toBe('agreement.missing');
    expect(given([{ ...agreement, kind: 'order' }])).toBe('agreement.missing');
    expect(given([{ ...agreement, isSuspended: true }])).toBe('agreement.suspended');
    expect(given([{ ...agreement, isSuspended: true }, agreement])).toBeNull();
  });

  it('stays in the country where the clause names no region', () => {
    const home = rulebookOf(aPolicy({ terms: [aSharing({ basis: 'legalObligation', regions: undefined })] }));
    const code = (region: string) =>
      decide(
        home,
        aSubject(),
        aQuestion({ action: 'share', purpose: 'service.provision', recipient: 'map-provider', region }),
      ).results[0]?.code;
    expect(code('CN')).toBeNull();
    expect(code('US')).toBe('region.notCovered');
  });
});

describe('rule 8: Global Privacy Control', () => {
  const gpcSince = daysAgo(20);

  it('refuses advertising and marketing, even where consent was given before', () => {
    expect(codeOf([aUse()], { ...consenting, gpcSince })).toBe('gpc.optOut');
    expect(codeOf([contractUse], aSubject({ gpcSince }))).toBe('gpc.optOut');
    expect(
      codeOf([aUse({ purposes: ['personalisation'], basis: 'contract' })], aSubject({ gpcSince }), {
        purpose: 'personalisation',
      }),
    ).toBeNull();
  });

  it('gives way to a later explicit consent, until that is withdrawn', () => {
    const later = aGrant({ at: daysAgo(10) });
    expect(codeOf([aUse()], aSubject({ gpcSince, consents: [later] }))).toBeNull();
    expect(codeOf([contractUse], aSubject({ gpcSince, consents: [later, aWithdrawal({ at: daysAgo(5) })] }))).toBe(
      'gpc.optOut',
    );
  });

  it('refuses sharing with partners for any purpose, unless a later consent names the partner', () => {
    const terms = [aSharing({ basis: 'contract', recipients: ['recipient:carrier', 'recipient:map-provider'] })];
    const share = { action: 'share', purpose: 'service.provision' } as const;
    const later = aGrant({ purpose: 'service.provision', at: daysAgo(1) });
    expect(codeOf(terms, aSubject({ gpcSince }), { ...share, recipient: 'carrier' })).toBe('gpc.optOut');
    expect(codeOf(terms, aSubject({ gpcSince, consents: [later] }), { ...share, recipient: 'carrier' })).toBe(
      'gpc.optOut',
    );
    expect(
      codeOf(terms, aSubject({ gpcSince, consents: [{ ...later, recipient: 'carrier' }] }), {
        ...share,
        recipient: 'carrier',
      }),
    ).toBeNull();
    expect(codeOf(terms, aSubject({ gpcSince }), { ...share, recipient: 'map-provider' })).toBeNull();
  });

  it('does not look back before it was seen', () => {
    expect(codeOf([aUse()], { ...consenting, gpcSince }, { at: daysAgo(25) })).toBeNull();
  });
});

describe('rule 9: fresh consent', () => {
  const revised = (before: Term[], after: Term[], effectiveAt: number | null = daysAgo(15)) => {
    const [old, document] = [aPolicy({ terms: before }), aPolicy({ terms: after })];
    const marks = freshMarks(compare({ document: old }, { document }), { policy: 'privacy', revision: 2, effectiveAt });
    return compile([{ document, revision: 2 }], offlineRegistry(), marks).rulebook!;
  };
  const code = (rulebook: Rulebook, facts: SubjectFacts, given: Partial<Question> = {}) =>
    decide(rulebook, facts, aQuestion(given)).results[0]?.code;
  const widened = revised([aUse()], [aUse({ categories: ['log.search', 'log.browsing'] })]);
  const newcomer = anAcceptance({ revision: 2, at: daysAgo(5) });

  it('does not carry a consent given before the change, and continued use does not help', () => {
    const facts = aSubject({
      consents: [aGrant()],
      acceptances: [anAcceptance(), { ...newcomer, mode: 'continuedUse' }],
    });
    expect(code(widened, facts, { categories: ['log.browsing'] })).toBe('consent.stale');
  });

  it('blocks only the atoms that changed', () => {
    expect(code(widened, consenting)).toBeNull();
  });

  it('is lifted by an explicit consent or acceptance under that revision or a later one', () => {
    expect(
      code(widened, aSubject({ consents: [aGrant({ revision: 2 })] }), { categories: ['log.browsing'] }),
    ).toBeNull();
    expect(
      code(widened, aSubject({ consents: [aGrant({ revision: 3 })] }), { categories: ['log.browsing'] }),
    ).toBeNull();
    expect(
      code(widened, aSubject({ consents: [aGrant()], acceptances: [newcomer] }), { categories: ['log.browsing'] }),
    ).toBeNull();
    expect(code(widened, aSubject({ acceptances: [newcomer] }), { categories: ['log.browsing'] })).toBe(
      'consent.missing',
    );
  });

  it('compares a consent given under another policy by when it was given', () => {
    const given = (days: number) =>
      aSubject({ consents: [aGrant({ policy: 'ticketing-privacy', revision: 9, at: daysAgo(days) })] });
    expect(code(widened, given(10), { categories: ['log.browsing'] })).toBeNull();
    expect(code(widened, given(20), { categories: ['log.browsing'] })).toBe('consent.stale');
  });

  it('does not take the acceptance of another text for one of the changed policy', () => {
    const facts = aSubject({
      consents: [aGrant()],
      acceptances: [anAcceptance(), anAcceptance({ policy: 'user-agreement', revision: 7, at: daysAgo(1) })],
    });
    expect(code(widened, facts, { categories: ['log.browsing'] })).toBe('consent.stale');
  });

  it('takes the acceptance of the general policy for the service policies in force by then', () => {
    const [general, service] = [aPolicy({ terms: [aUse()] }), aServicePolicy([contractUse])];
    const marks = freshMarks(compare(null, { document: service, others: [general] }), {
      policy: service.policy,
      revision: 1,
      effectiveAt: daysAgo(15),
    });
    const sources = [general, service].map((document) => ({ document, revision: 1 }));
    const rulebook = compile(sources, offlineRegistry(), marks).rulebook!;
    expect(
      code(rulebook, aSubject({ acceptances: [anAcceptance({ at: daysAgo(20) })] }), { service: 'ticketing' }),
    ).toBe('consent.stale');
    expect(
      code(rulebook, aSubject({ acceptances: [anAcceptance({ at: daysAgo(10) })] }), { service: 'ticketing' }),
    ).toBeNull();
  });

  it('reaches services that nobody had heard of when the revision was compared', () => {
    const [old, document] = [aPolicy({ terms: [aUse()] }), aPolicy({ terms: [contractUse] })];
    const marks = freshMarks(compare({ document: old }, { document }), {
      policy: 'privacy',
      revision: 2,
      effectiveAt: null,
    });
    const registry = { ...offlineRegistry(), services: ['ticketing', 'signing', 'parking'] };
    const rulebook = compile([{ document, revision: 2 }], registry, marks).rulebook!;
    expect(code(rulebook, aSubject(), { service: 'parking' })).toBe('consent.stale');
  });

  it('leaves legal obligations alone, unless they were weakened from consent', () => {
    const added = revised([], [legalUse]);
    const weakened = revised([aUse()], [legalUse]);
    expect(code(added, consenting)).toBeNull();
    expect(code(weakened, consenting)).toBe('consent.stale');
    expect(code(weakened, aSubject({ acceptances: [newcomer] }))).toBeNull();
  });

  it('needs a contract’s acceptance anew where consent became contract', () => {
    const rulebook = revised([aUse()], [contractUse]);
    expect(code(rulebook, aSubject())).toBe('consent.stale');
    expect(code(rulebook, aSubject({ acceptances: [anAcceptance(), newcomer] }))).toBeNull();
  });

  it('leaves what another policy, or an unchanged term, allows as it was', () => {
    const [privacy, old] = [aPolicy({ terms: [aUse()] }), aPolicy({ policy: 'other', terms: [] })];
    const document = aPolicy({ policy: 'other', terms: [contractUse] });
    const marks = freshMarks(compare({ document: old, others: [privacy] }, { document, others: [privacy] }), {
      policy: 'other',
      revision: 2,
      effectiveAt: daysAgo(15),
    });
    const rulebook = compile(
      [
        { document: privacy, revision: 1 },
        { document, revision: 2 },
      ],
      offlineRegistry(),
      marks,
    ).rulebook!;
    expect(decide(rulebook, consenting, aQuestion()).results[0]).toMatchObject({ allowed: true, policy: 'privacy' });
    expect(code(rulebook, aSubject({ acceptances: [anAcceptance(), anAcceptance({ policy: 'other' })] }))).toBe(
      'consent.missing',
    );
    expect(code(revised([aUse()], [aUse(), legalUse]), consenting)).toBeNull();
    expect(code(revised([aUse()], [aUse(), legalUse]), aSubject())).toBe('consent.missing');
  });

  it('follows what was new into another policy, which says it later', () => {
    const [before, privacy] = [aPolicy({ terms: [] }), aPolicy({ terms: [aUse()] })];
    const other = aPolicy({ policy: 'other', terms: [aUse()] });
    const marks = freshMarks(compare({ document: before }, { document: privacy }), {
      policy: 'privacy',
      revision: 2,
      effectiveAt: daysAgo(20),
    });
    const further = compare(null, { document: other, others: [privacy] });
    expect(further.freshAtoms).toMatchObject([{ fresh: [], vouched: [{ by: [{ policy: 'privacy' }] }] }]);
    const rulebook = compile(
      [
        { document: privacy, revision: 2 },
        { document: other, revision: 1 },
      ],
      offlineRegistry(),
      marks,
    ).rulebook!;
    expect(code(rulebook, consenting)).toBe('consent.stale');
    const accepted = anAcceptance({ policy: 'other', at: daysAgo(5) });
    expect(
      decide(rulebook, aSubject({ consents: [aGrant()], acceptances: [anAcceptance(), accepted] }), aQuestion())
        .results[0],
    ).toMatchObject({ allowed: true, policy: 'other' });
  });

  it.each<[string, Term[], Partial<Question>]>([
    ['in another service', [aUse({ basis: 'legalObligation', services: ['signing'] })], { service: 'signing' }],
    ['in every service', [aUse({ basis: 'legalObligation' })], { service: 'signing' }],
  ])('asks before a legal obligation does %s what only consent let be done', (_, added, given) => {
    const asked = aUse({ basis: 'separateConsent', services: ['ticketing'], precision: { h3: 7 } });
    const rulebook = revised([asked], [asked, ...added]);
    expect(code(rulebook, aSubject(), given)).toBe('consent.stale');
    expect(code(rulebook, aSubject({ acceptances: [newcomer] }), given)).toBeNull();
  });

  it('asks before a legal obligation shares in the country what only consent let be shared in a part of it', () => {
    const asked = aSharing({ basis: 'separateConsent', regions: ['CN-44'] });
    const rulebook = revised([asked], [asked, aSharing({ basis: 'legalObligation', regions: ['CN'] })]);
    const share = { action: 'share', purpose: 'service.provision', recipient: 'map-provider' } as const;
    expect(code(rulebook, aSubject(), share)).toBe('consent.stale');
  });

  it('lets an older word carry a softer statement as far as it carried the stricter one', () => {
    const rulebook = revised([aUse({ basis: 'separateConsent' })], [aUse()]);
    expect(code(rulebook, consenting)).toBe('consent.stale');
    expect(code(rulebook, aSubject({ consents: [aGrant({ categories: ['log.search'] })] }))).toBeNull();
    const groups = revised([aCrossServiceUse({ minimumGroup: 50 })], [aCrossServiceUse({ minimumGroup: 5 })]);
    const across = {
      categories: ['usage.habit'],
      purpose: 'product.development',
      service: 'signing',
      fromService: 'ticketing',
      form: 'aggregated',
    } as const;
    const facts = aSubject({ consents: [aGrant({ purpose: 'product.development' })] });
    expect(decide(groups, facts, aQuestion(across)).results[0]).toMatchObject({ allowed: true, minimumGroup: 50 });
    expect(code(groups, facts, { ...across, groupSize: 20 })).toBe('consent.stale');
  });

  it('is about the new region only where a region was added', () => {
    const rulebook = revised(
      [aSharing({ basis: 'contract' })],
      [aSharing({ basis: 'contract', regions: ['CN', 'SG'] })],
    );
    const share = { action: 'share', purpose: 'service.provision', recipient: 'map-provider' } as const;
    expect(code(rulebook, aSubject(), { ...share, region: 'SG' })).toBe('consent.stale');
    expect(code(rulebook, aSubject(), { ...share, region: 'CN' })).toBeNull();
  });
});

describe('rule 10: basis', () => {
  it('rests a contract on the agreement in force, and on the policy where there is none', () => {
    const agreement = aPolicy({ policy: 'user-agreement', kind: 'agreement' });
    const policy = aPolicy({ terms: [contractUse] });
    const code = (rulebook: Rulebook, accepted: string[]) =>
      decide(rulebook, aSubject({ acceptances: accepted.map((slug) => anAcceptance({ policy: slug })) }), aQuestion())
        .results[0]?.code;
    expect(code(rulebookOf(policy), [])).toBe('acceptance.missing');
    expect(code(rulebookOf(policy), ['privacy'])).toBeNull();
    expect(code(rulebookOf(policy, agreement), ['privacy'])).toBe('acceptance.missing');
    expect(code(rulebookOf(policy, agreement), ['user-agreement'])).toBeNull();
  });

  it('needs the revision of the agreement that is in force, accepted expressly or by continued use', () => {
    const agreement = aPolicy({ policy: 'user-agreement', kind: 'agreement' });
    const sources = [
      { document: aPolicy({ terms: [contractUse] }), revision: 1 },
      { document: agreement, revision: 2 },
    ];
    const rulebook = compile(sources, offlineRegistry()).rulebook!;
    const code = (given: Partial<AcceptanceFact>) =>
      decide(rulebook, aSubject({ acceptances: [anAcceptance({ policy: 'user-agreement', ...given })] }), aQuestion())
        .results[0]?.code;
    expect(code({ revision: 1 })).toBe('acceptance.missing');
    expect(code({ revision: 2 })).toBeNull();
    expect(code({ revision: 2, mode: 'continuedUse' })).toBeNull();
    expect(code({ revision: 2, at: now + 1 })).toBe('acceptance.missing');
  });

  it('does not let the acceptance of one general policy carry another', () => {
    const rulebook = rulebookOf(aPolicy({ terms: [contractUse] }), aPolicy({ policy: 'other-brand' }));
    const code = (policy: string) =>
      decide(rulebook, aSubject({ acceptances: [anAcceptance({ policy })] }), aQuestion()).results[0]?.code;
    expect(code('other-brand')).toBe('acceptance.missing');
    expect(code('privacy')).toBeNull();
  });

  it('lets the general policy’s acceptance carry a service policy, which is part of it', () => {
    const rulebook = rulebookOf(aPolicy(), aServicePolicy([contractUse]));
    expect(decide(rulebook, aSubject(), aQuestion({ service: 'ticketing' })).allowed).toBe(true);
  });

  it.each<[string, SubjectFacts, string | null]>([
    ['none was given', aSubject(), 'consent.missing'],
    ['it is for another purpose', aSubject({ consents: [aGrant({ purpose: 'personalisation' })] }), 'consent.missing'],
    ['it is for another category', aSubject({ consents: [aGrant({ categories: ['log.cookie'] })] }), 'consent.missing'],
    ['it is for another service', aSubject({ consents: [aGrant({ service: 'signing' })] }), 'consent.missing'],
    ['it lies in the future', aSubject({ consents: [aGrant({ at: now + 1 })] }), 'consent.missing'],
    ['it was withdrawn', aSubject({ consents: [aGrant(), aWithdrawal()] }), 'consent.withdrawn'],
    [
      'it was withdrawn for the category',
      aSubject({ consents: [aGrant(), aWithdrawal({ categories: ['log.search'] })] }),
      'consent.withdrawn',
    ],
    [
      'it was withdrawn for some service, and none is named',
      aSubject({ consents: [aGrant(), aWithdrawal({ service: 'signing' })] }),
      'consent.withdrawn',
    ],
    [
      'it was withdrawn at the same instant',
      aSubject({ consents: [aGrant(), aWithdrawal({ at: daysAgo(30) })] }),
      'consent.withdrawn',
    ],
    ['it has expired', aSubject({ consents: [aGrant({ expiresAt: now })] }), 'consent.expired'],
  ])('refuses on consent when %s', (_, facts, code) => {
    expect(codeOf([aUse()], facts)).toBe(code);
  });

  it.each<[string, SubjectFacts]>([
    ['it was given', consenting],
    [
      'it was given again after a withdrawal',
      aSubject({ consents: [aGrant({ at: daysAgo(40) }), aWithdrawal(), aGrant({ at: daysAgo(1) })] }),
    ],
    ['another category was withdrawn', aSubject({ consents: [aGrant(), aWithdrawal({ categories: ['log.cookie'] })] })],
    [
      'only sharing with somebody was withdrawn',
      aSubject({ consents: [aGrant(), aWithdrawal({ recipient: 'carrier' })] }),
    ],
  ])('allows on consent when %s', (_, facts) => {
    expect(asked([aUse()], facts).results[0]).toMatchObject({
      allowed: true,
      code: null,
      basis: 'consent',
      consentEventId: 'grant',
    });
  });

  it('lets a consent expire after the time that the clause gives it', () => {
    expect(
      codeOf([aUse({ validFor: 'P1M' })], aSubject({ consents: [aGrant({ at: Date.parse('2026-05-01T00:00:01Z') })] })),
    ).toBeNull();
    expect(
      codeOf([aUse({ validFor: 'P1M' })], aSubject({ consents: [aGrant({ at: Date.parse('2026-05-01T00:00:00Z') })] })),
    ).toBe('consent.expired');
  });

  it('wants separate consent to name the category', () => {
    const separate = [aUse({ basis: 'separateConsent' })];
    expect(codeOf(separate, consenting)).toBe('consent.separateMissing');
    expect(codeOf(separate, aSubject())).toBe('consent.separateMissing');
    expect(codeOf(separate, aSubject({ consents: [aGrant({ categories: ['log.search'] })] }))).toBeNull();
    expect(codeOf(separate, aSubject({ consents: [aGrant({ categories: ['log.search'] }), aWithdrawal()] }))).toBe(
      'consent.withdrawn',
    );
  });

  it('wants separate consent to sharing to name the recipient or the region too', () => {
    const separate = [aSharing({ basis: 'separateConsent' })];
    const share = { action: 'share', purpose: 'service.provision', recipient: 'map-provider' } as const;
    const grant = aGrant({ purpose: 'service.provision', categories: ['log.search'] });
    expect(codeOf(separate, aSubject({ consents: [grant] }), share)).toBe('consent.separateMissing');
    expect(codeOf(separate, aSubject({ consents: [{ ...grant, recipient: 'map-provider' }] }), share)).toBeNull();
    expect(codeOf(separate, aSubject({ consents: [{ ...grant, region: 'CN' }] }), share)).toBeNull();
    expect(codeOf(separate, aSubject({ consents: [{ ...grant, recipient: 'carrier' }] }), share)).toBe(
      'consent.separateMissing',
    );
  });

  it('takes what is said of a country for its parts, and what is withdrawn for a part out of the whole', () => {
    const share = (region: string, ...consents: ReturnType<typeof aGrant>[]) =>
      decide(
        withRecipients(rulebookOf(aPolicy({ terms: [aSharing({ basis: 'separateConsent' })] })), [
          { slug: 'map-provider', kind: 'processor', region },
        ]),
        aSubject({ consents }),
        aQuestion({ action: 'share', purpose: 'service.provision', recipient: 'map-provider' }),
      ).results[0]?.code;
    const scope = { purpose: 'service.provision', categories: ['log.search'] };
    const grant = aGrant({ ...scope, region: 'CN' });
    expect(share('CN-31', grant)).toBeNull();
    expect(share('CN-31', { ...grant, region: 'CN-11' })).toBe('consent.separateMissing');
    expect(share('CN', { ...grant, region: 'CN-31' })).toBe('consent.separateMissing');
    expect(
      share('CN-31', { ...grant, region: null, recipient: 'map-provider' }, aWithdrawal({ ...scope, region: 'CN' })),
    ).toBe('consent.withdrawn');
    expect(share('CN', grant, aWithdrawal({ ...scope, region: 'CN-31' }))).toBe('consent.withdrawn');
    expect(share('CN-11', grant, aWithdrawal({ ...scope, region: 'CN-31' }))).toBeNull();
  });

  it.each(['legalObligation', 'publicInterest', 'vitalInterest'] as const)('passes on %s', (basis) => {
    expect(codeOf([aUse({ basis })], aSubject({ acceptances: [] }))).toBeNull();
  });
});

describe('collection without a stated purpose', () => {
  const terms = [
    aCollection({ purposes: ['product.improvement', 'personalisation'] }),
    aCollection({ purposes: ['security.protection'], basis: 'legalObligation' }),
    aRetention(),
  ];
  const collect = { action: 'collect', purpose: undefined } as const;

  it('is allowed if one purpose allows it, and carries exactly those that do', () => {
    const facts = aSubject({ consents: [aGrant({ id: 'c1', purpose: 'personalisation' })] });
    const { results, allowed } = asked(terms, facts, collect);
    expect(allowed).toBe(true);
    expect(results[0]?.purposes).toEqual([
      {
        purpose: 'personalisation',
        policy: 'privacy',
        revision: 1,
        clauseId: 'first',
        basis: 'consent',
        consentEventId: 'c1',
        precision: 'exact',
      },
      {
        purpose: 'security.protection',
        policy: 'privacy',
        revision: 1,
        clauseId: 'first',
        basis: 'legalObligation',
        consentEventId: null,
        precision: 'exact',
      },
    ]);
  });

  it('is refused with the nearest refusal where none does', () => {
    expect(
      codeOf(
        terms.slice(0, 1).concat(aRetention()),
        aSubject({ consents: [aWithdrawal({ purpose: 'personalisation' })] }),
        collect,
      ),
    ).toBe('consent.withdrawn');
    expect(codeOf(terms, aSubject(), { ...collect, categories: ['log.cookie'] })).toBe('clause.none');
  });

  it('carries only stated purposes where some are stated', () => {
    const { results } = asked(terms, aSubject(), {
      ...collect,
      purposes: ['product.improvement', 'security.protection', 'marketing.push'],
    });
    expect(results[0]?.purposes.map(({ purpose }) => purpose)).toEqual(['security.protection']);
  });

  it('carries the one purpose asked for', () => {
    const { results } = asked(terms, aSubject(), { action: 'collect', purpose: 'security.protection' });
    expect(results[0]?.purposes.map(({ purpose }) => purpose)).toEqual(['security.protection']);
  });
});

describe('what stays on the device', () => {
  const onDevice = aCollection({ basis: 'legalObligation', storage: 'onDevice' });
  const sent = aCollection({ basis: 'legalObligation', purposes: ['personalisation'] });
  const about = { action: 'collect', purpose: 'product.improvement' } as const;

  it.each(['collect', 'use'] as const)('may be read there (%s), and nowhere else', (action) => {
    const here = asked([onDevice], aSubject(), { ...about, action, storage: 'onDevice' });
    expect(here).toMatchObject({ allowed: true, results: [{ code: null, clauseId: 'first', storage: 'onDevice' }] });
    const { results } = asked([onDevice], aSubject(), { ...about, action });
    expect(results).toMatchObject([
      { allowed: false, code: 'storage.onDeviceOnly', clauseId: 'first', storage: null, purposes: [] },
    ]);
  });

  it('is asked about like anything else there', () => {
    const terms = [aCollection({ storage: 'onDevice' })];
    const there = { ...about, storage: 'onDevice' } as const;
    expect(codeOf(terms, aSubject(), there)).toBe('consent.missing');
    const consents = [aGrant({ purpose: 'product.improvement' })];
    expect(codeOf(terms, aSubject({ consents }), there)).toBeNull();
    expect(codeOf(terms, aSubject({ consents, birthDate: '2015-01-01' }), there)).toBe('minor.guardianRequired');
  });

  it('includes what may be sent, and adds nothing to it', () => {
    const terms = [onDevice, sent, aRetention()];
    const purposesOf = (given: Partial<Question>) =>
      asked(terms, aSubject(), { action: 'collect', purpose: null, ...given }).results[0]?.purposes.map(
        ({ purpose }) => purpose,
      );
    expect(purposesOf({ storage: 'onDevice' })).toEqual(['personalisation', 'product.improvement']);
    expect(purposesOf({})).toEqual(['personalisation']);
  });

  it('is decided by the service policy alone where that speaks of it', () => {
    const general = aPolicy({ terms: [aCollection({ basis: 'legalObligation' }), aRetention()] });
    const rulebook = rulebookOf(general, aServicePolicy([onDevice]));
    const code = (service: string) => decide(rulebook, aSubject(), aQuestion({ ...about, service })).results[0]?.code;
    expect(code('ticketing')).toBe('storage.onDeviceOnly');
    expect(code('signing')).toBeNull();
  });
});

describe('the precision of an answer', () => {
  const coarse = aCollection({
    categories: ['log.network'],
    purposes: ['product.improvement'],
    basis: 'legalObligation',
    precision: 'truncated',
  });
  const whole = aCollection({ categories: ['log.network'], purposes: ['security.fraud'], basis: 'legalObligation' });
  const keep = aRetention({ categories: ['log.network', 'location.gps'] });
  const ask = { categories: ['log.network'], purpose: 'product.improvement' } as const;

  it('is that of the clause cited', () => {
    const cell = aUse({ categories: ['location.gps'], basis: 'legalObligation', precision: { h3: 7 } });
    expect(asked([cell], aSubject(), { categories: ['location.gps'] }).results[0]?.precision).toEqual({ h3: 7 });
    expect(asked([legalUse], aSubject()).results[0]?.precision).toBe('exact');
    expect(asked([coarse, keep], aSubject(), ask).results[0]?.precision).toBe('truncated');
  });

  it('is given for each purpose that a collection is allowed for', () => {
    const [result] = asked([coarse, whole, keep], aSubject(), { ...ask, action: 'collect', purpose: null }).results;
    expect(result?.purposes.map(({ purpose, precision }) => [purpose, precision])).toEqual([
      ['product.improvement', 'truncated'],
      ['security.fraud', 'exact'],
    ]);
    expect(asked([coarse, keep], aSubject(), { ...ask, action: 'collect' }).results[0]?.purposes).toMatchObject([
      { precision: 'truncated' },
    ]);
  });

  it('is none of a refusal or of sharing', () => {
    expect(
      asked([aUse({ categories: ['log.network'], precision: 'truncated' })], aSubject(), {
        categories: ['log.network'],
      }).results[0],
    ).toMatchObject({ code: 'consent.missing', precision: null });
    const shared = asked([aSharing({ basis: 'legalObligation' })], aSubject(), {
      action: 'share',
      purpose: 'service.provision',
      recipient: 'map-provider',
      region: 'CN',
    });
    expect(shared.results[0]).toMatchObject({ allowed: true, precision: null });
  });
});
