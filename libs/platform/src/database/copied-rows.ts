/** The types of columns that are read out of a copy: text as it is, instants as a Date, JSON parsed, bytes as a Buffer. */
export type CopiedType = 'text' | 'timestamptz' | 'jsonb' | 'bytea';

/** The columns of a copy by name, in its order. */
export type CopiedColumns = Readonly<Record<string, CopiedType>>;

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const headerBytes = signature.length + 8;
const fieldCountBytes = 2;
const lengthBytes = 4;
const isNull = -1;
const end = -1;
const jsonbVersionBytes = 1;
const epoch2000 = Date.UTC(2000, 0, 1);
const microsecondsInMillisecond = 1000;
const twoTo32 = 2 ** 32;
/** Longer ones are compared by Node, shorter ones here. */
const shortBytes = 32;

const readers: Readonly<Record<CopiedType, (bytes: Buffer, start: number, after: number) => unknown>> = {
  text: (bytes, start, after) => bytes.toString('utf8', start, after),
  timestamptz: (bytes, start) => {
    const microseconds = bytes.readInt32BE(start) * twoTo32 + bytes.readUInt32BE(start + lengthBytes);
    return new Date(epoch2000 + microseconds / microsecondsInMillisecond);
  },
  jsonb: (bytes, start, after) => JSON.parse(bytes.toString('utf8', start + jsonbVersionBytes, after)) as unknown,
  bytea: (bytes, start, after) => bytes.subarray(start, after),
};

/** A column while it is gone through, with where its last value stands. */
interface Column {
  readonly name: string;
  readonly read: (bytes: Buffer, start: number, after: number) => unknown;
  start: number;
  length: number;
  value: unknown;
}

/**
 * Reads what COPY … TO STDOUT gave in its binary format (PostgreSQL manual, "COPY", Binary Format). What a row has in a column like the row before
 * is the same value, read once. Bytes are those of `bytes`. @throws Error where it is no copy of such columns
 */
export function copiedRows<Row>(columns: CopiedColumns, bytes: Buffer): Row[] {
  if (!bytes.subarray(0, signature.length).equals(signature)) throw new Error('This is no copy of rows');
  const each = Object.entries(columns).map(([name, type]): Column => ({
    name,
    read: readers[type],
    start: 0,
    length: isNull,
    value: null,
  }));
  const rows: Row[] = [];
  for (let at = headerBytes; ;) {
    const fields = bytes.readInt16BE(at);
    if (fields === end) return rows;
    if (fields !== each.length) throw new Error(`A row of the copy has ${fields} columns`);
    at += fieldCountBytes;
    const row: Record<string, unknown> = {};
    for (const column of each) {
      const length = bytes.readInt32BE(at);
      at += lengthBytes;
      if (!isLast(column, bytes, at, length)) take(column, bytes, at, length);
      row[column.name] = column.value;
      if (length !== isNull) at += length;
    }
    rows.push(row as Row);
  }
}

function take(column: Column, bytes: Buffer, start: number, length: number): void {
  column.start = start;
  column.length = length;
  column.value = length === isNull ? null : column.read(bytes, start, start + length);
}

function isLast(column: Column, bytes: Buffer, start: number, length: number): boolean {
  if (length !== column.length) return false;
  if (length > shortBytes)
    return bytes.compare(bytes, column.start, column.start + length, start, start + length) === 0;
  // What differs from row to row, as an instant, mostly does so at its end.
  for (let at = length - 1; at >= 0; at -= 1) if (bytes[start + at] !== bytes[column.start + at]) return false;
  return true;
}
