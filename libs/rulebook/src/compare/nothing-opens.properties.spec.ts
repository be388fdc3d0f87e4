import { atomsOf, type Atom } from '../atoms.js';
import { compile, retentionsFor, type CompileSource } from '../compile.js';
import { actionOf, askOf, candidatesFor, decide, matches } from '../decide/decide.js';
import type { Question, SubjectFacts } from '../decide/facts.js';
import type { FreshMark } from '../freshness.js';
import { materialities, type Materiality } from '../materiality.js';
import { longestKeptInDays } from '../retention-promises.js';
import type { Candidate, Rulebook } from '../rulebook.js';
import type { Precision } from '../terms.js';
import type { Basis } from '../vocabulary.js';
import {
  aHistory,
  aQuestionOf,
  aSubjectOf,
  day,
  everyProcessor,
  everyService,
  Random,
  registryOfHistories as registry,
  type Step,
} from '../testing/histories.js';
import { compare, freshMarks } from './compare.js';

/** The property says nothing of how a comparison is made: it asks `decide` before and after, and judges what it sees by itself. */
const pairsWanted = 6_000;
const stepsPerHistory = 5;
const questionsPerPair = 16;
/** Histories that found something open by mistake, in the words that the format had then. */
const openedOnce = [
  20261065, 20261636, 11000522, 22000131, 44000097, 66000645, 77000354, 99000223, 5000963, 5003207, 61001258, 72003293,
  72008629, 61002963, 61005662, 61010940, 83005702, 94001348, 94006586,
];
const firstSeed = 20_260_601;

interface Period {
  readonly rulebook: Rulebook;
  readonly materiality: Materiality;
  readonly step: Step;
}

/** The rulebooks of a history, each with the marks of all revisions until then, as the product compiles them. */
function periodsOf(history: readonly Step[]): readonly Period[] {
  const inForce = new Map<string, Step>();
  const marks: FreshMark[] = [];
  return history.map((step) => {
    const { document, revision, effectiveAt } = step;
    const predecessor = inForce.get(document.policy);
    const others = [...inForce.values()]
      .filter((one) => one.document.policy !== document.policy)
      .map((one) => one.document);
    const comparison = compare(
      predecessor ? { document: predecessor.document, others } : null,
      { document, others },
      registry,
    );
    marks.push(...freshMarks(comparison, { policy: document.policy, revision, effectiveAt }));
    inForce.set(document.policy, step);
    const sources: CompileSource[] = [...inForce.values()];
    const { rulebook, problems } = compile(sources, registry, marks);
    if (!rulebook) throw new Error(JSON.stringify(problems.filter(({ severity }) => severity === 'error')));
    return { rulebook, step, materiality: comparison.materiality };
  });
}

interface Permitted {
  readonly candidate: Candidate;
  readonly minimumGroup: number | null;
}

/** Every atom that allows the question all by itself. */
function permittedBy(rulebook: Rulebook, facts: SubjectFacts, question: Question): readonly Permitted[] {
  const [category = ''] = question.categories;
  const purpose = question.purpose ?? '';
  const action = actionOf(question);
  const cell = rulebook.index[action].get(category)?.get(purpose);
  if (!cell) return [];
  const ask = askOf({ rulebook, facts, question }, { category, purpose });
  return candidatesFor(cell, ask.service, question.thirdPartyService ?? null)
    .filter(({ atom }) => matches(atom, ask))
    .flatMap((candidate) => {
      const byService = new Map(
        [...cell.byService.keys(), ...(ask.service === null ? [] : [ask.service])].map((service) => [
          service,
          [candidate],
        ]),
      );
      const alone = {
        ...rulebook,
        index: {
          ...rulebook.index,
          [action]: new Map([[category, new Map([[purpose, { forEveryService: [candidate], byService }]])]]),
        },
      };
      const [result] = decide(alone, facts, question).results;
      return result?.allowed ? [{ candidate, minimumGroup: result.minimumGroup }] : [];
    });
}

const ground: Readonly<Record<Basis, number>> = {
  legalObligation: 0,
  vitalInterest: 1,
  publicInterest: 2,
  legitimateInterest: 2,
  publicised: 2,
  contract: 3,
  consent: 4,
  separateConsent: 5,
};
/** What changes in these waits for nobody's word. */
const owedToOthers: readonly Basis[] = ['legalObligation', 'vitalInterest', 'publicInterest'];
const fineness = (precision: Precision) => (precision === 'exact' ? 99 : precision === 'truncated' ? -1 : precision.h3);

