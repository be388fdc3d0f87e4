import { vaultError } from './vault.errors.js';

const lengthBytes = 4;
/** Of UTF-8, for a unit of UTF-16. */
const mostBytesOfOne = 3;

/**
 * Encodes `parts` so that no two different lists give the same bytes: the count, then each part's length in bytes
 * (both unsigned 32-bit, big-endian) before its UTF-8.
 * @throws DomainError `vault.malformed_text` for a part with an unpaired surrogate, which UTF-8 cannot tell apart.
 */
export function encodeParts(parts: readonly string[]): Buffer {
  const most = parts.reduce((sum, part) => sum + lengthBytes + part.length * mostBytesOfOne, lengthBytes);
  const encoded = Buffer.allocUnsafe(most);
  let end = encoded.writeUInt32BE(parts.length, 0);
  for (const part of parts) {
    const written = encoded.write(wellFormed(part), end + lengthBytes, 'utf8');
    end = encoded.writeUInt32BE(written, end) + written;
  }
  return encoded.subarray(0, end);
}

/** The text itself. @throws DomainError `vault.malformed_text` for an unpaired surrogate, which UTF-8 could neither tell apart nor give back. */
export function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw vaultError('vault.malformed_text');
  return text;
}
