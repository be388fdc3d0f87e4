import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { DatabaseManifest } from './manifest.schema.js';
import type { SchemaDrift } from '../protocol/holder-failure.js';

export interface CatalogueColumn {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
}

export interface CatalogueTable {
  /** `schema.table`. */
  readonly table: string;
  readonly columns: readonly CatalogueColumn[];
}

const shownNames = 50;

/** The tables of some schemas, or of all that are not PostgreSQL's own: partitions count as their table, copies of data as tables. */
export async function readCatalogue(
  client: ClientBase,
  { schemas, except }: { readonly schemas: readonly string[] | null; readonly except: string | null },
): Promise<CatalogueTable[]> {
  const { rows } = await client.query<CatalogueColumn & { table: string }>(
    `SELECT n.nspname || '.' || c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "isRequired"
     FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p', 'f', 'm') AND NOT c.relispartition
       AND CASE WHEN $1::text[] IS NULL THEN n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ELSE n.nspname = ANY ($1) END
       AND n.nspname || '.' || c.relname IS DISTINCT FROM $2
     ORDER BY a.attnum`,
    [schemas, except],
  );
  return [...Map.groupBy(rows, ({ table }) => table)]
    .map(([table, columns]) => ({
      table,
      columns: columns.map(({ name, type, isRequired }) => ({ name, type, isRequired })),
    }))
    .sort((one, other) => (one.table < other.table ? -1 : 1));
}

/** The same for the same tables, columns and types, in whatever order they stand. */
export function fingerprintOf(catalogue: readonly CatalogueTable[]): string {
  const lines = catalogue
    .flatMap(({ table, columns }) =>
      columns.map(({ name, type, isRequired }) => JSON.stringify([table, name, type, isRequired])),
    )
    .sort();
  return `sha256:${createHash('sha256').update(lines.join('\n')).digest('hex')}`;
}

/** Null where the database is as the manifest says, and the manifest speaks of all of it. */
export function driftOf(manifest: DatabaseManifest, catalogue: readonly CatalogueTable[]): SchemaDrift | null {
  const said = new Set([
    ...manifest.without,
    ...manifest.tables.flatMap(({ table, columns }) => [
      table,
      ...Object.keys(columns).map((column) => `${table}.${column}`),
    ]),
  ]);
  const spokenOf = new Set(manifest.tables.map(({ table }) => table));
  const there = new Set(
    catalogue.flatMap(({ table, columns }) => [
      table,
      ...(spokenOf.has(table) ? columns.map(({ name }) => `${table}.${name}`) : []),
    ]),
  );
  const appeared = [...there.difference(said)].sort();
  const gone = [...said.difference(there)].sort();
  const isSame = fingerprintOf(catalogue) === manifest.fingerprint;
  if (isSame && appeared.length === 0 && gone.length === 0) return null;
  return { appeared: appeared.slice(0, shownNames), gone: gone.slice(0, shownNames) };
}
