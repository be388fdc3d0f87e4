import type { Atom } from './atoms.js';
import { compile } from './compile.js';
import {
  marksReader,
  type CandidateMark,
  type FreshMark,
  type FreshStatement,
  type FreshTopic,
  type PlacedStatement,
} from './freshness.js';
import { statementOf, topicOf, type Statement } from './statements.js';
import type { Term } from './terms.js';
import { aCollection, aPolicy, aRegistry, aRetention, aServicePolicy, aSharing, aUse } from './testing/builders.js';
import type { Basis } from './vocabulary.js';

type Service = string | null;

const registry = aRegistry({ services: ['ticketing', 'signing', 'parking'] });

function rulebookOf(term: Term, policy = 'privacy') {
  const terms = [term, aRetention()];
  const document = policy === 'ticketing-privacy' ? aServicePolicy(terms) : aPolicy({ policy, terms });
  const { rulebook, problems } = compile([{ document, revision: 9 }], { ...registry, recipients: document.recipients });
  if (!rulebook) throw new Error(JSON.stringify(problems));
  return rulebook;
}

const { profile } = rulebookOf(aUse());
const standings = {
  hasAgreement: false,
  hasSeveralGeneral: false,
  servicePolicies: new Map([['ticketing-privacy', 'ticketing']]),
};

const atomOf = (term: Term, policy?: string): Atom => rulebookOf(term, policy).atoms[0]!;
const said = (term: Term, policy?: string): Statement => statementOf(atomOf(term, policy), profile);
const everywhere: readonly Service[] = [null];

function left(term: Term, services = everywhere, policy?: string): PlacedStatement {
  return { ...said(term, policy), services };
}

function fresh(term: Term, services = everywhere, given: Partial<FreshStatement> = {}): FreshStatement {
  return { ...left(term, services), isWeakenedFromConsent: false, older: [], ...given };
}

function aMark(term: Term, revision: number, given: Partial<FreshTopic & FreshMark>): FreshMark & FreshTopic {
  const base = { topic: topicOf(atomOf(term)), fresh: [], kept: [], policy: 'privacy', effectiveAt: null };
  return { ...base, ...given, revision };
}

/** What binds the atom of the term in a service; `policy` is the one that says it. */
function bindings(marks: readonly FreshMark[], term: Term, { service = null as Service, policy = 'privacy' } = {}) {
  return marksReader(marks, { ...standings, profile })(atomOf(term, policy), service);
}

const revisions = (...given: Parameters<typeof bindings>) => bindings(...given).map(({ revision }) => revision);

const interest = aUse({ basis: 'legitimateInterest' });
const contract = aUse({ basis: 'contract' });
const legal = aUse({ basis: 'legalObligation' });
const consent = aUse();

describe('where a mark binds', () => {
  it('is the service in which something was fresh, and every one that nobody had heard of where it was fresh for all', () => {
    const mark = aMark(consent, 2, {
      fresh: [fresh(consent, [null, 'signing'])],
      kept: [left(contract, ['ticketing'])],
    });
    const reader = marksReader([mark], { ...standings, profile });
    const of = (service: Service) => reader(atomOf(consent), service).length;
    expect(['signing', 'parking', null, 'ticketing', 'thirdParty:bank'].map(of)).toEqual([1, 1, 1, 0, 0]);
  });

  it('is another service as well where nobody is asked there, whatever the consent of a person is needed for', () => {
    const inSigning = (one: Term) => [aMark(one, 2, { fresh: [fresh(one, ['signing'])] })];
    for (const one of [interest, contract, legal]) expect(revisions(inSigning(one), one)).toEqual([2]);
    expect(revisions(inSigning(consent), consent)).toEqual([]);
  });

  it('is only where as much is said, not more', () => {
    const coarse = { ...contract, precision: { h3: 5 } } as const;
    const marks = [aMark(coarse, 2, { fresh: [fresh(coarse)] })];
    expect(revisions(marks, coarse)).toEqual([2]);
    expect(revisions(marks, contract)).toEqual([]);
  });

  it('is not where somebody has to be asked for what nobody was asked about, unless they had been before', () => {
    const marks = (given: Partial<FreshStatement>) => [aMark(legal, 2, { fresh: [fresh(legal, everywhere, given)] })];
    const older = [{ policy: 'privacy', basis: 'contract', validFor: null, minimumGroup: null }] as const;
    expect(revisions(marks({}), legal)).toEqual([2]);
    expect(revisions(marks({}), contract)).toEqual([]);
    expect(revisions(marks({ isWeakenedFromConsent: true }), contract)).toEqual([2]);
    expect(revisions(marks({ older }), contract)).toEqual([2]);
  });

  it('is judged by what was fresh in the service itself, before what was fresh in another', () => {
    const elsewhere = fresh(contract, ['signing'], { isWeakenedFromConsent: true });
    const weakened = (here: FreshStatement) =>
      bindings([aMark(contract, 2, { fresh: [elsewhere, here] })], contract).map((one) => one.isWeakenedFromConsent);
    expect(weakened(fresh(contract))).toEqual([false]);
    expect(weakened(fresh({ ...contract, precision: { h3: 5 } }))).toEqual([true]);
  });

  it('follows a recipient whose kind the register has changed', () => {
    const share = aSharing({ basis: 'contract' });
    const asPartner = fresh(share, everywhere, { recipientKind: 'partner' });
    expect(revisions([aMark(share, 2, { fresh: [asPartner] })], share)).toEqual([2]);
    const kept = { ...left(share), recipientKind: 'partner' } as const;
    expect(revisions([aMark(share, 2, { fresh: [fresh(share)], kept: [kept] })], share)).toEqual([]);
  });
});

