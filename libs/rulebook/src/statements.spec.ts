import fc from 'fast-check';
import { addDuration, parseDuration } from './duration.js';
import {
  asksNoMore,
  canLast,
  covers,
  coversForProcessors,
  differsInWordOnly,
  partsOf,
  type Statement,
} from './statements.js';
import { bases } from './vocabulary.js';

const standings = {
  hasAgreement: false,
  hasSeveralGeneral: false,
  servicePolicies: new Map([['ticketing-privacy', 'ticketing']]),
};

function aStatement(given: Partial<Statement> = {}): Statement {
  return {
    policy: 'privacy',
    basis: 'consent',
    validFor: null,
    precision: 'exact',
    sources: null,
    minimumGroup: null,
    form: null,
    recipient: null,
    recipientKind: null,
    regions: null,
    ...given,
  };
}

const sharedWith = (given: Partial<Statement> = {}) =>
  aStatement({ recipient: 'processor', recipientKind: 'processor', regions: ['CN'], ...given });
const mapProvider = { recipient: 'recipient:map-provider', recipientKind: 'processor' } as const;

describe('how long a consent can last', () => {
  it.each([
    ['P90D', 'P30D', true],
    ['P30D', 'P90D', false],
    ['P30D', 'P30D', false],
    ['P31D', 'P1M', true],
    ['P1M', 'P30D', true],
    ['P1M', 'P31D', false],
    ['P28D', 'P1M', false],
    ['P1Y', 'P365D', true],
    ['P1Y', 'P366D', false],
    ['P12M', 'P1Y', false],
    ['P1M1D', 'P1M', true],
    ['PT25H', 'P1D', true],
    ['PT23H', 'P1D', false],
    [null, 'P30D', true],
    ['P30D', null, false],
    [null, null, false],
    ['some time', 'P30D', true],
  ])('says whether %s may outlast %s: %p', (later, earlier, expected) => {
    expect(canLast(later, earlier)).toBe(expected);
  });

  it('never overlooks a day on which the later one lasts longer', () => {
    const duration = fc.constantFrom(
      'P28D',
      'P29D',
      'P30D',
      'P31D',
      'P1M',
      'P59D',
      'P2M',
      'P62D',
      'P365D',
      'P1Y',
      'P1M1D',
    );
    const day = fc.integer({ min: 0, max: 1460 }).map((days) => Date.parse('2024-01-01T00:00:00Z') + days * 86_400_000);
    fc.assert(
      fc.property(duration, duration, day, (later, earlier, start) => {
        const end = (text: string) => addDuration(start, parseDuration(text)!, 0);
        if (end(later) > end(earlier)) expect(canLast(later, earlier)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('whether an earlier statement lets everybody do what a later one does', () => {
  it('is so of the same, of what is coarser, from fewer sources, in fewer places or to larger groups', () => {
    expect(covers(aStatement(), aStatement(), standings)).toBe(true);
    expect(covers(aStatement(), aStatement({ precision: { h3: 15 } }), standings)).toBe(true);
    expect(covers(aStatement({ precision: { h3: 0 } }), aStatement({ precision: 'truncated' }), standings)).toBe(true);
    expect(covers(aStatement(), aStatement({ sources: ['device'] }), standings)).toBe(true);
    expect(covers(aStatement({ sources: ['device', 'subject'] }), aStatement({ sources: ['device'] }), standings)).toBe(
      true,
    );
    expect(covers(sharedWith(), sharedWith({ regions: ['CN-44'] }), standings)).toBe(true);
    expect(covers(sharedWith({ regions: ['SG', 'CN'] }), sharedWith({ regions: ['CN-44'] }), standings)).toBe(true);
    expect(covers(aStatement({ minimumGroup: 5 }), aStatement({ minimumGroup: 20 }), standings)).toBe(true);
  });

  it.each<[string, Partial<Statement>, Partial<Statement>]>([
    ['more exact', { precision: { h3: 5 } }, { precision: { h3: 6 } }],
    ['no longer truncated', { precision: 'truncated' }, { precision: { h3: 0 } }],
    ['from a further source', { sources: ['device'] }, { sources: ['device', 'subject'] }],
    ['from anywhere', { sources: ['device'] }, { sources: null }],
    ['in a further place', { ...mapProvider, regions: ['CN'] }, { ...mapProvider, regions: ['CN', 'SG'] }],
    ['in the whole country', { ...mapProvider, regions: ['CN-44'] }, { ...mapProvider, regions: ['CN'] }],
    ['to smaller groups', { minimumGroup: 20 }, { minimumGroup: 5 }],
    ['to groups of any size', { minimumGroup: 20 }, { minimumGroup: null }],
    ['person by person', { form: 'aggregated' }, { form: 'personalised' }],
    ['to somebody else', { ...mapProvider }, { recipient: 'recipient:carrier', recipientKind: 'partner' }],
    ['for longer', { validFor: 'P30D' }, { validFor: 'P90D' }],
  ])('is not so of what is %s', (_, earlier, later) => {
    expect(covers(aStatement(earlier), aStatement(later), standings)).toBe(false);
  });

  it('takes a named recipient for one of its kind, but no kind for one that was named', () => {
    const named = sharedWith(mapProvider);
    expect(covers(sharedWith(), named, standings)).toBe(true);
    expect(covers(named, { ...named, recipientKind: 'partner' }, standings)).toBe(false);
    expect(covers(named, sharedWith(), standings)).toBe(false);
    expect(covers(named, sharedWith({ ...mapProvider, recipient: 'recipient:cloud-host' }), standings)).toBe(false);
    expect(covers(sharedWith({ recipient: 'partner', recipientKind: 'partner' }), named, standings)).toBe(false);
  });

  it('takes any processor for another where processors are what it is about', () => {
    const named = sharedWith(mapProvider);
    expect(
      coversForProcessors(named, sharedWith({ ...mapProvider, recipient: 'recipient:cloud-host' }), standings),
    ).toBe(true);
    const partner = sharedWith({ recipient: 'recipient:carrier', recipientKind: 'partner' });
    expect(coversForProcessors(named, partner, standings)).toBe(false);
    expect(coversForProcessors(partner, named, standings)).toBe(false);
    expect(coversForProcessors(partner, partner, standings)).toBe(true);
    expect(coversForProcessors(named, sharedWith({ ...mapProvider, regions: ['SG'] }), standings)).toBe(false);
    expect(coversForProcessors(named, sharedWith({ ...mapProvider, basis: 'contract' }), standings)).toBe(false);
  });
});

describe('whether the same word carries two statements, or none is needed', () => {
  const asks = (earlier: Partial<Statement>, later: Partial<Statement>, given: Partial<typeof standings> = {}) =>
    asksNoMore(aStatement(earlier), aStatement(later), { ...standings, ...given });

  it('is never so where the later one asks for less', () => {
    for (const consent of ['consent', 'separateConsent'] as const)
      for (const basis of bases) if (!basis.endsWith('onsent')) expect(asks({ basis: consent }, { basis })).toBe(false);
    expect(asks({ basis: 'separateConsent' }, { basis: 'consent' })).toBe(false);
    expect(asks({ basis: 'contract' }, { basis: 'legalObligation' })).toBe(false);
    expect(asks({ basis: 'publicInterest' }, { basis: 'legalObligation' })).toBe(false);
  });

  it('is so of what everybody had to bear already', () => {
    for (const basis of bases) {
      expect(asks({ basis: 'legalObligation' }, { basis })).toBe(true);
      expect(asks({ basis: 'vitalInterest' }, { basis })).toBe(basis !== 'legalObligation');
      expect(asks({ basis }, { basis })).toBe(true);
    }
    expect(asks({ basis: 'consent' }, { basis: 'separateConsent' })).toBe(true);
  });

  it('is so of two contracts that one acceptance carries', () => {
    const contract = (policy: string) => ({ basis: 'contract', policy }) as const;
    expect(asks(contract('privacy'), contract('other'))).toBe(false);
    expect(asks(contract('privacy'), contract('other'), { hasAgreement: true })).toBe(true);
    expect(asks(contract('privacy'), contract('ticketing-privacy'))).toBe(false);
    expect(asks(contract('ticketing-privacy'), contract('privacy'))).toBe(false);
    const both = new Map([...standings.servicePolicies, ['signing-privacy', 'signing']]);
    expect(asks(contract('signing-privacy'), contract('ticketing-privacy'), { servicePolicies: both })).toBe(false);
  });
});

describe('what differs in the word alone', () => {
  const differs = (earlier: Partial<Statement>, later: Partial<Statement>) =>
    differsInWordOnly(aStatement(earlier), aStatement(later));

  it('may last longer, reach smaller groups or rest on another consent', () => {
    expect(differs({ basis: 'legalObligation' }, { basis: 'legalObligation' })).toBe(true);
    expect(differs({ validFor: 'P30D', minimumGroup: 50 }, { validFor: null, minimumGroup: 5 })).toBe(true);
    expect(differs({ basis: 'separateConsent' }, { basis: 'consent' })).toBe(true);
    expect(differs({ basis: 'contract' }, { basis: 'consent' })).toBe(true);
    expect(differs({ form: 'personalised' }, { form: 'aggregated' })).toBe(true);
  });

  it('asks for a word still, and says no more of anything else', () => {
    expect(differs({ basis: 'consent' }, { basis: 'contract' })).toBe(false);
    expect(differs({ basis: 'consent' }, { basis: 'legalObligation' })).toBe(false);
    expect(differs({ basis: 'publicInterest' }, { basis: 'consent' })).toBe(false);
    expect(differs({ form: 'aggregated' }, { form: 'personalised' })).toBe(false);
    expect(differs({ form: null }, { form: 'aggregated' })).toBe(false);
    expect(differs({ form: 'personalised' }, { form: null })).toBe(false);
    expect(differs({ basis: 'legalObligation' }, { basis: 'contract' })).toBe(false);
    expect(differs({ precision: { h3: 5 } }, { precision: 'exact' })).toBe(false);
    expect(differs(mapProvider, { recipient: 'recipient:cloud-host', recipientKind: 'processor' })).toBe(false);
  });
});

describe('the parts of a statement', () => {
  it('are one for each source and each place', () => {
    const parts = partsOf(sharedWith({ sources: ['device', 'subject'], regions: ['CN', 'SG'] }));
    expect(parts.map(({ sources, regions }) => [sources, regions])).toEqual([
      [['device'], ['CN']],
      [['device'], ['SG']],
      [['subject'], ['CN']],
      [['subject'], ['SG']],
    ]);
    expect(partsOf(aStatement())).toEqual([aStatement()]);
  });
});
