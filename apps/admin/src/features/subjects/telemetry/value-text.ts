/** A value of an event as it is read: of a list an item a line, of values by name a name and its value a line. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join('\n');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map((entry) => entry.join(': '))
    .join('\n');
}
