import fc from 'fast-check';
import { catalogue } from '../catalogue.js';
import { compile } from '../compile.js';
import { compare } from '../compare/compare.js';
import type { PolicyDocument } from '../document.js';
import { offlineRegistry } from '../registry.js';
import type { Candidate, Rulebook } from '../rulebook.js';
import { anyTerm, compilablePolicy } from '../testing/arbitraries.js';
import { aGuide, aMinors } from '../testing/builders.js';
import { now } from '../testing/subjects.js';
import { choicesOf, standingOf } from './choices.js';
import { saysUnknown } from './codes.js';
import { decide } from './decide.js';
import { explain } from './explain.js';
import type { ConsentFact, Question, SubjectFacts } from './facts.js';

const categories = ['log.search', 'log.browsing', 'location.gps', 'log.network'];
const purposes = ['service.provision', 'advertising.relevant', 'personalisation', 'product.improvement'];
const services = ['ticketing', 'signing'];
const instant = fc.integer({ min: now - 1000, max: now + 10 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const consent: fc.Arbitrary<ConsentFact> = fc.record({
  id: fc.uuid(),
  state: fc.constantFrom('granted', 'withdrawn'),
  purpose: fc.constantFrom(...purposes),
  categories: maybe(fc.subarray(categories)),
  service: maybe(fc.constantFrom(...services)),
  recipient: maybe(fc.constantFrom('map-provider', 'carrier')),
  region: maybe(fc.constantFrom('CN', 'SG')),
  at: instant,
  expiresAt: maybe(instant),
  revision: maybe(fc.integer({ min: 1, max: 3 })),
});

const facts: fc.Arbitrary<SubjectFacts> = fc.record({
  kind: fc.constantFrom('person', 'enterprise', 'device'),
  isRestricted: fc.boolean(),
  birthDate: maybe(fc.constantFrom('1990-01-01', '2015-01-01')),
  guardian: maybe(fc.record({ isConfirmed: fc.boolean(), hasConsented: fc.boolean() })),
  isPositioningOn: fc.boolean(),
  positioningChanges: fc.array(fc.record({ isOn: fc.boolean(), at: instant }), { maxLength: 3 }),
  gpcSince: maybe(instant),
  consents: fc.array(consent, { maxLength: 6 }),
  acceptances: fc.array(
    fc.record({
      policy: fc.constant('privacy'),
      revision: fc.integer({ min: 1, max: 2 }),
      mode: fc.constantFrom('explicit', 'continuedUse'),
      at: instant,
    }),
    { maxLength: 2 },
  ),
});

const question: fc.Arbitrary<Question> = fc.record({
  action: fc.constantFrom('collect', 'use', 'share'),
  categories: fc.subarray(categories, { minLength: 1 }),
  purpose: fc.option(fc.constantFrom(...purposes), { nil: null, freq: 4 }),
  service: maybe(fc.constantFrom(...services, ...services, ...services, 'singing')),
  fromService: maybe(fc.constantFrom(...services)),
  form: maybe(fc.constantFrom('aggregated', 'personalised')),
  recipient: maybe(fc.constantFrom('map-provider', 'carrier', 'nobody')),
  region: maybe(fc.constantFrom('CN', 'SG')),
  storage: maybe(fc.constant('onDevice' as const)),
  occurredAt: maybe(instant),
  at: fc.constant(now),
});

const registry = offlineRegistry();
const rulebookOf = (...documents: readonly PolicyDocument[]): Rulebook => {
  const { rulebook, problems } = compile(
    documents.map((document) => ({ document, revision: 1 })),
    registry,
  );
  if (!rulebook) throw new Error(JSON.stringify(problems));
  return rulebook;
};

/** Most questions about most policies are refused at rule 3; subjects who agreed to everything reach further. */
const willing: fc.Arbitrary<SubjectFacts> = fc
  .record({ extra: fc.array(consent, { maxLength: 3 }), one: facts })
  .map(({ extra, one }) => ({
    ...one,
    kind: 'person',
    birthDate: '1990-01-01',
    isRestricted: false,
    isPositioningOn: true,
    positioningChanges: [],
    gpcSince: null,
    acceptances: [{ policy: 'privacy', revision: 1, mode: 'explicit', at: now - 2000 }],
    consents: [
      ...purposes.map((purpose) => ({
        state: 'granted' as const,
        purpose,
        categories,
        recipient: null,
        at: now - 1500,
      })),
      ...extra,
    ],
  }));
const anySubject = fc.oneof(facts, willing);

const onlyThe = (candidate: Candidate, category: string, purpose: string): Rulebook['index']['use'] =>
  new Map([
    [
      category,
      new Map([
        [
          purpose,
          { forEveryService: [candidate], byService: new Map(services.map((service) => [service, [candidate]])) },
        ],
      ]),
    ],
  ]);

describe('for any policy, subject and question', () => {
  it('never turns a refusal into a permission by a further withdrawal', () => {
    fc.assert(
      fc.property(
        compilablePolicy,
        anySubject,
        question,
        consent,
        fc.nat(),
        (document, subject, asked, event, place) => {
          const rulebook = rulebookOf(document);
          const consents = [...(subject.consents ?? [])];
          consents.splice(place % (consents.length + 1), 0, { ...event, state: 'withdrawn' });
          const before = decide(rulebook, subject, asked);
          const after = decide(rulebook, { ...subject, consents }, asked);
          after.results.forEach((result, index) =>
            expect(!result.allowed || before.results[index]?.allowed).toBe(true),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never adds a permission by removing a term of the general policy', () => {
    fc.assert(
      fc.property(compilablePolicy, anySubject, question, fc.nat(), (document, subject, asked, pick) => {
        const terms = document.clauses.slice(0, -1).flatMap((clause) => clause.terms);
        fc.pre(terms.length > 0);
        const removed = terms[pick % terms.length];
        const fewer = {
          ...document,
          clauses: document.clauses.map((clause) => ({
            ...clause,
            terms: clause.terms.filter((term) => term !== removed),
          })),
        };
        const before = decide(rulebookOf(document), subject, asked);
        const after = decide(rulebookOf(fewer), subject, asked);
        after.results.forEach((result, index) => expect(!result.allowed || before.results[index]?.allowed).toBe(true));
      }),
      { numRuns: 200 },
    );
  });

  it('changes nothing for other services by a service policy', () => {
    const own = compilablePolicy.map((document): PolicyDocument => {
      const clauses = document.clauses.map((clause) => ({
        ...clause,
        terms: clause.terms.map((term) =>
          'services' in term ? { ...term, services: undefined } : 'to' in term ? { ...term, to: ['ticketing'] } : term,
        ),
      }));
      return {
        ...document,
        policy: 'ticketing-privacy',
        kind: 'service',
        service: 'ticketing',
        clauses,
      } as PolicyDocument;
    });
    fc.assert(
      fc.property(compilablePolicy, own, anySubject, question, (general, service, subject, asked) => {
        fc.pre(asked.service !== 'ticketing');
        expect(decide(rulebookOf(general, service), subject, asked)).toEqual(
          decide(rulebookOf(general), subject, asked),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('decides the same for everybody beside a guide, but for the ages that it raises', () => {
    fc.assert(
      fc.property(compilablePolicy, anySubject, question, fc.array(anyTerm), (document, subject, asked, terms) => {
        const promises = terms.filter(({ type }) => type === 'right' || type === 'protection');
        const guide = aGuide([...new Map(promises.map((term) => [term.type, term])).values()]);
        expect(decide(rulebookOf(guide, document), subject, asked)).toEqual(
          decide(rulebookOf(document), subject, asked),
        );
        const raised = decide(rulebookOf(document, aGuide([aMinors({ under: 16 })])), subject, asked);
        decide(rulebookOf(document), subject, asked).results.forEach(({ allowed }, index) =>
          expect(allowed || !raised.results[index]?.allowed).toBe(true),
        );
      }),
    );
  });

  it('cites, for every permission, a clause that exists in the cited revision and says so', () => {
    let permitted = 0;
    fc.assert(
      fc.property(compilablePolicy, anySubject, question, (document, subject, asked) => {
        for (const result of decide(rulebookOf(document), subject, asked).results.filter((one) => one.allowed)) {
          permitted += 1;
          const clause = document.clauses.find((one) => one.id === result.clauseId);
          expect(result).toMatchObject({ policy: 'privacy', revision: 1, code: null });
          expect(
            clause?.terms.some(
              (term) =>
                'basis' in term &&
                term.basis === result.basis &&
                (term.categories.includes('*') || term.categories.includes(result.category)),
            ),
          ).toBe(true);
          expect(result.precision === null).toBe(asked.action === 'share');
          if (asked.action === 'collect') expect(result.purposes.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 800 },
    );
    expect(permitted).toBeGreaterThan(20);
  });

  it('gives every refusal a code', () => {
    fc.assert(
      fc.property(compilablePolicy, anySubject, question, (document, subject, asked) => {
        for (const { allowed, code } of decide(rulebookOf(document), subject, asked).results)
          expect(allowed).toBe(code === null);
      }),
    );
  });

  it('decides the same after an editorial change', () => {
    fc.assert(
      fc.property(compilablePolicy, anySubject, question, (document, subject, asked) => {
        const regrouped = { ...document, clauses: [...document.clauses].reverse() };
        expect(compare({ document }, { document: regrouped }, registry).materiality).toBe('editorial');
        const answers = (one: PolicyDocument) =>
          decide(rulebookOf(one), subject, asked).results.map(({ allowed, code }) => [allowed, code]);
        expect(answers(regrouped)).toEqual(answers(document));
      }),
    );
  });

  it('permits an unknown, closed or suppressed subject nothing', () => {
    fc.assert(
      fc.property(compilablePolicy, anySubject, question, (document, subject, asked) => {
        const rulebook = rulebookOf(document);
        for (const nobody of [null, { ...subject, isClosed: true }, { ...subject, isSuppressed: true }]) {
          expect(decide(rulebook, nobody, asked).results.some((result) => result.allowed)).toBe(false);
        }
      }),
    );
  });

  it('explains what it decides, statement by statement', () => {
    let explained = 0;
    fc.assert(
      fc.property(
        compilablePolicy,
        anySubject,
        question,
        fc.constantFrom(...purposes),
        (document, subject, asked, purpose) => {
          const rulebook = rulebookOf(document);
          const whole = { ...asked, purpose };
          for (const { decision, rules, statements } of explain(rulebook, subject, whole)) {
            expect(decision).toEqual(
              decide(rulebook, subject, { ...whole, categories: [decision.category] }).results[0],
            );
            const codes = statements.map(
              (statement) => statement.rules.find(({ outcome }) => outcome === 'refused')?.code ?? null,
            );
            const early = rules.find(({ outcome }) => outcome === 'refused')?.code ?? null;
            expect(decision.allowed).toBe(early === null && codes.includes(null));
            if (!decision.allowed) expect([early, ...codes]).toContain(decision.code);
            const isSpokenOf = decision.code !== 'clause.none' && decision.code !== 'storage.onDeviceOnly';
            expect(statements.length > 0).toBe(isSpokenOf && !saysUnknown(decision.code));
            explained += statements.length;
          }
        },
      ),
      { numRuns: 800 },
    );
    expect(explained).toBeGreaterThan(50);
  });

  it('says of a choice what it decides of a use that nothing else stands in the way of', () => {
    let asked = 0;
    fc.assert(
      fc.property(compilablePolicy, willing, (document, subject) => {
        const rulebook = rulebookOf(document);
        for (const choice of [...choicesOf(rulebook).values()]
          .flat()
          .filter(({ candidate }) => candidate.atom.action === 'use')) {
          const { category, purpose, service } = choice;
          const alone = {
            ...rulebook,
            index: { ...rulebook.index, use: onlyThe(choice.candidate, category, purpose) },
          };
          const [decision] = decide(alone, subject, {
            action: 'use',
            categories: [category],
            purpose,
            service,
            storage: choice.candidate.atom.isOnDevice ? 'onDevice' : null,
            at: now,
          }).results;
          expect(standingOf(rulebook, subject, { choice, at: now }).code).toBe(decision?.code);
          asked += 1;
        }
      }),
      { numRuns: 120 },
    );
    expect(asked).toBeGreaterThan(100);
  });

  it('never turns a refusal into a permission by the region that a question states', () => {
    fc.assert(
      fc.property(
        compilablePolicy,
        anySubject,
        question,
        fc.constantFrom('CN', 'CN-44', 'SG', 'US'),
        (document, subject, asked, region) => {
          const rulebook = rulebookOf(document);
          const share: Question = { ...asked, action: 'share', recipient: asked.recipient ?? 'carrier' };
          const before = decide(rulebook, subject, { ...share, region: undefined });
          decide(rulebook, subject, { ...share, region }).results.forEach(({ allowed }, index) =>
            expect(!allowed || before.results[index]?.allowed).toBe(true),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('lets the device do whatever may be stored, and nobody store what stays on it', () => {
    let [stored, onDevice] = [0, 0];
    fc.assert(
      fc.property(compilablePolicy, anySubject, question, (document, subject, asked) => {
        const rulebook = rulebookOf(document);
        const elsewhere = decide(rulebook, subject, { ...asked, storage: null }).results;
        const there = decide(rulebook, subject, { ...asked, storage: 'onDevice' }).results;
        elsewhere.forEach((result, index) => {
          if (there[index]?.allowed && !result.allowed) onDevice += 1;
          if (!result.allowed) return;
          stored += 1;
          expect(there[index]?.allowed).toBe(true);
          expect(result.storage).toBeNull();
          const terms = document.clauses.find(({ id }) => id === result.clauseId)?.terms ?? [];
          expect(terms.some((term) => !('storage' in term) || term.storage === undefined)).toBe(true);
        });
      }),
      { numRuns: 800 },
    );
    expect(Math.min(stored, onDevice)).toBeGreaterThan(5);
  });

  it('allows nothing to a question with a code that nobody registered', () => {
    fc.assert(
      fc.property(
        compilablePolicy,
        willing,
        question,
        fc.constantFrom('service', 'fromService', 'purpose', 'recipient', 'region'),
        (document, subject, asked, field) => {
          const { allowed, results } = decide(rulebookOf(document), subject, { ...asked, [field]: 'tpyo' });
          expect(allowed).toBe(false);
          expect(results.every(({ code }) => saysUnknown(code))).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('knows every code that the questions use', () => {
    expect(categories.every((code) => catalogue.categories.some((one) => one.code === code))).toBe(true);
    expect(purposes.every((code) => catalogue.purposes.some((one) => one.code === code))).toBe(true);
  });
});
