import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgres } from '@abide/platform';
import pg from 'pg';

const database = 'abide';
const loginRole = 'abide_server';

export interface EmbeddedDatabase {
  /** Address with the rights of the running product only. */
  readonly appUrl: string;
  /** Address that owns the schemas. */
  readonly migratorUrl: string;
  /** Starts the server again where it was killed; answers whether it was. */
  restartIfKilled(): Promise<boolean>;
  stop(): Promise<void>;
}

interface Wish {
  readonly folder: string;
  /** Drops what is there first: for a demo whose loading was cut off. */
  readonly isAnew: boolean;
}

/** Starts (or adopts) the embedded server in `folder` and makes the product's database and its restricted login in it. */
export async function startEmbeddedDatabase({ folder, isAnew }: Wish): Promise<EmbeddedDatabase> {
  const server = await EmbeddedPostgres.start({ directory: folder });
  const password = loginPassword(folder);
  await withClient(server.url, async (client) => {
    if (isAnew) await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (!rowCount) await client.query(`CREATE DATABASE ${database}`);
    await client.query(`DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'abide_app') THEN CREATE ROLE abide_app NOLOGIN; END IF;
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${loginRole}') THEN CREATE ROLE ${loginRole} LOGIN; GRANT abide_app TO ${loginRole}; END IF;
    END $$`);
    await client.query(`ALTER ROLE ${loginRole} PASSWORD ${client.escapeLiteral(password)}`);
  });
  const appUrl = new URL(server.url);
  appUrl.username = loginRole;
  appUrl.password = password;
  appUrl.pathname = `/${database}`;
  const migratorUrl = new URL(server.url);
  migratorUrl.pathname = `/${database}`;
  return {
    appUrl: appUrl.toString(),
    migratorUrl: migratorUrl.toString(),
    restartIfKilled: () => server.restartIfKilled(),
    stop: () => server.stop(),
  };
}

function loginPassword(folder: string): string {
  const file = join(folder, 'database-login');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, password, { mode: 0o600 });
  return password;
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
