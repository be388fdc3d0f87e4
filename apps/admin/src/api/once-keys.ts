/**
 * Makes the `Idempotency-Key` of what one open form sends: the same content has the same key, so that a double click or a
 * retry after a lost answer is one act. Not for answers that hold secrets: those are never replayed.
 */
export function onceKeys(): (content: object) => string {
  const keys = new Map<string, string>();
  return (content) => {
    const written = JSON.stringify(content);
    const key = keys.get(written) ?? crypto.randomUUID();
    keys.set(written, key);
    return key;
  };
}
