import { v7, validate } from 'uuid';

/** A new UUIDv7 (RFC 9562 §5.7): ordered by the millisecond it was made in. */
export function newId(): string {
  return v7();
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && validate(value);
}
