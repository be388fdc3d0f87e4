import type { ParseKeys } from 'i18next';
import type { Permission } from '../api/types.js';

export interface NavigationEntry {
  readonly key: string;
  readonly to: string;
  readonly label: ParseKeys;
  /** The letter that follows `g` to go there by keyboard. */
  readonly letter?: string;
  readonly beneath?: readonly NavigationEntry[];
  /** The permission without which its pages would only refuse. */
  readonly permission?: Permission;
  /** Further addresses whose pages belong to this entry. */
  readonly owns?: readonly string[];
  /** Shown only where the server offers the development mailbox and clock. */
  readonly developmentOnly?: boolean;
}

/** The entries that have pages; another module adds its line here with its first page. */
const navigation: readonly NavigationEntry[] = [
  { key: 'overview', to: '/', label: 'frame.entries.overview', letter: 'o', owns: ['/changes'] },
  {
    key: 'policies',
    to: '/policies',
    label: 'frame.entries.policies',
    letter: 'p',
    owns: ['/revisions'],
    permission: 'policy.read',
    beneath: [
      {
        key: 'campaigns',
        to: '/campaigns',
        label: 'frame.entries.campaigns',
        letter: 'c',
        owns: ['/outreaches'],
        permission: 'campaign.read',
      },
    ],
  },
  { key: 'subjects', to: '/subjects', label: 'frame.entries.subjects', letter: 's', permission: 'subject.read' },
  { key: 'consent', to: '/consent', label: 'frame.entries.consent', letter: 'n', permission: 'overview.read' },
  { key: 'collection', to: '/collection', label: 'frame.entries.collection', letter: 'l', permission: 'overview.read' },
  { key: 'audit', to: '/audit', label: 'frame.entries.audit', letter: 'a', permission: 'audit.read' },
  {
    key: 'settings',
    to: '/settings/operators',
    label: 'frame.entries.settings',
    letter: 'e',
    permission: 'operator.read',
    beneath: [
      { key: 'operators', to: '/settings/operators', label: 'frame.entries.operators', permission: 'operator.read' },
      { key: 'roles', to: '/settings/roles', label: 'frame.entries.roles', permission: 'operator.read' },
      { key: 'clients', to: '/settings/clients', label: 'frame.entries.clients', permission: 'client.read' },
      { key: 'development', to: '/settings/development', label: 'frame.entries.development', developmentOnly: true },
    ],
  },
];

/** The entries an operator can use: one without its permission leads to what is beneath it, or is left out; the development tools then stand alone. */
export function entriesFor(permissions: readonly Permission[], isDevelopment: boolean): readonly NavigationEntry[] {
  const isUsable = ({ permission, developmentOnly }: NavigationEntry) =>
    (!permission || permissions.includes(permission)) && (!developmentOnly || isDevelopment);
  return navigation.flatMap((entry) => {
    const beneath = (entry.beneath ?? []).filter(isUsable);
    if (isUsable(entry)) return [{ ...entry, beneath }];
    const [first] = beneath.filter(({ developmentOnly }) => !developmentOnly);
    return first ? [{ ...entry, to: first.to, beneath }] : beneath;
  });
}

/** Every page with a name of its own, for the search box and the keyboard. */
export function namedPages(entries: readonly NavigationEntry[]): readonly NavigationEntry[] {
  return entries.flatMap((entry) => [entry, ...(entry.beneath ?? [])]);
}
