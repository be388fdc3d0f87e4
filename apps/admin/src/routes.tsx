import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { CrashPage } from './frame/CrashPage.js';
import { Frame } from './frame/Frame.js';
import { NotFoundPage } from './frame/NotFoundPage.js';

/** Every page is fetched when it is first opened. */
function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return async () => ({ Component: (await load())[name] });
}

export const router = createBrowserRouter(
  [
    {
      path: '/',
      element: <Frame />,
      errorElement: <CrashPage />,
      HydrateFallback: () => null,
      children: [
        {
          errorElement: <CrashPage />,
          children: [
            { index: true, lazy: page(() => import('./features/overview/OverviewPage.js'), 'OverviewPage') },
            { path: 'policies', lazy: page(() => import('./features/policies/PoliciesPage.js'), 'PoliciesPage') },
            { path: 'policies/new', lazy: page(() => import('./features/policies/NewPolicyPage.js'), 'NewPolicyPage') },
            {
              path: 'policies/import',
              lazy: page(() => import('./features/policies/import/ImportPage.js'), 'ImportPage'),
            },
            { path: 'policies/:slug', lazy: page(() => import('./features/policies/PolicyPage.js'), 'PolicyPage') },
            {
              path: 'revisions/:id',
              lazy: page(() => import('./features/policies/editor/RevisionPage.js'), 'RevisionPage'),
            },
            {
              path: 'revisions/:id/comparison',
              lazy: page(() => import('./features/policies/compare/ComparisonPage.js'), 'ComparisonPage'),
            },
            {
              path: 'revisions/:id/tests',
              lazy: page(() => import('./features/policies/tests/PolicyTestsPage.js'), 'PolicyTestsPage'),
            },
            {
              path: 'revisions/:id/facts',
              lazy: page(() => import('./features/policies/RevisionFactsPage.js'), 'RevisionFactsPage'),
            },
            {
              path: 'revisions/:id/submission',
              lazy: page(() => import('./features/policies/decide/SubmissionPage.js'), 'SubmissionPage'),
            },
            {
              path: 'revisions/:id/approval',
              lazy: page(() => import('./features/policies/decide/ApprovalPage.js'), 'ApprovalPage'),
            },
            {
              path: 'revisions/:id/schedule',
              lazy: page(() => import('./features/policies/decide/SchedulePage.js'), 'SchedulePage'),
            },
            {
              path: 'revisions/:id/withdrawal',
              lazy: page(() => import('./features/policies/decide/WithdrawalPage.js'), 'WithdrawalPage'),
            },
            { path: 'campaigns', lazy: page(() => import('./features/campaigns/CampaignsPage.js'), 'CampaignsPage') },
            { path: 'campaigns/:id', lazy: page(() => import('./features/campaigns/CampaignPage.js'), 'CampaignPage') },
            {
              path: 'outreaches',
              lazy: page(() => import('./features/campaigns/OutreachesPage.js'), 'OutreachesPage'),
            },
            {
              path: 'outreaches/new',
              lazy: page(() => import('./features/campaigns/NewOutreachPage.js'), 'NewOutreachPage'),
            },
            {
              path: 'outreaches/:id',
              lazy: page(() => import('./features/campaigns/OutreachPage.js'), 'OutreachPage'),
            },
            { path: 'subjects', lazy: page(() => import('./features/subjects/SubjectsPage.js'), 'SubjectsPage') },
            {
              path: 'subjects/guardians',
              lazy: page(() => import('./features/subjects/guardians/GuardianCasesPage.js'), 'GuardianCasesPage'),
            },
            {
              path: 'subjects/shared-identifiers',
              lazy: page(() => import('./features/subjects/SharedIdentifiersPage.js'), 'SharedIdentifiersPage'),
            },
            { path: 'subjects/:id', lazy: page(() => import('./features/subjects/SubjectPage.js'), 'SubjectPage') },
            {
              path: 'subjects/:id/consents',
              lazy: page(() => import('./features/subjects/consents/SubjectConsentsPage.js'), 'SubjectConsentsPage'),
            },
            {
              path: 'subjects/:id/guardians',
              lazy: page(() => import('./features/subjects/guardians/SubjectGuardiansPage.js'), 'SubjectGuardiansPage'),
            },
            {
              path: 'subjects/:id/holdings',
              lazy: page(() => import('./features/subjects/holdings/SubjectHoldingsPage.js'), 'SubjectHoldingsPage'),
            },
            {
              path: 'subjects/:id/acceptances',
              lazy: page(() => import('./features/subjects/SubjectAcceptancesPage.js'), 'SubjectAcceptancesPage'),
            },
            {
              path: 'subjects/:id/notices',
              lazy: page(() => import('./features/subjects/SubjectNoticesPage.js'), 'SubjectNoticesPage'),
            },
            {
              path: 'subjects/:id/telemetry',
              lazy: page(() => import('./features/subjects/telemetry/SubjectTelemetryPage.js'), 'SubjectTelemetryPage'),
            },
            { path: 'consent', lazy: page(() => import('./features/consent/ConsentPage.js'), 'ConsentPage') },
            { path: 'consent/rates', lazy: page(() => import('./features/consent/rates/RatesPage.js'), 'RatesPage') },
            {
              path: 'consent/search',
              lazy: page(() => import('./features/consent/search/ConsentSearchPage.js'), 'ConsentSearchPage'),
            },
            {
              path: 'consent/reconsent',
              lazy: page(() => import('./features/consent/reconsent/ReconsentPage.js'), 'ReconsentPage'),
            },
            {
              path: 'consent/reminders',
              lazy: page(() => import('./features/consent/reminders/RemindersPage.js'), 'RemindersPage'),
            },
            {
              path: 'consent/reminders/new',
              lazy: page(() => import('./features/consent/reminders/NewReminderPage.js'), 'NewReminderPage'),
            },
            {
              path: 'consent/reminders/:id',
              lazy: page(() => import('./features/consent/reminders/ReminderPage.js'), 'ReminderPage'),
            },
            {
              path: 'consent/purposes',
              lazy: page(() => import('./features/consent/registries/RegistryPages.js'), 'PurposesPage'),
            },
            {
              path: 'consent/categories',
              lazy: page(() => import('./features/consent/registries/RegistryPages.js'), 'CategoriesPage'),
            },
            {
              path: 'consent/services',
              lazy: page(() => import('./features/consent/registries/RegistryPages.js'), 'ServicesPage'),
            },
            { path: 'consent/why', lazy: page(() => import('./features/consent/why/WhyPage.js'), 'WhyPage') },
            {
              path: 'consent/decisions',
              lazy: page(() => import('./features/consent/decisions/DecisionsPage.js'), 'DecisionsPage'),
            },
            { path: 'collection', lazy: page(() => import('./features/collection/live/LivePage.js'), 'LivePage') },
            {
              path: 'collection/volumes',
              lazy: page(() => import('./features/collection/volumes/VolumesPage.js'), 'VolumesPage'),
            },
            {
              path: 'collection/schemas',
              lazy: page(() => import('./features/collection/schemas/SchemasPage.js'), 'SchemasPage'),
            },
            { path: 'collection/heat', lazy: page(() => import('./features/collection/heat/HeatPage.js'), 'HeatPage') },
            { path: 'audit', lazy: page(() => import('./features/audit/AuditPage.js'), 'AuditPage') },
            {
              path: 'settings/operators',
              lazy: page(() => import('./features/settings/OperatorsPage.js'), 'OperatorsPage'),
            },
            { path: 'settings/roles', lazy: page(() => import('./features/settings/RolesPage.js'), 'RolesPage') },
            { path: 'changes/:id', lazy: page(() => import('./features/changes/ChangePage.js'), 'ChangePage') },
            { path: 'settings/clients', lazy: page(() => import('./features/settings/ClientsPage.js'), 'ClientsPage') },
            {
              path: 'settings/development',
              lazy: page(() => import('./features/development/DevelopmentPage.js'), 'DevelopmentPage'),
            },
            {
              path: 'account/security',
              lazy: page(() => import('./features/account/SecurityPage.js'), 'SecurityPage'),
            },
            {
              path: 'account/sessions',
              lazy: page(() => import('./features/account/OwnSessionsPage.js'), 'OwnSessionsPage'),
            },
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ],
  { basename: '/console' },
);
