/**
 * The peer as a process of its own, after its own quickstart: Kysely on PostgreSQL, its migrator, its handler on
 * node:http through Hono's adapter. Copied beside the peer's packages and run there; `DATABASE_URL` names its database.
 */
import { c15tInstance } from '@c15t/backend';
import { kyselyAdapter } from '@c15t/backend/db/adapters/kysely';
import { migrator } from '@c15t/backend/db/migrator';
import { DB } from '@c15t/backend/db/schema';
import { serve } from '@hono/node-server';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.POOL_SIZE) });
const adapter = kyselyAdapter({ db: new Kysely({ dialect: new PostgresDialect({ pool }) }), provider: 'postgresql' });
const migration = await migrator({ db: DB.client(adapter), schema: 'latest' });
await migration.execute();
const peer = c15tInstance({ appName: 'peer', trustedOrigins: ['http://127.0.0.1'], adapter });
serve({ fetch: peer.handler, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  process.send({ url: `http://127.0.0.1:${port}` }),
);
process.on('disconnect', () => process.exit(0));
