import { vaultError } from './vault.errors.js';

/**
 * Encodes `parts` so that no two different lists give the same bytes: the count, then each part's length in bytes
 * (both unsigned 32-bit, big-endian) before its UTF-8.
 * @throws DomainError `vault.malformed_text` for a part with an unpaired surrogate, which UTF-8 cannot tell apart.
 */
export function encodeParts(parts: readonly string[]): Buffer {
  const lengths = parts.map(utf8Length);
  const encoded = Buffer.allocUnsafe(4 + lengths.reduce((sum, length) => sum + 4 + length, 0));
  let offset = encoded.writeUInt32BE(parts.length, 0);
  parts.forEach((part, index) => {
    offset = encoded.writeUInt32BE(lengths[index] ?? 0, offset);
    offset += encoded.write(part, offset, 'utf8');
  });
  return encoded;
}

function utf8Length(part: string): number {
  if (!part.isWellFormed()) throw vaultError('vault.malformed_text');
  return Buffer.byteLength(part, 'utf8');
}
