import type { z } from 'zod';
import { checkRegion } from './check-sharing.js';
import { documentSchema, maxClauses, type PolicyDocument } from './document.js';
import { error, type Path, type PolicyProblem, type PolicyProblemCode, type ProblemFacts } from './problems.js';
import { inspectTree, readText } from './read-yaml.js';
import { termSchema, type Term } from './terms.js';
import { termTypes } from './vocabulary.js';

/** What could be read of a policy that is not whole: broken terms are `null`, so that paths keep their numbers. */
export interface PolicyDraft extends Partial<Omit<PolicyDocument, 'clauses'>> {
  readonly clauses: readonly DraftClause[];
}

export interface DraftClause {
  readonly id?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly terms: readonly (Term | null)[];
}

export interface ReadPolicy {
  /** The whole policy, or null when anything in its shape is wrong. */
  readonly document: PolicyDocument | null;
  /** What could be read in any case; null when the text is not even a mapping. */
  readonly draft: PolicyDraft | null;
  readonly problems: readonly PolicyProblem[];
  readonly lineOf: (path: Path) => number | undefined;
}

export interface ParsedPolicy {
  readonly document: PolicyDocument | null;
  readonly problems: readonly PolicyProblem[];
}

/** Reads a policy file (YAML or JSON) and lists everything wrong with its shape; `document` is null when something is. */
export function parsePolicy(text: string): ParsedPolicy {
  const { document, problems } = readPolicyText(text);
  return { document, problems };
}

/** Reads a policy file with what could be saved of a broken one, and the lines that its parts stand on. */
export function readPolicyText(text: string): ReadPolicy {
  const read = readText(text);
  if (read.problems.length > 0)
    return { document: null, draft: null, problems: [...fullWidthColons(text), ...read.problems], lineOf: read.lineOf };
  const parsed = readPolicyValue(read.value);
  const found = parsed.problems.map((problem) => withLine(problem, read.lineOf(pathOf(problem.path))));
  const problems = [...(parsed.document ? [] : fullWidthColons(text)), ...found, ...read.warnings];
  return { ...parsed, problems, lineOf: read.lineOf };
}

const mostColons = 20;

/** Lines of a file that cannot be read whole where a key of the format is followed by a Chinese colon, which YAML takes for text. */
function fullWidthColons(text: unknown): PolicyProblem[] {
  if (typeof text !== 'string') return [];
  const lines = [...text.matchAll(/^[ \t]*(?:- +)?(?:\{ *)?["']?([A-Za-z][A-Za-z-]*)["']?[ \t]*：/gm)].slice(
    0,
    mostColons,
  );
  return lines.map((match) => ({
    ...error([], 'policy.fullWidthColon', { value: match[1] }),
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** The same for a value already read, such as a request body or the console's form. */
export function readPolicyValue(value: unknown): ReadPolicy {
  const lineOf = () => undefined;
  const unsafe = inspectTree(value);
  if (unsafe.length > 0) return { document: null, draft: null, problems: unsafe, lineOf };
  if (!isRecord(value)) return { document: null, draft: null, problems: [error([], 'policy.notAnObject')], lineOf };
  const { clauses } = value;
  if (Array.isArray(clauses) && clauses.length > maxClauses) {
    return {
      document: null,
      draft: null,
      problems: [error(['clauses'], 'policy.tooLong', { expected: String(maxClauses) })],
      lineOf,
    };
  }
  const result = documentSchema.safeParse(value);
  if (result.success) return { document: result.data, draft: result.data, problems: [], lineOf };
  return {
    document: null,
    draft: salvage(value),
    problems: result.error.issues.flatMap((issue) => toProblems(issue, value)),
    lineOf,
  };
}

export function withLine(problem: PolicyProblem, line: number | undefined): PolicyProblem {
  return line === undefined ? problem : { ...problem, line };
}

/** The parts of `clauses[3].terms[0]`, as a path. */
export function pathOf(path: string): Path {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : Number(match[1]),
  );
}

function salvage(value: Record<string, unknown>): PolicyDraft {
  const kept = Object.entries(documentSchema.omit({ clauses: true }).shape).flatMap(([key, schema]) => {
    const result = schema.safeParse(value[key]);
    return result.success && result.data !== undefined ? [[key, result.data]] : [];
  });
  const clauses = Array.isArray(value['clauses']) ? value['clauses'].map(salvageClause) : [];
  return { ...(Object.fromEntries(kept) as Partial<PolicyDocument>), clauses };
}

function salvageClause(value: unknown): DraftClause {
  if (!isRecord(value)) return { terms: [] };
  const terms = Array.isArray(value['terms']) ? value['terms'].slice(0, 100) : [];
  return {
    id: typeof value['id'] === 'string' ? value['id'] : undefined,
    body: isRecord(value['body']) ? value['body'] : undefined,
    terms: terms.map((term) => termSchema.safeParse(term).data ?? null),
  };
}

type Issue = z.core.$ZodIssue;

const refinements: Readonly<Record<string, PolicyProblemCode>> = {
  duration: 'policy.badDuration',
  precision: 'policy.badPrecision',
  channel: 'policy.badChannel',
  recipient: 'policy.badRecipient',
  answerWithin: 'policy.badAnswerTime',
  day: 'policy.badDay',
  instant: 'policy.badInstant',
  empty: 'policy.empty',
  periodOrUntil: 'policy.periodOrUntil',
};

/** What an issue with a value means in the words of the format; `root` tells what is missing from what is of the wrong type. */
export function toProblems(issue: Issue, root: unknown): PolicyProblem[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code !== 'unrecognized_keys' && valueAt(root, path) === undefined) return missing(path);
  const at = (code: PolicyProblemCode, facts?: ProblemFacts) => [error(path, code, facts)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => error([...path, key], 'policy.unknownKey', { value: key }));
    case 'invalid_type':
      return at('policy.wrongType', { expected: issue.expected });
    case 'invalid_value':
      return at('policy.unknownValue', { expected: issue.values.map(String).join(', ') });
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string'
        ? at('policy.empty')
        : at('policy.outOfRange', { expected: `≥ ${issue.minimum}` });
    case 'too_big':
      return issue.origin === 'array' || issue.origin === 'string'
        ? at('policy.tooLong', { expected: String(issue.maximum) })
        : at('policy.outOfRange', { expected: `≤ ${issue.maximum}` });
    case 'invalid_union':
      return at(...unionProblem(issue));
    case 'custom':
      if (issue.message === 'region') return checkRegion(String(valueAt(root, path)), path);
      return issue.message === 'missingLocale' ? missing(path) : at(refinements[issue.message] ?? 'policy.malformed');
    default:
      return at('policy.malformed');
  }
}

function unionProblem(issue: Issue): [PolicyProblemCode, ProblemFacts?] {
  if (issue.path.at(-1) === 'type') return ['policy.unknownTermType', { expected: termTypes.join(', ') }];
  return [refinements[issue.message] ?? 'policy.malformed'];
}

function missing(path: Path): PolicyProblem[] {
  const last = path.at(-1);
  if (last === 'zh-CN' || last === 'en') return [error(path, 'policy.missingLocale', { value: last })];
  return [error(path, 'policy.missing')];
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path)
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
