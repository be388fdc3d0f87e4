import { readFile } from 'node:fs/promises';
import { DomainError } from '@abide/kernel';
import { DatabaseClient, DatabaseSessions, draftManifest, HolderFailure, readManifest } from '@abide/holders';
import { AddressGuard, everyNetwork, HostResolver, type HolderAnswer } from '@abide/platform';
import { exitCodes, readArguments, UnusableArguments, type CommandIo } from './arguments.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Each with the type of identifier that a manifest calls it by; `subject` is an id in Abide. */
const identifiers = { email: 'email', phone: 'phone', 'external-id': 'externalId', 'id-number': 'idNumber' } as const;
const text = { type: 'string' } as const;
const shadowOptions = { subject: text, ...Object.fromEntries(Object.keys(identifiers).map((name) => [name, text])) };
const config = { isProduction: false };
const draftMilliseconds = 60_000;

/**
 * `abide holder draft <url>`: a manifest of what lies in a PostgreSQL database, to be edited by a person. The password comes from PGPASSWORD, so
 * that it stands in no list of processes.
 */
export function holderDraft(args: readonly string[], io: CommandIo, env: Env = process.env): Promise<number> {
  return running(io, async () => {
    const { values, positionals } = readArguments(args, { positionals: ['url'], options: { schema: text } });
    const schemas = (values['schema'] as string | undefined)?.split(',') ?? null;
    const terms = { timeoutMilliseconds: draftMilliseconds, timeZone: 'UTC', mayWrite: false };
    const address = addressOf(positionals[0] ?? '', env);
    io.out(await sessions().run(address, terms, (client) => draftManifest(client, schemas)));
    return exitCodes.ok;
  });
}

/** `abide holder shadow <url> <manifest>`: erases somebody in a database by a manifest, counts, and takes it back; 1 where that is not done whole. */
export function holderShadow(args: readonly string[], io: CommandIo, env: Env = process.env): Promise<number> {
  return running(io, async () => {
    const { values, positionals } = readArguments(args, { positionals: ['url', 'manifest'], options: shadowOptions });
    const [url = '', file = ''] = positionals;
    const { manifest, problems } = readManifest(await textOf(file));
    if (!manifest) {
      io.err(problems.map(({ path, code }) => `${path || file}: ${meaning[code]}\n`).join(''));
      return exitCodes.negative;
    }
    const known = Object.entries(identifiers).flatMap(([option, type]) => {
      const value = values[option] as string | undefined;
      return value === undefined ? [] : [{ type, value }];
    });
    const subject = { id: (values['subject'] as string | undefined) ?? '', identifiers: known };
    const answer = await new DatabaseClient(sessions()).shadow({ ...addressOf(url, env), manifest }, subject);
    io.out(told(answer));
    return answer.outcome === 'done' || answer.outcome === 'nothing' ? exitCodes.ok : exitCodes.negative;
  });
}

async function running(io: CommandIo, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HolderFailure) {
      io.err(`${failed[error.code] ?? `The database gave no answer (${error.code}).`} Nothing was changed.\n`);
      return exitCodes.negative;
    }
    if (!(error instanceof UnusableArguments) && !(error instanceof DomainError)) throw error;
    io.err(`${error.message}\n`);
    return exitCodes.unusable;
  }
}

/** Whoever runs a command on this machine has named the address: it may lie anywhere. */
function addressOf(url: string, { PGPASSWORD: password }: Env) {
  if (!URL.canParse(url)) return { url, networks: everyNetwork };
  const whole = new URL(url);
  if (whole.password === '' && password) whole.password = encodeURIComponent(password);
  return { url: whole.toString(), networks: everyNetwork };
}

function sessions(): DatabaseSessions {
  return new DatabaseSessions(new AddressGuard(config, new HostResolver()), config);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new UnusableArguments(`${file} cannot be read.`);
  }
}

function told({ outcome, counts, retained }: HolderAnswer): string {
  const lines = [
    ...counts.map(({ table = '', category, count }) => `erases  ${String(count).padStart(8)}  ${category}  ${table}`),
    ...retained.map(({ category, count, article }) => `keeps   ${String(count).padStart(8)}  ${category}  ${article}`),
  ];
  return `${[...lines, outcomes[outcome] ?? outcome].join('\n')}\nEverything was taken back.\n`;
}

const outcomes: Readonly<Record<string, string>> = {
  done: 'This is what erasing them would do.',
  nothing: 'There is nothing to erase.',
  needsIdentifier: 'They cannot be looked for by what was given.',
  manual:
    'Part of it, or all, is left to a person: what the manifest says nothing about, or the database does not let.',
};

const failed: Readonly<Record<string, string>> = {
  schemaChanged: 'The database is not as the manifest says: draft it anew and compare.',
  notPermitted: 'This user may not do that there.',
  refused: 'The database refuses this user, password or name.',
  unreachable: 'No database answers there.',
  tooManyRows: 'More rows than one person has: the way to them is wrong, or mostRows too small.',
  unfit: 'The manifest does not fit the database: a way or a value is of another type.',
};

const meaning = {
  tooLong: 'is too long',
  notYaml: 'is no YAML that could be read',
  gap: 'is still unknown',
  unknownField: 'is no word of a manifest',
  wrongValue: 'has a value that cannot be',
  duplicate: 'stands there twice',
  unknownTable: 'names a table that the manifest does not have',
  unknownColumn: 'is no column that the table has here',
  foreignSchema: 'is of a schema that the manifest is not about',
  circle: 'goes round in circles',
  order: 'has to come before the table that it is found by',
  notPersonal: 'holds nothing personal',
  noErasure: 'says nothing, or too much, about erasing',
  noKinds: 'hold nothing personal at all',
} as const;
