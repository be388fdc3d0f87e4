import { newId } from '@abide/kernel';
import pg from 'pg';

export interface OutsideDatabase {
  /** Of whoever owns it. */
  readonly ownerUrl: string;
  /** Of a login that may read and write what it was granted. */
  readonly url: string;
  readonly login: string;
  /** Runs SQL as the owner. */
  run<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** A database of somebody else on the test server, with a login that begins without any right. */
export async function createOutsideDatabase(sql: string): Promise<OutsideDatabase> {
  const server = process.env['ABIDE_TEST_DATABASE_URL'] ?? '';
  const name = `outside_${newId().replaceAll('-', '')}`;
  await once(server, `CREATE DATABASE ${name} STRATEGY FILE_COPY`);
  await once(server, `CREATE ROLE ${name} LOGIN PASSWORD '${name}'`);
  const ownerUrl = addressOf(server, { pathname: `/${name}` });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(sql.replaceAll(':login', name));
  return {
    ownerUrl,
    url: addressOf(server, { pathname: `/${name}`, username: name, password: name }),
    login: name,
    run: async (text, values = []) => (await owner.query(text, values)).rows,
    drop: async () => {
      await owner.end();
      await once(server, `DROP DATABASE ${name} WITH (FORCE)`);
      await once(server, `DROP ROLE ${name}`);
    },
  };
}

function addressOf(server: string, parts: Partial<URL>): string {
  return Object.assign(new URL(server), parts).toString();
}

async function once(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
