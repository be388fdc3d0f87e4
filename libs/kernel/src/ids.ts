import { NIL, v7, validate } from 'uuid';

/** A new UUIDv7 (RFC 9562 §5.7): ordered by the millisecond it was made in. */
export function newId(): string {
  return v7();
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && validate(value);
}

/** Before every id: where reading by keyset begins (RFC 9562 §5.9). */
export const nilId: string = NIL;
