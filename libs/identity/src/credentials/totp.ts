import { createHmac, timingSafeEqual } from 'node:crypto';

const stepSeconds = 30;
const digits = 6;
const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The number of the 30-second step that `at` falls in (RFC 6238 §4.2). */
export function stepAt(at: Date): number {
  return Math.floor(at.getTime() / 1000 / stepSeconds);
}

/** The six-digit HMAC-SHA-1 code of one step (RFC 4226 §5.3). */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

/** The step whose code this is, the one at `at` or a neighbour; null when none fits. Spending it once is the caller's part. */
export function matchingStep(secret: Buffer, code: string, at: Date): number | null {
  const now = stepAt(at);
  return [now - 1, now, now + 1].find((step) => isSame(codeAt(secret, step), code)) ?? null;
}

/** What an authenticator application reads from a QR code. */
export function otpauthUrl(secret: Buffer, account: string): string {
  const label = `${encodeURIComponent('Abide')}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=Abide&algorithm=SHA1&digits=${digits}&period=${stepSeconds}`;
}

/** RFC 4648 §6 without padding. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => base32Alphabet.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('');
}

function isSame(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}
