import { TeamOutlined } from '@ant-design/icons';
import type { RouteObject } from 'react-router';
import { fetchedWith, page, type NavigationEntry, type PageTab } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js') & typeof import('./texts/pages.en.js');

const fetched = fetchedWith({
  en: () => import('./texts/pages.en.js'),
  'zh-CN': () => import('./texts/pages.zh-CN.js'),
});

export const routes: readonly RouteObject[] = [
  page(
    'subjects',
    fetched(() => import('./SubjectsPage.js')),
    'SubjectsPage',
  ),
  page(
    'subjects/guardians',
    fetched(() => import('./guardians/GuardianCasesPage.js')),
    'GuardianCasesPage',
  ),
  page(
    'subjects/shared-identifiers',
    fetched(() => import('./SharedIdentifiersPage.js')),
    'SharedIdentifiersPage',
  ),
  page(
    'subjects/:id',
    fetched(() => import('./SubjectPage.js')),
    'SubjectPage',
  ),
  page(
    'subjects/:id/consents',
    fetched(() => import('./consents/SubjectConsentsPage.js')),
    'SubjectConsentsPage',
  ),
  page(
    'subjects/:id/guardians',
    fetched(() => import('./guardians/SubjectGuardiansPage.js')),
    'SubjectGuardiansPage',
  ),
  page(
    'subjects/:id/holdings',
    fetched(() => import('./holdings/SubjectHoldingsPage.js')),
    'SubjectHoldingsPage',
  ),
  page(
    'subjects/:id/acceptances',
    fetched(() => import('./SubjectAcceptancesPage.js')),
    'SubjectAcceptancesPage',
  ),
  page(
    'subjects/:id/notices',
    fetched(() => import('./SubjectNoticesPage.js')),
    'SubjectNoticesPage',
  ),
  page(
    'subjects/:id/telemetry',
    fetched(() => import('./telemetry/SubjectTelemetryPage.js')),
    'SubjectTelemetryPage',
  ),
];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'subjects',
    to: '/subjects',
    label: 'frame.entries.subjects',
    icon: TeamOutlined,
    letter: 's',
    permission: 'subject.read',
  },
];

/** The pages in their order. */
export const tabs: readonly PageTab[] = [
  { of: 'subject', to: '/subjects/:id', label: 'subjects.tabs.summary' },
  { of: 'subject', to: '/subjects/:id/consents', label: 'subjects.tabs.consents' },
  { of: 'subject', to: '/subjects/:id/guardians', label: 'subjects.tabs.guardians', minorsOnly: true },
  { of: 'subject', to: '/subjects/:id/holdings', label: 'subjects.tabs.holdings' },
  { of: 'subject', to: '/subjects/:id/telemetry', label: 'subjects.tabs.telemetry' },
  { of: 'subject', to: '/subjects/:id/acceptances', label: 'subjects.tabs.acceptances' },
  { of: 'subject', to: '/subjects/:id/notices', label: 'subjects.tabs.notices' },
];
