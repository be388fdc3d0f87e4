import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What opens one request and nothing else: 256 random bits, kept as their hash. */
export function newToken(): string {
  return `abq_${randomBytes(32).toString('base64url')}`;
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export function isToken(token: string, hash: Buffer): boolean {
  return timingSafeEqual(tokenHash(token), hash);
}
