import { randomBytes } from 'node:crypto';
import { parse, stringify } from 'uuid';

export type SubjectTokenUse = 'refresh' | 'device';

const prefixes: Readonly<Record<SubjectTokenUse, string>> = { refresh: 'abr_', device: 'abd_' };
const idBytes = 16;
const secretBytes = 32;

/** An opaque token: its use, whose it is (so that it is looked up among that subject's rows), and 256 random bits. */
export function newSubjectToken(use: SubjectTokenUse, subjectId: string): string {
  return prefixes[use] + Buffer.concat([Buffer.from(parse(subjectId)), randomBytes(secretBytes)]).toString('base64url');
}

/** Whose token it says it is, or null when it is not of this use or shape. */
export function readSubjectToken(use: SubjectTokenUse, token: string): string | null {
  if (!token.startsWith(prefixes[use])) return null;
  const bytes = Buffer.from(token.slice(prefixes[use].length), 'base64url');
  if (bytes.length !== idBytes + secretBytes) return null;
  try {
    return stringify(bytes.subarray(0, idBytes));
  } catch {
    return null;
  }
}

export function isDeviceToken(token: string): boolean {
  return token.startsWith(prefixes.device);
}
