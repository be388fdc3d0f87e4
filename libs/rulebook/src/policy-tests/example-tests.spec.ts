import type { PolicyDocument } from '../document.js';
import type { CollectionTerm, Term, UseTerm } from '../terms.js';
import { consentPermissions, consentTests, exampleTests } from './example-tests.js';
import { runPolicyTests } from './run.js';
import { parsePolicyTests } from './test-file.js';

const names = { without: '没有同意: "不允许"', withIt: 'allowed with it', nobody: 'nobody' };
const text = { 'zh-CN': '文', en: 'Text' };
const retention: Term = { type: 'retention', categories: ['log.browsing'], period: 'P6M', then: 'delete' };

function aDocument(terms: readonly Term[]): PolicyDocument {
  return {
    policy: 'privacy',
    kind: 'general',
    title: text,
    contact: text,
    glossary: [],
    definitions: [],
    services: ['ticketing'],
    recipients: [],
    clauses: [{ id: '2.1', heading: text, body: text, terms: [...terms, retention] }],
  };
}

const matters = { categories: ['log.browsing'], purposes: ['advertising.relevant'] };
const aUse = (rest: Partial<UseTerm>): UseTerm => ({ type: 'use', ...matters, basis: 'consent', ...rest });
const aCollection = (rest: Partial<CollectionTerm>): CollectionTerm => ({
  type: 'collection',
  ...matters,
  basis: 'consent',
  required: true,
  ...rest,
});

describe('the tests of consents', () => {
  it('are two for each term that rests on one, and pass', () => {
    const terms = [aUse({ basis: 'contract' }), aCollection({ required: false }), aUse({ basis: 'separateConsent' })];
    const document = aDocument(terms);
    const named = { without: () => 'without', withIt: ({ category }: { category: string }) => `with ${category}` };
    const content = consentTests({ document, revision: 1, day: '2026-07-01', names: named });
    const { tests } = parsePolicyTests(content ?? '');
    expect(tests?.cases).toHaveLength(4);
    expect(tests && runPolicyTests(document, tests)).toMatchObject({ passed: 4, failed: 0 });
    const rest = { revision: 1, day: '2026-07-01', names: named };
    expect(consentTests({ document: aDocument([aUse({ basis: 'contract' })]), ...rest })).toBeNull();
  });

  it('are only those that are wanted, none where nothing is', () => {
    const other = { purposes: ['service.improvement'] };
    const document = aDocument([aUse({}), aUse(other)]);
    expect(consentPermissions(document.clauses)).toEqual([
      { clause: '2.1', category: 'log.browsing', purpose: 'advertising.relevant' },
      { clause: '2.1', category: 'log.browsing', purpose: 'service.improvement' },
    ]);
    const named = { without: () => 'without', withIt: ({ purpose }: { purpose: string }) => purpose };
    const asked = { document, revision: 1, day: '2026-07-01', names: named };
    const content = consentTests({ ...asked, isWanted: ({ purpose }) => purpose === 'service.improvement' });
    expect(parsePolicyTests(content ?? '').tests?.cases.map(({ name }) => name)).toEqual([
      'without',
      'service.improvement',
    ]);
    expect(consentTests({ ...asked, isWanted: () => false })).toBeNull();
  });
});

describe('the tests to begin with', () => {
  it.each<[string, readonly Term[], number]>([
    ['consent', [aUse({})], 2],
    ['separate consent, in one service', [aUse({ basis: 'separateConsent', services: ['ticketing'] })], 2],
    [
      'a contract, after a location',
      [aUse({ categories: ['location.gps'], basis: 'separateConsent' }), aUse({ basis: 'contract' })],
      2,
    ],
    ['collection on a legal obligation', [aCollection({ basis: 'legalObligation' })], 1],
    ['nothing permitted', [], 1],
  ])('pass for a policy with %s', (_basis, terms, count) => {
    const document = aDocument(terms);
    const { tests } = parsePolicyTests(exampleTests({ document, revision: 1, day: '2026-07-01', names }));
    expect(tests && runPolicyTests(document, tests)).toMatchObject({ passed: count, failed: 0 });
  });
});
