import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import {
  compare,
  hasErrors,
  labelOf,
  offlineRegistry,
  parsePolicy,
  parsePolicyTests,
  profiles,
  runPolicyTests,
  validatePolicy,
  type Comparison,
  type PolicyDocument,
  type PolicyProblem,
  type PolicyTestOutcome,
  type PolicyTestReport,
  type RulebookRegistry,
} from '@abide/rulebook';
import { exitCodes, readArguments, UnusableArguments, type CommandIo } from './arguments.js';

type Locale = 'zh-CN' | 'en';

interface CommandInput {
  readonly files: readonly string[];
  readonly isJson: boolean;
  readonly locale: Locale;
  readonly registry: RulebookRegistry;
  readonly io: CommandIo;
}

const options = { json: { type: 'boolean' }, locale: { type: 'string' }, profile: { type: 'string' } } as const;

/** `abide policy validate <file>`: 0 when valid, 1 when not, 2 when there is nothing to read. */
export function policyValidate(args: readonly string[], io: CommandIo): Promise<number> {
  return run(args, { io, positionals: ['file'], work: validate });
}

/** `abide policy diff <old> <new>`: 0 whenever compared, 1 when a file is no policy, 2 when there is nothing to read. */
export function policyDiff(args: readonly string[], io: CommandIo): Promise<number> {
  return run(args, { io, positionals: ['old', 'new'], work: diff });
}

/** `abide policy test <policy> <tests>`: 0 when all cases pass, 1 otherwise, 2 when there is nothing to read. */
export function policyTest(args: readonly string[], io: CommandIo): Promise<number> {
  return run(args, { io, positionals: ['policy', 'tests'], work: test });
}

interface Command {
  readonly io: CommandIo;
  readonly positionals: readonly string[];
  readonly work: (input: CommandInput) => Promise<number>;
}

async function run(args: readonly string[], command: Command): Promise<number> {
  try {
    const { values, positionals } = readArguments(args, { positionals: command.positionals, options });
    const input = {
      files: positionals,
      isJson: values['json'] === true,
      locale: localeOf(values['locale']),
      registry: registryOf(values['profile']),
      io: command.io,
    };
    return await command.work(input);
  } catch (error) {
    if (!(error instanceof UnusableArguments)) throw error;
    command.io.err(`${error.message}\n`);
    return exitCodes.unusable;
  }
}

async function validate(input: CommandInput): Promise<number> {
  const { problems } = validatePolicy(await read(input.files[0]), input.registry);
  const isValid = !hasErrors(problems);
  if (input.isJson) {
    const of = (severity: string) =>
      problems.filter((problem) => problem.severity === severity).map((problem) => toJson(problem, input.locale));
    input.io.out(`${JSON.stringify({ valid: isValid, errors: of('error'), warnings: of('warning') }, null, 2)}\n`);
  } else {
    input.io.out(`${problemLines(input.files[0], problems, input.locale)}\n`);
  }
  return isValid ? exitCodes.ok : exitCodes.negative;
}

async function diff(input: CommandInput): Promise<number> {
  const [before, after] = documentsOf(await Promise.all(input.files.map(readPolicyFile)), input) ?? [];
  if (!before || !after) return exitCodes.negative;
  const comparison = compare({ document: before }, { document: after }, input.registry);
  if (input.isJson) input.io.out(`${JSON.stringify(comparisonJson(comparison, input.locale), null, 2)}\n`);
  else input.io.out(comparisonLines(comparison, input.locale));
  return exitCodes.ok;
}

async function test(input: CommandInput): Promise<number> {
  const [policyFile = '', testFile = ''] = input.files;
  const [policy, testText] = [await readPolicyFile(policyFile), await read(testFile)];
  const { tests, problems } = parsePolicyTests(testText);
  if (!tests)
    throw new UnusableArguments(
      `${testFile} holds no policy tests.\n${problemLines(testFile, problems, input.locale)}`,
    );
  const further = tests.revisions.map((file) => resolve(dirname(testFile), file));
  const documents = documentsOf([policy, ...(await Promise.all(further.map(readPolicyFile)))], input);
  if (!documents) return exitCodes.negative;
  const report = runPolicyTests(documents, tests, { registry: input.registry });
  for (const problem of report.cases.length === 0 ? report.problems : [])
    input.io.err(`${problemLines(policyFile, [problem], input.locale)}\n`);
  if (input.isJson)
    input.io.out(
      `${JSON.stringify({ passed: report.passed, failed: report.failed, cases: report.cases.map((one) => caseJson(one, input.locale)) }, null, 2)}\n`,
    );
  else input.io.out(testLines(report, input.locale));
  return report.failed === 0 ? exitCodes.ok : exitCodes.negative;
}

