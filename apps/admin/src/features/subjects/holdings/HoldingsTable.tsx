import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DataTable } from '../../../ui/DataTable.js';
import type { Column } from '../../../ui/column.js';
import { Num } from '../../../ui/Num.js';
import { Time } from '../../../ui/Time.js';
import { CategoryCell, KeptCell, WhyCell } from './holding-cells.js';
import { holdingsKey, loadHoldings, type HeldRow } from './holdings.queries.js';

/** What is held, category by category. Records are counted; none is shown. */
export function HoldingsTable({ subjectId }: { subjectId: string }) {
  const { t } = useTranslation();
  return (
    <DataTable
      name="holdings"
      label={t('subjects.tabs.holdings')}
      columns={useHoldingColumns()}
      rowKey={({ category, device }) => `${device?.id ?? ''} ${category}`}
      queryKey={holdingsKey(subjectId)}
      load={async ({ signal }) => ({ items: await loadHoldings(subjectId, signal), nextCursor: null })}
      empty={{ text: t('holdings.empty') }}
    />
  );
}

function useHoldingColumns(): Column<HeldRow>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'category',
      title: t('holdings.category'),
      fixed: true,
      render: (row) => <CategoryAndDevice row={row} />,
      csv: ({ category, device }) => (device ? `${category} (${device.id})` : category),
      sortBy: ({ category, device }) => `${device?.id ?? ''} ${category}`,
    },
    {
      key: 'count',
      title: t('holdings.count'),
      align: 'end',
      render: ({ count }) => <Num value={count} />,
      csv: ({ count }) => count,
      sortBy: ({ count }) => count,
    },
    {
      key: 'since',
      title: t('holdings.since'),
      render: ({ since }) => <Time at={since} />,
      csv: ({ since }) => since,
      sortBy: ({ since }) => since ?? '',
    },
    {
      key: 'until',
      title: t('holdings.until'),
      render: (row) => <KeptCell holding={row} />,
      csv: ({ until, due }) => (due ? `${until ?? ''} (${due.count} due since ${due.since})` : until),
      sortBy: ({ until }) => until ?? '',
    },
    { key: 'why', title: t('holdings.why'), fixed: true, render: (row) => <WhyCell holding={row} />, csv: whyInWords },
  ];
}

/** Whose it is stands with what it is: a person's own, or that of a device that they linked. */
function CategoryAndDevice({ row }: { row: HeldRow }) {
  const { t } = useTranslation();
  return (
    <>
      <CategoryCell holding={row} />
      {row.device && (
        <div className="secondary">
          <Link to={`/subjects/${row.device.id}`}>{t('holdings.linkedDevice')}</Link> {t('holdings.linkedSince')}{' '}
          <Time at={row.device.linkedAt} />
          {row.device.endedAt && (
            <>
              {' '}
              {t('holdings.linkedUntil')} <Time at={row.device.endedAt} />
            </>
          )}
        </div>
      )}
    </>
  );
}

function whyInWords({ clauses }: HeldRow): string {
  return clauses
    .map(({ policy, revision, clauseId, purposes }) => `${policy} ${revision} ${clauseId}: ${purposes.join(' ')}`)
    .join('; ');
}
