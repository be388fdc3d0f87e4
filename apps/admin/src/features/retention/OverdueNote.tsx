import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Num } from '../../ui/Num.js';
import css from '../../ui/Rows.module.css';
import type { RetentionStanding } from './retention.queries.js';
import { useKindName } from './use-kind-name.js';

type Overdue = RetentionStanding['overdue'];

/** What is older than its term; nothing where nothing is. */
export function OverdueNote({ overdue }: { overdue: Overdue }) {
  const { t } = useTranslation();
  if (overdue.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('retention.overdue', { count: overdue.reduce((sum, { records }) => sum + records, 0) })}
      description={<OverdueRows overdue={overdue} />}
    />
  );
}

/** By kind of data. */
export function OverdueRows({ overdue }: { overdue: Overdue }) {
  const kindOf = useKindName();
  return (
    <ul className={css['rows']}>
      {overdue.map(({ holder, category, records }) => (
        <li key={`${holder} ${category}`}>
          <span>{kindOf(category)}</span>
          <Num value={records} />
        </li>
      ))}
    </ul>
  );
}
