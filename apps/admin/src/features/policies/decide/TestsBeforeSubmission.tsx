import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PolicyTestRun } from '../policies.types.js';
import type { Revision } from '../../../api/types.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Panel } from '../../../ui/Panel.js';
import { keptTestsRunQuery } from '../tests/policy-tests.queries.js';
import { TestCaseTable } from '../tests/TestCaseTable.js';
import { WhyNotCompiled } from '../tests/TestRun.js';
import { TestOutcome } from '../tests/TestOutcome.js';

/** How the kept tests end on the draft, with those that fail named: they do not refuse the submission, they are said before it. */
export function TestsBeforeSubmission({ revision }: { revision: Revision }) {
  const run = useQuery(keptTestsRunQuery(revision.policy.slug));
  return <Loaded query={run}>{(found) => <Outcome run={found} revision={revision} />}</Loaded>;
}

function Outcome({ run, revision }: { run: PolicyTestRun | null; revision: Revision }) {
  const { t } = useTranslation();
  const link = (
    <Link to={`/revisions/${revision.id}/tests`}>{t(run ? 'policyTests.openTests' : 'policyTests.writeTests')}</Link>
  );
  if (!run) {
    return (
      <Panel title={t('policies.tabs.tests')} extra={link}>
        <p>{t('policyTests.noneForSubmission')}</p>
      </Panel>
    );
  }
  const failing = run.cases.filter(({ passed }) => !passed);
  return (
    <Panel
      title={t('policies.tabs.tests')}
      note={run.failed > 0 ? t('policyTests.failingForSubmission') : t('policyTests.countedForSubmission')}
      extra={link}
    >
      <TestOutcome run={run} />
      {run.problems.length > 0 && <WhyNotCompiled problems={run.problems} />}
      {failing.length > 0 && <TestCaseTable cases={failing} />}
    </Panel>
  );
}
