import { writeUuid } from '@abide/platform';

/** The column types that rows can be copied as. Instants are epoch milliseconds, days `YYYY-MM-DD`, JSON the text of it. */
export type CopyType = 'uuid' | 'text' | 'timestamptz' | 'date' | 'jsonb' | 'bytea' | 'boolean';

export type CopyValue = string | number | boolean | Buffer | null;

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const header = Buffer.concat([signature, Buffer.alloc(8)]);
const trailer = Buffer.from([0xff, 0xff]);
const epoch2000 = Date.UTC(2000, 0, 1);
const dayMilliseconds = 86_400_000;
const jsonbVersion = 1;
const twoTo32 = 2 ** 32;
const firstBytes = 64 * 1024;

/** Puts rows into the binary format of COPY (PostgreSQL manual, "COPY", Binary Format), in one buffer that grows as needed. */
export class CopyRows {
  private end = 0;
  /** Rows that follow each other mostly share their days. */
  private lastDay = { text: '2000-01-01', number: 0 };

  constructor(
    private readonly types: readonly CopyType[],
    private bytes: Buffer = Buffer.allocUnsafe(firstBytes),
  ) {
    this.append(header);
  }

  /** `values` in the order of the types. */
  add(values: readonly CopyValue[]): void {
    this.reserve(2);
    this.end = this.bytes.writeInt16BE(this.types.length, this.end);
    for (let index = 0; index < this.types.length; index += 1)
      this.field(this.types[index] ?? 'text', values[index] ?? null);
  }

  /** Everything added so far, with the end mark; nothing is to be added after it. */
  finish(): Buffer {
    this.append(trailer);
    return this.bytes.subarray(0, this.end);
  }

  /** The buffer that the rows were written to, for other rows once these have arrived. */
  release(): Buffer {
    return this.bytes;
  }

  private field(type: CopyType, value: CopyValue): void {
    if (value === null) return this.length(-1);
    switch (type) {
      case 'uuid':
        return this.uuid(value as string);
      case 'text':
        return this.text(value as string, 0);
      case 'jsonb':
        return this.text(value as string, 1);
      case 'bytea':
        return this.blob(value as Buffer);
      case 'timestamptz':
        return this.instant(value as number);
      case 'date':
        return this.day(value as string);
      case 'boolean':
        return this.flag(value as boolean);
    }
  }

  private uuid(value: string): void {
    this.length(16);
    this.reserve(16);
    this.end = writeUuid(this.bytes, value, this.end);
  }

  /** `versions`: how many bytes of format version go before it. */
  private text(value: string, versions: 0 | 1): void {
    this.reserve(4 + versions + value.length * 3);
    const start = this.end + 4;
    if (versions === 1) this.bytes[start] = jsonbVersion;
    const written = this.bytes.write(value, start + versions, 'utf8') + versions;
    this.bytes.writeInt32BE(written, this.end);
    this.end = start + written;
  }

  private blob(value: Buffer): void {
    this.length(value.length);
    this.append(value);
  }

  private instant(at: number): void {
    this.length(8);
    this.reserve(8);
    const microseconds = (at - epoch2000) * 1000;
    if (!Number.isSafeInteger(microseconds)) {
      this.end = this.bytes.writeBigInt64BE(BigInt(at - epoch2000) * 1000n, this.end);
      return;
    }
    const high = Math.floor(microseconds / twoTo32);
    this.end = this.bytes.writeInt32BE(high, this.end);
    this.end = this.bytes.writeUInt32BE(microseconds - high * twoTo32, this.end);
  }

  private day(value: string): void {
    this.length(4);
    this.reserve(4);
    if (value !== this.lastDay.text)
      this.lastDay = { text: value, number: (Date.parse(`${value}T00:00:00Z`) - epoch2000) / dayMilliseconds };
    this.end = this.bytes.writeInt32BE(this.lastDay.number, this.end);
  }

  private flag(value: boolean): void {
    this.length(1);
    this.reserve(1);
    this.end = this.bytes.writeUInt8(value ? 1 : 0, this.end);
  }

  private length(bytes: number): void {
    this.reserve(4);
    this.end = this.bytes.writeInt32BE(bytes, this.end);
  }

  private append(part: Buffer): void {
    this.reserve(part.length);
    this.end += part.copy(this.bytes, this.end);
  }

  private reserve(more: number): void {
    if (this.end + more <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.end + more));
    this.bytes.copy(grown, 0, 0, this.end);
    this.bytes = grown;
  }
}
