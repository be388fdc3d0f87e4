import type { Client } from 'pg';
import type { ExportedRecord } from '../protocol/holder-answers.js';
import { maxExportBytes, maxExportLines } from '../protocol/export-lines.js';
import { HolderFailure } from '../protocol/holder-failure.js';
import { isAsked, type Acting } from './database-acts.js';
import { at, sinceOf } from './held-rows.js';
import { kindsOf } from './manifest.js';
import type { MappedTable } from './manifest.schema.js';
import { quoted, quotedTable, SubjectRows } from './subject-rows.js';

type Row = Readonly<Record<string, unknown>>;

const fetchedAtOnce = 100;
const maxIdLength = 120;
/** What reads the same as text and as a value; anything else stays as PostgreSQL writes it. */
const parsers = new Map<number, (text: string) => unknown>([
  [16, (text) => text === 't'],
  [21, Number],
  [23, Number],
  [114, (text) => JSON.parse(text) as unknown],
  [3802, (text) => JSON.parse(text) as unknown],
]);
const types = { getTypeParser: (oid: number) => parsers.get(oid) ?? ((text: string) => text) };

/** What a database has of somebody, record by record, a record for each row and kind; a cursor, so that little is in memory. In the open transaction. */
export async function* exportRecords(client: Client, acting: Acting): AsyncGenerator<ExportedRecord> {
  let [lines, characters] = [0, 0];
  for (const mapped of acting.manifest.tables)
    for await (const record of recordsIn(client, acting, mapped)) {
      lines += 1;
      characters += JSON.stringify(record.values).length;
      if (lines > maxExportLines || characters > maxExportBytes) throw new HolderFailure('answerTooLarge');
      yield record;
    }
}

async function* recordsIn(client: Client, acting: Acting, mapped: MappedTable): AsyncGenerator<ExportedRecord> {
  const kinds = [...kindsOf(mapped)].filter(([kind]) => isAsked(acting, kind));
  const rows = new SubjectRows(acting.manifest, acting.subject);
  const where = kinds.length === 0 ? null : rows.of(mapped);
  if (where === null) return;
  const columns = kinds.flatMap(([, own]) => own);
  const keys = mapped.key.map((column, index) => `t.${quoted(column)}::text AS k${index}`);
  const values = columns.map((column, index) => `t.${quoted(column)} AS v${index}`);
  const since = `extract(epoch FROM coalesce(${sinceOf(mapped, rows)}, now()))::float8 AS since`;
  await client.query(
    `DECLARE held NO SCROLL CURSOR FOR SELECT ${[...keys, since, ...values].join(', ')} FROM ${quotedTable(mapped.table)} AS t WHERE ${where}`,
    rows.parameters,
  );
  for (;;) {
    const { rows: fetched } = await client.query<Record<string, unknown>>({
      text: `FETCH ${fetchedAtOnce} FROM held`,
      types: types as never,
    });
    for (const row of fetched) yield* recordsOf(mapped, kinds, row);
    if (fetched.length < fetchedAtOnce) break;
  }
  await client.query('CLOSE held');
}

function* recordsOf(
  { table, key }: MappedTable,
  kinds: readonly (readonly [string, readonly string[]])[],
  row: Row,
): Generator<ExportedRecord> {
  const id = `${table}:${key.map((_, index) => String(row[`k${index}`])).join('/')}`.slice(0, maxIdLength);
  const since = at(Number(row['since'])) ?? new Date(0);
  let index = 0;
  for (const [category, columns] of kinds) {
    const values = columns.map((column) => [column, row[`v${index++}`]] as const).filter(([, value]) => value !== null);
    if (values.length > 0) yield { category, id, since, values: Object.fromEntries(values) };
  }
}
