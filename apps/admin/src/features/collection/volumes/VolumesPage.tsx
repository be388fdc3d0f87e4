import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answerOf, api } from '../../../api/client.js';
import { DataTable } from '../../../ui/DataTable.js';
import { useDevelopment } from '../../../ui/development.js';
import { LinkButton } from '../../../ui/LinkButton.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { readPeriod, spanOf } from '../../../ui/period.js';
import { PeriodFilter } from '../../../ui/PeriodFilter.js';
import { Time } from '../../../ui/Time.js';
import { useVolumeColumns } from './volume-columns.js';
import { volumeRows } from './volume-rows.js';
import css from '../collection.module.css';

const volumesKey = ['collection', 'volumes'] as const;
const loadVolumes = (signal: AbortSignal) => answerOf(api.GET('/api/v1/operator/telemetry/volumes', { signal }));

/** How much is stored of each category, for which services, how long, and what came in lately. */
export function VolumesPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t('collection.volumes.title')}
      trail={<Link to="/collection">{t('frame.entries.collection')}</Link>}
      purpose={t('collection.volumes.purpose')}
    >
      <PageTabs of="collection" label={t('collection.tabs')} />
      <CountedAt />
      <VolumeTable />
    </Page>
  );
}

function CountedAt() {
  const { t } = useTranslation();
  const asOf = useQuery({ queryKey: volumesKey, queryFn: ({ signal }) => loadVolumes(signal) }).data?.asOf;
  return asOf ? (
    <p className={css['asOf']}>
      {t('collection.volumes.asOf')} <Time at={asOf} />
    </p>
  ) : null;
}

function VolumeTable() {
  const { t } = useTranslation();
  const { exists, now } = useDevelopment();
  const [search] = useSearchParams();
  const period = readPeriod(search);
  const load = async ({ signal }: { signal: AbortSignal }) => {
    const [volumes, summary] = await Promise.all([
      loadVolumes(signal),
      answerOf(api.GET('/api/v1/operator/telemetry/summary', { params: { query: spanOf(period, now()) }, signal })),
    ]);
    return { items: volumeRows(volumes.items, summary.byCategory) };
  };
  return (
    <DataTable
      name="volumes"
      label={t('collection.volumes.title')}
      columns={useVolumeColumns()}
      rowKey={({ category }) => category}
      queryKey={[...volumesKey, period, exists]}
      filters={<PeriodFilter />}
      load={load}
      empty={{
        text: t('collection.volumes.empty'),
        action: <LinkButton to="/collection/schemas">{t('collection.live.howToSend')}</LinkButton>,
      }}
    />
  );
}
