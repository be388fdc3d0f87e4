import { Document, isMap, isSeq, visit, type Node } from 'yaml';
import type { PolicyDocument } from './document.js';

const documentKeys = [
  'policy',
  'kind',
  'service',
  'audience',
  'appKind',
  'title',
  'contact',
  'glossary',
  'definitions',
  'services',
  'recipients',
  'clauses',
];
const clauseKeys = ['id', 'heading', 'body', 'terms'];

/** Writes a policy as the YAML that `parsePolicy` reads back to the same document. */
export function formatPolicy(document: PolicyDocument): string {
  const { clauses, ...rest } = document;
  const ordered = inOrder(
    { ...withoutEmptyLists(rest), clauses: clauses.map((one) => inOrder(withoutEmptyLists(one), clauseKeys)) },
    documentKeys,
  );
  const yaml = new Document(ordered, { aliasDuplicateObjects: false });
  visit(yaml, {
    Pair(_, pair) {
      const key = String((pair.key as { value?: unknown }).value);
      if (key === 'terms' || key === 'glossary' || key === 'recipients' || key === 'definitions') flowItems(pair.value);
      if (key === 'clauses') separate(pair.value);
      if (key === 'title' || key === 'heading' || key === 'services') flow(pair.value);
    },
  });
  return yaml.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** One text for one content, whatever the order of keys: what revisions are hashed from. */
export function canonicalPolicy(document: PolicyDocument): string {
  return canonicalJson(document);
}

/** JSON with sorted keys, without absent members and empty lists. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? '';
}

function separate(node: unknown): void {
  if (isSeq(node))
    for (const item of node.items.slice(1)) (item as Node & { spaceBefore?: boolean }).spaceBefore = true;
}

function flowItems(node: unknown): void {
  if (isSeq(node)) node.items.forEach(flow);
}

function flow(node: unknown): void {
  if (isMap(node) || isSeq(node)) (node as Node & { flow?: boolean }).flow = true;
}

function inOrder(value: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const rest = Object.keys(value).filter((key) => !keys.includes(key));
  return Object.fromEntries(
    [...keys, ...rest].filter((key) => value[key] !== undefined).map((key) => [key, value[key]]),
  );
}

function withoutEmptyLists<T extends object>(value: T): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => !(Array.isArray(one) && one.length === 0)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([, one]) => one !== undefined && !(Array.isArray(one) && one.length === 0),
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
}