function caseJson({ problems, ...outcome }: PolicyTestOutcome, locale: Locale) {
  return problems.length === 0 ? outcome : { ...outcome, problems: problems.map((problem) => toJson(problem, locale)) };
}

function testLines({ cases, passed, failed }: PolicyTestReport, locale: Locale): string {
  const lines = cases.flatMap(({ name, passed: isPassed, expected, actual, problems }) => {
    if (isPassed) return [`  ok    ${name}`];
    if (problems.length > 0)
      return [`  FAIL  ${name}`, ...problems.map(({ path, message }) => `          ${path}: ${message[locale]}`)];
    const relevant = Object.fromEntries(Object.keys(expected).map((key) => [key, actual[key]]));
    return [
      `  FAIL  ${name}`,
      `          expected ${JSON.stringify(expected)}`,
      `          actual   ${JSON.stringify(relevant)}`,
    ];
  });
  return `${[...lines, `${passed} passed, ${failed} failed`].join('\n')}\n`;
}

function comparisonJson({ materiality, differences }: Comparison, locale: Locale) {
  return {
    materiality,
    differences: differences.map(({ clauseId, class: materialityOfOne, rule, article, summary, path }) => ({
      clauseId,
      class: materialityOfOne,
      rule,
      article,
      summary: summary[locale],
      ...(path !== undefined && { path }),
    })),
  };
}

function comparisonLines({ materiality, differences }: Comparison, locale: Locale): string {
  if (differences.length === 0) return locale === 'en' ? 'No differences.\n' : '没有差异。\n';
  const title = locale === 'en' ? 'Materiality' : '变更等级';
  const lines = [`${title}: ${labelOf('materiality', materiality, locale)} (${materiality})`];
  let heading = '';
  for (const difference of differences) {
    if (difference.class !== heading) lines.push('', labelOf('materiality', difference.class, locale));
    heading = difference.class;
    lines.push(
      `  ${difference.summary[locale]}`,
      `    ${[difference.clauseId, difference.rule, difference.article].filter(Boolean).join(' · ')}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

interface PolicyFile {
  readonly file: string;
  readonly text: string;
}

async function readPolicyFile(file: string): Promise<PolicyFile> {
  return { file, text: await read(file) };
}

/** The policies of the files, or null, after saying what is wrong, when any of them is broken. */
function documentsOf(files: readonly PolicyFile[], input: CommandInput): readonly PolicyDocument[] | null {
  const parsed = files.map(({ file, text }) => ({ file, ...parsePolicy(text) }));
  const broken = parsed.filter(({ document }) => document === null);
  if (broken.length === 0) return parsed.flatMap(({ document }) => document ?? []);
  if (input.isJson) {
    const errors = broken.flatMap(({ file, problems }) =>
      problems.map((problem) => ({ file, ...toJson(problem, input.locale) })),
    );
    input.io.out(`${JSON.stringify({ valid: false, errors }, null, 2)}\n`);
  } else {
    for (const { file, problems } of broken) input.io.err(`${problemLines(file, problems, input.locale)}\n`);
  }
  return null;
}

function problemLines(file: string | undefined, problems: readonly PolicyProblem[], locale: Locale): string {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  const lines = problems.map((problem) => {
    const place = [file, problem.line].filter((part) => part !== undefined).join(':');
    const where = problem.path === '' ? '' : ` [${problem.path}]`;
    return `${place}: ${labelOf('severity', problem.severity, locale)}: ${problem.message[locale]}${where} ${problem.code}`;
  });
  const outcome = errors === 0 ? { 'zh-CN': '有效', en: 'Valid' } : { 'zh-CN': '无效', en: 'Not valid' };
  const counts = {
    'zh-CN': `${errors} 个错误，${warnings} 个提示`,
    en: `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
  };
  return [...lines, `${outcome[locale]}: ${file ?? ''} (${counts[locale]})`].join('\n');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function toJson(problem: PolicyProblem, locale: Locale) {
  const { path, code, message, line } = problem;
  return { path, code, message: message[locale], ...(line !== undefined && { line }) };
}

async function read(file: string | undefined): Promise<string> {
  try {
    return await readFile(file ?? '', 'utf8');
  } catch {
    throw new UnusableArguments(`Cannot read ${file ?? 'the file'}.`);
  }
}

function localeOf(value: unknown): Locale {
  if (value === undefined || value === 'en') return 'en';
  if (value === 'zh-CN') return 'zh-CN';
  throw new UnusableArguments('--locale is en or zh-CN.');
}

function registryOf(code: unknown): RulebookRegistry {
  if (code === undefined) return offlineRegistry();
  const profile = Object.values(profiles).find((one) => one.code === code);
  if (!profile) throw new UnusableArguments(`--profile is one of ${Object.keys(profiles).join(', ')}.`);
  return offlineRegistry(profile);
}
