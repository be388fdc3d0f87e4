import pg, { type Client, type ClientConfig } from 'pg';

/**
 * Advisory locks that this process holds, on one connection of its own: whoever holds one keeps nothing from the pool that its work, and everybody
 * else's, needs. A key is held once, within the process too. Where the connection breaks PostgreSQL lets every lock go.
 */
export class ProcessLocks {
  private readonly held = new Map<number, Client | null>();
  private connection: Promise<Client> | null = null;
  /** The connection takes one statement at a time. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly settings: ClientConfig) {}

  /** False while anybody holds it, here or in another process. */
  async acquire(key: number): Promise<boolean> {
    if (this.held.has(key)) return false;
    this.held.set(key, null);
    let isTaken = false;
    try {
      const client = await this.connect();
      isTaken = await this.ask(client, 'SELECT pg_try_advisory_lock($1) AS yes', key);
      if (isTaken) this.held.set(key, client);
      return isTaken;
    } finally {
      if (!isTaken) this.held.delete(key);
    }
  }

  async release(key: number): Promise<void> {
    const client = this.held.get(key);
    try {
      if (client && client === (await this.connection?.catch(() => null)))
        await this.ask(client, 'SELECT pg_advisory_unlock($1) AS yes', key);
    } finally {
      this.held.delete(key);
    }
  }

  async close(): Promise<void> {
    const client = await this.connection?.catch(() => null);
    await client?.end();
  }

  private ask(client: Client, sql: string, key: number): Promise<boolean> {
    const answer = this.last.then(() => client.query<{ yes: boolean }>(sql, [key]));
    this.last = answer.catch(() => undefined);
    return answer.then(({ rows }) => rows[0]?.yes ?? false);
  }

  private connect(): Promise<Client> {
    if (this.connection) return this.connection;
    const client = new pg.Client(this.settings);
    const opened = client.connect().then(() => client);
    const forget = () => {
      if (this.connection === opened) this.connection = null;
    };
    client.on('error', forget);
    client.on('end', forget);
    opened.catch(forget);
    this.connection = opened;
    return opened;
  }
}
