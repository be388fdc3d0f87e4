import fc from 'fast-check';
import { catalogue } from '../catalogue.js';
import type { Clause, PolicyDocument } from '../document.js';
import type { Term } from '../terms.js';
import {
  acceptanceModes,
  bases,
  bearsSensitive,
  crossServiceData,
  crossServiceForms,
  exclusionScopes,
  fallbacks,
  knownMeasures,
  knownSources,
  minorRequirements,
  noticeChannels,
  recipientKinds,
  retentionEvents,
  retentionOutcomes,
  rights,
  storages,
  truncatedCategories,
  verifications,
  withheldConsequences,
} from '../vocabulary.js';

const some = <T>(values: readonly T[], maxLength = 3) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

export const services = ['ticketing', 'signing'] as const;
/** Few codes, so that terms meet. */
const categoryCodes = ['log.search', 'log.browsing', 'location.gps', 'log.network'];
const purposeCodes = ['service.provision', 'advertising.relevant', 'personalisation', 'product.improvement'];

const categories = fc.oneof(
  { weight: 5, arbitrary: some(categoryCodes) },
  { weight: 1, arbitrary: fc.constant(['*']) },
);
const purposes = some(purposeCodes, 2);
const basis = fc.constantFrom(...bases);
const someServices = maybe(some(services));
const duration = fc.constantFrom('P30D', 'P6M', 'P180D', 'P1Y', 'P12M', 'P2W', 'PT72H', 'P1Y6M');
const precision = maybe(
  fc.oneof(fc.constantFrom('exact' as const, 'truncated' as const), fc.record({ h3: fc.integer({ min: 0, max: 15 }) })),
);
const shared = {
  categories,
  purposes,
  basis,
  validFor: maybe(duration),
  fallback: maybe(fc.constantFrom(...fallbacks)),
};

export const collectionTerm = fc.record({
  type: fc.constant('collection' as const),
  ...shared,
  required: maybe(fc.boolean()),
  ifWithheld: maybe(fc.constantFrom(...withheldConsequences)),
  services: someServices,
  sources: maybe(some(knownSources)),
  storage: maybe(fc.constantFrom(...storages)),
  precision,
});
export const useTerm = fc.record({ type: fc.constant('use' as const), ...shared, services: someServices, precision });
export const sharingTerm = fc.record({
  type: fc.constant('sharing' as const),
  ...shared,
  recipients: some([...recipientKinds, 'recipient:map-provider', 'recipient:carrier']),
  regions: maybe(some(['CN', 'SG', 'US'])),
  services: someServices,
});
export const crossServiceTerm = fc.record({
  type: fc.constant('crossServiceUse' as const),
  ...shared,
  from: some(services),
  to: some(services),
  form: fc.constantFrom(...crossServiceForms),
  minimumGroup: maybe(fc.integer({ min: 2, max: 100 })),
  data: maybe(fc.constantFrom(...crossServiceData)),
});

const retentionBase = {
  type: fc.constant('retention' as const),
  categories,
  purposes: maybe(fc.oneof({ weight: 4, arbitrary: purposes }, { weight: 1, arbitrary: fc.constant(['*']) })),
  services: someServices,
  then: fc.constantFrom(...retentionOutcomes),
  minimum: maybe(fc.record({ period: duration, ground: fc.constant('a law') })),
};
const retentionTerm = fc.oneof(
  fc.record({ ...retentionBase, period: duration }),
  fc.record({ ...retentionBase, until: fc.constantFrom(...retentionEvents) }),
);
const answerWithin = fc.oneof(
  fc.constant('immediate' as const),
  fc.record({ workingDays: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ calendarDays: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ months: fc.integer({ min: 1, max: 3 }) }),
);

const promisedChannel = fc.oneof(
  fc.constantFrom(...noticeChannels),
  fc.record({ anyOf: fc.uniqueArray(fc.constantFrom(...noticeChannels), { minLength: 2, maxLength: 3 }) }),
);

/** Terms that permit something. */
export const permittingTerm: fc.Arbitrary<Term> = fc
  .oneof(collectionTerm, useTerm, sharingTerm, crossServiceTerm)
  .map(asTerm);

