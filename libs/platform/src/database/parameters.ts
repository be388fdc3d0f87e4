const header = 20;
const bytesOfOne = 20;
const uuidType = 2950;

/**
 * A uuid[] parameter for a busy path, in the binary format of PostgreSQL (array_recv): half the bytes of the text, and nothing to escape. Only for ids
 * that are known to be some.
 */
export function uuidArray(ids: readonly string[]): Buffer {
  const bytes = Buffer.allocUnsafe(header + ids.length * bytesOfOne);
  bytes.writeInt32BE(1, 0);
  bytes.writeInt32BE(0, 4);
  bytes.writeInt32BE(uuidType, 8);
  bytes.writeInt32BE(ids.length, 12);
  bytes.writeInt32BE(1, 16);
  let end = header;
  for (const id of ids) {
    end = bytes.writeInt32BE(16, end);
    end += bytes.write(id.replaceAll('-', ''), end, 'hex');
  }
  return bytes;
}

/** SQL: a timestamptz `column` as epoch milliseconds, exact to the microsecond. In floating point, which costs a tenth of extract's numeric. */
export function epochMilliseconds(column: string): string {
  return `round(date_part('epoch', ${column}) * 1000000) / 1000`;
}
