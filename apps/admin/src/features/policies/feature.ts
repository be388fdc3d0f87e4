import { FileProtectOutlined } from '@ant-design/icons';
import type { RouteObject } from 'react-router';
import { page, part, type OverviewPart, type NavigationEntry } from '../../feature.js';

export declare const texts: typeof import('./texts/en.js');

export const routes: readonly RouteObject[] = [
  page('policies', () => import('./PoliciesPage.js'), 'PoliciesPage'),
  page('policies/new', () => import('./NewPolicyPage.js'), 'NewPolicyPage'),
  page('policies/import', () => import('./import/ImportPage.js'), 'ImportPage'),
  page('policies/import/:id', () => import('./bring-in/DocumentPage.js'), 'DocumentPage'),
  page('policies/:slug', () => import('./PolicyPage.js'), 'PolicyPage'),
  page('revisions/:id', () => import('./editor/RevisionPage.js'), 'RevisionPage'),
  page('revisions/:id/comparison', () => import('./compare/ComparisonPage.js'), 'ComparisonPage'),
  page('revisions/:id/tests', () => import('./tests/PolicyTestsPage.js'), 'PolicyTestsPage'),
  page('revisions/:id/facts', () => import('./RevisionFactsPage.js'), 'RevisionFactsPage'),
  page('revisions/:id/submission', () => import('./decide/SubmissionPage.js'), 'SubmissionPage'),
  page('revisions/:id/approval', () => import('./decide/ApprovalPage.js'), 'ApprovalPage'),
  page('revisions/:id/schedule', () => import('./decide/SchedulePage.js'), 'SchedulePage'),
  page('revisions/:id/withdrawal', () => import('./decide/WithdrawalPage.js'), 'WithdrawalPage'),
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
