import type { Entry, EntryFlag } from './registry-kinds.js';

/** The entries that the filters of the address let through: a part of code or name, where it comes from, and flags by yes or no. */
export function matchingEntries(
  entries: readonly Entry[],
  { text = '', origin, ...flags }: Readonly<Record<string, string>>,
): readonly Entry[] {
  const sought = text.toLocaleLowerCase();
  return entries.filter(
    (entry) =>
      [entry.code, entry.name['zh-CN'], entry.name.en].some((word) => word.toLocaleLowerCase().includes(sought)) &&
      (!origin || (entry.seed ?? false) === (origin === 'product')) &&
      Object.entries(flags).every(([flag, value]) => (entry[flag as EntryFlag] ?? false) === (value === 'yes')),
  );
}
