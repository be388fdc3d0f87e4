import { useTranslation } from 'react-i18next';
import type { Scope } from '../api/types.js';
import { useRegistryNames } from './registry-names.js';

/** What a service client may do and is for; null is any. */
export interface ClientReach {
  readonly scopes: readonly Scope[];
  readonly purposes: readonly string[] | null;
  readonly services: readonly string[] | null;
}

const keys = {
  'decisions:read': 'decisionsRead',
  'telemetry:write': 'telemetryWrite',
  'telemetry:read': 'telemetryRead',
  'location:write': 'locationWrite',
  'location:read': 'locationRead',
  'disclosures:write': 'disclosuresWrite',
  'policies:write': 'policiesWrite',
} as const satisfies Record<Scope, string>;

export const scopes = Object.keys(keys) as Scope[];

const opening: readonly Scope[] = ['telemetry:read', 'location:read', 'disclosures:write'];

/** Whether a client with these scopes gets at personal data, so that it needs bounds and a second operator. */
export function opensData(held: readonly Scope[]): boolean {
  return held.some((scope) => opening.includes(scope));
}

/** What a client may do and is for, in the words of the reader. */
export function useClientWords() {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  const scope = (one: Scope) => t(`settings.clients.scopeNames.${keys[one]}`);
  const listed = (words: readonly string[]) => words.join(t('ui.listSeparator'));
  return {
    scope,
    scopes: (reach: ClientReach) => listed(reach.scopes.map(scope)),
    purposes: ({ purposes }: ClientReach) =>
      purposes ? listed(purposes.map((code) => nameOf('purposes', code))) : t('settings.clients.anyPurpose'),
    services: ({ services }: ClientReach) =>
      services ? listed(services.map((code) => nameOf('services', code))) : t('settings.clients.anyService'),
  };
}
