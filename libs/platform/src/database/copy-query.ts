import pg from 'pg';

const copyDataCode = 0x64;
const lengthBytes = 4;
const firstBytes = 1024 * 1024;

/** What the pg driver hands to a query that it sends. */
interface Wire {
  readonly stream: NodeJS.WritableStream & { cork(): void; uncork(): void };
  query(text: string): void;
  endCopyFrom(): void;
}

class CopyQuery extends pg.Query {
  constructor(
    private readonly sql: string,
    private readonly content: Buffer,
    readonly callback: (error: Error | null) => void,
  ) {
    super({ text: sql });
  }

  override submit = (connection: pg.Connection): void => {
    const wire = connection as unknown as Wire;
    const header = Buffer.alloc(1 + lengthBytes);
    header[0] = copyDataCode;
    header.writeUInt32BE(lengthBytes + this.content.length, 1);
    wire.stream.cork();
    wire.query(this.sql);
    wire.stream.write(header);
    wire.stream.write(this.content);
    wire.endCopyFrom();
    wire.stream.uncork();
  };

  /** The rows are on their way already. */
  handleCopyInResponse(): void {}
}

/** Gathers what a copy gives; the driver hands it over in pieces that last until the next one. */
class CopyOutQuery extends pg.Query {
  private bytes = Buffer.allocUnsafe(firstBytes);
  private filled = 0;

  constructor(
    sql: string,
    readonly callback: (error: Error | null) => void,
  ) {
    super({ text: sql });
  }

  get content(): Buffer {
    return this.bytes.subarray(0, this.filled);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.filled + chunk.length > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.filled + chunk.length));
      this.bytes.copy(larger, 0, 0, this.filled);
      this.bytes = larger;
    }
    this.bytes.set(chunk, this.filled);
    this.filled += chunk.length;
  }
}

/**
 * Sends `rows` by COPY … FROM STDIN right behind the statement, without waiting to be asked for them: one round trip, after which other statements may
 * follow at once. Where the statement fails, PostgreSQL reads past the rows (manual, "Message Flow", COPY Operations). Resolves once all are taken.
 */
export function copyOver(client: pg.ClientBase, sql: string, rows: Buffer): Promise<void> {
  return new Promise((taken, failed) => {
    client.query(new CopyQuery(sql, rows, (error) => (error ? failed(error) : taken())));
  });
}

/** Resolves to what `sql`, statements with one COPY … TO STDOUT among them, gives. */
export function copyOf(client: pg.ClientBase, sql: string): Promise<Buffer> {
  return new Promise((given, failed) => {
    const query = new CopyOutQuery(sql, (error) => (error ? failed(error) : given(query.content)));
    client.query(query);
  });
}
