import { compare, freshMarks } from '../compare/compare.js';
import { compile, withRecipients } from '../compile.js';
import type { PolicyDocument } from '../document.js';
import { offlineRegistry } from '../registry.js';
import type { Rulebook } from '../rulebook.js';
import type { Term } from '../terms.js';
import {
  aClause,
  aCollection,
  aCrossServiceUse,
  aPolicy,
  aRetention,
  aServicePolicy,
  aSharing,
  aUse,
} from '../testing/builders.js';
import { aGrant, anAcceptance, aQuestion, aSubject, aWithdrawal, daysAgo, now } from '../testing/subjects.js';
import { unknownCodesIn } from './codes.js';
import { decide } from './decide.js';
import type { Question, SubjectFacts } from './facts.js';

function rulebookOf(...documents: readonly PolicyDocument[]): Rulebook {
  const sources = documents.map((document) => ({ document, revision: 3 }));
  const { rulebook, problems } = compile(sources, offlineRegistry());
  if (!rulebook) throw new Error(JSON.stringify(problems));
  return rulebook;
}

function resultOf(rulebook: Rulebook, facts: SubjectFacts, question: Partial<Question> = {}) {
  return decide(rulebook, facts, aQuestion(question)).results[0];
}

const codeOf = (terms: readonly Term[], facts: SubjectFacts, question: Partial<Question> = {}) =>
  resultOf(rulebookOf(aPolicy({ terms })), facts, question)?.code;

const legalUse = aUse({ basis: 'legalObligation' });
const contractUse = aUse({ basis: 'contract' });
const consented = (given: Parameters<typeof aGrant>[0] = {}) => aSubject({ consents: [aGrant(given)] });
const sharing = { action: 'share', purpose: 'service.provision', recipient: 'map-provider' } as const;

describe('what an answer cites', () => {
  const cited = { category: 'log.search', policy: 'privacy', revision: 3, clauseId: 'first', basis: 'consent' };
  const nothing = {
    consentEventId: null,
    fallback: null,
    ifWithheld: null,
    minimumGroup: null,
    precision: null,
    storage: null,
  };

  it('is the whole of the clause and revision that refuses', () => {
    expect(resultOf(rulebookOf(aPolicy({ terms: [aUse({ fallback: 'generic' })] })), aSubject())).toEqual({
      ...cited,
      ...nothing,
      allowed: false,
      code: 'consent.missing',
      fallback: 'generic',
      purposes: [],
    });
  });

  it('is the whole of the clause, revision and consent that allows', () => {
    expect(resultOf(rulebookOf(aPolicy({ terms: [aUse({ fallback: 'generic' })] })), consented())).toEqual({
      ...cited,
      ...nothing,
      allowed: true,
      code: null,
      consentEventId: 'grant',
      precision: 'exact',
      purposes: [],
    });
  });

  it('is nothing where no clause speaks of it', () => {
    expect(resultOf(rulebookOf(aPolicy()), consented())).toMatchObject({
      ...nothing,
      code: 'clause.none',
      policy: null,
      revision: null,
      clauseId: null,
      basis: null,
    });
  });

  it('is the first of two clauses that refuse alike', () => {
    const document = aPolicy({
      clauses: [aClause('first', [aUse()]), aClause('second', [aUse({ fallback: 'generic' })])],
    });
    expect(resultOf(rulebookOf(document), aSubject())).toMatchObject({ code: 'consent.missing', clauseId: 'first' });
  });

  it('is the consent given last, in whichever order they come', () => {
    const [older, newer] = [aGrant({ id: 'older', at: daysAgo(30) }), aGrant({ id: 'newer', at: daysAgo(20) })];
    const rulebook = rulebookOf(aPolicy({ terms: [aUse()] }));
    for (const consents of [
      [older, newer],
      [newer, older],
    ])
      expect(resultOf(rulebook, aSubject({ consents }))?.consentEventId).toBe('newer');
    const recordedLater = aGrant({ id: 'recorded later', at: daysAgo(20) });
    expect(resultOf(rulebook, aSubject({ consents: [newer, recordedLater] }))?.consentEventId).toBe('recorded later');
  });

  it('names no code of a question that are all registered', () => {
    expect(unknownCodesIn(rulebookOf(aPolicy()), aQuestion())).toEqual([]);
  });
});

