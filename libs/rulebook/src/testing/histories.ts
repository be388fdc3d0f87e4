import type { Atom } from '../atoms.js';
import { catalogue } from '../catalogue.js';
import type { AcceptanceFact, ConsentFact, Question, SubjectFacts } from '../decide/facts.js';
import type { PolicyDocument, RecipientEntry } from '../document.js';
import { profiles, type Profile } from '../profiles.js';
import { offlineRegistry, type RulebookRegistry } from '../registry.js';
import type { RetentionTerm, Term } from '../terms.js';
import { bases, crossServiceData, crossServiceForms } from '../vocabulary.js';
import { aClause } from './builders.js';

/** Random revisions of several policies, few codes so that they meet, and whom and what to ask of them. Times are days. */
const services = ['ticketing', 'signing'] as const;
/** Registered and named by no policy: what holds in every service holds there. */
const unnamed = 'parking';
const thirdParty = 'blue-pass';
const categories = ['log.search', 'log.network'] as const;
const purposes = ['personalisation', 'advertising.relevant'] as const;
const sources = ['device', 'subject', 'others'] as const;
const regions = ['CN', 'CN-44', 'CN-11', 'SG'] as const;
const recipients: readonly RecipientEntry[] = [
  { slug: 'map-provider', kind: 'processor', region: 'CN-44' },
  { slug: 'cloud-host', kind: 'processor', region: 'CN' },
  { slug: 'far-host', kind: 'processor', region: 'SG' },
  { slug: 'carrier', kind: 'partner', region: 'CN-44' },
  { slug: 'broker', kind: 'partner', region: 'SG' },
];
const named = [...recipients.map(({ slug }) => `recipient:${slug}`), 'processor', 'partner'];
export const day = 86_400_000;

const china = profiles['cn-pipl'];
/** China's, but for a basis that its law does not know. */
const profile: Profile = {
  ...china,
  rules: { ...china.rules, legitimateInterest: { value: true, article: 'for these histories' } },
};

/** Nothing is sensitive and nothing a place, so that every basis and precision may be tried. */
export const registryOfHistories: RulebookRegistry = {
  ...offlineRegistry(profile),
  catalogue: {
    categories: catalogue.categories
      .filter(({ code }) => (categories as readonly string[]).includes(code))
      .map((one) => ({ ...one, isSensitive: false })),
    purposes: catalogue.purposes.filter(({ code }) => (purposes as readonly string[]).includes(code)),
  },
  services: [...services, unnamed],
  recipients,
  thirdPartyServices: [thirdParty],
};

/** One revision of one policy, as it takes effect. */
export interface Step {
  readonly document: PolicyDocument;
  readonly revision: number;
  readonly effectiveAt: number;
}

/** A small generator of numbers that gives the same for the same seed (mulberry32). */
export class Random {
  /** `words`: how many times the format has grown that is drawn from, so that a seed noted before goes on giving the same history. */
  constructor(
    private state: number,
    private readonly words = 2,
  ) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  one<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new RangeError('There is nothing to choose from.');
    return value;
  }

  some<T>(values: readonly T[], most = 2): T[] {
    return [...new Set(Array.from({ length: 1 + this.below(most) }, () => this.one(values)))];
  }

  maybe<T>(probability: number, value: () => T): T | undefined {
    return this.chance(probability) ? value() : undefined;
  }

  /** The same for what the format knows since it grew so many times; before that nothing is drawn. */
  maybeSince<T>(words: number, probability: number, value: () => T): T | undefined {
    return this.words < words ? undefined : this.maybe(probability, value);
  }
}

/** Policies come one after the other and are revised, each mostly a little. */
export function aHistory(random: Random, length: number): readonly Step[] {
  const latest = new Map<string, Step>();
  return Array.from({ length }, (_, index) => {
    const [policy, kind, service] = random.one(whichPolicies);
    const previous = latest.get(policy);
    const body =
      kind === 'agreement'
        ? []
        : previous
          ? revised(random, previous.document)
          : Array.from({ length: 1 + random.below(2) }, () => aTerm(random, service));
    const revision = (previous?.revision ?? 0) + 1;
    const step = {
      document: documentOf({ policy, kind, service }, body, keptSo(revision + policy.length)),
      revision,
      effectiveAt: (index + 1) * 20 * day,
    };
    latest.set(policy, step);
    return step;
  });
}

const whichPolicies = [
  ['privacy', 'general', undefined],
  ['privacy', 'general', undefined],
  ['privacy', 'general', undefined],
  ['other-brand', 'general', undefined],
  ['other-brand', 'general', undefined],
  ['ticketing-privacy', 'service', 'ticketing'],
  ['ticketing-privacy', 'service', 'ticketing'],
  ['user-agreement', 'agreement', undefined],
] as const;

