import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client.js';
import type { Column } from '../../ui/column.js';
import { DataTable } from '../../ui/DataTable.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { Num } from '../../ui/Num.js';
import { Time } from '../../ui/Time.js';
import { retentionKey, type RetentionRun } from './retention.queries.js';
import { useKindName } from './use-kind-name.js';

const tones = {
  asked: 'processing',
  running: 'processing',
  waiting: 'warning',
  done: 'default',
  approved: 'default',
  superseded: 'default',
} as const;

/** Runs, newest first. */
export function RunsTable() {
  const { t } = useTranslation();
  return (
    <DataTable
      name="retention-runs"
      label={t('retention.runs.title')}
      columns={useRunColumns()}
      rowKey={({ id }) => id}
      queryKey={[...retentionKey, 'runs']}
      load={({ cursor, signal }) =>
        answerOf(api.GET('/api/v1/operator/retention/runs', { params: { query: cursor ? { cursor } : {} }, signal }))
      }
      empty={{
        text: t('retention.runs.empty'),
        action: <LinkButton to="/collection/retention">{t('retention.title')}</LinkButton>,
      }}
    />
  );
}

function useRunColumns(): Column<RetentionRun>[] {
  const { t } = useTranslation();
  const kindOf = useKindName();
  const words = ({ isDry }: RetentionRun) => t(isDry ? 'retention.runs.dry' : 'retention.runs.real');
  const why = ({ reason, askedBy }: RetentionRun) =>
    reason === 'operator' || reason === 'approval'
      ? t(`retention.runs.reasons.${reason}`, { by: askedBy ?? t('retention.runs.somebody') })
      : t(`retention.runs.reasons.${reason}`);
  const kinds = ({ categories }: RetentionRun) =>
    categories.map(({ category, records }) => `${kindOf(category)} ${records}`).join('; ');
  return [
    {
      key: 'when',
      title: t('retention.runs.when'),
      fixed: true,
      render: ({ askedAt }) => <Time at={askedAt} />,
      csv: ({ askedAt }) => askedAt,
    },
    { key: 'what', title: t('retention.runs.what'), render: words, csv: words },
    {
      key: 'state',
      title: t('retention.runs.state'),
      render: (run) => <State run={run} />,
      csv: ({ state }) => t(`retention.runs.states.${state}`),
    },
    { key: 'why', title: t('retention.runs.why'), wraps: true, render: why, csv: why },
    {
      key: 'records',
      title: t('retention.runs.records'),
      render: ({ records }) => <Num value={records} />,
      csv: ({ records }) => records,
      align: 'end',
    },
    {
      key: 'spared',
      title: t('retention.runs.spared'),
      render: ({ spared }) => <Num value={spared} />,
      csv: ({ spared }) => spared,
      align: 'end',
    },
    { key: 'kinds', title: t('retention.runs.kinds'), wraps: true, render: kinds, csv: kinds },
  ];
}

function State({ run: { state, failed, approvedBy } }: { run: RetentionRun }) {
  const { t } = useTranslation();
  return (
    <>
      <Tag color={tones[state]}>{t(`retention.runs.states.${state}`)}</Tag>
      {approvedBy !== null && <span className="secondary">{t('retention.runs.approvedBy', { by: approvedBy })}</span>}
      {failed.length > 0 && <Tag color="error">{t('retention.runs.failed', { count: failed.length })}</Tag>}
    </>
  );
}