describe('what was left as it was', () => {
  const inSigning = (kept: readonly PlacedStatement[], one: Term = interest) => [
    aMark(one, 2, { fresh: [fresh(one, ['signing'])], kept }),
  ];

  it('carries the same in another service of the same policy, but for those of third parties', () => {
    for (const one of [interest, contract]) {
      expect(revisions(inSigning([left(one, ['parking'])], one), one)).toEqual([]);
      expect(revisions(inSigning([left(one, ['thirdParty:bank', 'parking'])], one), one)).toEqual([]);
      expect(revisions(inSigning([left(one, ['thirdParty:bank'])], one), one)).toEqual([2]);
      expect(revisions(inSigning([left(one, ['parking'], 'other')], one), one)).toEqual([2]);
    }
    expect(revisions(inSigning([left({ ...interest, precision: { h3: 5 } }, ['parking'])]), interest)).toEqual([2]);
  });

  it('carries the same in its own service, whichever policy says it', () => {
    expect(revisions(inSigning([left(interest, everywhere, 'other')]), interest)).toEqual([]);
  });

  it('does not carry in one service what was fresh there, where it was left in another', () => {
    const mark = (services: readonly Service[]) => [
      aMark(interest, 2, { fresh: [fresh(interest)], kept: [left(interest, services)] }),
    ];
    expect(revisions(mark(['parking']), interest)).toEqual([2]);
    expect(revisions(mark(everywhere), interest)).toEqual([]);
  });

  it('carries a service policy as part of the general one', () => {
    const kept = [left(contract, ['parking'])];
    const service = 'ticketing';
    const marks = [
      aMark(contract, 2, { fresh: [fresh(contract, ['signing'], { policy: 'ticketing-privacy' })], kept }),
    ];
    expect(revisions(marks, contract, { service, policy: 'ticketing-privacy' })).toEqual([]);
  });

  it('carries a further processor of what processors receive, and nobody else', () => {
    const map = aSharing({ basis: 'contract' });
    const hosted = aSharing({ basis: 'contract', recipients: ['recipient:cloud-host'] });
    const carrier = aSharing({ basis: 'contract', recipients: ['recipient:carrier'] });
    const any = aSharing({ basis: 'contract', recipients: ['processor'] });
    const marks = (one: Term, kept: Term) => [aMark(one, 2, { fresh: [fresh(one)], kept: [left(kept)] })];
    expect(revisions(marks(hosted, map), hosted)).toEqual([]);
    for (const kept of [map, any]) expect(revisions(marks(carrier, kept), carrier)).toEqual([2]);
  });
});

describe('what a mark on one part of the country binds', () => {
  const shared = (regions: string[]) => aSharing({ basis: 'contract', regions });
  const regionsOf = (marks: readonly FreshMark[], term: Term) =>
    bindings(marks, term).map(({ regions, exceptRegions }) => [regions, exceptRegions]);

  it('is that part of whatever is said of the whole', () => {
    const inPart = (regions: string[]) => [aMark(shared(['CN']), 2, { fresh: [fresh(shared(regions))] })];
    expect(regionsOf(inPart(['CN-44']), shared(['CN']))).toEqual([[['CN-44'], []]]);
    expect(regionsOf(inPart(['CN-44']), shared(['SG']))).toEqual([]);
    expect(regionsOf(inPart(['SG']), shared(['CN', 'SG']))).toEqual([[['SG'], []]]);
    expect(regionsOf(inPart(['SG']), shared(['CN']))).toEqual([]);
    expect(bindings([aMark(contract, 2, { fresh: [fresh(contract)] })], contract)).toMatchObject([
      { regions: null, exceptRegions: [] },
    ]);
  });

  it('leaves out the parts in which something left says as much', () => {
    const ofAnother = left(shared(['CN-11']), everywhere, 'other');
    const mark = aMark(shared(['CN']), 2, {
      fresh: [fresh(shared(['CN']))],
      kept: [left(shared(['CN-44'])), ofAnother],
    });
    expect(regionsOf([mark], shared(['CN']))).toEqual([[['CN'], ['CN-44']]]);
  });
});

