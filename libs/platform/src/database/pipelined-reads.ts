import pg, { type Client, type ClientBase, type ClientConfig, type QueryConfig, type QueryResult } from 'pg';

interface Pipe {
  readonly client: Client;
  readonly ready: Promise<void>;
}

const pipes = 2;

/**
 * Connections on which many small SELECTs share one round trip: what is asked in one turn of the event loop is written
 * to the socket together, and answered in order. A connection that breaks fails what was under way on it and is replaced.
 */
export class PipelinedReads {
  private readonly open: (Pipe | undefined)[] = Array.from({ length: pipes }, () => undefined);
  private next = 0;
  private isClosed = false;

  constructor(private readonly settings: ClientConfig) {}

  async query(statement: QueryConfig): Promise<QueryResult> {
    const pipe = this.pipe();
    await pipe.ready;
    corkThisTurn(pipe.client, () => {
      this.next = (this.next + 1) % pipes;
    });
    return pipe.client.query(statement);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.allSettled(this.open.flatMap((pipe) => (pipe ? [pipe.client.end()] : [])));
  }

  /** All that is asked in one turn goes over one connection; the next turn takes the other. */
  private pipe(): Pipe {
    if (this.isClosed) throw new Error('Connection terminated: the application is closing');
    const known = this.open[this.next];
    if (known) return known;
    const index = this.next;
    const client = new pg.Client({ ...this.settings, pipeline: true } as ClientConfig);
    const forget = () => {
      if (this.open[index]?.client === client) this.open[index] = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    const ready = client.connect().then(
      () => undefined,
      (error: unknown) => {
        forget();
        throw error;
      },
    );
    ready.catch(() => undefined);
    const pipe = { client, ready };
    this.open[index] = pipe;
    return pipe;
  }
}

interface Corked {
  readonly connection: { readonly stream: NodeJS.WritableStream & { cork(): void; uncork(): void } };
}

const corked = new WeakSet<ClientBase>();

/** Keeps what is sent over a connection in this turn of the event loop back until its end, so that it goes out in one system call. */
export function corkThisTurn(client: ClientBase, atItsEnd?: () => void): void {
  if (corked.has(client)) return;
  const { stream } = (client as unknown as Corked).connection;
  corked.add(client);
  stream.cork();
  setImmediate(() => {
    corked.delete(client);
    atItsEnd?.();
    stream.uncork();
  });
}
