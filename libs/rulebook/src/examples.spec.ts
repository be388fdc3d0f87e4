import { readFileSync } from 'node:fs';
import { catalogue } from './catalogue.js';
import { compare } from './compare/compare.js';
import { formatPolicy } from './format.js';
import { parsePolicy } from './parse.js';
import { parsePolicyTests } from './policy-tests/test-file.js';
import { runPolicyTests } from './policy-tests/run.js';
import { profiles } from './profiles.js';
import { offlineRegistry, type RulebookRegistry } from './registry.js';
import { checkPolicy } from './check.js';
import type { Term } from './terms.js';

const read = (name: string) => readFileSync(new URL(`../examples/${name}`, import.meta.url), 'utf8');
const clipboard = {
  code: 'clipboard.text',
  label: { 'zh-CN': '剪贴板', en: 'clipboard' },
  isSensitive: false,
  isLocation: false,
};

interface Example {
  readonly file: string;
  readonly registry: RulebookRegistry;
  /** A change of its terms, and what it weighs. */
  readonly change: (term: Term) => Term;
  readonly rule: string;
  readonly materiality: string;
}

const examples: readonly Example[] = [
  {
    file: 'site',
    registry: offlineRegistry(profiles['eu-gdpr']),
    change: (term) => (term.type === 'right' && term.regions ? { ...term, answerWithin: { calendarDays: 28 } } : term),
    rule: 'right.timeLengthened',
    materiality: 'reductionOfRights',
  },
  {
    file: 'app',
    registry: { ...offlineRegistry(), catalogue: { ...catalogue, categories: [...catalogue.categories, clipboard] } },
    change: (term) => {
      if (term.type !== 'collection' || !term.storage) return term;
      const { storage: _storage, ...sent } = term;
      return sent;
    },
    rule: 'collection.leavesDevice',
    materiality: 'freshConsent',
  },
  {
    file: 'tool',
    registry: offlineRegistry(),
    change: (term) => (term.type === 'retention' ? { ...term, period: 'P1Y' } : term),
    rule: 'retention.lengthened',
    materiality: 'reductionOfRights',
  },
];

describe.each(examples)('the example $file', ({ file, registry, change, rule, materiality }) => {
  const { document, problems } = parsePolicy(read(`${file}.yaml`));
  const policy = document!;

  it('says nothing wrong, and reads back as it is written', () => {
    expect(problems).toEqual([]);
    expect(checkPolicy(policy, registry)).toEqual([]);
    expect(parsePolicy(formatPolicy(policy)).document).toEqual(policy);
  });

  it('decides what the cases beside it say', () => {
    const { tests } = parsePolicyTests(read(`${file}.tests.yaml`));
    const report = runPolicyTests(policy, tests!, { registry });
    expect(report.problems).toEqual([]);
    expect(report.cases.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.passed).toBeGreaterThan(3);
  });

  it('is compared with what it becomes', () => {
    const clauses = policy.clauses.map((clause) => ({ ...clause, terms: clause.terms.map(change) }));
    const { materiality: weight, differences } = compare(
      { document: policy },
      { document: { ...policy, clauses } },
      registry,
    );
    expect([weight, differences.map((one) => one.rule)]).toEqual([materiality, [rule]]);
    expect(compare({ document: policy }, { document: policy }, registry).differences).toEqual([]);
  });
});

describe('the guide for children beside the example app', () => {
  const registry = examples.find(({ file }) => file === 'app')!.registry;
  const app = parsePolicy(read('app.yaml')).document!;
  const guide = parsePolicy(read('app.children.yaml')).document!;

  it('says nothing wrong', () => {
    expect(checkPolicy(guide, registry)).toEqual([]);
  });

  it('changes nothing in what the app decides', () => {
    const { tests } = parsePolicyTests(read('app.tests.yaml'));
    const report = runPolicyTests(app, tests!, { registry, beside: [{ document: guide, revision: 1 }] });
    expect([report.problems, report.failed]).toEqual([[], 0]);
  });

  it('takes something away where it promises a later answer', () => {
    const clauses = guide.clauses.map((clause) => ({
      ...clause,
      terms: clause.terms.map((term): Term =>
        term.type === 'right' ? { ...term, answerWithin: { workingDays: 10 } } : term,
      ),
    }));
    const sides = [guide, { ...guide, clauses }].map((document) => ({ document, others: [app] }));
    const { materiality, differences } = compare(sides[0]!, sides[1]!, registry);
    expect([materiality, new Set(differences.map(({ rule }) => rule))]).toEqual([
      'reductionOfRights',
      new Set(['right.timeLengthened']),
    ]);
  });
});
