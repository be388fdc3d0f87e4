import { FileProtectOutlined } from '@ant-design/icons';
import type { RouteObject } from 'react-router';
import { fetchedWith, page, part, type OverviewPart, type NavigationEntry } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js') & typeof import('./texts/pages.en.js');

const fetched = fetchedWith({
  en: () => import('./texts/pages.en.js'),
  'zh-CN': () => import('./texts/pages.zh-CN.js'),
});

export const routes: readonly RouteObject[] = [
  page(
    'policies',
    fetched(() => import('./PoliciesPage.js')),
    'PoliciesPage',
  ),
  page(
    'policies/new',
    fetched(() => import('./NewPolicyPage.js')),
    'NewPolicyPage',
  ),
  page(
    'policies/import',
    fetched(() => import('./import/ImportPage.js')),
    'ImportPage',
  ),
  page(
    'policies/import/:id',
    fetched(() => import('./bring-in/DocumentPage.js')),
    'DocumentPage',
  ),
  page(
    'policies/:slug',
    fetched(() => import('./PolicyPage.js')),
    'PolicyPage',
  ),
  page(
    'revisions/:id',
    fetched(() => import('./editor/RevisionPage.js')),
    'RevisionPage',
  ),
  page(
    'revisions/:id/comparison',
    fetched(() => import('./compare/ComparisonPage.js')),
    'ComparisonPage',
  ),
  page(
    'revisions/:id/tests',
    fetched(() => import('./tests/PolicyTestsPage.js')),
    'PolicyTestsPage',
  ),
  page(
    'revisions/:id/facts',
    fetched(() => import('./RevisionFactsPage.js')),
    'RevisionFactsPage',
  ),
  page(
    'revisions/:id/submission',
    fetched(() => import('./decide/SubmissionPage.js')),
    'SubmissionPage',
  ),
  page(
    'revisions/:id/approval',
    fetched(() => import('./decide/ApprovalPage.js')),
    'ApprovalPage',
  ),
  page(
    'revisions/:id/schedule',
    fetched(() => import('./decide/SchedulePage.js')),
    'SchedulePage',
  ),
  page(
    'revisions/:id/withdrawal',
    fetched(() => import('./decide/WithdrawalPage.js')),
    'WithdrawalPage',
  ),
];

export const entries: readonly NavigationEntry[] = [
  {
    key: 'policies',
    to: '/policies',
    label: 'frame.entries.policies',
    icon: FileProtectOutlined,
    letter: 'p',
    owns: ['/revisions'],
    permission: 'policy.read',
  },
];

export const overview: readonly OverviewPart[] = [
  {
    fragment: 'revisions',
    Waiting: part(() => import('./overview/WaitingRevisions.js'), 'WaitingRevisions'),
    Standing: part(() => import('./overview/ScheduledPanel.js'), 'ScheduledPanel'),
  },
];
