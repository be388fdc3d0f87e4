import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { OutsideHolders } from '@abide/holders';
import { throughOutages } from '@abide/platform';
import pg from 'pg';

const [database, login] = ['demo_signing', 'demo_signing'];

/** A file of the demo's signing service. */
export function signingFile(name: 'signing.sql' | 'signing.manifest.yaml'): string {
  return readFileSync(fileURLToPath(new URL(`../../../demo/${name}`, import.meta.url)), 'utf8');
}

/**
 * Makes the demo's signing database beside the product's own, with a login of its own, and registers it as a holder outside. Where the
 * embedded server has moved to another port, the registration follows.
 */
export async function startSigning(
  app: INestApplicationContext,
  { serverUrl, folder }: { readonly serverUrl: string; readonly folder: string },
): Promise<void> {
  const password = keptPassword(folder);
  await throughOutages(async () => {
    await on(serverUrl, (client) => makeDatabase(client, password));
    await on(addressOf(serverUrl, { pathname: `/${database}` }), fill);
    await register(app.get(OutsideHolders, { strict: false }), {
      secret: addressOf(serverUrl, { pathname: `/${database}`, username: login, password }),
      baseUrl: addressOf(serverUrl, { pathname: `/${database}`, username: '', password: '' }),
    });
  });
}

async function register(holders: OutsideHolders, where: { readonly secret: string; readonly baseUrl: string }) {
  const evidence = { madeOnServer: true } as const;
  const { secret, baseUrl } = where;
  const terms = {
    baseUrl,
    networks: ['127.0.0.0/8'],
    categories: ['content.stored', 'registration.email', 'registration.name', 'registration.phone'],
    manifest: signingFile('signing.manifest.yaml'),
  };
  const known = await holders.find('outside.signing');
  if (!known) {
    const named = { code: 'signing', name: { 'zh-CN': '电子签署', en: 'E-signing' }, ...terms };
    await holders.register(named, { secretFor: null, evidence, secret });
  } else if (known.state !== 'removed' && known.baseUrl !== baseUrl)
    await holders.changeDatabase(known.id, { ...terms, secret }, evidence);
}

async function makeDatabase(client: pg.Client, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
  if (!rowCount) await client.query(`CREATE DATABASE ${database} STRATEGY FILE_COPY`);
  const { rowCount: hasLogin } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [login]);
  if (!hasLogin) await client.query(`CREATE ROLE ${login} LOGIN`);
  await client.query(`ALTER ROLE ${login} PASSWORD ${client.escapeLiteral(password)}`);
}

/** At once or not at all. */
async function fill(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ isFilled: boolean }>(
    `SELECT to_regnamespace('signing') IS NOT NULL AS "isFilled"`,
  );
  if (rows[0]?.isFilled) return;
  await client.query(`BEGIN; ${signingFile('signing.sql')};
    GRANT USAGE ON SCHEMA signing TO ${login};
    GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA signing TO ${login};
    GRANT INSERT ON signing.abide_ledger TO ${login};
    COMMIT`);
}

function keptPassword(folder: string): string {
  const file = join(folder, 'signing-login');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const made = randomBytes(24).toString('base64url');
  writeFileSync(file, made, { mode: 0o600 });
  return made;
}

function addressOf(server: string, parts: Partial<URL>): string {
  return Object.assign(new URL(server), parts).toString();
}

async function on(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await work(client).finally(() => client.end());
}
