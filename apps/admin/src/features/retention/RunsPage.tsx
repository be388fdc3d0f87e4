import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePermission } from '../../session/permissions.js';
import { Loaded } from '../../ui/Loaded.js';
import { Page } from '../../ui/Page.js';
import { PageTabs } from '../../ui/PageTabs.js';
import { Time } from '../../ui/Time.js';
import { useProblem } from '../../ui/use-problem.js';
import { OverdueNote } from './OverdueNote.js';
import { standingQuery, useApproveRun, useStartRun, type RetentionStanding } from './retention.queries.js';
import { RunsTable } from './RunsTable.js';

/** What was deleted when it was due, what a dry run found, and what waits for somebody to look. */
export function RunsPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t('retention.runs.title')}
      trail={<Link to="/collection">{t('frame.entries.collection')}</Link>}
      purpose={t('retention.runs.purpose')}
      actions={<StartDryRun />}
    >
      <PageTabs of="collection" label={t('collection.tabs')} />
      <Loaded query={useQuery(standingQuery)}>{(standing) => <Standing standing={standing} />}</Loaded>
      <RunsTable />
    </Page>
  );
}

function StartDryRun() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const start = useStartRun();
  if (!usePermission('retention.run')) return null;
  return (
    <Button
      loading={start.isPending}
      onClick={() =>
        start.mutate(true, {
          onSuccess: () => void message.success(t('retention.runs.asked')),
          onError: (error) => showProblem(error),
        })
      }
    >
      {t('retention.runs.startDry')}
    </Button>
  );
}

function Standing({ standing: { sweptAt, waitingRunId, waitingRecords, overdue } }: { standing: RetentionStanding }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="secondary">
        {t('retention.runs.sweptAt')} {sweptAt === null ? t('retention.runs.never') : <Time at={sweptAt} />}
      </p>
      {waitingRunId !== null && (
        <Alert
          type="warning"
          showIcon
          title={t('retention.waits', { count: waitingRecords })}
          description={t('retention.runs.waitsNote')}
          action={<Approve id={waitingRunId} records={waitingRecords} />}
        />
      )}
      <OverdueNote overdue={overdue} />
    </>
  );
}

/** What goes is gone for good, so it is said once more how much that is. */
function Approve({ id, records }: { id: string; records: number }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const showProblem = useProblem();
  const approve = useApproveRun();
  if (!usePermission('retention.run')) return null;
  const send = () =>
    approve.mutate(id, {
      onSuccess: () => void message.success(t('retention.runs.approved')),
      onError: (error) => showProblem(error),
    });
  return (
    <Popconfirm
      title={t('retention.runs.sure', { count: records })}
      okText={t('retention.runs.delete')}
      okButtonProps={{ danger: true }}
      onConfirm={send}
    >
      <Button danger loading={approve.isPending}>
        {t('retention.runs.approve')}
      </Button>
    </Popconfirm>
  );
}
