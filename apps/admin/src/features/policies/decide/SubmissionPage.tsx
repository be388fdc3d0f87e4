import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Revision } from '../../../api/types.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Panel } from '../../../ui/Panel.js';
import { StateTag } from '../../../ui/StateTag.js';
import { DifferenceTable } from '../compare/DifferenceTable.js';
import { comparisonQuery } from '../policies.queries.js';
import { CommentForm } from './CommentForm.js';
import { DecidePage } from './DecidePage.js';
import { TestsBeforeSubmission } from './TestsBeforeSubmission.js';
import css from './decide.module.css';

/** Hands a draft to a second pair of eyes. */
export function SubmissionPage() {
  return <DecidePage act="submission">{(revision) => <Submission revision={revision} />}</DecidePage>;
}

function Submission({ revision }: { revision: Revision }) {
  const { t } = useTranslation();
  const comparison = useQuery(comparisonQuery(revision.id, 'inForce'));
  return (
    <>
      {revision.hasUnknownAuthor && (
        <Alert
          type="warning"
          showIcon
          title={t('policies.decide.submission.unknownAuthor')}
          description={t('policies.decide.submission.takesOver')}
        />
      )}
      {revision.problems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('policies.decide.submission.warnings', { count: revision.problems.length })}
          description={
            <ul className={css['follows']}>
              {revision.problems.map(({ path, code, message }) => (
                <li key={`${path} ${code}`}>{message}</li>
              ))}
            </ul>
          }
        />
      )}
      <Loaded query={comparison}>
        {({ materiality, differences, clauses }) => (
          <Panel
            title={t('policies.materialitySoFar')}
            note={t(`policies.follows.${materiality}`)}
            extra={<StateTag state={materiality} />}
          >
            {differences.length > 0 && <DifferenceTable differences={differences} clauses={clauses} />}
          </Panel>
        )}
      </Loaded>
      <TestsBeforeSubmission revision={revision} />
      {comparison.data && <CommentForm revision={revision} acts={['submission']} warnings={comparison.data.warnings} />}
    </>
  );
}
