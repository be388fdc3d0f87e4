import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PolicyProblem, PolicyTestRun } from '../policies.types.js';
import type { Revision } from '../../../api/types.js';
import { useLocalized } from '../../../i18n/language.js';
import { Panel } from '../../../ui/Panel.js';
import { TestCaseTable } from './TestCaseTable.js';
import { TestOutcome } from './TestOutcome.js';
import css from './tests.module.css';

interface Props {
  readonly run: PolicyTestRun;
  /** The revision whose page this is; the tests run on what is being prepared, which may be another. */
  readonly revision: Revision;
  readonly isOutdated: boolean;
}

/** What came of the tests, case by case, and which text they were run on. */
export function TestRun({ run, revision, isOutdated }: Props) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('policyTests.result')}
      extra={<TestOutcome run={run} />}
      note={<RanOn run={run} revision={revision} />}
    >
      {isOutdated && <Alert type="info" showIcon title={t('policyTests.outdated')} />}
      {run.problems.length > 0 && <WhyNotCompiled problems={run.problems} />}
      {run.cases.length > 0 && <TestCaseTable cases={run.cases} />}
    </Panel>
  );
}

function RanOn({ run, revision }: Pick<Props, 'run' | 'revision'>) {
  const { t } = useTranslation();
  if (run.revisionId === revision.id) return <>{t('policyTests.ranOn', { number: run.number })}</>;
  return (
    <>
      {t('policyTests.ranOnAnother', { number: run.number })}{' '}
      <Link to={`/revisions/${run.revisionId}/tests`}>{t('policies.openRevision', { number: run.number })}</Link>
    </>
  );
}

/** The text does not compile: no case was run, and this is why. */
export function WhyNotCompiled({ problems }: { problems: readonly PolicyProblem[] }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const list = (
    <ul className={css['why']}>
      {problems.map(({ path, code, message }, index) => (
        <li key={`${path} ${code} ${index}`}>
          {localized(message)} <span className="code secondary">{path}</span>
        </li>
      ))}
    </ul>
  );
  return <Alert type="error" showIcon title={t('policyTests.notCompiled')} description={list} />;
}
