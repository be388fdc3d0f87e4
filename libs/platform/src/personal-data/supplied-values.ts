type Values = Readonly<Record<string, unknown>>;

/** The values whose names are among `fields`, or all where it is null; null where none is left. */
export function suppliedValues(values: Values, fields: readonly string[] | null): Values | null {
  const kept = Object.entries(values).filter(
    ([name, value]) => value !== undefined && (fields === null || fields.includes(name)),
  );
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