export const anyTerm: fc.Arbitrary<Term> = fc
  .oneof(
    permittingTerm,
    retentionTerm,
    fc.record({
      type: fc.constant('right' as const),
      rights: some(rights),
      answerWithin: maybe(answerWithin),
      verification: maybe(fc.constantFrom(...verifications)),
      regions: maybe(some(['CN', 'GB', 'US-CA'])),
    }),
    fc.record({
      type: fc.constant('protection' as const),
      measures: some(knownMeasures),
      categories: maybe(categories),
    }),
    fc.record({
      type: fc.constant('minors' as const),
      under: fc.integer({ min: 1, max: 21 }),
      requires: fc.constantFrom(...minorRequirements),
    }),
    fc.record({
      type: fc.constant('change' as const),
      notice: fc.record({
        leadDays: fc.integer({ min: 0, max: 60 }),
        channels: fc.array(promisedChannel, { minLength: 1, maxLength: 3 }),
      }),
      acceptance: fc.constantFrom(...acceptanceModes),
    }),
    fc.record({ type: fc.constant('exclusion' as const), scope: fc.constantFrom(...exclusionScopes) }),
  )
  .map(asTerm);

/** Texts that YAML finds hard: quotes, colons, line breaks, leading spaces, other scripts. */
const hardText = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 60 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.constantFrom('a: b', '- x\n\n  y\n', ' lead', '"', "'", '#', 'null', '1.0', '第一条\n\n第二条'),
  )
  .filter((text) => text.trim() !== '' && text.length <= 200);
const localized = fc.record({ 'zh-CN': hardText, en: hardText });

function clausesOf(term: fc.Arbitrary<Term>): fc.Arbitrary<Clause[]> {
  const clause = fc.record({
    id: fc.stringMatching(/^[a-z]{1,6}(?:\.[a-z]{1,6})?$/),
    heading: localized,
    body: localized,
    terms: fc.array(term, { maxLength: 4 }),
  });
  return fc.uniqueArray(clause, { minLength: 1, maxLength: 5, selector: (one) => one.id });
}

export function aPolicyWith(term: fc.Arbitrary<Term>): fc.Arbitrary<PolicyDocument> {
  return fc
    .record({
      policy: fc.constant('privacy'),
      kind: fc.constant('general' as const),
      title: localized,
      contact: maybe(localized),
      glossary: fc.array(
        fc.record({ term: localized, meaning: localized, link: maybe(fc.constant('https://help.example.com/x')) }),
        { maxLength: 2 },
      ),
      definitions: fc.constant([]),
      services: fc.constant([...services]),
      recipients: fc.constant([
        { slug: 'map-provider', kind: 'processor' as const, region: 'CN' },
        { slug: 'carrier', kind: 'partner' as const, region: 'CN' },
      ]),
      clauses: clausesOf(term),
    })
    .map((document) => withoutAbsent(document) as PolicyDocument);
}

export const anyPolicy = aPolicyWith(anyTerm);
/** General policies that compile whatever they permit: everything collected has one retention promise. */
export const compilablePolicy: fc.Arbitrary<PolicyDocument> = aPolicyWith(permittingTerm.map(asLawful)).map(
  (document) => ({
    ...document,
    clauses: [...document.clauses, keepEverything],
  }),
);

const keepEverything: Clause = {
  id: 'zz-keep-everything',
  heading: { 'zh-CN': '保存', en: 'Keeping' },
  body: { 'zh-CN': '保存一年', en: 'One year' },
  terms: [
    { type: 'retention', categories: catalogue.categories.map((one) => one.code), period: 'P1Y', then: 'delete' },
  ],
};

/** The nearest term that the default profile lets stand. */
function asLawful(given: Term): Term {
  const term = fitting(given);
  if (!('basis' in term)) return term;
  const isSensitive = term.categories.some(
    (code) => code === '*' || catalogue.categories.some((one) => one.code === code && one.isSensitive),
  );
  const known = term.basis === 'legitimateInterest' ? 'publicised' : term.basis;
  const basisNow = isSensitive && !bearsSensitive(known) ? 'separateConsent' : known;
  if (term.type !== 'crossServiceUse') return { ...term, basis: basisNow };
  const isOptIn = basisNow === 'consent' || basisNow === 'separateConsent';
  const data = isOptIn ? term.data : 'collected';
  return { ...term, basis: basisNow, minimumGroup: term.minimumGroup ?? 20, ...(data !== undefined && { data }) };
}

/** The same term, exact where what it speaks of cannot be truncated. */
function fitting(term: Term): Term {
  if ((term.type !== 'collection' && term.type !== 'use') || term.precision !== 'truncated') return term;
  const canBeTruncated = term.categories.every((code) => (truncatedCategories as readonly string[]).includes(code));
  return canBeTruncated ? term : { ...term, precision: 'exact' };
}

/** What is left out in a file is absent, not undefined. */
function withoutAbsent(value: object): object {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([key, one]) => [key, deepen(one)]),
  );
}

function asTerm(value: object): Term {
  return withoutAbsent(value) as Term;
}

function deepen(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deepen);
  return typeof value === 'object' && value !== null ? withoutAbsent(value) : value;
}
