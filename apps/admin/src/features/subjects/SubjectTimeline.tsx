import { useQuery } from '@tanstack/react-query';
import { Skeleton, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Subject } from '../../api/types.js';
import { ErrorState } from '../../ui/ErrorState.js';
import { Panel } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import { timelineOf, type Happening } from './subject-timeline.js';
import { acceptancesQuery, noticesQuery } from './subjects.queries.js';

/** What happened around the subject, newest first. */
export function SubjectTimeline({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const acceptances = useQuery(acceptancesQuery(subject.id));
  const notices = useQuery(noticesQuery(subject.id));
  const failed = [acceptances, notices].find(({ isError }) => isError);
  return (
    <Panel title={t('subjects.timeline')}>
      {failed && <ErrorState error={failed.error} retry={() => void failed.refetch()} />}
      {acceptances.isPending || notices.isPending ? (
        <Skeleton active />
      ) : (
        <Timeline
          items={timelineOf(subject, acceptances.data ?? [], notices.data ?? []).map((happening, index) => ({
            key: index,
            content: <Entry happening={happening} />,
          }))}
        />
      )}
    </Panel>
  );
}

function Entry({ happening: { at, what, revision, notice } }: { happening: Happening }) {
  const { t } = useTranslation();
  return (
    <>
      <div>
        {t(`subjects.happenings.${what}`)}
        {revision && ` · ${t('campaigns.ofRevision', revision)}`}
        {notice && ` · ${t(`subjects.noticeKinds.${notice}`)}`}
      </div>
      <div className="secondary">
        <Time at={at} />
      </div>
    </>
  );
}
