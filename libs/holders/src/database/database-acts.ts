import { nothingToDo, type AffectedCount, type HolderAnswer, type RetainedCount } from '@abide/platform';
import type { ClientBase } from 'pg';
import type { HolderSubject } from '../protocol/holder-client.js';
import { blankOf, countHeld, saysSomething, type HeldKind } from './held-rows.js';
import { kindsOf } from './manifest.js';
import type { DatabaseManifest, MappedTable, Scalar } from './manifest.schema.js';
import { quoted, quotedTable, SubjectRows } from './subject-rows.js';

/** What is to be done for whom; no categories stand for everything. */
export interface Acting {
  readonly manifest: DatabaseManifest;
  readonly subject: HolderSubject;
  readonly categories: readonly string[];
}

/** What came of one kind in one table. `left`: a person has to see to it. */
interface Done {
  readonly counts: readonly AffectedCount[];
  readonly retained: readonly RetainedCount[];
  readonly isLeft: boolean;
}

type TableAct = (mapped: MappedTable, kinds: readonly HeldKind[]) => Promise<Done>;

const untouched: Done = { counts: [], retained: [], isLeft: false };
const left: Done = { ...untouched, isLeft: true };

/** Sets corrected values where the manifest says which column one belongs in. In the open transaction. */
export function correct(
  client: ClientBase,
  acting: Acting,
  corrections: readonly { readonly category: string; readonly value: unknown }[],
): Promise<HolderAnswer> {
  const asked = { ...acting, categories: corrections.map(({ category }) => category) };
  return overTables(client, asked, async (mapped, kinds) => {
    const done = await inTurn(knownByLast(mapped, kinds), async ({ category }) => {
      const value = corrections.find((one) => one.category === category)?.value;
      const [column, ...more] = correctableIn(mapped, category);
      if (column === undefined || more.length > 0 || !isScalar(value)) return left;
      const count = await change(client, acting, { mapped, to: [[column, value]], where: [column] });
      return count === 0 ? left : counted(mapped, [{ category, count }]);
    });
    return together(done);
  });
}

function correctableIn(mapped: MappedTable, category: string): string[] {
  return (kindsOf(mapped).get(category) ?? []).filter((column) => mapped.correctable.includes(column));
}

/** What people are known by is corrected last: until then they are found by it. */
function knownByLast(mapped: MappedTable, kinds: readonly HeldKind[]): HeldKind[] {
  const { subject } = mapped;
  const known = Array.isArray(subject) ? subject.map(({ column }) => column) : Object.keys(subject.on);
  const isKnownBy = ({ category }: HeldKind) => correctableIn(mapped, category).some((one) => known.includes(one));
  return kinds.toSorted((one, other) => Number(isKnownBy(one)) - Number(isKnownBy(other)));
}

/** Sets the column that says that a row is only stored, or used again. In the open transaction. */
export function restrict(client: ClientBase, acting: Acting, state: 'restricted' | 'lifted'): Promise<HolderAnswer> {
  return overTables(client, acting, async (mapped, kinds) => {
    const { restrict: how } = mapped;
    if (!how) return left;
    await change(client, acting, { mapped, to: [[how.column, how[state]]], where: kinds.flatMap(columnsIn(mapped)) });
    return counted(mapped, kinds);
  });
}

/** Deletes, blanks and keeps as the manifest says, table by table in its order. In the open transaction. */
export function erase(client: ClientBase, acting: Acting): Promise<HolderAnswer> {
  return overTables(client, acting, async (mapped, kinds) => {
    if (typeof mapped.erase === 'object' && 'keep' in mapped.erase) return kept(mapped.erase.keep, kinds);
    const isWhole = [...kindsOf(mapped).keys()].every((kind) => isAsked(acting, kind));
    if (mapped.erase === 'delete' && isWhole) await remove(client, acting, mapped);
    else {
      const columns = kinds.flatMap(columnsIn(mapped));
      const to = columns.map((column) => [column, blankOf(mapped, column)] as const);
      await change(client, acting, { mapped, to, where: columns });
    }
    return counted(mapped, kinds);
  });
}

/** Every table in its order, of which something is asked and held; what cannot be looked for is said. */
async function overTables(client: ClientBase, acting: Acting, act: TableAct): Promise<HolderAnswer> {
  const done: Done[] = [];
  let isMissed = false;
  for (const mapped of acting.manifest.tables.toSorted((one, other) => one.order - other.order)) {
    if (![...kindsOf(mapped).keys()].some((kind) => isAsked(acting, kind))) continue;
    const { kinds } = await countHeld(client, acting, mapped);
    const asked = kinds?.filter(({ category }) => isAsked(acting, category));
    if (asked && asked.length > 0) done.push(await act(mapped, asked));
    isMissed ||= !kinds;
  }
  const { counts, retained, isLeft } = together(done);
  if (isLeft || (isMissed && counts.length + retained.length > 0)) return { outcome: 'manual', counts, retained };
  if (isMissed) return { ...nothingToDo, outcome: 'needsIdentifier' };
  return { outcome: counts.length > 0 ? 'done' : 'nothing', counts, retained };
}

interface Change {
  readonly mapped: MappedTable;
  readonly to: readonly (readonly [column: string, value: Scalar])[];
  /** Only rows that say something in one of these. */
  readonly where: readonly string[];
}

/** How many rows it changed. */
async function change(
  client: ClientBase,
  { manifest, subject }: Acting,
  { mapped, to, where }: Change,
): Promise<number> {
  const rows = new SubjectRows(manifest, subject);
  const set = to.map(([column, value]) => `${quoted(column)} = ${rows.parameter(value)}`);
  const isTheirs = rows.of(mapped);
  const { rowCount } = await client.query(
    `UPDATE ${quotedTable(mapped.table)} AS t SET ${set.join(', ')} WHERE ${isTheirs} AND ${saysSomething(mapped, where, rows)}`,
    rows.parameters,
  );
  return rowCount ?? 0;
}

async function remove(client: ClientBase, { manifest, subject }: Acting, mapped: MappedTable): Promise<void> {
  const rows = new SubjectRows(manifest, subject);
  await client.query(`DELETE FROM ${quotedTable(mapped.table)} AS t WHERE ${rows.of(mapped)}`, rows.parameters);
}

function kept(staying: Pick<RetainedCount, 'ground' | 'article'>, kinds: readonly HeldKind[]): Done {
  return {
    ...untouched,
    retained: kinds.map(({ category, count, until }) => ({ category, count, ...staying, until })),
  };
}

function counted({ table }: MappedTable, kinds: readonly Pick<HeldKind, 'category' | 'count'>[]): Done {
  return { ...untouched, counts: kinds.map(({ category, count }) => ({ category, table, count })) };
}

function together(done: readonly Done[]): Done {
  return {
    counts: done.flatMap(({ counts }) => counts),
    retained: done.flatMap(({ retained }) => retained),
    isLeft: done.some(({ isLeft }) => isLeft),
  };
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function columnsIn(mapped: MappedTable): (kind: HeldKind) => readonly string[] {
  return ({ category }) => kindsOf(mapped).get(category) ?? [];
}

export function isAsked({ categories }: Pick<Acting, 'categories'>, category: string): boolean {
  return categories.length === 0 || categories.includes(category);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
