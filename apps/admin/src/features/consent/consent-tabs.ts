import type { ParseKeys } from 'i18next';
import type { Permission } from '../../api/types.js';

export interface ConsentTab {
  readonly to: string;
  readonly label: ParseKeys;
  /** The permission without which its page would only refuse. */
  readonly permission: Permission;
}

/** The pages under Consent, in their order; another one adds its line here. */
export const consentTabs: readonly ConsentTab[] = [
  { to: '/consent/rates', label: 'consents.rates.title', permission: 'overview.read' },
  { to: '/consent/search', label: 'consents.search.title', permission: 'subject.read' },
  { to: '/consent/reconsent', label: 'consents.reconsent.title', permission: 'overview.read' },
  { to: '/consent/reminders', label: 'consents.reminders.title', permission: 'overview.read' },
  { to: '/consent/purposes', label: 'consent.purposes.title', permission: 'registry.read' },
  { to: '/consent/categories', label: 'consent.categories.title', permission: 'registry.read' },
  { to: '/consent/services', label: 'consent.services.title', permission: 'registry.read' },
  { to: '/consent/why', label: 'decisions.why.title', permission: 'subject.read' },
  { to: '/consent/decisions', label: 'decisions.figures.title', permission: 'overview.read' },
];

/** Those that an operator can use. */
export function usableTabs(permissions: readonly Permission[]): readonly ConsentTab[] {
  return consentTabs.filter(({ permission }) => permissions.includes(permission));
}
