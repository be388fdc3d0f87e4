import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Revision } from '../../../api/types.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Panel } from '../../../ui/Panel.js';
import { ComparisonView } from '../compare/ComparisonView.js';
import { comparisonQuery, noticePreviewQuery } from '../policies.queries.js';
import { AnsweredWarnings } from '../AnsweredWarnings.js';
import { CommentForm } from './CommentForm.js';
import { DecidePage } from './DecidePage.js';
import { NoticePreviewView } from './NoticePreviewView.js';

/** What a second operator reads before saying yes: what changes, what people will be told, and nothing else. */
export function ApprovalPage() {
  return <DecidePage act="approval">{(revision) => <Approval revision={revision} />}</DecidePage>;
}

function Approval({ revision }: { revision: Revision }) {
  const { t } = useTranslation();
  const comparison = useQuery(comparisonQuery(revision.id, 'inForce'));
  const notice = useQuery(noticePreviewQuery(revision.id));
  return (
    <>
      {revision.hasUnknownAuthor && (
        <Alert
          type="warning"
          showIcon
          title={t('policies.decide.submission.unknownAuthor')}
          description={t('policies.decide.approval.takenOver')}
        />
      )}
      <Loaded query={comparison}>{(found) => <ComparisonView comparison={found} />}</Loaded>
      <AnsweredWarnings revision={revision} />
      <Panel title={t('policies.notice.title')} note={t('policies.notice.note')}>
        <Loaded query={notice}>{(found) => <NoticePreviewView notice={found} />}</Loaded>
      </Panel>
      {comparison.data && <CommentForm revision={revision} acts={['rejection', 'approval']} />}
    </>
  );
}
