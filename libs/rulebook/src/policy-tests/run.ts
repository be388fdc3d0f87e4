import { compare, freshMarks } from '../compare/compare.js';
import { compile, type CompileSource, type SourceProblem } from '../compile.js';
import { allowedThroughout, consentsThen } from '../decide/collected.js';
import { decide } from '../decide/decide.js';
import type { Decision, Question, SharingGround, SubjectFacts } from '../decide/facts.js';
import type { PolicyDocument } from '../document.js';
import type { FreshMark } from '../freshness.js';
import { offlineRegistry, type RulebookRegistry } from '../registry.js';
import type { Rulebook } from '../rulebook.js';
import { firstOf, type PolicyProblem } from '../problems.js';
import { problemsOf } from './check-case.js';
import type { PolicyTestCase, PolicyTests } from './test-file.js';

export interface PolicyTestOutcome {
  readonly name: string;
  readonly passed: boolean;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly actual: Readonly<Record<string, unknown>>;
  /** What is wrong with the case itself, which is then not decided: a slip of the pen would let it pass for the wrong reason. */
  readonly problems: readonly PolicyProblem[];
}

export interface PolicyTestReport {
  readonly passed: number;
  readonly failed: number;
  readonly cases: readonly PolicyTestOutcome[];
  /** Why the policy could not be compiled; no case is run then. */
  readonly problems: readonly SourceProblem[];
}

/** What the cases are decided beside: what is registered, and other policies in force, such as the general one beneath a service's. */
export interface PolicyTestSetting {
  readonly registry?: RulebookRegistry;
  readonly beside?: readonly CompileSource[];
}

/**
 * Runs the cases kept beside a policy. `policy` is its revisions, oldest first, numbered from 1; the last one is in
 * force, and what an earlier one changed decides which consents are stale.
 */
export function runPolicyTests(
  policy: PolicyDocument | readonly PolicyDocument[],
  tests: PolicyTests,
  { registry = offlineRegistry(), beside = [] }: PolicyTestSetting = {},
): PolicyTestReport {
  const revisions: readonly PolicyDocument[] = 'clauses' in policy ? [policy] : policy;
  const current = revisions.at(-1);
  if (!current) return { passed: 0, failed: 0, cases: [], problems: [] };
  const known = withTestRecipients(registry, current, tests);
  const { rulebook, problems } = compile(
    [...beside, { document: current, revision: revisions.length }],
    known,
    marksOf(revisions, { registry: known, others: beside.map(({ document }) => document) }),
  );
  if (!rulebook) return { passed: 0, failed: tests.cases.length, cases: [], problems: firstOf(problems) };
  const context = { rulebook, tests, policy: current.policy, grounds: groundsOf(rulebook, tests) };
  const cases = tests.cases.map((one, index) => {
    const wrong = problemsOf(one, index, { rulebook, registry: known, revisions: revisions.length });
    return wrong.length === 0
      ? runCase(one, context)
      : { name: one.name, passed: false, expected: expectedOf(one), actual: {}, problems: wrong };
  });
  const passed = cases.filter((one) => one.passed).length;
  return { passed, failed: cases.length - passed, cases, problems: firstOf(problems) };
}

function withTestRecipients(
  registry: RulebookRegistry,
  document: PolicyDocument,
  tests: PolicyTests,
): RulebookRegistry {
  const base = registry.recipients ?? document.recipients;
  const described = tests.recipients.map(({ orders: _orders, agreement: _agreement, ...recipient }) => recipient);
  const recipients = new Map([...base, ...described].map((one) => [one.slug, one]));
  return { ...registry, recipients: [...recipients.values()] };
}

function marksOf(
  revisions: readonly PolicyDocument[],
  { registry, others }: { registry: RulebookRegistry; others: readonly PolicyDocument[] },
): readonly FreshMark[] {
  return revisions.flatMap((document, index) => {
    const before = revisions[index - 1];
    if (!before) return [];
    const context = { policy: document.policy, revision: index + 1, effectiveAt: null };
    return freshMarks(compare({ document: before, others }, { document, others }, registry), context);
  });
}

