import { text } from 'node:stream/consumers';
import { ClientChanges, linkLastsHours, OperatorLinks, Operators, roles, type Role } from '@abide/identity';
import { loadConfig, migrate, wireHttpApp } from '@abide/platform';
import { AppModule } from '../app.module.js';
import { loadDemo } from '../demo/load-demo.js';
import { createOpenApi } from '../openapi.js';
import { persistence } from '../modules.js';
import { createServer } from '../server.js';
import { requireOurDatabase } from '../start/our-database.js';
import { exitCodes } from './arguments.js';
import { clientWish, unusableBounds } from './client-wish.js';

interface Output {
  out(text: string): void;
  err(text: string): void;
}

type Application = Awaited<ReturnType<typeof createServer>>;

/** `migrate`: brings the database at DATABASE_URL to the newest schema; refuses one that holds somebody else's tables. */
export async function migrateDatabase(io: Output): Promise<number> {
  const config = loadConfig(process.env);
  await requireOurDatabase(config.migratorUrl);
  const applied = await migrate(config.migratorUrl, persistence);
  io.out(applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}\n`);
  return 0;
}

/** `openapi`: prints the document of every route; needs no database. */
export async function printOpenApi(io: Output): Promise<number> {
  const config = loadConfig({
    NODE_ENV: 'development',
    LOG_LEVEL: 'silent',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
  });
  const app = await wireHttpApp(AppModule.forRoot(config), config);
  io.out(JSON.stringify(createOpenApi(app)));
  return 0;
}

/**
 * `operator create <email> <name> <role>[,<role>]`: prints a one-time link for the new operator. A password on standard input
 * is taken instead, for whoever makes their own account and has no browser at hand.
 */
export async function operatorCreate([email, name, wanted]: string[], io: Output): Promise<number> {
  const chosen = (wanted ?? '').split(',').filter(isRole);
  if (!email || !name || chosen.length === 0) {
    io.err(`Usage: abide operator create <email> <name> <role>[,<role>]\nRoles: ${roles.join(', ')}\n`);
    return 2;
  }
  const password = process.stdin.isTTY ? '' : (await text(process.stdin)).trim();
  await withApplication(async (app) => {
    const operators = app.get(Operators, { strict: false });
    const wanted = { email, name, roles: chosen };
    const { id } = password === '' ? await operators.add(wanted) : await operators.create({ ...wanted, password });
    io.out(`Created operator ${id}.\n`);
    if (password === '') io.out(linkText(await app.get(OperatorLinks, { strict: false }).print(id)));
  });
  return 0;
}

/** `operator recover <email>`: the way back in when nobody in the console can help. Prints a one-time link. */
export async function operatorRecover([email]: string[], io: Output): Promise<number> {
  if (!email) {
    io.err('Usage: abide operator recover <email>\n');
    return 2;
  }
  const { operator, link } = await withApplication((app) => app.get(OperatorLinks, { strict: false }).recover(email));
  io.out(
    `Operator ${operator.id} may sign in again, without a second factor; every session has ended. The audit trail says so.\n${linkText(link)}`,
  );
  return 0;
}

function linkText(link: string): string {
  return `Choose the password with this link; it works once, for ${linkLastsHours} hours:\n${link}\n`;
}

/**
 * `client create <name> <scope>[,<scope>]`: prints the id and the secret, which is shown this once. What opens personal data names its
 * purposes and services, or is left `--unbounded`, which the audit trail and the console say.
 */
export async function clientCreate(args: readonly string[], io: Output): Promise<number> {
  const wish = clientWish(args);
  if (typeof wish === 'string') {
    io.err(wish);
    return exitCodes.unusable;
  }
  const { isUnbounded, ...client } = wish;
  const made = await withApplication((app) =>
    app.get(ClientChanges, { strict: false }).createOnServer(client, { isUnbounded }).catch(unusableBounds),
  );
  if (typeof made === 'string') {
    io.err(made);
    return exitCodes.unusable;
  }
  io.out(`id      ${made.clientId}\nsecret  ${made.secret}\nThe secret is shown this once.\n`);
  if (isUnbounded)
    io.err(
      'This client reads or releases personal data for any purpose and in any service. The audit trail says so; bound it in the console.\n',
    );
  return exitCodes.ok;
}

/** `demo`: loads the demo into the empty database at DATABASE_URL. */
export async function demo(io: Output): Promise<number> {
  const loaded = await withApplication((app) => loadDemo(app));
  if (!loaded) {
    io.err('The database is not empty; the demo was not loaded.\n');
    return 1;
  }
  io.out(`Loaded. Operators: ${loaded.operators.map(({ email }) => email).join(', ')}; password ${loaded.password}\n`);
  return 0;
}

function isRole(word: string): word is Role {
  return (roles as readonly string[]).includes(word);
}

async function withApplication<T>(work: (app: Application) => Promise<T>): Promise<T> {
  const app = await createServer(loadConfig({ LOG_LEVEL: 'warn', ...process.env }));
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
