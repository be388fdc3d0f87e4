/**
 * Keeps the master key, which wraps epoch keys and nothing else. `context` is authenticated: unwrapping demands the
 * context of the wrapping.
 */
export abstract class KeyProvider {
  /** Makes the key ready for a database that holds no keys yet. */
  abstract prepare(): Promise<void>;
  /** A public name of the key, for error messages and to tell when another one is configured. */
  abstract keyName(): Promise<string>;
  abstract wrap(plain: Buffer, context: string): Promise<Buffer>;
  /** @throws Error when `wrapped` was not made by this key and context. */
  abstract unwrap(wrapped: Buffer, context: string): Promise<Buffer>;
}