/** Whether what was allowed before goes as far: as exactly, off the device if it is now, from the same sources, to no smaller groups. */
function goesAsFar(before: Permitted, after: Permitted, source: string | null): boolean {
  const [was, is] = [before.candidate.atom, after.candidate.atom];
  if (fineness(was.precision) < fineness(is.precision)) return false;
  if (was.isOnDevice && !is.isOnDevice) return false;
  if (is.action === 'collect' && was.sources !== null && (source === null || !was.sources.includes(source)))
    return false;
  return (before.minimumGroup ?? 1) <= (after.minimumGroup ?? 1);
}

/** Whether another permission, which may stand, allows as much anyway. */
function isWithin(permitted: Permitted, other: Permitted): boolean {
  const [atom, wider] = [permitted.candidate.atom, other.candidate.atom];
  return (
    ground[wider.basis] <= ground[atom.basis] && sourcesOf(atom).every((source) => goesAsFar(other, permitted, source))
  );
}

const sourcesOf = (atom: Atom): readonly (string | null)[] =>
  atom.action === 'collect' ? (atom.sources ?? [null]) : [null];

interface Transition {
  readonly before: Rulebook;
  readonly after: Rulebook;
  readonly facts: SubjectFacts;
  readonly question: Question;
}

/** Why a permission may stand; null where it opened by mistake. */
function reasonFor(permitted: Permitted, transition: Transition): string | null {
  const { before, facts, question } = transition;
  const { atom, marks } = permitted.candidate;
  const held = permittedBy(before, facts, question);
  const heldForEach =
    question.form === 'aggregated' ? permittedBy(before, facts, { ...question, form: 'personalised' }) : [];
  const isHeld = (isGroundAsked: boolean) =>
    sourcesOf(atom).every((source) =>
      (isGroundAsked ? held : [...held, ...heldForEach]).some(
        (one) =>
          goesAsFar(one, permitted, source) &&
          (!isGroundAsked || ground[one.candidate.atom.basis] <= ground[atom.basis]),
      ),
    );
  if (isHeld(true)) return 'held';
  const fresh = marks.filter(({ older }) => older.length === 0);
  if (fresh.length > 0 && owedToOthers.includes(atom.basis) && !wasAskedBefore(atom, transition)) return 'fresh';
  if (marks.length > fresh.length && isHeld(false)) return 'olderWord';
  if (isFurtherProcessor(permitted, transition)) return 'processor';
  if (isFurtherService(permitted, transition)) return 'service';
  return reasonInEachRegion(permitted, transition);
}

