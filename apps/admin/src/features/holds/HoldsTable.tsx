import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import type { Column } from '../../ui/column.js';
import { DataTable } from '../../ui/DataTable.js';
import { SelectFilter } from '../../ui/filters.js';
import { Time } from '../../ui/Time.js';
import { holdsKey, states, type HoldLine } from './holds.queries.js';
import { HoldStateTag, useCovered } from './HoldTags.js';

interface Props {
  /** Of this person alone. */
  readonly subjectId?: string;
  readonly empty: { readonly text: string; readonly action?: ReactNode };
}

/** Holds, newest first. */
export function HoldsTable({ subjectId, empty }: Props) {
  const { t } = useTranslation();
  const columns = useHoldColumns();
  return (
    <DataTable
      name="holds"
      label={t('frame.entries.holds')}
      columns={subjectId === undefined ? columns : columns.filter(({ key }) => key !== 'person')}
      rowKey={({ id }) => id}
      queryKey={[...holdsKey, 'list', subjectId]}
      filterNames={['state']}
      filters={
        <SelectFilter
          name="state"
          label={t('holds.state')}
          options={states.map((value) => ({ value, label: t(`holds.states.${value}`) }))}
        />
      }
      load={({ filters, cursor, signal }) =>
        answerOf(
          api.GET('/api/v1/operator/holds', {
            params: { query: { ...filters, ...(subjectId ? { subjectId } : {}), ...(cursor ? { cursor } : {}) } },
            signal,
          }),
        )
      }
      empty={empty}
    />
  );
}

function useHoldColumns(): Column<HoldLine>[] {
  const { t } = useTranslation();
  const covered = useCovered();
  return [
    {
      key: 'article',
      title: t('holds.article'),
      fixed: true,
      wraps: true,
      render: ({ id, article }) => <Link to={`/holds/${id}`}>{article}</Link>,
      csv: ({ article }) => article,
    },
    {
      key: 'person',
      title: t('holds.person'),
      render: ({ subjectId, displayName }) => (
        <Link to={`/subjects/${subjectId}`}>{displayName ?? t('holds.unnamed')}</Link>
      ),
      csv: ({ displayName }) => displayName,
    },
    {
      key: 'ground',
      title: t('holds.ground'),
      render: ({ ground }) => t(`holds.grounds.${ground}`),
      csv: ({ ground }) => t(`holds.grounds.${ground}`),
    },
    { key: 'covers', title: t('holds.covers'), wraps: true, render: covered, csv: covered },
    {
      key: 'until',
      title: t('holds.until'),
      render: ({ until }) => <Time at={until} />,
      csv: ({ until }) => until,
    },
    {
      key: 'state',
      title: t('holds.state'),
      render: ({ state }) => <HoldStateTag state={state} />,
      csv: ({ state }) => t(`holds.states.${state}`),
    },
    {
      key: 'told',
      title: t('holds.told'),
      render: ({ barredArticle }) => t(barredArticle === null ? 'holds.seen' : 'holds.barred'),
      csv: ({ barredArticle }) => t(barredArticle === null ? 'holds.seen' : 'holds.barred'),
    },
    {
      key: 'placedAt',
      title: t('holds.placedAt'),
      render: ({ placedAt }) => <Time at={placedAt} />,
      csv: ({ placedAt }) => placedAt,
    },
  ];
}
