import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useDevelopment } from '../../../ui/development.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { readPeriod } from '../../../ui/period.js';
import { PeriodFilter } from '../../../ui/PeriodFilter.js';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import { ingestQuery } from '../collection.queries.js';
import { IngestStatistics } from './IngestStatistics.js';

const firstPeriod = 'hour';

/** What comes in and what becomes of it, as it happens. */
export function LivePage() {
  const { t } = useTranslation();
  const { now } = useDevelopment();
  const [search] = useSearchParams();
  const summary = useQuery(ingestQuery(readPeriod(search, firstPeriod), now));
  return (
    <Page title={t('frame.entries.collection')} purpose={t('collection.live.purpose')}>
      <PageTabs of="collection" label={t('collection.tabs')} />
      <div>
        <PeriodFilter otherwise={firstPeriod} />
      </div>
      {summary.isRefetchError && <ProblemAlert error={summary.error} />}
      <Loaded query={summary}>{(counted) => <IngestStatistics counted={counted} />}</Loaded>
    </Page>
  );
}
