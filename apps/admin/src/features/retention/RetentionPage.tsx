import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import type { Column } from '../../ui/column.js';
import { DataTable } from '../../ui/DataTable.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { KeptFor } from '../../ui/KeptFor.js';
import { LinkButton } from '../../ui/LinkButton.js';
import { Loaded } from '../../ui/Loaded.js';
import { Page } from '../../ui/Page.js';
import { PageTabs } from '../../ui/PageTabs.js';
import { Panel } from '../../ui/Panel.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { zoneAhead } from '../../ui/time-text.js';
import { Time } from '../../ui/Time.js';
import { TimeChart } from '../../ui/TimeChart.js';
import { forecastSeries } from './forecast-series.js';
import { OverdueNote } from './OverdueNote.js';
import { forecastQuery, retentionKey, standingQuery, type Forecast, type Schedule } from './retention.queries.js';
import { useKindName } from './use-kind-name.js';

/** How long each kind of data stays, and how much of it falls due when. */
export function RetentionPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t('retention.title')}
      trail={<Link to="/collection">{t('frame.entries.collection')}</Link>}
      purpose={t('retention.purpose')}
    >
      <PageTabs of="collection" label={t('collection.tabs')} />
      <Loaded query={useQuery(standingQuery)}>{({ overdue }) => <OverdueNote overdue={overdue} />}</Loaded>
      <Loaded query={useQuery(forecastQuery)}>{(forecast) => <WhatFallsDue forecast={forecast} />}</Loaded>
      <Schedules />
    </Page>
  );
}

function WhatFallsDue({ forecast: { countedAt, months } }: { forecast: Forecast }) {
  const { t } = useTranslation();
  const nameOf = useKindName();
  const title = t('retention.forecast');
  if (countedAt === null)
    return (
      <Panel title={title}>
        <EmptyState text={t('retention.noForecast')} />
      </Panel>
    );
  const note = (
    <>
      {t('retention.forecastNote')} <Time at={countedAt} />
    </>
  );
  return (
    <Panel title={title} note={note}>
      <TimeChart
        as="stacked"
        title={title}
        unit={t('retention.records')}
        zone={zoneAhead(0)}
        series={forecastSeries(months, { nameOf, other: t('retention.otherKinds') })}
      />
    </Panel>
  );
}

function Schedules() {
  const { t } = useTranslation();
  return (
    <DataTable
      name="retention-schedules"
      label={t('retention.schedules')}
      columns={useScheduleColumns()}
      rowKey={({ category, service, purposes, policy, clauseId }) =>
        JSON.stringify([category, service, purposes, policy, clauseId])
      }
      queryKey={[...retentionKey, 'schedules']}
      load={({ signal }) => answerOf(api.GET('/api/v1/operator/retention/schedules', { signal }))}
      empty={{
        text: t('retention.empty'),
        action: <LinkButton to="/policies">{t('frame.entries.policies')}</LinkButton>,
      }}
    />
  );
}

function useScheduleColumns(): Column<Schedule>[] {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  return [
    {
      key: 'category',
      title: t('retention.category'),
      fixed: true,
      render: ({ category }) => nameOf('categories', category),
      csv: ({ category }) => category,
      sortBy: ({ category }) => nameOf('categories', category),
    },
    {
      key: 'service',
      title: t('retention.service'),
      render: ({ service }) => (service === null ? t('retention.everyService') : nameOf('services', service)),
      csv: ({ service }) => service,
    },
    {
      key: 'kept',
      title: t('retention.kept'),
      wraps: true,
      render: (schedule) => <KeptFor keeping={schedule} />,
      csv: ({ period, until, then, policy, revision, clauseId }) =>
        [period ?? until, then, policy, revision, clauseId].join(' '),
    },
  ];
}
