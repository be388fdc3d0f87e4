import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../../ui/Panel.js';
import css from '../../ui/Rows.module.css';
import { OverdueRows } from './OverdueNote.js';
import type { RetentionStanding } from './retention.queries.js';

interface Props {
  readonly rows: readonly RetentionStanding[];
}

/** A dry run that somebody is to look at before anything is deleted. */
export function WaitingRun({ rows }: Props) {
  const { t } = useTranslation();
  return (
    <ul className={css['rows']}>
      {rows.map(({ waitingRunId, waitingRecords }) => (
        <li key={waitingRunId}>
          <Link to="/collection/retention/runs">{t('retention.waits', { count: waitingRecords })}</Link>
        </li>
      ))}
    </ul>
  );
}

/** What is older than its term. */
export function Overdue({ rows: [standing] }: Props) {
  const { t } = useTranslation();
  if (!standing || standing.overdue.length === 0) return null;
  const toRuns = <Link to="/collection/retention/runs">{t('retention.runs.title')}</Link>;
  return (
    <Panel title={t('retention.overdueTitle')} extra={toRuns}>
      <OverdueRows overdue={standing.overdue} />
    </Panel>
  );
}