describe('at the very instant', () => {
  it('of a consent or an acceptance, it counts', () => {
    expect(codeOf([aUse()], consented({ at: now }))).toBeNull();
    expect(codeOf([contractUse], aSubject({ acceptances: [anAcceptance({ at: now })] }))).toBeNull();
  });

  it('of Global Privacy Control, it counts, also against a consent of the same instant', () => {
    expect(codeOf([contractUse], aSubject({ gpcSince: now }))).toBe('gpc.optOut');
    expect(codeOf([aUse()], { ...consented({ at: daysAgo(20) }), gpcSince: daysAgo(20) })).toBe('gpc.optOut');
  });

  it('that an order takes effect, it lets data go', () => {
    const document = aPolicy({ terms: [aSharing({ basis: 'legalObligation', recipients: ['authority'] })] });
    const rulebook = withRecipients(rulebookOf(document), [{ slug: 'police', kind: 'authority', region: 'CN' }]);
    const order = { kind: 'order', recipient: 'police', from: now } as const;
    expect(resultOf(rulebook, aSubject({ grounds: [order] }), { ...sharing, recipient: 'police' })?.code).toBeNull();
  });
});

describe('how far a consent reaches', () => {
  it('is everything of the purpose where no category is named', () => {
    expect(codeOf([aUse()], consented({ categories: [] }))).toBeNull();
    expect(codeOf([aUse()], consented({ categories: null }))).toBeNull();
  });

  it('is the place it was given for: where nothing says where the data goes, it carries nothing', () => {
    const facts = consented({ region: 'CN' });
    expect(codeOf([aUse()], facts)).toBe('consent.missing');
    expect(codeOf([aUse()], facts, { region: 'CN' })).toBeNull();
    expect(codeOf([aUse()], facts, { region: 'SG' })).toBe('consent.missing');
  });

  it('stops the use in one service of what another collected when it is withdrawn from either', () => {
    const ask = {
      categories: ['usage.habit'],
      purpose: 'product.development',
      fromService: 'ticketing',
      service: 'signing',
      form: 'aggregated',
    } as const;
    const given = { purpose: 'product.development' };
    const document = aPolicy({ terms: [aCrossServiceUse()], services: ['ticketing', 'signing', 'parking'] });
    const withdrawnFrom = (service: string) =>
      resultOf(rulebookOf(document), aSubject({ consents: [aGrant(given), aWithdrawal({ ...given, service })] }), ask)
        ?.code;
    expect(withdrawnFrom('ticketing')).toBe('consent.withdrawn');
    expect(withdrawnFrom('signing')).toBe('consent.withdrawn');
    expect(withdrawnFrom('parking')).toBeNull();
    expect(resultOf(rulebookOf(document), consented(given), { ...ask, fromService: 'parking' })?.code).toBe(
      'clause.none',
    );
  });

  it('takes data used across services for personalised where the question says nothing else', () => {
    const terms = [aCrossServiceUse({ form: 'personalised', minimumGroup: undefined })];
    const ask = {
      categories: ['usage.habit'],
      purpose: 'product.development',
      fromService: 'ticketing',
      service: 'signing',
    };
    expect(codeOf(terms, consented({ purpose: 'product.development' }), ask)).toBeNull();
  });
});

describe('sharing', () => {
  it('stays sharing, whichever service the data comes from', () => {
    const terms = [aSharing({ basis: 'legalObligation' })];
    expect(codeOf(terms, aSubject(), { ...sharing, service: 'signing', fromService: 'ticketing' })).toBeNull();
    expect(codeOf(terms, aSubject(), { ...sharing, region: null })).toBeNull();
  });

  it('needs an order for every place that the data goes to', () => {
    const document = aPolicy({
      terms: [aSharing({ basis: 'legalObligation', recipients: ['authority'], regions: ['CN', 'SG'] })],
    });
    const rulebook = withRecipients(rulebookOf(document), [{ slug: 'police', kind: 'authority', region: 'CN' }]);
    const facts = aSubject({ grounds: [{ kind: 'order', recipient: 'police', regions: ['CN'] }] });
    expect(resultOf(rulebook, facts, { ...sharing, recipient: 'police' })?.code).toBeNull();
    expect(resultOf(rulebook, facts, { ...sharing, recipient: 'police', region: 'SG' })?.code).toBe('order.missing');
  });

  it('with a partner is what Global Privacy Control is about, not a use that mentions one', () => {
    const terms = [aUse({ purposes: ['personalisation'], basis: 'contract' })];
    const facts = aSubject({ gpcSince: daysAgo(20) });
    expect(codeOf(terms, facts, { purpose: 'personalisation', recipient: 'carrier' })).toBeNull();
  });
});

