import { buffer } from 'node:stream/consumers';
import { chunkBytes, chunksOf } from './file-chunks.js';

describe('cutting a file into chunks', () => {
  async function* counted(pieces: readonly Buffer[], onGiven: () => void): AsyncGenerator<Buffer> {
    for (const piece of pieces) {
      onGiven();
      yield piece;
    }
  }

  it('asks for no more content than the chunk at hand needs', async () => {
    const pieces = Array.from({ length: 8 }, () => Buffer.alloc(chunkBytes / 2));
    let given = 0;
    let taken = 0;
    for await (const { bytes } of chunksOf(counted(pieces, () => (given += 1)))) {
      taken += bytes.length;
      expect(given * (chunkBytes / 2) - taken).toBeLessThanOrEqual(chunkBytes / 2);
    }
    expect(taken).toBe(4 * chunkBytes);
  });

  it('marks the last chunk and no other, also where content ends with a whole one or is empty', async () => {
    for (const [length, expected] of [
      [0, [0]],
      [chunkBytes, [chunkBytes]],
      [2 * chunkBytes, [chunkBytes, chunkBytes]],
      [chunkBytes + 1, [chunkBytes, 1]],
    ] as const) {
      const chunks = [];
      for await (const { bytes, isLast } of chunksOf(counted([Buffer.alloc(length)], () => undefined)))
        chunks.push([bytes.length, isLast]);
      expect(chunks).toEqual(expected.map((bytes, at) => [bytes, at === expected.length - 1]));
    }
  });

  it('takes pieces that are larger than a chunk', async () => {
    const whole = Buffer.from(Array.from({ length: 3 * chunkBytes + 7 }, (_, at) => at % 251));
    async function* copies(): AsyncGenerator<Buffer> {
      for await (const { bytes } of chunksOf(counted([whole], () => undefined))) yield Buffer.from(bytes);
    }
    expect((await buffer(copies())).equals(whole)).toBe(true);
  });
});
