import type { KeyObject } from 'node:crypto';

interface CachedKey {
  readonly epoch: number;
  readonly wrapped: Buffer;
  readonly key: KeyObject;
  readonly expiresAt: number;
}

const maximumAgeMilliseconds = 10 * 60 * 1000;

/**
 * Unwrapped keys of the subjects used last, so that the same wrapped bytes need not be unwrapped again. It never says
 * whether a key still lives: the caller brings the wrapped bytes it has just read.
 */
export class KeyCache {
  private readonly keys = new Map<string, CachedKey>();

  constructor(private readonly capacity: number) {}

  get(name: string, wrapped: Buffer): KeyObject | undefined {
    const cached = this.keys.get(name);
    if (!cached) return undefined;
    this.keys.delete(name);
    if (!cached.wrapped.equals(wrapped) || cached.expiresAt < performance.now()) return undefined;
    this.keys.set(name, cached);
    return cached.key;
  }

  /** By the epoch it is wrapped under, which has just been read: a key is wrapped once an epoch, and never made anew. */
  getOfEpoch(name: string, epoch: number): KeyObject | undefined {
    const cached = this.keys.get(name);
    return cached && cached.epoch === epoch && cached.expiresAt >= performance.now() ? cached.key : undefined;
  }

  set(name: string, { epoch, wrapped }: { readonly epoch: number; readonly wrapped: Buffer }, key: KeyObject): void {
    this.keys.delete(name);
    this.keys.set(name, { epoch, wrapped, key, expiresAt: performance.now() + maximumAgeMilliseconds });
    const oldest = this.keys.size > this.capacity ? this.keys.keys().next().value : undefined;
    if (oldest !== undefined) this.keys.delete(oldest);
  }

  delete(name: string): void {
    this.keys.delete(name);
  }
}