describe('what says the same as a statement that is bound already', () => {
  /** Found at the approval of the other policy alone: of itself it binds nothing that the first one says. */
  const first = (one: Term, given: Partial<FreshStatement> = {}) =>
    aMark(one, 1, { policy: 'other', isOwnOnly: true, fresh: [fresh(one, everywhere, { policy: 'other', ...given })] });
  const after = (mark: FreshMark, statement: PlacedStatement, by: readonly Statement[], term: Term = contract) => [
    mark,
    aMark(term, 2, { kept: [statement], vouched: [{ ...statement, by }] }),
  ];
  const stands = said(contract, 'other');
  /** Stood all along, and may do the same. */
  const unbound = said(legal, 'third');

  it('is bound by what binds that, in its own service and in its own words', () => {
    expect(revisions([first(contract)], contract)).toEqual([]);
    expect(revisions(after(first(interest), left(contract), [said(interest, 'other')]), contract)).toEqual([1]);
    const inSigning = after(first(interest), left(contract, ['signing']), [said(interest, 'other')]);
    expect(revisions(inSigning, contract, { service: 'signing' })).toEqual([1]);
    expect(revisions(inSigning, contract, { service: 'ticketing' })).toEqual([]);
    const inOtherWords = left({ ...contract, precision: { h3: 5 } });
    expect(revisions(after(first(interest), inOtherWords, [said(interest, 'other')]), contract)).toEqual([]);
  });

  it('is free where one that is not bound reaches as far', () => {
    const bound = said(interest, 'other');
    for (const by of [
      [bound, unbound],
      [unbound, bound],
    ])
      expect(revisions(after(first(interest), left(contract), by), contract)).toEqual([]);
    expect(revisions(after(first(contract), left(contract), [stands]), contract)).toEqual([]);
  });

  it('is bound in each region by what reaches it', () => {
    const share = (regions: string[], basis: Basis) => aSharing({ regions, basis });
    const [country, abroad] = [share(['CN'], 'legitimateInterest'), share(['SG'], 'legalObligation')];
    const both = share(['CN', 'SG'], 'contract');
    const marks = after(first(country), left(both), [said(country, 'other'), said(abroad, 'third')], both);
    expect(bindings(marks, both)).toMatchObject([{ revision: 1, regions: ['CN'] }]);
    expect(bindings(marks, share(['CN-44'], 'contract'))).toMatchObject([{ revision: 1, regions: ['CN-44'] }]);
  });

  it('is bound from each source by what reaches it', () => {
    const from = (sources: string[] | undefined, basis: Basis) => aCollection({ ...(sources && { sources }), basis });
    const anywhere = from(undefined, 'legitimateInterest');
    const marks = (statement: Term) => after(first(anywhere), left(statement), [said(anywhere, 'other')], anywhere);
    expect(revisions(marks(from(['device', 'subject'], 'contract')), from(['device'], 'contract'))).toEqual([1]);
    expect(revisions(marks(from(['device'], 'contract')), from(['subject'], 'contract'))).toEqual([]);
    expect(revisions(marks(from(['device'], 'contract')), from(undefined, 'contract'))).toEqual([]);
    expect(revisions(marks(from(undefined, 'contract')), from(undefined, 'contract'))).toEqual([1]);
  });

  it('is not bound by what asks nobody, unless somebody had been asked before', () => {
    const by = [said(legal, 'other')];
    expect(revisions(after(first(legal), left(contract), by), contract)).toEqual([]);
    const weakened = first(legal, { isWeakenedFromConsent: true });
    expect(revisions(after(weakened, left(contract), by), contract)).toEqual([1]);
  });

  it('is bound by it as well where something wider is fresh beside it', () => {
    const mark = aMark(contract, 2, { fresh: [fresh(interest)], kept: [left(interest, everywhere, 'other')] });
    expect(revisions([first(interest), mark], contract)).toEqual([1]);
  });
});

describe('an older word', () => {
  it('is bound by what bound the statement that it was given for', () => {
    const older = [{ policy: 'privacy', basis: 'contract', validFor: null, minimumGroup: null }] as const;
    const marks = [
      aMark(contract, 1, { fresh: [fresh(contract)] }),
      aMark(consent, 2, { fresh: [fresh(consent, everywhere, { older })] }),
    ];
    const olderOf = ({ older: words }: CandidateMark) =>
      words.map((word) => word.marks.map(({ revision }) => revision));
    const found = bindings(marks, consent).filter(({ revision }) => revision === 2);
    expect(found.map(olderOf)).toEqual([[[1]]]);
  });
});
