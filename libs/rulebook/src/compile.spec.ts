import fc from 'fast-check';
import { catalogue } from './catalogue.js';
import { compile, retentionFor, retentionsFor } from './compile.js';
import type { PolicyDocument } from './document.js';
import type { Rulebook } from './rulebook.js';
import type { Term } from './terms.js';
import { compilablePolicy } from './testing/arbitraries.js';
import {
  aCollection,
  aMinors,
  aPolicy,
  aRegistry,
  aRetention,
  aServicePolicy,
  aSharing,
  aUse,
} from './testing/builders.js';

function rulebookOf(...documents: readonly PolicyDocument[]): Rulebook {
  const { rulebook, problems } = compile(
    documents.map((document) => ({ document, revision: 1 })),
    aRegistry(),
  );
  if (!rulebook) throw new Error(JSON.stringify(problems));
  return rulebook;
}

const statements = (rulebook: Rulebook) =>
  rulebook.atoms
    .map(({ action, category, purpose, service, recipient, basis }) =>
      [action, category, purpose, service ?? '', recipient ?? '', basis].join(' '),
    )
    .sort();

const everything = catalogue.categories.map((one) => one.code);

describe('compiling', () => {
  it('lets a collection also be used for its purposes', () => {
    const rulebook = rulebookOf(aPolicy({ terms: [aCollection(), aRetention()] }));
    expect(statements(rulebook)).toEqual([
      'collect log.search product.improvement   consent',
      'use log.search product.improvement   consent',
    ]);
  });

  it('writes out every category for *', () => {
    const listed = rulebookOf(
      aPolicy({ terms: [aSharing({ categories: everything, recipients: ['authority'], basis: 'legalObligation' })] }),
    );
    const starred = rulebookOf(
      aPolicy({ terms: [aSharing({ categories: ['*'], recipients: ['authority'], basis: 'legalObligation' })] }),
    );
    expect(statements(starred)).toEqual(statements(listed));
    expect(starred.atoms).toHaveLength(everything.length);
  });

  it('writes out * like the list, whatever the policy', () => {
    const star = (codes: readonly string[], replacement: readonly string[]) =>
      codes.includes('*') ? [...replacement] : [...codes];
    fc.assert(
      fc.property(compilablePolicy, (document) => {
        const listed = {
          ...document,
          clauses: document.clauses.map((clause) => ({
            ...clause,
            terms: clause.terms.map((term) =>
              'categories' in term ? { ...term, categories: star(term.categories ?? [], everything) } : term,
            ),
          })),
        } as PolicyDocument;
        expect(statements(rulebookOf(listed))).toEqual(statements(rulebookOf(document)));
      }),
    );
  });

  it('permits nothing for an open-ended purpose', () => {
    const terms = [aUse({ purposes: ['*'] }), aUse({ purposes: ['other'] }), aUse({ purposes: ['service.other'] })];
    expect(rulebookOf(aPolicy({ terms })).atoms).toEqual([]);
  });

  it('cites a clause that exists for every atom', () => {
    fc.assert(
      fc.property(compilablePolicy, (document) => {
        const ids = new Set(document.clauses.map((clause) => clause.id));
        expect(rulebookOf(document).atoms.every((atom) => ids.has(atom.clauseId) && atom.policy === 'privacy')).toBe(
          true,
        );
      }),
    );
  });

  it('never gains an atom when a term is removed', () => {
    fc.assert(
      fc.property(compilablePolicy, fc.nat(), (document, pick) => {
        const permitting = document.clauses.slice(0, -1).flatMap((clause) => clause.terms);
        fc.pre(permitting.length > 0);
        const removed = permitting[pick % permitting.length];
        const fewer = {
          ...document,
          clauses: document.clauses.map((clause) => ({
            ...clause,
            terms: clause.terms.filter((term) => term !== removed),
          })),
        };
        const before = new Set(statements(rulebookOf(document)));
        expect(statements(rulebookOf(fewer)).every((statement) => before.has(statement))).toBe(true);
      }),
    );
  });

  it('refuses a policy with errors and says where they are', () => {
    const { rulebook, problems } = compile(
      [{ document: aPolicy({ terms: [aCollection()] }), revision: 1 }],
      aRegistry(),
    );
    expect(rulebook).toBeNull();
    expect(problems).toMatchObject([
      { policy: 'privacy', path: 'clauses[0].terms[0].categories[0]', code: 'policy.retentionMissing' },
    ]);
  });

  it('lets a service policy rest on the retention promised by the general one', () => {
    const service = aServicePolicy([aCollection()]);
    expect(compile([{ document: service, revision: 1 }], aRegistry()).problems.map((one) => one.code)).toEqual([
      'policy.retentionMissing',
    ]);
    expect(rulebookOf(aPolicy({ terms: [aRetention()] }), service).atoms).toHaveLength(2);
  });

  it('keeps the shortest of the promises that several general policies make', () => {
    const promising = (policy: string, period: string) => ({
      document: aPolicy({ policy, terms: [aCollection(), aRetention({ period })] }),
      revision: 1,
    });
    const kept = (...sources: ReturnType<typeof promising>[]) => {
      const { rulebook } = compile(sources, aRegistry());
      return rulebook && retentionFor(rulebook, { category: 'log.search' })?.policy;
    };
    expect(kept(promising('a', 'P1Y'), promising('b', 'P1M'))).toBe('b');
    expect(kept(promising('a', 'P1M'), promising('b', 'P1Y'))).toBe('a');
  });

  it('takes what ends with an event for the longest promise, and of equal ones the first', () => {
    const kept = (...given: Parameters<typeof aRetention>[0][]) => {
      const sources = given.map((one, index) => ({
        document: aPolicy({ policy: `p${index}`, terms: [aRetention(one)] }),
        revision: 1,
      }));
      return retentionFor(compile(sources, aRegistry()).rulebook!, { category: 'log.search' })?.policy;
    };
    expect(kept({ until: 'accountClosure' }, { period: 'P10Y' })).toBe('p1');
    expect(kept({ period: 'P10Y' }, { until: 'accountClosure' })).toBe('p0');
    expect(kept({ period: 'P1Y' }, { period: 'P12M' })).toBe('p0');
  });

  it('tells of a promise the whole term and where it stands', () => {
    const minimum = { period: 'P6M', ground: 'Cybersecurity Law' };
    const terms = [aUse(), aRetention({ period: 'P1Y', minimum, then: 'anonymise' })];
    const { rulebook } = compile([{ document: aPolicy({ terms }), revision: 7 }], aRegistry());
    expect(retentionFor(rulebook!, { category: 'log.search' })).toEqual({
      category: 'log.search',
      isOfEverything: false,
      purposes: null,
      service: null,
      period: 'P1Y',
      until: null,
      then: 'anonymise',
      minimum,
      policy: 'privacy',
      revision: 7,
      clauseId: 'first',
      path: 'clauses[0].terms[1]',
    });
  });

  it('knows the services that are registered or named, and of recipients what the register says where there is one', () => {
    const document = aPolicy({
      terms: [aUse({ services: ['parking', 'thirdParty:blue-pass'] })],
      services: ['parking'],
    });
    const sources = [{ document, revision: 1 }];
    const offline = compile(sources, aRegistry()).rulebook!;
    expect([...offline.registered.services]).toEqual(['parking']);
    expect([...offline.recipients.keys()]).toEqual(['map-provider', 'cloud-host', 'carrier']);
    const recipients = [{ slug: 'map-provider', kind: 'processor', region: 'SG' }] as const;
    const registry = aRegistry({ services: ['ticketing', 'parking'], recipients, thirdPartyServices: ['blue-pass'] });
    const registered = compile(sources, registry).rulebook!;
    expect([...registered.registered.services].sort()).toEqual(['parking', 'ticketing']);
    expect([...registered.recipients.values()]).toEqual(recipients);
    expect([...compile([], registry).rulebook!.registered.services]).toEqual(['ticketing', 'parking']);
  });

  it('tells of exclusions which services they name, and where they stand', () => {
    const terms: Term[] = [
      aUse(),
      { type: 'exclusion', scope: 'thirdPartyServices', thirdPartyServices: ['plaza'] },
      { type: 'exclusion', scope: 'thirdPartyServices' },
    ];
    const where = { scope: 'thirdPartyServices', policy: 'privacy', revision: 1, clauseId: 'first' };
    expect(rulebookOf(aPolicy({ terms })).exclusions).toEqual([
      { ...where, thirdPartyServices: ['plaza'] },
      { ...where, thirdPartyServices: null },
    ]);
  });

  it('names the policy of each problem, and each category that is promised nowhere once', () => {
    const twice = [
      aCollection(),
      aCollection({ purposes: ['personalisation'] }),
      aCollection({ categories: ['log.cookie'] }),
    ];
    const { rulebook, problems } = compile([{ document: aServicePolicy(twice), revision: 1 }], aRegistry());
    expect(rulebook).toBeNull();
    expect(problems.map(({ policy, code, path }) => [policy, code, path])).toEqual([
      ['ticketing-privacy', 'policy.retentionMissing', 'clauses[0].terms[0]'],
      ['ticketing-privacy', 'policy.retentionMissing', 'clauses[0].terms[2]'],
    ]);
    expect(problems[0]?.message).toEqual({
      'zh-CN': expect.stringContaining('搜索记录'),
      en: expect.stringContaining('search history'),
    });
  });

  it('takes only an agreement for one, and asks guardians for longer only where a term asks for their consent', () => {
    const agreement = aPolicy({ policy: 'user-agreement', kind: 'agreement', terms: [] });
    expect(rulebookOf(aPolicy(), agreement).agreement).toMatchObject({ policy: 'user-agreement', revision: 1 });
    expect(rulebookOf(aPolicy()).agreement).toBeNull();
  });

  it('refuses two agreements and one policy twice, and lets general policies stand beside each other', () => {
    const problems = (...documents: readonly PolicyDocument[]) =>
      compile(
        documents.map((document) => ({ document, revision: 1 })),
        aRegistry(),
      ).problems.map((one) => one.code);
    expect(problems(aPolicy(), aPolicy({ policy: 'other' }))).toEqual([]);
    expect(problems(aPolicy(), aPolicy())).toEqual(['policy.policyRepeated']);
    const twice = [aPolicy(), aPolicy()].map((document) => ({ document, revision: 1 }));
    expect(compile(twice, aRegistry()).problems).toMatchObject([
      { path: 'policy', policy: 'privacy', message: { en: expect.stringContaining('"privacy"') } },
    ]);
    const agreement = aPolicy({ policy: 'terms', kind: 'agreement', terms: [] });
    expect(problems(agreement, { ...agreement, policy: 'more-terms' })).toEqual(['policy.policyRepeated']);
    expect(problems(aServicePolicy([]), aServicePolicy([]))).toEqual(['policy.policyRepeated']);
    expect(problems(aPolicy(), aServicePolicy([]), aServicePolicy([], 'signing'))).toEqual([]);
  });

  it('takes the higher of the policy’s and the law’s age of guardian consent', () => {
    expect(rulebookOf(aPolicy({ terms: [aMinors({ under: 12 })] })).guardianConsentUnder).toBe(14);
    expect(rulebookOf(aPolicy({ terms: [aMinors({ under: 16 })] })).guardianConsentUnder).toBe(16);
  });

  it('keeps data as long as the service’s own policy says, else its own term, else the general one', () => {
    const general = aPolicy({ terms: [aRetention(), aRetention({ services: ['signing'], period: 'P30D' })] });
    const shorter = aPolicy({ terms: [aRetention({ services: ['ticketing'], period: 'P1W' })] });
    const both = rulebookOf(shorter, aServicePolicy([aRetention({ period: 'P2W' })]));
    expect(retentionFor(both, { category: 'log.search', service: 'ticketing' })?.period).toBe('P2W');
    const longer = aRetention({ services: ['signing'], period: 'P1Y' });
    const own = rulebookOf(aPolicy({ terms: [aRetention(), longer] }));
    expect(retentionFor(own, { category: 'log.search', service: 'signing' })?.period).toBe('P1Y');
    const rulebook = rulebookOf(general, aServicePolicy([aRetention({ period: 'P2W' })]));
    expect(retentionFor(rulebook, { category: 'log.search' })?.period).toBe('P6M');
    expect(retentionFor(rulebook, { category: 'log.search', service: 'signing' })?.period).toBe('P30D');
    expect(retentionFor(rulebook, { category: 'log.search', service: 'ticketing' })?.period).toBe('P2W');
    expect(retentionFor(rulebook, { category: 'log.cookie', service: 'ticketing' })).toBeNull();
  });

  it('keeps what a policy names as long as it says there, and the rest as long as it says of everything', () => {
    const all = aRetention({ categories: ['*'], period: 'P1Y' });
    const general = aPolicy({ terms: [all, aRetention({ period: 'P2Y' })] });
    const rulebook = rulebookOf(general, aServicePolicy([aRetention({ categories: ['*'], period: 'P8M' })]));
    expect(retentionFor(rulebook, { category: 'log.search' })?.period).toBe('P2Y');
    expect(retentionFor(rulebook, { category: 'log.cookie' })?.period).toBe('P1Y');
    expect(retentionFor(rulebook, { category: 'log.search', service: 'ticketing' })?.period).toBe('P8M');
    const inSigning = aRetention({ categories: ['*'], services: ['signing'], period: 'P1Y' });
    const other = rulebookOf(aPolicy({ terms: [inSigning, aRetention({ period: 'P2Y' })] }));
    expect(retentionFor(other, { category: 'log.search', service: 'signing' })?.period).toBe('P1Y');
  });

  it('keeps for each purpose as long as is said of it, and for the rest as long as is said of every one', () => {
    const terms = [
      aCollection({ purposes: ['product.improvement', 'personalisation'] }),
      aRetention({ period: 'P1Y' }),
      aRetention({ purposes: ['personalisation'], period: 'P30D' }),
    ];
    const service = aServicePolicy([aRetention({ purposes: ['product.improvement'], period: 'P2W' })]);
    const rulebook = rulebookOf(aPolicy({ terms }), service);
    const kept = (purpose: string | null, service?: string) =>
      retentionFor(rulebook, { category: 'log.search', purpose, service })?.period;
    expect(kept('personalisation')).toBe('P30D');
    expect(kept('product.improvement')).toBe('P1Y');
    expect(kept(null)).toBe('P1Y');
    expect(kept('product.improvement', 'ticketing')).toBe('P2W');
    expect(kept('personalisation', 'ticketing')).toBe('P30D');
    const all = (purposes?: string[]) =>
      retentionsFor(rulebook, { category: 'log.search', purposes }).map(({ period }) => period);
    expect(all()).toEqual(['P1Y', 'P30D']);
    expect(all(['personalisation'])).toEqual(['P30D']);
    expect(all(['product.improvement', 'personalisation', 'product.improvement'])).toEqual(['P1Y', 'P30D']);
    expect(all([])).toEqual([]);
  });

  it('keeps the shorter where one promise is of the category and another of the purpose', () => {
    const all = (period: string) => aRetention({ categories: ['*'], purposes: ['personalisation'], period });
    const kept = (...terms: Term[]) =>
      retentionFor(rulebookOf(aPolicy({ terms })), { category: 'log.search', purpose: 'personalisation' })?.period;
    expect(kept(aRetention({ period: 'P1Y' }), all('P200D'))).toBe('P200D');
    expect(kept(aRetention({ period: 'P190D' }), all('P200D'))).toBe('P190D');
    const both = aRetention({ purposes: ['personalisation'], period: 'P2Y' });
    expect(kept(aRetention({ period: 'P1Y' }), all('P200D'), both)).toBe('P2Y');
  });

  it('reads every purpose for * and for none alike', () => {
    const promises = (purposes?: string[]) =>
      rulebookOf(aPolicy({ terms: [aRetention(purposes && { purposes })] })).promises;
    expect(promises(['*', 'personalisation'])).toEqual(promises());
  });

  it('names the purposes that something is collected for and nobody promises how long it is kept', () => {
    const general = aPolicy({ terms: [aRetention({ purposes: ['personalisation'] })] });
    const service = aServicePolicy([aCollection({ purposes: ['personalisation', 'product.improvement'] })]);
    const sources = [general, service].map((document) => ({ document, revision: 1 }));
    expect(compile(sources, aRegistry()).problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        policy: 'ticketing-privacy',
        path: 'clauses[0].terms[0]',
        code: 'policy.retentionPurposeMissing',
        message: { en: '"search history" is collected for "improving services", for which no retention is promised.' },
      },
    ]);
  });

  it('keeps nothing longer than another policy promises of everything', () => {
    const other = aPolicy({ policy: 'other', terms: [aRetention({ categories: ['*'], period: 'P1Y' })] });
    const rulebook = rulebookOf(aPolicy({ terms: [aRetention({ period: 'P2Y' })] }), other);
    expect(retentionFor(rulebook, { category: 'log.search' })?.period).toBe('P1Y');
  });
});