function documentOf(
  { policy, kind, service }: { policy: string; kind: PolicyDocument['kind']; service: string | undefined },
  terms: readonly Term[],
  keeping: readonly Term[],
): PolicyDocument {
  const clauses = [...terms, ...(kind === 'agreement' ? [] : keeping)].map((term, index) =>
    aClause(`c${index}`, [term]),
  );
  return {
    policy,
    kind,
    ...(service !== undefined && { service }),
    title: { 'zh-CN': '政策', en: 'Policy' },
    contact: { 'zh-CN': '客服', en: 'Contact' },
    glossary: [],
    definitions: [],
    services: service === undefined ? [...services] : [service],
    recipients: [],
    clauses: clauses.length > 0 ? clauses : [aClause('c0', [])],
  };
}

/** Everything is kept somehow, in one way after the other; nothing is drawn for it, so that the histories stay those that they were. */
function keptSo(turn: number): readonly Term[] {
  const keep = (period: string, given: Partial<RetentionTerm> = {}): Term => ({
    type: 'retention',
    categories: [...categories],
    period,
    then: 'delete',
    ...given,
  });
  const [personal, advertising] = purposes.map((one) => ({ purposes: [one] }));
  const ways: readonly (readonly Term[])[] = [
    [keep('P1Y')],
    [keep('P1Y'), keep('P200D', personal)],
    [keep('P2Y', personal), keep('P1Y', advertising)],
    [keep('P1Y', { categories: ['*'] }), keep('P8M', { services: [services[0]], ...advertising })],
    [keep('P1Y'), { type: 'retention', categories: [categories[0]], ...personal, until: 'sessionEnd', then: 'delete' }],
    [keep('P1Y', { purposes: [...purposes] }), keep('P190D', { categories: ['*'], ...personal })],
  ];
  return ways[turn % ways.length] ?? [];
}

/** A revision that changes nothing opens nothing: it is drawn again. */
function revised(random: Random, { clauses, service }: Pick<PolicyDocument, 'clauses' | 'service'>): readonly Term[] {
  const terms = clauses.flatMap((clause) => clause.terms).filter((term) => term.type !== 'retention');
  const kept = terms
    .filter(() => !random.chance(0.15))
    .map((term) => (random.chance(0.4) ? altered(random, term, service) : term));
  const isFurther = (kept.length < 3 && random.chance(0.6)) || kept.length === 0;
  const next = isFurther ? [...kept, aTerm(random, service)] : kept;
  return JSON.stringify(next) === JSON.stringify(terms) ? revised(random, { clauses, service }) : next;
}

/** One property of the term taken from another of its type. */
function altered(random: Random, term: Term, service: string | undefined): Term {
  const other = aTerm(random, service, term.type);
  const key = random.one(Object.keys({ ...term, ...other }).filter((one) => one !== 'type'));
  const { [key]: _, ...rest } = term as Record<string, unknown>;
  const value = (other as Record<string, unknown>)[key];
  return lawful((value === undefined ? rest : { ...rest, [key]: value }) as Term);
}

function aTerm(
  random: Random,
  service: string | undefined,
  type: Term['type'] = random.one(['collection', 'use', 'sharing', 'sharing', 'crossServiceUse']),
): Term {
  const shared = {
    categories: random.chance(0.8) ? [categories[0]] : [...categories],
    purposes: random.chance(0.8) ? [purposes[0]] : [...purposes],
    basis: random.one(bases),
    validFor: random.maybe(0.3, () => random.one(['P30D', 'P1M', 'P31D', 'P90D'])),
  };
  const where =
    service === undefined
      ? random.maybe(0.6, () => random.some([...services, ...services, `thirdParty:${thirdParty}`]))
      : undefined;
  return lawful(
    present({
      type,
      ...shared,
      ...ofType(random, type, where),
      ...(type === 'crossServiceUse' && service !== undefined && { to: [service] }),
    }) as Term,
  );
}

function ofType(random: Random, type: Term['type'], where: string[] | undefined) {
  const precision = random.maybe(0.6, () => random.one(['exact', { h3: 5 }, { h3: 8 }] as const));
  if (type === 'collection')
    return {
      services: where,
      precision,
      sources: random.maybe(0.7, () => random.some(sources)),
      storage: random.maybeSince(2, 0.3, () => 'onDevice' as const),
    };
  if (type === 'use') return { services: where, precision };
  if (type === 'sharing')
    return { services: where, recipients: random.some(named), regions: random.maybe(0.8, () => random.some(regions)) };
  return {
    from: random.some(services),
    to: random.some(services),
    form: random.one(crossServiceForms),
    minimumGroup: random.one([5, 20, 50]),
    data: random.maybe(0.2, () => random.one(crossServiceData)),
  };
}

/** Data that was provided or stored needs an opt-in. */
function lawful(term: Term): Term {
  if (term.type !== 'crossServiceUse' || term.basis === 'consent' || term.basis === 'separateConsent') return term;
  const { data: _, ...rest } = term;
  return rest;
}

function present(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}

