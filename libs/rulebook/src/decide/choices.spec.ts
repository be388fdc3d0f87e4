import { compare, freshMarks } from '../compare/compare.js';
import { compile, withRecipients, type CompileSource } from '../compile.js';
import type { FreshMark } from '../freshness.js';
import { offlineRegistry } from '../registry.js';
import type { Rulebook } from '../rulebook.js';
import type { Term } from '../terms.js';
import { aClause, aCrossServiceUse, aPolicy, aSharing, aUse } from '../testing/builders.js';
import { aGrant, anAcceptance, aSubject, aWithdrawal, daysAgo, now } from '../testing/subjects.js';
import { choicesOf, standingOf, type Choice } from './choices.js';
import type { SubjectFacts } from './facts.js';

function compiled(sources: readonly CompileSource[], marks: readonly FreshMark[] = []): Rulebook {
  const { rulebook, problems } = compile(sources, offlineRegistry(), marks);
  if (!rulebook) throw new Error(JSON.stringify(problems));
  return rulebook;
}

const rulebookOf = (...terms: Term[]) => compiled([{ document: aPolicy({ terms }), revision: 1 }]);
const allOf = (rulebook: Rulebook) => [...choicesOf(rulebook).values()].flat();
const told = ({ purpose, category, service, recipient, region, isSeparate }: Choice) => [
  purpose,
  category,
  service,
  recipient,
  region,
  isSeparate,
];

describe('what is left to a subject’s consent', () => {
  it('is what a clause lets be done with consent alone, by purpose', () => {
    const choices = choicesOf(
      rulebookOf(
        aUse({ validFor: 'P6M' }),
        aUse({ purposes: ['personalisation'], basis: 'separateConsent' }),
        aUse({ purposes: ['security.fraud'], basis: 'legalObligation' }),
        aUse({ purposes: ['product.improvement'], basis: 'contract' }),
      ),
    );
    expect([...choices.keys()].sort()).toEqual(['advertising.relevant', 'personalisation']);
    expect(choices.get('advertising.relevant')).toEqual([
      expect.objectContaining({
        policy: 'privacy',
        revision: 1,
        clauseId: 'first',
        validFor: 'P6M',
        isSeparate: false,
      }),
    ]);
    expect(choices.get('personalisation')?.map(told)).toEqual([
      ['personalisation', 'log.search', null, null, null, true],
    ]);
  });

  it('is each recipient that may receive it, with where it is, unless it is no longer active', () => {
    const rulebook = withRecipients(rulebookOf(aSharing({ recipients: ['processor', 'recipient:carrier'] })), [
      { slug: 'map-provider', kind: 'processor', region: 'CN' },
      { slug: 'cloud-host', kind: 'processor', region: 'CN-44' },
      { slug: 'old-host', kind: 'processor', region: 'CN', active: false },
      { slug: 'carrier', kind: 'partner', region: 'CN' },
      { slug: 'other-partner', kind: 'partner', region: 'CN' },
    ]);
    expect(allOf(rulebook).map(told).sort()).toEqual(
      [
        ['service.provision', 'log.search', null, 'carrier', 'CN', false],
        ['service.provision', 'log.search', null, 'cloud-host', 'CN-44', false],
        ['service.provision', 'log.search', null, 'map-provider', 'CN', false],
      ].sort(),
    );
  });

  it('is once what several clauses say, and apart what holds in one service', () => {
    const document = aPolicy({
      clauses: [
        aClause('first', [aUse()]),
        aClause('again', [aUse()]),
        aClause('there', [aUse({ services: ['signing'] })]),
      ],
    });
    expect(allOf(compiled([{ document, revision: 1 }])).map((one) => [one.clauseId, one.service])).toEqual([
      ['first', null],
      ['there', 'signing'],
    ]);
  });

  it('keeps apart what differs in category, in kind of consent, or in purpose', () => {
    const rulebook = rulebookOf(
      aUse({ categories: ['log.search', 'log.browsing'], purposes: ['personalisation', 'advertising.relevant'] }),
      aUse({ basis: 'separateConsent' }),
    );
    expect(new Set(allOf(rulebook).map((one) => told(one).join())).size).toBe(5);
  });

  it('takes from two clauses that let the same be done the one that has stood unchanged', () => {
    const stood = aClause('stood', [aSharing({ recipients: ['recipient:carrier'] })]);
    const anyPartner = aClause('new', [aSharing({ recipients: ['partner'] })]);
    for (const clauses of [
      [anyPartner, stood],
      [stood, anyPartner],
    ]) {
      const [old, document] = [aPolicy({ clauses: [stood] }), aPolicy({ clauses })];
      const effect = { policy: 'privacy', revision: 2, effectiveAt: daysAgo(15) };
      const marks = freshMarks(compare({ document: old }, { document }), effect);
      const choices = allOf(compiled([{ document, revision: 2 }], marks));
      expect(choices.map(({ clauseId, recipient }) => [clauseId, recipient])).toEqual([['stood', 'carrier']]);
    }
  });

  it('takes the first of two clauses that are both new', () => {
    const [first, second] = [aClause('first', [aUse()]), aClause('second', [aUse()])];
    const [old, document] = [aPolicy({ clauses: [] }), aPolicy({ clauses: [first, second] })];
    const effect = { policy: 'privacy', revision: 2, effectiveAt: daysAgo(15) };
    const marks = freshMarks(compare({ document: old }, { document }), effect);
    expect(allOf(compiled([{ document, revision: 2 }], marks)).map(({ clauseId }) => clauseId)).toEqual(['first']);
  });

  it('is new for every service where it stood in one alone', () => {
    const old = aPolicy({ terms: [aUse({ services: ['signing'] })] });
    const document = aPolicy({ terms: [aUse()] });
    const effect = { policy: 'privacy', revision: 2, effectiveAt: daysAgo(15) };
    const marks = freshMarks(compare({ document: old }, { document }), effect);
    const rulebook = compiled([{ document, revision: 2 }], marks);
    const [choice] = allOf(rulebook);
    expect(standingOf(rulebook, aSubject({ consents: [aGrant()] }), { choice: choice!, at: now }).code).toBe(
      'consent.stale',
    );
  });

  it('is the same for every service and subject until another rulebook is compiled', () => {
    const rulebook = rulebookOf(aUse());
    expect(choicesOf(rulebook)).toBe(choicesOf(rulebook));
    expect(choicesOf(rulebookOf())).toEqual(new Map());
  });
});

