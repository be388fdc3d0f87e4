import type { KeyObject } from 'node:crypto';
import { openBytes, sealBytes, type Box } from '../sealed-box.js';

/** How much of a file is sealed, stored and read at once. */
export const chunkBytes = 256 * 1024;

/** Where a chunk stands in its file. */
export interface ChunkPlace {
  readonly fileId: string;
  readonly number: number;
  readonly isLast: boolean;
}

/** A part of a file; the bytes are overwritten when the next one is asked for. */
export interface FileChunk {
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/** Cuts content into chunks of `chunkBytes`, the last of them shorter: at least one, and never more than one in memory. */
export async function* chunksOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<FileChunk> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let filled = 0;
  for await (const piece of content) {
    for (let taken = 0; taken < piece.length;) {
      if (filled === chunkBytes) {
        yield { bytes: buffer, isLast: false };
        filled = 0;
      }
      const next = piece.subarray(taken, taken + chunkBytes - filled);
      buffer.set(next, filled);
      filled += next.length;
      taken += next.length;
    }
  }
  yield { bytes: buffer.subarray(0, filled), isLast: true };
}

export function sealChunk(key: KeyObject, place: ChunkPlace, bytes: Buffer): Buffer {
  return sealBytes(boxOf(key, place), bytes);
}

/** @throws DomainError `vault.unreadable` for a chunk that was changed, moved, or is the last one where more should follow */
export function openChunk(key: KeyObject, place: ChunkPlace, sealed: Buffer): Buffer {
  return openBytes(boxOf(key, place), sealed);
}

function boxOf(key: KeyObject, { fileId, number, isLast }: ChunkPlace): Box {
  return { key, kind: 'file', belongsTo: [fileId, String(number), isLast ? 'last' : 'more'] };
}
