import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { DomainError } from '@abide/kernel';

interface Strength {
  readonly memoryKibibytes: number;
  readonly passes: number;
  readonly parallelism: number;
}

interface Encoded extends Strength {
  readonly salt: Buffer;
  readonly tag: Buffer;
}

/** What a new hash costs: Argon2id, 19 MiB, two passes, one lane (security.md, Sign-in). */
export const currentStrength: Strength = { memoryKibibytes: 19_456, passes: 2, parallelism: 1 };

const mostWaitingHashes = 64;
const busySeconds = 2;
const saltBytes = 16;
const tagBytes = 32;
const encodedPattern = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;
const deriveKey = promisify(argon2);

/** The Argon2id hash of a password as text: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`, base64 without padding. */
export async function hashPassword(password: string, strength: Strength = currentStrength): Promise<string> {
  const salt = randomBytes(saltBytes);
  return encode({ ...strength, salt, tag: await derive(password, { ...strength, salt }) });
}

/**
 * Whether `password` is the one behind `encoded`. With `null` (no such account) it does the same work and answers
 * false, so that the time taken tells nothing.
 */
export async function verifyPassword(password: string, encoded: string | null): Promise<boolean> {
  const expected = encoded === null ? null : decode(encoded);
  const { memoryKibibytes, passes, parallelism, salt } = expected ?? {
    ...currentStrength,
    salt: Buffer.alloc(saltBytes),
  };
  const tag = await derive(password, { memoryKibibytes, passes, parallelism, salt });
  return expected !== null && timingSafeEqual(tag, expected.tag);
}

/** Whether `encoded` was made with less than what a new hash costs today. */
export function isWeakerThanCurrent(encoded: string): boolean {
  const made = decode(encoded);
  return made.memoryKibibytes < currentStrength.memoryKibibytes || made.passes < currentStrength.passes;
}

/** Lets at most `slots` pieces of work run at a time; at most `mostWaiting` others wait their turn, first come first served. */
export class Turnstile {
  private readonly waiting: (() => void)[] = [];

  constructor(
    private free: number,
    private readonly mostWaiting: number,
  ) {}

  /** @throws DomainError `password.busy` when too many are waiting. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else if (this.waiting.length >= this.mostWaiting) throw busy();
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}

const onePerCore = new Turnstile(availableParallelism(), mostWaitingHashes);

function derive(
  password: string,
  { memoryKibibytes, passes, parallelism, salt }: Strength & { salt: Buffer },
): Promise<Buffer> {
  const message = password.normalize('NFKC');
  return onePerCore.run(() =>
    deriveKey('argon2id', { message, nonce: salt, memory: memoryKibibytes, passes, parallelism, tagLength: tagBytes }),
  );
}

function busy(): DomainError {
  return new DomainError('tooMany', 'password.busy', {
    detail: `Too many passwords are being checked. Nothing was changed; try again in ${busySeconds} seconds.`,
    extra: { retryAfterSeconds: busySeconds },
  });
}

function encode({ memoryKibibytes, passes, parallelism, salt, tag }: Encoded): string {
  return `$argon2id$v=19$m=${memoryKibibytes},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

function decode(encoded: string): Encoded {
  const [, memory, passes, parallelism, salt, tag] = encodedPattern.exec(encoded) ?? [];
  if (!memory || !passes || !parallelism || !salt || !tag) throw new Error('A stored password hash cannot be read');
  return {
    memoryKibibytes: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