/** What goes to two regions at once may have been allowed to each of them by another statement. */
function reasonInEachRegion(permitted: Permitted, transition: Transition): string | null {
  const { before, after, facts, question } = transition;
  const { recipient, region } = question;
  const own = before.recipients.get(recipient ?? '')?.region;
  if (!recipient || !region || !own || region === own) return null;
  const reasons = [own, region].map((one) =>
    reasonFor(permitted, {
      before: withRegion(before, recipient, one),
      after,
      facts,
      question: { ...question, region: one },
    }),
  );
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

/** Only a subject's consent let this be done before with this recipient: in this service, or in any where it says nothing of it. */
function wasAskedBefore(atom: Atom, { before, question }: Transition): boolean {
  const isKind = ({ recipient, recipientKind }: Atom) => recipient === recipientKind;
  const isSame = (one: Atom) =>
    (['action', 'category', 'purpose', 'recipientKind', 'fromService', 'data'] as const).every(
      (key) => one[key] === atom[key],
    ) &&
    (one.recipient === atom.recipient || isKind(one) || isKind(atom));
  const [category = ''] = question.categories;
  const cell = before.index[actionOf(question)].get(category)?.get(question.purpose ?? '');
  const anywhere = [...(cell?.forEveryService ?? []), ...[...(cell?.byService.values() ?? [])].flat()]
    .map((one) => one.atom)
    .filter(isSame);
  const here = cell
    ? candidatesFor(cell, question.service ?? null, question.thirdPartyService ?? null)
        .map((one) => one.atom)
        .filter(isSame)
    : [];
  const same = here.length > 0 ? here : anywhere;
  return same.length > 0 && same.every(({ basis }) => ground[basis] >= 4);
}

/** A further processor where another one may have it, on the same or a weaker ground. */
function isFurtherProcessor(permitted: Permitted, { before, facts, question }: Transition): boolean {
  if (permitted.candidate.atom.recipientKind !== 'processor') return false;
  const region = before.recipients.get(question.recipient ?? '')?.region ?? '';
  const places = everyService.filter(
    (service) => service === (question.service ?? null) || isNewThere({ before, question }),
  );
  return everyProcessor.some((recipient) =>
    places.some((service) => {
      const asked = { ...question, recipient, service };
      const others = permittedBy(
        withRegion(before, recipient, region),
        withName(saidOf(service, facts, question), recipient, question.recipient),
        asked,
      );
      return others.some(
        (one) =>
          goesAsFar(one, permitted, null) && ground[one.candidate.atom.basis] <= ground[permitted.candidate.atom.basis],
      );
    }),
  );
}

/** What is asked of another processor is asked in the same place, with the words that were said of the first. */
function withRegion(rulebook: Rulebook, recipient: string, region: string): Rulebook {
  const entry = rulebook.recipients.get(recipient);
  return entry
    ? { ...rulebook, recipients: new Map([...rulebook.recipients, [recipient, { ...entry, region }]]) }
    : rulebook;
}

function withName(facts: SubjectFacts, recipient: string, named: string | null | undefined): SubjectFacts {
  const ofNobodyElse = facts.consents?.filter((one) => !one.recipient || one.recipient === named);
  return { ...facts, consents: ofNobodyElse?.map((one) => (one.recipient ? { ...one, recipient } : one)) };
}

/** A further service of what may be done in another one, on a ground that needs no consent. */
function isFurtherService(permitted: Permitted, transition: Transition): boolean {
  const { atom } = permitted.candidate;
  const { before, facts, question } = transition;
  if (
    ground[atom.basis] > 3 ||
    atom.action === 'crossServiceUse' ||
    question.thirdPartyService ||
    !isNewThere(transition)
  )
    return false;
  return [...everyService].some((service) =>
    sourcesOf(atom).every((source) =>
      permittedBy(before, saidOf(service, facts, question), { ...question, service, fromService: null }).some(
        (one) =>
          goesAsFar(one, permitted, source) &&
          ground[one.candidate.atom.basis] <= ground[atom.basis] &&
          isPartOf(before, atom.policy, one.candidate.atom.policy),
      ),
    ),
  );
}

/** What is asked of another service is asked with the words that were said of the first. */
function saidOf(service: string | null, facts: SubjectFacts, { service: named = null }: Question): SubjectFacts {
  if (service === named) return facts;
  const ofNoOther = facts.consents?.filter((one) => !one.service || one.service === named);
  return { ...facts, consents: ofNoOther?.map((one) => (one.service ? { ...one, service } : one)) };
}

function isNewThere({ before, question }: Pick<Transition, 'before' | 'question'>): boolean {
  const cell = before.index[actionOf(question)].get(question.categories[0] ?? '')?.get(question.purpose ?? '');
  return !cell || candidatesFor(cell, question.service ?? null, null).length === 0;
}

function isPartOf(rulebook: Rulebook, policy: string, whole: string): boolean {
  return (
    policy === whole ||
    (rulebook.policies.find((one) => one.policy === whole)?.kind === 'general' && policy === 'ticketing-privacy')
  );
}

/** What is collected before and after, for some purposes together, and would stay longer. */
function keptLonger(before: Rulebook, after: Rulebook): readonly string[] {
  return [...before.index.collect].flatMap(([category, byPurpose]) =>
    everyService.flatMap((service) => {
      const purposes = [...byPurpose.keys()].filter((purpose) =>
        [before, after].every((rulebook) => {
          const cell = rulebook.index.collect.get(category)?.get(purpose);
          return cell !== undefined && candidatesFor(cell, service, null).some(({ atom }) => !atom.isOnDevice);
        }),
      );
      const together = purposes.length > 1 ? [...purposes.map((one) => [one]), purposes] : [purposes];
      return together
        .filter((some) => {
          const [was, is] = [before, after].map((rulebook) =>
            Math.max(...retentionsFor(rulebook, { category, service, purposes: some }).map(longestKeptInDays)),
          );
          return some.length > 0 && (is ?? 0) > (was ?? 0);
        })
        .map((some) => `${category} in ${service} for ${some.join(' and ')}`);
    }),
  );
}

interface Tally {
  pairs: number;
  /** Of them, those that were said to reduce no rights. */
  lighter: number;
  readonly reasons: Map<string, number>;
  readonly seen: Set<string>;
}

function examine(random: Random, seed: number, tally: Tally): void {
  const history = aHistory(random, stepsPerHistory);
  const periods = periodsOf(history);
  periods.slice(1).forEach((after, index) => {
    const before = periods[index];
    if (!before) return;
    tally.pairs += 1;
    note(tally, after.step);
    if (materialities.indexOf(after.materiality) < materialities.indexOf('reductionOfRights')) {
      tally.lighter += 1;
      const longer = keptLonger(before.rulebook, after.rulebook);
      if (longer.length > 0)
        throw new Error(`Kept longer unnoticed with seed ${seed}, at step ${index + 1}: ${longer.join(', ')}`);
    }
    const changed = after.rulebook.atoms.filter(({ policy }) => policy === after.step.document.policy);
    const atoms = [...changed, ...changed, ...after.rulebook.atoms];
    if (atoms.length === 0) return;
    for (let asked = 0; asked < questionsPerPair; asked += 1) {
      const facts = aSubjectOf(random, history, after.step.effectiveAt);
      const question = aQuestionOf(random, atoms, after.step.effectiveAt + random.below(9) * day);
      const transition = { before: before.rulebook, after: after.rulebook, facts, question };
      const permissions = permittedBy(after.rulebook, facts, question).map((permitted) => ({
        permitted,
        reason: reasonFor(permitted, transition),
      }));
      for (const { permitted, reason: own } of permissions) {
        const reason =
          own ?? (permissions.some((one) => one.reason !== null && isWithin(permitted, one.permitted)) ? 'held' : null);
        tally.reasons.set(reason ?? 'opened', (tally.reasons.get(reason ?? 'opened') ?? 0) + 1);
        if (reason === null) throw new Error(failure({ seed, index, transition, permitted, history }));
      }
    }
  });
}

/** Everything that is needed to see it again. */
function failure({
  seed,
  index,
  transition,
  permitted,
  history,
}: {
  seed: number;
  index: number;
  transition: Transition;
  permitted: Permitted;
  history: readonly Step[];
}): string {
  const { atom, marks } = permitted.candidate;
  const said = Object.fromEntries(Object.entries(atom).filter(([, value]) => value !== null && value !== false));
  const lines = [transition.question, transition.facts, said, marks, ...told(history, index + 2)].map((one) =>
    JSON.stringify(one),
  );
  return `Opened by mistake with seed ${seed}, at step ${index + 1}:\n${lines.join('\n')}`;
}

function told(history: readonly Step[], length: number): readonly unknown[] {
  return history
    .slice(0, length)
    .map(({ document, revision }) => [
      document.policy,
      revision,
      ...document.clauses.flatMap(({ id, terms }) =>
        terms.filter(({ type }) => type !== 'retention').map((term) => `${id}: ${JSON.stringify(term)}`),
      ),
    ]);
}

function note({ seen }: Tally, { document, revision }: Step): void {
  seen.add(`${document.kind} ${revision > 1 ? 'revised' : 'new'}`);
  for (const atom of atomsOf(document, revision, {
    categories: new Map(),
    purposes: new Map(),
    services: new Set(),
    recipients: new Map(),
    registeredRecipients: null,
    thirdPartyServices: null,
    today: null,
    profile: registry.profile,
  })) {
    for (const one of [
      atom.action,
      atom.basis,
      atom.form,
      atom.precision === 'exact' ? 'exact' : 'coarse',
      atom.isOnDevice && 'onDevice',
      atom.sources && 'sources',
      ...(atom.regions ?? []),
    ])
      if (one) seen.add(one);
  }
}

describe('whatever a revision changes', () => {
  it(`opens nothing by mistake, and keeps nothing longer unsaid, over ${pairsWanted} pairs of rulebooks`, () => {
    const tally: Tally = { pairs: 0, lighter: 0, reasons: new Map(), seen: new Set() };
    for (const seed of openedOnce) examine(new Random(seed, 1), seed, tally);
    for (let seed = firstSeed; tally.pairs < pairsWanted; seed += 1) examine(new Random(seed), seed, tally);
    expect([...tally.seen].sort()).toEqual(
      expect.arrayContaining([
        'general new',
        'general revised',
        'service new',
        'service revised',
        'agreement new',
        'agreement revised',
        'collect',
        'use',
        'share',
        'crossServiceUse',
        'legalObligation',
        'publicInterest',
        'vitalInterest',
        'contract',
        'consent',
        'separateConsent',
        'aggregated',
        'personalised',
        'exact',
        'coarse',
        'onDevice',
        'sources',
        'CN',
        'CN-44',
        'CN-11',
        'SG',
      ]),
    );
    for (const reason of ['held', 'fresh', 'olderWord', 'processor', 'service'])
      expect(tally.reasons.get(reason) ?? 0).toBeGreaterThan(10);
    expect(tally.lighter).toBeGreaterThan(500);
  }, 600_000);
});