describe('third-party services', () => {
  const named = aUse({ basis: 'legalObligation', services: ['thirdParty:blue-pass'] });
  const ask = { thirdPartyService: 'blue-pass' };

  it('are in scope for the category that a term names them for, and no other', () => {
    const terms = [named, aUse({ basis: 'legalObligation', categories: ['log.browsing'] })];
    expect(codeOf(terms, aSubject(), ask)).toBeNull();
    expect(codeOf(terms, aSubject(), { ...ask, categories: ['log.browsing'] })).toBe('scope.excluded');
    expect(codeOf(terms, aSubject(), { ...ask, categories: ['log.cookie'] })).toBe('scope.excluded');
  });

  it('are in scope also where a general term says the same of our own services', () => {
    expect(codeOf([legalUse, named], aSubject(), ask)).toBeNull();
  });

  it('are refused with the clause that excludes them by name', () => {
    const excluding = (id: string, slug: string) =>
      aClause(id, [{ type: 'exclusion', scope: 'thirdPartyServices', thirdPartyServices: [slug] }]);
    const document = aPolicy({ clauses: [excluding('of.plaza', 'plaza'), excluding('of.blue-pass', 'blue-pass')] });
    expect(resultOf(rulebookOf(document), aSubject(), ask)).toMatchObject({
      code: 'scope.excluded',
      clauseId: 'of.blue-pass',
    });
    expect(resultOf(rulebookOf(document), aSubject(), { thirdPartyService: 'metro' })).toMatchObject({
      code: 'scope.excluded',
      clauseId: null,
    });
  });
});

describe('a collection', () => {
  const terms = [
    aCollection(),
    aCollection({ purposes: ['security.protection'], basis: 'legalObligation' }),
    aRetention(),
  ];
  const collect = { action: 'collect', purpose: null } as const;

  it('for stated purposes is not allowed for the sake of another', () => {
    expect(codeOf(terms, aSubject(), { ...collect, purposes: ['product.improvement'] })).toBe('consent.missing');
    expect(codeOf(terms, aSubject(), { ...collect, purposes: [] })).toBeNull();
  });
});

describe('the device of a child', () => {
  it('gives no separate consent either', () => {
    const device = aSubject({
      kind: 'device',
      birthDate: '2015-01-01',
      guardian: { isConfirmed: true, hasConsented: true },
      consents: [aGrant({ categories: ['log.search'] })],
    });
    expect(codeOf([aUse({ basis: 'separateConsent' })], device)).toBe('minor.guardianRequired');
    expect(codeOf([aUse({ basis: 'separateConsent' })], { ...device, birthDate: '1990-01-01' })).toBeNull();
  });
});

describe('the positioning switch', () => {
  const terms = [
    aCollection({ categories: ['location.gps'], purposes: ['service.provision'], basis: 'legalObligation' }),
    aRetention({ categories: ['location.gps'] }),
  ];
  const collect = { action: 'collect', categories: ['location.gps'], purpose: 'service.provision' } as const;

  it('is off where it is said to be, whatever is known of earlier turns', () => {
    const facts = aSubject({ isPositioningOn: false, positioningChanges: [{ isOn: true, at: daysAgo(5) }] });
    expect(codeOf(terms, facts, collect)).toBe('location.off');
  });

  it('stood as its turns say, in whichever order they come, and turns at the very instant', () => {
    const [off, on] = [
      { isOn: false, at: daysAgo(10) },
      { isOn: true, at: daysAgo(5) },
    ];
    for (const positioningChanges of [
      [off, on],
      [on, off],
    ]) {
      const facts = aSubject({ isPositioningOn: true, positioningChanges });
      const at = (days: number) => codeOf(terms, facts, { ...collect, occurredAt: daysAgo(days) });
      expect([12, 10, 7, 5, 3].map(at)).toEqual([null, 'location.off', 'location.off', null, null]);
    }
  });
});

