import pg from 'pg';

const copyDataCode = 0x64;
const lengthBytes = 4;

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

/**
 * Sends `rows` by COPY … FROM STDIN right behind the statement, without waiting to be asked for them: one round trip, after which other statements may
 * follow at once. Where the statement fails, PostgreSQL reads past the rows (manual, "Message Flow", COPY Operations). Resolves once all are taken.
 */
export function copyOver(client: pg.ClientBase, sql: string, rows: Buffer): Promise<void> {
  return new Promise((taken, failed) => {
    client.query(new CopyQuery(sql, rows, (error) => (error ? failed(error) : taken())));
  });
}
