/** The rows that ingestion stored, sent to the same table again under new ids: what PostgreSQL alone takes of them. */
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';

const columns =
  'due_month, category, service, third_party_service, means, occurred_at, received_at, retain_until, is_sensitive, attributes, personal, lineage';

/**
 * Reads the newest `rows` rows as binary COPY data, `perCommit` a chunk, in the order in which ingestion writes a commit.
 * @returns {Promise<Buffer[]>}
 */
export async function storedRows(databaseUrl, { rows, perCommit }) {
  return onClient(databaseUrl, async (client) => {
    await client.query(
      `CREATE TEMP TABLE again AS SELECT subject_id, uuidv7() AS event_id, ${columns} FROM telemetry.events ORDER BY received_at DESC LIMIT ${rows}`,
    );
    const chunks = [];
    for (let at = 0; at < rows; at += perCommit) {
      const parts = [];
      const select = `SELECT * FROM (SELECT * FROM again ORDER BY event_id LIMIT ${perCommit} OFFSET ${at}) AS chunk ORDER BY subject_id, event_id`;
      for await (const part of client.query(to(`COPY (${select}) TO STDOUT (FORMAT binary)`))) parts.push(part);
      chunks.push(Buffer.concat(parts));
    }
    return chunks;
  });
}

/** One connection, one commit a chunk. @returns {Promise<number>} seconds */
export async function copyRows(databaseUrl, chunks) {
  return onClient(databaseUrl, async (client) => {
    const startedAt = performance.now();
    for (const chunk of chunks) {
      const stream = client.query(
        from(`COPY telemetry.events (subject_id, event_id, ${columns}) FROM STDIN (FORMAT binary)`),
      );
      stream.end(chunk);
      await finished(stream);
    }
    return (performance.now() - startedAt) / 1000;
  });
}

/** One row a commit, one connection, for as long as `seconds`. @returns {Promise<number>} rows a second */
export async function insertRows(databaseUrl, seconds) {
  return onClient(databaseUrl, async (client) => {
    const {
      rows: [row],
    } = await client.query(
      `SELECT subject_id, ${columns}, attributes::text AS attributes, lineage::text AS lineage, due_month::text AS due_month FROM telemetry.events WHERE personal IS NOT NULL LIMIT 1`,
    );
    const names = columns.split(', ');
    const text = `INSERT INTO telemetry.events (event_id, subject_id, ${columns}) VALUES (uuidv7(), $1, ${names.map((_, index) => `$${index + 2}`).join(', ')})`;
    const values = [row.subject_id, ...names.map((name) => row[name])];
    const endsAt = performance.now() + seconds * 1000;
    let count = 0;
    while (performance.now() < endsAt) {
      await client.query({ name: 'one', text, values });
      count += 1;
    }
    return count / seconds;
  });
}

async function onClient(databaseUrl, work) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
