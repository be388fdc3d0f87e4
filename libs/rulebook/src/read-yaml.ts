import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { error, type Path, type PolicyProblem } from './problems.js';

const maxCharacters = 1_000_000;
const maxDepth = 20;
const maxValues = 100_000;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

export interface ReadText {
  /** The plain value, or `undefined` when the text could not be read. */
  readonly value: unknown;
  readonly problems: readonly PolicyProblem[];
  /** The line, counted from 1, on which the value at a path stands. */
  readonly lineOf: (path: Path) => number | undefined;
}

/**
 * Reads YAML or JSON that nobody vouches for: bounded in size, depth and number of values, without aliases, tags,
 * repeated keys, keys that are not text or keys that could reach a prototype.
 */
export function readText(text: unknown): ReadText {
  if (typeof text !== 'string') return unreadable([error([], 'policy.notText')]);
  if (text.length > maxCharacters) return unreadable([error([], 'policy.tooLarge', { expected: String(maxCharacters) })]);
  const depth = deepestNesting(text);
  if (depth > maxDepth * 10) return unreadable([error([], 'policy.tooDeep', { expected: String(maxDepth) })]);
  try {
    return readDocument(text);
  } catch (cause) {
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
    if (count > maxValues) return [error([], 'policy.tooManyValues', { expected: String(maxValues) })];
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= maxDepth) return [error(path, 'policy.tooDeep', { expected: String(maxDepth) })];
    for (const key of Array.isArray(value) ? [] : Object.keys(value)) {
      if (forbiddenKeys.has(key)) problems.push(error([...path, key], 'policy.forbiddenKey', { value: key }));
    }
    for (const [key, child] of Object.entries(value)) {
      pending.push({ value: child, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
  return problems;
}

function readDocument(text: string): ReadText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, stringKeys: true, prettyErrors: false, schema: 'core' });
  const problems: PolicyProblem[] = [...document.errors, ...document.warnings].map((issue) => {
    const line = lines.linePos(issue.pos[0]).line;
    if (issue.code === 'DUPLICATE_KEY') return { ...error([], 'policy.duplicateKey'), line };
    return { ...error([], 'policy.syntax', { value: firstLine(issue.message) }), line };
  });
  problems.push(...refusedConstructs(document, lines));
  if (problems.length > 0) return unreadable(problems);
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  const lineOf = (path: Path) => lineAt(document, lines, path);
  return { value, problems: [], lineOf };
}

function refusedConstructs(document: Document, lines: LineCounter): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  visit(document, {
    Node(_, node) {
      const line = node.range ? lines.linePos(node.range[0]).line : 1;
      if (isAlias(node) || ('anchor' in node && node.anchor)) problems.push({ ...error([], 'policy.aliasNotAllowed'), line });
      if ('tag' in node && node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) {
        problems.push({ ...error([], 'policy.tagNotAllowed', { value: node.tag }), line });
      }
    },
  });
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
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === part);
  return pair && { key: pair.key, value: pair.value };
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

function unreadable(problems: readonly PolicyProblem[]): ReadText {
  return { value: undefined, problems, lineOf: () => undefined };
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 200);
}
