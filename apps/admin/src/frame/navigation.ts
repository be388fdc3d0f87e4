import type { ParseKeys } from 'i18next';

export interface NavigationEntry {
  readonly key: string;
  readonly to: string;
  readonly label: ParseKeys;
  /** The letter that follows `g` to go there by keyboard. */
  readonly letter?: string;
  readonly beneath?: readonly NavigationEntry[];
  /** Further addresses whose pages belong to this entry. */
  readonly owns?: readonly string[];
  /** Shown only where the server offers the development mailbox and clock. */
  readonly developmentOnly?: boolean;
}

/** The entries that have pages; another module adds its line here with its first page. */
export const navigation: readonly NavigationEntry[] = [
  { key: 'overview', to: '/', label: 'frame.entries.overview', letter: 'o' },
  {
    key: 'policies',
    to: '/policies',
    label: 'frame.entries.policies',
    letter: 'p',
    owns: ['/revisions'],
    beneath: [{ key: 'campaigns', to: '/campaigns', label: 'frame.entries.campaigns', letter: 'c' }],
  },
  { key: 'subjects', to: '/subjects', label: 'frame.entries.subjects', letter: 's' },
  {
    key: 'audit',
    to: '/audit',
    label: 'frame.entries.audit',
    letter: 'a',
    beneath: [
      { key: 'operators', to: '/settings/operators', label: 'frame.entries.operators' },
      { key: 'roles', to: '/settings/roles', label: 'frame.entries.roles' },
      { key: 'clients', to: '/settings/clients', label: 'frame.entries.clients' },
      { key: 'development', to: '/settings/development', label: 'frame.entries.development', developmentOnly: true },
    ],
  },
];

/** Every page with a name of its own, for the search box. */
export const namedPages: readonly NavigationEntry[] = navigation.flatMap((entry) => [entry, ...(entry.beneath ?? [])]);
