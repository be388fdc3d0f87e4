import { readText } from '@abide/rulebook';
import type { ZodError } from 'zod';
import type { ManifestProblem } from './manifest-problems.js';
import { manifestRules } from './manifest.rules.js';
import { gap, manifestSchema, notPersonal, type DatabaseManifest, type MappedTable } from './manifest.schema.js';

export type ReadManifest =
  | { readonly manifest: DatabaseManifest; readonly problems: readonly [] }
  | { readonly manifest: null; readonly problems: readonly ManifestProblem[] };

export const maxManifestCharacters = 64 * 1024;
const shownProblems = 100;

/** A manifest from its YAML; what a draft left open is a problem. */
export function readManifest(text: string): ReadManifest {
  if (text.length > maxManifestCharacters) return refused([{ path: '', code: 'tooLong' }]);
  const value = valueOf(text);
  if (value === undefined) return refused([{ path: '', code: 'notYaml' }]);
  const gaps = gapsIn(value, []).map((path): ManifestProblem => ({ path: pathWords(path, value), code: 'gap' }));
  if (gaps.length > 0) return refused(gaps);
  const read = manifestSchema.safeParse(value);
  if (!read.success) return refused(schemaProblems(read.error, value));
  const problems = manifestRules(read.data);
  return problems.length > 0 ? refused(problems) : { manifest: read.data, problems: [] };
}

/** A manifest that was read before. @throws Error where it is none */
export function keptManifest(text: string): DatabaseManifest {
  const { manifest } = readManifest(text);
  if (!manifest) throw new Error('A manifest that was registered cannot be read any more');
  return manifest;
}

/** The kinds of data that it covers. */
export function categoriesOf({ tables }: Pick<DatabaseManifest, 'tables'>): string[] {
  return [...new Set(tables.flatMap((table) => [...kindsOf(table).keys()]))].sort();
}

/** The columns of each kind of data in a table. */
export function kindsOf({ columns }: MappedTable): Map<string, string[]> {
  const personal = Object.entries(columns).filter(([, kind]) => kind !== notPersonal);
  const byKind = Map.groupBy(personal, ([, kind]) => kind);
  return new Map([...byKind].map(([kind, entries]) => [kind, entries.map(([column]) => column)]));
}

/** Undefined where it is no YAML, or YAML that a person would not write: repeated keys, aliases, deep nesting, keys that are no text. */
function valueOf(text: string): unknown {
  const { value, problems } = readText(text);
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMapping && problems.length === 0 ? value : undefined;
}

function gapsIn(value: unknown, path: readonly (string | number)[]): (readonly (string | number)[])[] {
  if (value === gap) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    gapsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function schemaProblems(error: ZodError, value: unknown): ManifestProblem[] {
  return error.issues.flatMap((issue): ManifestProblem[] => {
    const at = issue.path as (string | number)[];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: pathWords([...at, key], value), code: 'unknownField' }));
    return [{ path: pathWords(at, value), code: 'wrongValue' }];
  });
}

/** `tables.1.columns.name` as `tables.shop.orders.columns.name`. */
function pathWords(path: readonly (string | number)[], value: unknown): string {
  const [first, index, ...rest] = path;
  if (first !== 'tables' || typeof index !== 'number') return path.join('.');
  const named = (value as { tables?: { table?: unknown }[] }).tables?.[index]?.table;
  return ['tables', typeof named === 'string' && named !== gap ? named : index, ...rest].join('.');
}

function refused(problems: readonly ManifestProblem[]): ReadManifest {
  return { manifest: null, problems: problems.slice(0, shownProblems) };
}
