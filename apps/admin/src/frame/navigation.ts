import type { Permission } from '../api/types.js';
import type { NavigationEntry } from '../feature.js';
import { features } from '../features.js';

/** An entry with what is shown beneath it while one of its pages is open. */
export interface ShownEntry extends NavigationEntry {
  readonly beneath: readonly NavigationEntry[];
}

const navigation = features.flatMap(({ entries = [] }) => entries);

/** The entries an operator can use: one without its permission leads to what is beneath it, or is left out; the development tools then stand alone. */
export function entriesFor(permissions: readonly Permission[], isDevelopment: boolean): readonly ShownEntry[] {
  const usable = navigation.filter(
    ({ permission, developmentOnly }) =>
      (!permission || permissions.includes(permission)) && (!developmentOnly || isDevelopment),
  );
  return navigation
    .filter(({ under }) => under === undefined)
    .flatMap((entry): readonly ShownEntry[] => {
      const beneath = usable.filter(({ under }) => under === entry.key);
      if (usable.includes(entry)) return [{ ...entry, beneath }];
      const [first] = beneath.filter(({ developmentOnly }) => !developmentOnly);
      return first ? [{ ...entry, to: first.to, beneath }] : beneath.map((one) => ({ ...one, beneath: [] }));
    });
}

/** Every page with a name of its own, for the search box and the keyboard. */
export function namedPages(entries: readonly ShownEntry[]): readonly NavigationEntry[] {
  return entries.flatMap((entry) => [entry, ...entry.beneath]);
}
