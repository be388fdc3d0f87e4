import { CarryOutOutlined } from '@ant-design/icons';
import type { RouteObject } from 'react-router';
import { page, type NavigationEntry, type PageTab } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [
  page('consent', () => import('./ConsentPage.js'), 'ConsentPage'),
  page('consent/rates', () => import('./rates/RatesPage.js'), 'RatesPage'),
  page('consent/search', () => import('./search/ConsentSearchPage.js'), 'ConsentSearchPage'),
  page('consent/reconsent', () => import('./reconsent/ReconsentPage.js'), 'ReconsentPage'),
  page('consent/reminders', () => import('./reminders/RemindersPage.js'), 'RemindersPage'),
  page('consent/reminders/new', () => import('./reminders/NewReminderPage.js'), 'NewReminderPage'),
  page('consent/reminders/:id', () => import('./reminders/ReminderPage.js'), 'ReminderPage'),
  page('consent/purposes', () => import('./registries/RegistryPages.js'), 'PurposesPage'),
  page('consent/categories', () => import('./registries/RegistryPages.js'), 'CategoriesPage'),
  page('consent/services', () => import('./registries/RegistryPages.js'), 'ServicesPage'),
  page('consent/why', () => import('./why/WhyPage.js'), 'WhyPage'),
  page('consent/decisions', () => import('./decisions/DecisionsPage.js'), 'DecisionsPage'),
];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'consent',
    to: '/consent',
    label: 'frame.entries.consent',
    icon: CarryOutOutlined,
    letter: 'n',
    permission: 'overview.read',
  },
];

/** The pages in their order. */
export const tabs: readonly PageTab[] = [
  { of: 'consent', to: '/consent/rates', label: 'consents.rates.title', permission: 'overview.read' },
  { of: 'consent', to: '/consent/search', label: 'consents.search.title', permission: 'subject.read' },
  { of: 'consent', to: '/consent/reconsent', label: 'consents.reconsent.title', permission: 'overview.read' },
  { of: 'consent', to: '/consent/reminders', label: 'consents.reminders.title', permission: 'overview.read' },
  { of: 'consent', to: '/consent/purposes', label: 'consent.purposes.title', permission: 'registry.read' },
  { of: 'consent', to: '/consent/categories', label: 'consent.categories.title', permission: 'registry.read' },
  { of: 'consent', to: '/consent/services', label: 'consent.services.title', permission: 'registry.read' },
  { of: 'consent', to: '/consent/why', label: 'decisions.why.title', permission: 'subject.read' },
  { of: 'consent', to: '/consent/decisions', label: 'decisions.figures.title', permission: 'overview.read' },
];