/** Somebody who registered at one of the steps, accepted what was in force, and said what they said before `until`. */
export function aSubjectOf(random: Random, history: readonly Step[], until: number): SubjectFacts {
  const before = history.filter(({ effectiveAt }) => effectiveAt < until);
  const joinedAt = random.one(before).effectiveAt + day;
  const acceptances = acceptancesOf(random, before, joinedAt);
  const consents = Array.from({ length: 1 + random.below(4) }, () =>
    aConsentOf(random, before, { from: joinedAt, until }),
  );
  const isChild = random.chance(0.03);
  // An objection that is upheld withdraws the consents for its purpose.
  const objectedPurposes = random.chance(0.05) ? [random.one(purposes)] : [];
  const isObjected = (purpose: string) => objectedPurposes.some((one) => one === purpose);
  return {
    kind: 'person',
    birthDate: isChild ? '1969-01-01' : '1930-01-01',
    isRestricted: random.chance(0.03),
    acceptances: random.chance(0.03) ? [] : acceptances,
    consents: consents.filter(({ purpose }) => !isObjected(purpose)),
    objectedPurposes,
    ...(random.chance(0.05) && { gpcSince: joinedAt }),
  };
}

/** What was in force is accepted at registration; of what came later, some. */
function acceptancesOf(random: Random, before: readonly Step[], joinedAt: number): readonly AcceptanceFact[] {
  const standing = new Map(
    before.filter(({ effectiveAt }) => effectiveAt <= joinedAt).map((step) => [step.document.policy, step]),
  );
  const later = before.filter(({ effectiveAt }) => effectiveAt > joinedAt && random.chance(0.4));
  const accepted = (step: Step, at: number, mode: AcceptanceFact['mode']): AcceptanceFact => ({
    policy: step.document.policy,
    revision: step.revision,
    mode,
    at,
  });
  return [
    ...[...standing.values()].map((step) => accepted(step, joinedAt, 'explicit')),
    ...later.map((step) => accepted(step, step.effectiveAt + day, random.one(['explicit', 'continuedUse']))),
  ];
}

/** Consents last alike from when they are given, as those that the product records do. */
function aConsentOf(
  random: Random,
  before: readonly Step[],
  { from, until }: { from: number; until: number },
): ConsentFact {
  const at = Math.max(from, until - 1 - random.below(100) * day);
  const shown = before.filter(({ effectiveAt }) => effectiveAt <= at).at(-1);
  return {
    id: String(random.below(1_000_000)),
    state: random.chance(0.85) ? 'granted' : 'withdrawn',
    purpose: random.chance(0.8) ? purposes[0] : purposes[1],
    at,
    categories: random.maybe(0.7, () => random.some(categories)),
    service: random.maybe(0.2, () => random.one(services)),
    recipient: random.maybe(0.3, () => random.one(recipients).slug),
    region: random.maybe(0.15, () => random.one(regions)),
    ...(shown && random.chance(0.6) && { policy: shown.document.policy, revision: shown.revision }),
  };
}

/** Mostly about one of these atoms, with now and then something else put in its place. */
export function aQuestionOf(random: Random, atoms: readonly Atom[], at: number): Question {
  const atom = random.one(atoms);
  const usual = <T>(value: T, other: () => T) => (random.chance(0.85) ? value : other());
  const isThirdParty = atom.service?.startsWith('thirdParty:') === true;
  const about = {
    action: atom.action === 'crossServiceUse' ? ('use' as const) : atom.action,
    categories: [usual<string>(atom.category, () => random.one(categories))],
    purpose: usual<string>(atom.purpose, () => random.one(purposes)),
    storage: random.maybeSince(2, atom.isOnDevice ? 0.6 : 0.1, () => 'onDevice' as const),
    at,
  };
  if (isThirdParty || random.chance(0.02)) return { ...about, thirdPartyService: thirdParty };
  const service = usual(atom.service, () => null) ?? random.maybe(0.7, () => random.one([...services, unnamed]));
  if (atom.action === 'share')
    return {
      ...about,
      service,
      recipient: recipientFor(random, atom),
      region: random.maybe(0.4, () => random.one(regions)),
    };
  if (atom.action !== 'crossServiceUse') return { ...about, service };
  const across = {
    fromService: usual<string | null>(atom.fromService, () => random.one(services)),
    form: usual(atom.form, () => random.one(crossServiceForms)),
    data: usual(atom.data, () => null),
  };
  return { ...about, service, ...across, groupSize: random.maybe(0.5, () => random.one([5, 10, 30, 60])) };
}

function recipientFor(random: Random, { recipient, recipientKind }: Atom): string {
  if (recipient?.startsWith('recipient:') && random.chance(0.7)) return recipient.slice('recipient:'.length);
  return random.one(recipients.filter(({ kind }) => kind === recipientKind)).slug;
}

export const everyService: readonly (string | null)[] = [null, ...services, unnamed];
export const everyProcessor: readonly string[] = recipients
  .filter(({ kind }) => kind === 'processor')
  .map(({ slug }) => slug);
