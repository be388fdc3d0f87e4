import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { error, warning, type Path, type PolicyProblem } from './problems.js';

const maxCharacters = 1_000_000;
const maxDepth = 20;
const maxValues = 100_000;
/** No mapping of a policy or of its tests comes near this. */
const maxKeys = 1000;
/** Texts may hold brackets of their own, so the count made before parsing is generous. */
const maxBrackets = 200;
const maxSyntaxProblems = 20;
const maxTokens = 150_000;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

export interface ReadText {
  /** The plain value, or `undefined` when the text could not be read. */
  readonly value: unknown;
  /** Why it could not. */
  readonly problems: readonly PolicyProblem[];
  /** What was read otherwise than it looks. */
  readonly warnings: readonly PolicyProblem[];
  /** The line, counted from 1, on which the value at a path stands. */
  readonly lineOf: (path: Path) => number | undefined;
}

/**
 * Reads YAML or JSON that nobody vouches for: bounded in size, depth and number of values, without aliases, tags,
 * repeated keys, keys that are not text or keys that could reach a prototype.
 */
export function readText(text: unknown): ReadText {
  if (typeof text !== 'string') return unreadable([error([], 'policy.notText')]);
  if (text.length > maxCharacters)
    return unreadable([error([], 'policy.tooLarge', { expected: String(maxCharacters) })]);
  if (deepestNesting(text) > maxBrackets) return unreadable([tooDeep()]);
  try {
    if (hasTooManyTokens(text)) return unreadable([tooManyValues()]);
    return readDocument(text);
  } catch (cause) {
    if (cause instanceof RangeError) return unreadable([tooDeep()]);
    return unreadable([error([], 'policy.syntax', { value: cause instanceof Error ? firstLine(cause.message) : '' })]);
  }
}

/** What is wrong with a value as a tree, before asking whether it is a policy. */
export function inspectTree(root: unknown): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const pending: { value: unknown; path: Path }[] = [{ value: root, path: [] }];
  let count = 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, path } = next;
    count += 1;
    if (count > maxValues) return [tooManyValues()];
    if (typeof value === 'string' && !isStorable(value)) problems.push(error(path, 'policy.badCharacter'));
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= maxDepth) return [tooDeep(path)];
    const keys = Array.isArray(value) ? [] : Object.keys(value);
    if (keys.length > maxKeys) return [error(path, 'policy.tooManyValues', { expected: String(maxKeys) })];
    for (const key of keys) {
      if (forbiddenKeys.has(key)) problems.push(error([...path, key], 'policy.forbiddenKey', { value: key }));
    }
    for (const [key, child] of Object.entries(value)) {
      pending.push({ value: child, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
  return problems;
}

/** PostgreSQL keeps neither U+0000 nor half a surrogate pair. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function readDocument(text: string): ReadText {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
    schema: 'core',
  });
  const issues = [...document.errors, ...document.warnings];
  if (issues.some((issue) => issue.message.includes('call stack'))) return unreadable([tooDeep()]);
  const problems: PolicyProblem[] = issues.slice(0, maxSyntaxProblems).map((issue) => {
    const line = lines.linePos(issue.pos[0]).line;
    return { ...error([], 'policy.syntax', { value: firstLine(issue.message) }), line };
  });
  problems.push(...refusedConstructs(document, lines));
  if (problems.length > 0) return unreadable(problems);
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  return {
    value,
    problems: [],
    warnings: commentsAfterText(document, lines),
    lineOf: (path) => lineAt(document, lines, path),
  };
}

function refusedConstructs(document: Document, lines: LineCounter): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  visit(document, {
    Node(_, node) {
      const line = node.range ? lines.linePos(node.range[0]).line : 1;
      if (isMap(node)) problems.push(...repeatedKeys(node, lines));
      if (isAlias(node) || ('anchor' in node && node.anchor))
        problems.push({ ...error([], 'policy.aliasNotAllowed'), line });
      if ('tag' in node && node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) {
        problems.push({ ...error([], 'policy.tagNotAllowed', { value: node.tag }), line });
      }
    },
  });
  return problems;
}

const textKeys = new Set(['title', 'contact', 'heading', 'body', 'meaning', 'term', 'name', 'ground']);

/** ` #` begins a comment in text without quotation marks, so that half a sentence may be lost where words follow it. */
function commentsAfterText(document: Document, lines: LineCounter): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || node.type !== 'PLAIN' || !node.comment) return;
      const path = pathOfNode(key, ancestors);
      if (!path.some((part) => textKeys.has(String(part)))) return;
      const line = lines.linePos(node.range?.[1] ?? 0).line;
      problems.push({ ...warning(path, 'policy.commentAfterText', { value: `#${node.comment.slice(0, 80)}` }), line });
    },
  });
  return problems;
}

