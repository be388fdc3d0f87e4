import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { AddressGuard, Config, OutgoingFailure } from '@abide/platform';
import pg, { type Client } from 'pg';
import { HolderFailure, type HolderFailureCode } from '../protocol/holder-failure.js';
import { targetOf, type DatabaseAddress, type DatabaseTarget } from './database-address.js';

export interface SessionTerms {
  readonly timeoutMilliseconds: number;
  /** Of times that are stored without a zone. */
  readonly timeZone: string;
  readonly mayWrite: boolean;
}

/** A transaction in a database outside, over a connection of its own, that is hung up when its time is over. */
export class DatabaseSession {
  private isLate = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    readonly client: Client,
    timeoutMilliseconds: number,
  ) {
    this.timer = setTimeout(() => {
      this.isLate = true;
      hangUp(client);
    }, timeoutMilliseconds);
  }

  /** Why nothing came of it, as a `HolderFailure` where the other side is the reason. */
  failure(error: unknown): unknown {
    return this.isLate ? new HolderFailure('timedOut') : failureOf(error);
  }

  /** Takes back what was not committed, and hangs up. */
  async end(): Promise<void> {
    if (!this.isLate) await this.client.end().catch(() => undefined);
    clearTimeout(this.timer);
  }
}

const connectMilliseconds = 5_000;
const lockMilliseconds = 3_000;

/** Connections to databases outside: guarded as any outgoing request, bounded in time, one transaction each. */
@Injectable()
export class DatabaseSessions {
  constructor(
    private readonly guard: AddressGuard,
    @Inject(Config) private readonly config: Pick<Config, 'isProduction'>,
  ) {}

  /** In a transaction that sees one moment, before its first look. @throws HolderFailure */
  async open(address: DatabaseAddress, terms: SessionTerms): Promise<DatabaseSession> {
    const session = new DatabaseSession(await this.connected(address), terms.timeoutMilliseconds);
    try {
      await begin(session.client, terms);
      return session;
    } catch (error) {
      await session.end();
      throw session.failure(error);
    }
  }

  /** Runs `work` in such a transaction. @throws HolderFailure */
  async run<T>(address: DatabaseAddress, terms: SessionTerms, work: (client: Client) => Promise<T>): Promise<T> {
    const session = await this.open(address, terms);
    try {
      return await work(session.client);
    } catch (error) {
      throw session.failure(error);
    } finally {
      await session.end();
    }
  }

  private async connected({ url, networks }: DatabaseAddress): Promise<Client> {
    const target = targetOf(url, this.config);
    const client = new pg.Client({
      host: await this.addressOf(target, networks),
      port: target.port,
      user: target.user,
      password: target.password,
      database: target.database,
      ssl: target.usesTls ? { host: target.host, ...(isIP(target.host) ? {} : { servername: target.host }) } : false,
      connectionTimeoutMillis: connectMilliseconds,
      application_name: 'abide',
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      hangUp(client);
      throw failureOf(error);
    }
  }

  /** The one that was looked at: asked again, the name may answer otherwise. */
  private async addressOf({ host, port }: DatabaseTarget, networks: readonly string[]): Promise<string> {
    const url = new URL(`https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`);
    try {
      const [first] = await this.guard.addressesOf(url, [{ origin: url.origin, networks }]);
      if (!first) throw new HolderFailure('hostUnknown');
      return first.address;
    } catch (error) {
      throw failureOf(error);
    }
  }
}

/** Settings by commands that look at nothing yet: what is locked first is seen as it is then. Names are those of PostgreSQL, whatever else is found there. */
async function begin(client: Client, { timeoutMilliseconds, timeZone, mayWrite }: SessionTerms): Promise<void> {
  await client.query(
    `BEGIN ISOLATION LEVEL REPEATABLE READ ${mayWrite ? 'READ WRITE' : 'READ ONLY'};
     SET LOCAL search_path = pg_catalog;
     SET LOCAL statement_timeout = ${timeoutMilliseconds};
     SET LOCAL lock_timeout = ${Math.min(lockMilliseconds, timeoutMilliseconds)};
     SET LOCAL idle_in_transaction_session_timeout = ${timeoutMilliseconds};
     SET LOCAL TIME ZONE ${pg.escapeLiteral(timeZone)}`,
  );
}

function hangUp(client: Client): void {
  (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection?.stream?.destroy();
}

/** By SQLSTATE: what to do about it. Messages of the database may hold rows, and stay there. */
const reasons: readonly (readonly [RegExp, HolderFailureCode])[] = [
  [/^(28|3D)/, 'refused'],
  [/^(42501|25006)$/, 'notPermitted'],
  [/^(42P01|42703|3F000)$/, 'schemaChanged'],
  [/^(57014|40001|40P01|55P03|25P03)$/, 'timedOut'],
  [/^(08|53|57P)/, 'unreachable'],
];

function failureOf(error: unknown): unknown {
  if (error instanceof HolderFailure) return error;
  if (error instanceof OutgoingFailure) return new HolderFailure(error.code);
  if (!(error instanceof Error)) return error;
  const code = sqlState(error);
  if (code === null) return isConnectionError(error) ? new HolderFailure('unreachable') : error;
  return new HolderFailure(reasons.find(([states]) => states.test(code))?.[1] ?? 'unfit');
}

export function sqlState(error: unknown): string | null {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  return code ?? null;
}

/** The driver, the network and TLS say it in their own ways. */
function isConnectionError(error: Error & { readonly code?: unknown }): boolean {
  return typeof error.code === 'string' || /connection|timeout|SSL|terminated/i.test(error.message);
}
