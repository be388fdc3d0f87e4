/** What names a clause: letters and digits, parted by dots or hyphens. */
export const clauseIdShape = /^[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$/;

/** A name after `id` that no clause has: `2` gives `2-2`, then `2-3`. */
export function nextId(id: string, taken: readonly string[]): string {
  const base = id.replace(/-\d+$/, '');
  const number = taken.map((_one, index) => index + 2).find((next) => !taken.includes(`${base}-${next}`));
  return `${base}-${number ?? taken.length + 2}`;
}
