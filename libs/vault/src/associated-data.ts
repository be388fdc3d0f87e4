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

/** `encodeParts` of these and one more, for many lists that differ in the last part alone. */
export function encoderAfter(parts: readonly string[]): (last: string) => Buffer {
  const before = encodeParts(parts);
  before.writeUInt32BE(parts.length + 1, 0);
  return (last) => {
    const encoded = Buffer.allocUnsafe(before.length + lengthBytes + last.length * mostBytesOfOne);
    encoded.set(before);
    const written = encoded.write(wellFormed(last), before.length + lengthBytes, 'utf8');
    return encoded.subarray(0, encoded.writeUInt32BE(written, before.length) + written);
  };
}

/** The text itself. @throws DomainError `vault.malformed_text` for an unpaired surrogate, which UTF-8 could neither tell apart nor give back. */
export function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw vaultError('vault.malformed_text');
  return text;
}
