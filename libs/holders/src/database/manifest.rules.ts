import type { ManifestProblem, ManifestProblemCode } from './manifest-problems.js';
import { notPersonal, type DatabaseManifest, type MappedTable } from './manifest.schema.js';

/** What a manifest says that cannot be, though each part of it reads well. */
export function manifestRules(manifest: DatabaseManifest): ManifestProblem[] {
  const names = manifest.tables.map(({ table }) => table);
  const listed = [...names, ...manifest.without, ...(manifest.ledger === null ? [] : [manifest.ledger])];
  const repeated = [...new Set(listed.filter((name, index) => listed.indexOf(name) !== index))];
  const foreign = [...names, ...manifest.without].filter((name) => !manifest.schemas.includes(schemaOf(name)));
  const problems = [
    ...repeated.map((name) => problem(name, 'duplicate')),
    ...foreign.map((name) => problem(name, 'foreignSchema')),
    ...manifest.tables.flatMap((table) => [...columnRules(table), ...eraseRules(table)]),
    ...manifest.tables.flatMap((table) => pathRules(table, manifest)),
  ];
  const hasKinds = manifest.tables.some((table) => personalOf(table).length > 0);
  return hasKinds ? problems : [...problems, { path: 'tables', code: 'noKinds' }];
}

/** Every column that is named is one of the table, and what is changed is personal. */
function columnRules(mapped: MappedTable): ManifestProblem[] {
  const { key, since, due, subject, columns, correctable, restrict, erase } = mapped;
  const own = Array.isArray(subject) ? subject.map(({ column }) => column) : Object.keys(subject.on);
  const blanked = typeof erase === 'object' && 'blank' in erase ? Object.keys(erase.blank) : [];
  const named = {
    key,
    since: 'column' in since ? [since.column] : [],
    due: due === undefined ? [] : [due],
    subject: own,
    correctable,
    restrict: restrict ? [restrict.column] : [],
    erase: blanked,
  };
  const unknown = Object.entries(named).flatMap(([field, used]) =>
    used
      .filter((column) => !Object.hasOwn(columns, column))
      .map((column) => problem(mapped.table, 'unknownColumn', field, column)),
  );
  const impersonal = Object.entries({ correctable, erase: blanked }).flatMap(([field, changed]) =>
    changed
      .filter((column) => columns[column] === notPersonal)
      .map((column) => problem(mapped.table, 'notPersonal', field, column)),
  );
  return [...unknown, ...impersonal];
}

/** What is personal says what becomes of it, and only that. */
function eraseRules(mapped: MappedTable): ManifestProblem[] {
  const isPersonal = personalOf(mapped).length > 0;
  return isPersonal === (mapped.erase === 'leave') ? [problem(mapped.table, 'noErasure', 'erase')] : [];
}

/** The way to whose a row is ends at a table that knows, and is walked before that table is changed. */
function pathRules(mapped: MappedTable, { tables }: DatabaseManifest): ManifestProblem[] {
  if (Array.isArray(mapped.subject)) return [];
  const { through, on } = mapped.subject;
  const next = tables.find(({ table }) => table === through);
  if (!next) return [problem(mapped.table, 'unknownTable', 'subject.through')];
  const unknown = Object.values(on)
    .filter((column) => !Object.hasOwn(next.columns, column))
    .map((column) => problem(mapped.table, 'unknownColumn', 'subject.on', column));
  if (Object.keys(on).length === 0) return [problem(mapped.table, 'wrongValue', 'subject.on')];
  if (isCircular(mapped, tables)) return [...unknown, problem(mapped.table, 'circle', 'subject')];
  return mapped.order < next.order ? unknown : [...unknown, problem(mapped.table, 'order', 'order')];
}

function isCircular(mapped: MappedTable, tables: readonly MappedTable[]): boolean {
  const seen = new Set<string>();
  let at: MappedTable | undefined = mapped;
  while (at && !Array.isArray(at.subject)) {
    if (seen.has(at.table)) return true;
    seen.add(at.table);
    const { through }: { through: string } = at.subject;
    at = tables.find(({ table }) => table === through);
  }
  return false;
}

function personalOf({ columns }: MappedTable): string[] {
  return Object.keys(columns).filter((column) => columns[column] !== notPersonal);
}

function schemaOf(table: string): string {
  return table.slice(0, table.indexOf('.'));
}

function problem(table: string, code: ManifestProblemCode, ...rest: readonly string[]): ManifestProblem {
  return { path: ['tables', table, ...rest].join('.'), code };
}
