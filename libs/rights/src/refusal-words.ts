interface Words {
  readonly errors: Readonly<Record<string, string>>;
  /** Of any other refusal. */
  readonly error: string;
}

/** What a page says of a refusal by its code, which may stand in an address and be anything. */
export function refusalWords({ errors, error }: Words, code: string): string {
  return Object.hasOwn(errors, code) ? (errors[code] ?? error) : error;
}
