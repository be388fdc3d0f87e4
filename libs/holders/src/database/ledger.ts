import type { HolderAnswer } from '@abide/platform';
import type { ClientBase } from 'pg';
import { holderAnswerSchema, type ChangingOperation } from '../protocol/holder-answers.js';
import { HolderFailure } from '../protocol/holder-failure.js';
import { quoted, quotedTable } from './subject-rows.js';

/** What a ledger is called, in the first schema that a manifest is about. */
export const ledgerTable = 'abide_ledger';

/** SQL that the owner of a database runs once, so that what was done there is known by its request whatever became of the answer. */
export function ledgerSql(table: string, role: string): string {
  return [
    `CREATE TABLE ${quotedTable(table)} (request_id text, operation text, answer jsonb, done_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (request_id, operation));`,
    `GRANT SELECT, INSERT, UPDATE ON ${quotedTable(table)} TO ${quoted(role)};`,
  ].join('\n');
}

/** Does `work` once for each request and operation, in the open transaction; asked again it answers what was done then. */
export async function once(
  client: ClientBase,
  { ledger, requestId, operation }: { ledger: string; requestId: string; operation: ChangingOperation },
  work: () => Promise<HolderAnswer>,
): Promise<HolderAnswer> {
  const table = quotedTable(ledger);
  const { rowCount } = await client.query(
    `INSERT INTO ${table} (request_id, operation) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [requestId, operation],
  );
  if (rowCount === 0) return known(client, table, [requestId, operation]);
  const answer = await work();
  await client.query(`UPDATE ${table} SET answer = $3 WHERE request_id = $1 AND operation = $2`, [
    requestId,
    operation,
    JSON.stringify(answer),
  ]);
  return answer;
}

async function known(client: ClientBase, table: string, key: readonly string[]): Promise<HolderAnswer> {
  const { rows } = await client.query<{ answer: unknown }>(
    `SELECT answer FROM ${table} WHERE request_id = $1 AND operation = $2`,
    [...key],
  );
  const told = holderAnswerSchema.safeParse(rows[0]?.answer);
  if (!told.success) throw new HolderFailure('badAnswer');
  return told.data;
}
