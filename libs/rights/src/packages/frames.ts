const headerLength = 5;

/** A piece of one of several streams that are written into one: a byte that says of which, four for its length (big-endian), and itself. */
export function frameOf(stream: number, piece: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(headerLength + piece.length);
  frame.writeUInt8(stream, 0);
  frame.writeUInt32BE(piece.length, 1);
  frame.set(piece, headerLength);
  return frame;
}

/** The pieces of one stream, however the frames come in pieces. */
export async function* piecesOf(stream: number, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const header = Buffer.alloc(headerLength);
  let [known, left] = [0, 0];
  for await (const bytes of content) {
    for (let at = 0; at < bytes.length;) {
      if (left === 0) {
        const taken = bytes.subarray(at, at + headerLength - known);
        header.set(taken, known);
        [at, known] = [at + taken.length, known + taken.length];
        if (known < headerLength) break;
        [known, left] = [0, header.readUInt32BE(1)];
        continue;
      }
      const piece = bytes.subarray(at, at + left);
      [at, left] = [at + piece.length, left - piece.length];
      if (header[0] === stream) yield piece;
    }
  }
}
