import { createHash } from 'node:crypto';
import pg from 'pg';
import { newId } from '@abide/kernel';
import { migrate } from '../database/migrate.js';
import type { Persistence } from '../database/persistence-set.js';

const login = 'abide_test_server';

/** A database of its own for one test file, cloned from a template that has every migration of `persistence`. */
export interface TestDatabase {
  /** Address of the owner, a superuser. */
  readonly url: string;
  /** Address of a login that may only do what the running product may. */
  readonly appUrl: string;
  drop(): Promise<void>;
}

/** Needs `ABIDE_TEST_DATABASE_URL`, a superuser address; the Jest set-up provides one. */
export async function createTestDatabase(persistence: Persistence): Promise<TestDatabase> {
  const server = process.env['ABIDE_TEST_DATABASE_URL'];
  if (!server)
    throw new Error('ABIDE_TEST_DATABASE_URL is not set: run these tests through Jest\'s "integration" project');
  const template = await makeTemplate(server, persistence);
  const name = `test_${newId().replaceAll('-', '')}`;
  // The server keeps nothing safe, so that copying files costs a fifth of writing them to the log.
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`));
  return {
    url: addressOf(server, name),
    appUrl: asLogin(addressOf(server, name)),
    drop: () => onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

async function makeTemplate(server: string, persistence: Persistence): Promise<string> {
  const fingerprint = createHash('sha256').update(
    persistence.migrations.map((m) => `${m.name}${m.prototype.up.toString()}`).join('|'),
  );
  const name = `template_${fingerprint.digest('hex').slice(0, 16)}`;
  await onServer(server, async (client) => {
    await client.query('SELECT pg_advisory_lock(4207002)');
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return;
    const half = `${name}_half`;
    await client.query(`DROP DATABASE IF EXISTS ${half} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${half}`);
    await migrate(addressOf(server, half), persistence);
    await client.query(`DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${login}') THEN CREATE ROLE ${login} LOGIN PASSWORD '${login}'; GRANT abide_app TO ${login}; END IF;
    END $$`);
    await client.query(`ALTER DATABASE ${half} RENAME TO ${name}`);
  });
  return name;
}

async function onServer<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function asLogin(address: string): string {
  const url = new URL(address);
  url.username = login;
  url.password = login;
  return url.toString();
}

function addressOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.toString();
}