describe('fresh consent', () => {
  const widened = (effectiveAt: number | null = daysAgo(15)) => {
    const [old, document] = [
      aPolicy({ terms: [aUse()] }),
      aPolicy({ terms: [aUse({ categories: ['log.search', 'log.browsing'] })] }),
    ];
    const marks = freshMarks(compare({ document: old }, { document }), { policy: 'privacy', revision: 2, effectiveAt });
    return compile([{ document, revision: 2 }], offlineRegistry(), marks).rulebook!;
  };
  const browsing = { categories: ['log.browsing'] };
  const code = (facts: SubjectFacts, given: Partial<Question> = {}, rulebook = widened()) =>
    resultOf(rulebook, facts, { ...browsing, ...given })?.code;

  it('is not spoken of to somebody who has said nothing yet: they are asked for the first time', () => {
    expect(code(aSubject({ acceptances: [] }))).toBe('consent.missing');
    expect(code(aSubject({ acceptances: [], consents: [aGrant()] }))).toBe('consent.stale');
    expect(code(aSubject())).toBe('consent.stale');
  });

  it('may be given by accepting the revision before the day it takes effect, but not in the future', () => {
    const accepted = (at: number) =>
      code(aSubject({ consents: [aGrant()], acceptances: [anAcceptance({ revision: 2, at })] }));
    expect(accepted(daysAgo(20))).toBeNull();
    expect(accepted(now)).toBeNull();
    expect(accepted(now + 1)).toBe('consent.stale');
  });

  it('counts a consent shown with another text, or with no known revision, from the day of effect', () => {
    for (const shown of [{ policy: 'ticketing-privacy', revision: 9 }, { revision: null }]) {
      expect(code(consented({ ...shown, at: daysAgo(15) }))).toBeNull();
      expect(code(consented({ ...shown, at: daysAgo(15) - 1 }))).toBe('consent.stale');
      expect(code(consented({ ...shown, at: daysAgo(1) }), {}, widened(null))).toBe('consent.stale');
    }
  });

  it('is needed as well where a use says where it takes place', () => {
    expect(code(consented(), { region: 'CN' })).toBe('consent.stale');
    expect(code(consented(), { region: 'CN', categories: ['log.search'] })).toBeNull();
  });

  it('is not given by accepting an older revision of the text that says it now', () => {
    const [before, privacy] = [aPolicy({ terms: [] }), aPolicy({ terms: [aUse()] })];
    const other = aPolicy({ policy: 'other', terms: [aUse()] });
    const marks = freshMarks(compare({ document: before }, { document: privacy }), {
      policy: 'privacy',
      revision: 2,
      effectiveAt: daysAgo(20),
    });
    const sources = [
      { document: privacy, revision: 2 },
      { document: other, revision: 4 },
    ];
    const rulebook = compile(sources, offlineRegistry(), marks).rulebook!;
    const accepting = (revision: number) =>
      aSubject({ consents: [aGrant()], acceptances: [anAcceptance({ policy: 'other', revision, at: daysAgo(5) })] });
    expect(resultOf(rulebook, accepting(4))?.code).toBeNull();
    expect(resultOf(rulebook, accepting(3))?.code).toBe('consent.stale');
  });

  it('may be done without as far as an older word carried it: to groups as large as then, or larger', () => {
    const revised = (before: Term, after: Term) => {
      const [old, document] = [aPolicy({ terms: [before] }), aPolicy({ terms: [after] })];
      const named = { policy: 'privacy', revision: 2, effectiveAt: daysAgo(15) };
      const marks = freshMarks(compare({ document: old }, { document }), named);
      return compile([{ document, revision: 2 }], offlineRegistry(), marks).rulebook!;
    };
    const ask = {
      categories: ['usage.habit'],
      purpose: 'product.development',
      service: 'signing',
      fromService: 'ticketing',
      form: 'aggregated',
    } as const;
    const facts = consented({ purpose: 'product.development', categories: ['usage.habit'] });
    const lowered = revised(aCrossServiceUse({ minimumGroup: 50 }), aCrossServiceUse({ minimumGroup: 5 }));
    for (const groupSize of [50, 60]) expect(resultOf(lowered, facts, { ...ask, groupSize })?.code).toBeNull();
    expect(resultOf(lowered, facts, { ...ask, groupSize: 49 })?.code).toBe('consent.stale');
    const softened = revised(
      aCrossServiceUse({ minimumGroup: 5, basis: 'separateConsent' }),
      aCrossServiceUse({ minimumGroup: 50 }),
    );
    expect(resultOf(softened, facts, ask)).toMatchObject({ allowed: true, minimumGroup: 50 });
    const use = revised(aUse({ basis: 'separateConsent' }), aUse());
    expect(resultOf(use, consented({ categories: ['log.search'] }))).toMatchObject({
      allowed: true,
      minimumGroup: null,
    });
  });
});

describe('a contract in a service policy', () => {
  it('is carried by the general policy that it is part of, not by that of another service or one that is gone', () => {
    const rulebook = rulebookOf(aPolicy(), aServicePolicy([contractUse]), aServicePolicy([legalUse], 'signing'));
    const accepted = (policy: string) =>
      resultOf(rulebook, aSubject({ acceptances: [anAcceptance({ policy })] }), { service: 'ticketing' })?.code;
    expect(accepted('privacy')).toBeNull();
    expect(accepted('signing-privacy')).toBe('acceptance.missing');
    expect(accepted('withdrawn-long-ago')).toBe('acceptance.missing');
  });
});