describe('where a subject stands with a choice', () => {
  const standing = (rulebook: Rulebook, facts: SubjectFacts) => {
    const [choice] = allOf(rulebook);
    return standingOf(rulebook, facts, { choice: choice!, at: now });
  };

  it('is on the consent that carries it', () => {
    expect(standing(rulebookOf(aUse()), aSubject({ consents: [aGrant()] }))).toMatchObject({
      code: null,
      consent: { id: 'grant' },
    });
  });

  it.each<[string, SubjectFacts]>([
    ['consent.missing', aSubject()],
    ['consent.withdrawn', aSubject({ consents: [aGrant(), aWithdrawal()] })],
    ['consent.expired', aSubject({ consents: [aGrant({ expiresAt: daysAgo(1) })] })],
    ['gpc.optOut', aSubject({ gpcSince: daysAgo(20), consents: [aGrant()] })],
  ])('is %s, with no consent to show', (code, facts) => {
    expect(standing(rulebookOf(aUse()), facts)).toEqual({ code, consent: null });
  });

  it('asks a separate consent to sharing to name the recipient or its country', () => {
    const rulebook = rulebookOf(aSharing({ basis: 'separateConsent' }));
    const named = (given: object) =>
      standing(
        rulebook,
        aSubject({ consents: [aGrant({ purpose: 'service.provision', categories: ['log.search'], ...given })] }),
      ).code;
    expect(named({})).toBe('consent.separateMissing');
    expect(named({ recipient: 'map-provider' })).toBeNull();
    expect(named({ recipient: 'carrier' })).toBe('consent.separateMissing');
    expect(named({ region: 'CN' })).toBeNull();
    expect(named({ region: 'SG' })).toBe('consent.separateMissing');
  });

  it('takes no consent that names a place for one to what takes place nowhere in particular', () => {
    expect(standing(rulebookOf(aUse()), aSubject({ consents: [aGrant({ region: 'CN' })] })).code).toBe(
      'consent.missing',
    );
  });

  it('is refused for sharing with a partner under Global Privacy Control, whatever the purpose', () => {
    const facts = aSubject({ gpcSince: daysAgo(20), consents: [aGrant({ purpose: 'service.provision' })] });
    expect(standing(rulebookOf(aSharing({ recipients: ['recipient:carrier'] })), facts).code).toBe('gpc.optOut');
    expect(standing(rulebookOf(aSharing()), facts).code).toBeNull();
  });

  it('follows a withdrawal for the service that data used across services comes from', () => {
    const rulebook = rulebookOf(aCrossServiceUse());
    const given = { purpose: 'product.development' };
    const withdrawnFrom = (service: string) =>
      standing(rulebook, aSubject({ consents: [aGrant(given), aWithdrawal({ ...given, service })] })).code;
    expect(withdrawnFrom('ticketing')).toBe('consent.withdrawn');
    expect(standing(rulebook, aSubject({ consents: [aGrant(given)] })).code).toBeNull();
  });

  it('is stale, with the consent that no longer carries it, once a revision says more', () => {
    const [old, document] = [aPolicy({ terms: [aUse({ precision: { h3: 5 } })] }), aPolicy({ terms: [aUse()] })];
    const effect = { policy: 'privacy', revision: 2, effectiveAt: daysAgo(15) };
    const marks = freshMarks(compare({ document: old }, { document }), effect);
    const rulebook = compiled([{ document, revision: 2 }], marks);
    expect(standing(rulebook, aSubject({ consents: [aGrant()] }))).toMatchObject({
      code: 'consent.stale',
      consent: { id: 'grant' },
    });
    const accepted = [anAcceptance(), anAcceptance({ revision: 2, at: daysAgo(5) })];
    expect(standing(rulebook, aSubject({ consents: [aGrant()], acceptances: accepted })).code).toBeNull();
    expect(standing(rulebook, aSubject({ consents: [aGrant({ revision: 2, at: daysAgo(5) })] })).code).toBeNull();
  });
});
