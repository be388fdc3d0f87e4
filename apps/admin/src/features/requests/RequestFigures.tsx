import type { Schemas } from '@abide/client';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Num } from '../../ui/Num.js';
import { Panel } from '../../ui/Panel.js';
import css from '../../ui/Rows.module.css';

type Figure = Schemas['RequestFigureResponse'];

/** The filters that show in the queue what a figure counts. */
const filters: Readonly<Record<Figure['figure'], string>> = {
  overdue: 'due=overdue',
  dueToday: 'due=today',
  dueThisWeek: 'due=week',
  second: 'only=second',
  officer: 'only=officer',
  appeals: 'only=appeals',
  assigned: 'assignee=me',
  unassigned: 'assignee=nobody&state=open',
  unreachable: 'only=unreachable',
  manual: 'only=manual',
  awaitingSubject: 'state=awaitingSubject',
};

/** How many requests are overdue, due today, mine: each leads to them. */
export function RequestFigures({ rows }: { rows: readonly Figure[] }) {
  const { t } = useTranslation();
  return (
    <ul className={css['rows']}>
      {rows.map(({ figure, count }) => (
        <li key={figure}>
          <Link to={`/requests?${filters[figure]}`}>{t(`requests.figures.${figure}`)}</Link>
          <Num value={count} />
        </li>
      ))}
    </ul>
  );
}

/** The same for whoever reads requests and answers none. */
export function StandingFigures({ rows }: { rows: readonly Figure[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <Panel title={t('frame.entries.requests')}>
      <RequestFigures rows={rows} />
    </Panel>
  );
}