interface RunContext {
  readonly rulebook: Rulebook;
  readonly tests: PolicyTests;
  readonly policy: string;
  readonly grounds: readonly SharingGround[];
}

/** What is on file: an authority's orders where the tests say so, an agreement with anybody else unless they deny it. */
function groundsOf({ recipients }: Rulebook, tests: PolicyTests): SharingGround[] {
  const said = new Map(tests.recipients.map((one) => [one.slug, one]));
  return [...recipients.values()].flatMap(({ slug, kind }): SharingGround[] => {
    const { orders = false, agreement = true } = said.get(slug) ?? {};
    if (kind === 'authority') return orders ? [{ kind: 'order', recipient: slug }] : [];
    return agreement ? [{ kind: 'agreement', recipient: slug }] : [];
  });
}

function runCase(one: PolicyTestCase, context: RunContext): PolicyTestOutcome {
  const told = tell(decisionOf(one, context));
  const expected = expectedOf(one);
  const passed = Object.entries(expected).every(([key, value]) => JSON.stringify(told[key]) === JSON.stringify(value));
  return { name: one.name, passed, expected, actual: told, problems: [] };
}

/** As the gate does, a collection of what came about earlier is asked about twice: now, and for when it came about. */
function decisionOf(one: PolicyTestCase, context: RunContext): Decision {
  const facts = factsOf(one, context);
  const question = questionOf(one, context.tests);
  const now = decide(context.rulebook, facts, question);
  const at = question.occurredAt ?? question.at;
  if (question.action !== 'collect' || facts === null || at >= question.at) return now;
  return allowedThroughout(now, decide(context.rulebook, factsThen(facts, at), { ...question, at }));
}

/** What the tests give no date stood then too; the turns of the location switch were asked about already. */
function factsThen(facts: SubjectFacts, at: number): SubjectFacts {
  const acceptances = facts.acceptances?.map((one) => ({ ...one, at: Math.min(one.at, at) }));
  return {
    ...facts,
    acceptances,
    consents: consentsThen(facts.consents ?? [], at),
    isPositioningOn: true,
    positioningChanges: [],
  };
}

function expectedOf({ expect }: PolicyTestCase): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(expect).filter(([, value]) => value !== undefined));
}

/** The first category that was refused speaks for the whole; the first one where none was. */
function tell({ allowed, results }: Decision): Readonly<Record<string, unknown>> {
  const result = results.find((one) => !one.allowed) ?? results[0];
  return {
    allowed,
    code: result?.code ?? null,
    clause: result?.clauseId ?? null,
    revision: result?.revision ?? null,
    basis: result?.basis ?? null,
    fallback: result?.fallback ?? null,
    precision: result?.precision ?? null,
    storage: result?.storage ?? null,
    ...(result && result.purposes.length > 0 && { purposes: result.purposes.map(({ purpose }) => purpose) }),
  };
}

function questionOf({ question }: PolicyTestCase, tests: PolicyTests): Question {
  return { ...question, at: question.at ?? tests.clock };
}

function factsOf({ subject }: PolicyTestCase, { tests, policy, grounds }: RunContext): SubjectFacts | null {
  if (subject === null) return null;
  const { acceptedRevision: revision, acceptance: mode } = subject;
  return {
    kind: subject.kind,
    isClosed: subject.closed,
    isSuppressed: subject.suppressed,
    isRestricted: subject.restricted,
    birthDate: subject.birthDate,
    guardian: subject.guardian && { isConfirmed: subject.guardian.confirmed, hasConsented: subject.guardian.consented },
    isPositioningOn: subject.positioning,
    positioningChanges: subject.positioningChanges.map(({ on, at }) => ({ isOn: on, at })),
    gpcSince: subject.gpc?.since,
    consents: subject.consents,
    grounds,
    acceptances: revision === undefined ? [] : [{ policy, revision, mode, at: tests.clock }],
  };
}