function pathOfNode(key: number | string | null, ancestors: readonly unknown[]): Path {
  const parts = ancestors.flatMap((one, index): (string | number)[] => {
    if (isPair(one)) return isScalar(one.key) ? [String(one.key.value)] : [];
    if (!isSeq(one)) return [];
    const position = one.items.indexOf(ancestors[index + 1]);
    return position >= 0 ? [position] : [];
  });
  return typeof key === 'number' ? [...parts, key] : parts;
}

/** The parser's own check compares every key with every other; this one stays linear. */
function repeatedKeys(map: YAMLMap, lines: LineCounter): PolicyProblem[] {
  const seen = new Set<unknown>();
  const problems: PolicyProblem[] = [];
  for (const { key } of map.items) {
    if (!isScalar(key)) continue;
    const line = lines.linePos(key.range?.[0] ?? 0).line;
    if (seen.has(key.value)) problems.push({ ...error([], 'policy.duplicateKey', { value: String(key.value) }), line });
    seen.add(key.value);
  }
  return problems;
}

/** The line of the deepest part of the path that exists, preferring the key over its value. */
function lineAt(document: Document, lines: LineCounter, path: Path): number | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const part of path) {
    const next: { key?: unknown; value: unknown } | undefined = childOf(node, part);
    if (!next) break;
    node = next.value;
    const marker = next.key ?? node;
    if (isNode(marker) && marker.range) offset = marker.range[0];
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

function childOf(node: unknown, part: string | number): { key?: unknown; value: unknown } | undefined {
  if (isSeq(node) && typeof part === 'number') return { value: node.items[part] };
  if (!isMap(node)) return undefined;
  return pairsOf(node).get(part);
}

const pairsByMap = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

/** Lines are asked for once a problem: to look through all keys each time would take the square of their number. */
function pairsOf(map: YAMLMap): ReadonlyMap<unknown, Pair> {
  const known =
    pairsByMap.get(map) ?? new Map(map.items.map((pair) => [isScalar(pair.key) ? pair.key.value : pair.key, pair]));
  pairsByMap.set(map, known);
  return known;
}

/** Counts brackets, a cheap upper bound that keeps a recursive parser from being driven deep. */
function deepestNesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === 0x5b || character === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (character === 0x5d || character === 0x7d) depth = Math.max(0, depth - 1);
  }
  return deepest;
}

function hasTooManyTokens(text: string): boolean {
  let count = 0;
  for (const token of new Lexer().lex(text)) {
    count += token.length > 0 ? 1 : 0;
    if (count > maxTokens) return true;
  }
  return false;
}

function tooManyValues(): PolicyProblem {
  return error([], 'policy.tooManyValues', { expected: String(maxValues) });
}

function tooDeep(path: Path = []): PolicyProblem {
  return error(path, 'policy.tooDeep', { expected: String(maxDepth) });
}

function unreadable(problems: readonly PolicyProblem[]): ReadText {
  return { value: undefined, problems, warnings: [], lineOf: () => undefined };
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 200);
}
