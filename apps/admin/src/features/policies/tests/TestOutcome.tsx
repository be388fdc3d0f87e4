import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { PolicyTestRun } from '../policies.types.js';
import css from './tests.module.css';

/** How many cases passed and how many failed, in words; sign and colour only repeat them. */
export function TestOutcome({ run }: { run: Pick<PolicyTestRun, 'passed' | 'failed'> }) {
  const { t } = useTranslation();
  const hasFailed = run.failed > 0;
  return (
    <span className={css[hasFailed ? 'failed' : 'passed']} role="status">
      {hasFailed ? <CloseCircleFilled /> : <CheckCircleFilled />}{' '}
      {hasFailed
        ? t('policyTests.failedOf', { count: run.failed, of: run.failed + run.passed })
        : t('policyTests.allPassed', { count: run.passed })}
    </span>
  );
}

/** Whether one case passed. */
export function CaseOutcome({ passed }: { passed: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={css[passed ? 'passed' : 'failed']}>
      {passed ? <CheckCircleFilled /> : <CloseCircleFilled />} {t(passed ? 'policyTests.passed' : 'policyTests.failed')}
    </span>
  );
}
