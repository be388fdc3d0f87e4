import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { SelectFilter, TextFilter } from '../../../ui/filters.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { readPeriod } from '../../../ui/period.js';
import { PeriodFilter } from '../../../ui/PeriodFilter.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { DecisionCharts } from './DecisionCharts.js';
import { RefusalList } from './RefusalList.js';
import css from './decisions.module.css';

/** What the gate allowed and refused over time, and examples of refusals. */
export function DecisionsPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const period = readPeriod(search);
  const purpose = search.get('purpose') ?? '';
  return (
    <Page
      title={t('decisions.figures.title')}
      trail={<Link to="/consent">{t('frame.entries.consent')}</Link>}
      purpose={t('decisions.figures.purpose')}
    >
      <PageTabs of="consent" label={t('consent.tabs')} />
      <Filters />
      <DecisionCharts period={period} purpose={purpose} />
      <RefusalList period={period} />
    </Page>
  );
}

function Filters() {
  const { t } = useTranslation();
  const purposes = useRegistryNames().optionsOf('purposes');
  const label = t('decisions.figures.purposeFilter');
  return (
    <div className={css['filters']}>
      <PeriodFilter />
      {purposes ? (
        <SelectFilter name="purpose" label={label} options={purposes} placeholder={t('consents.everyPurpose')} />
      ) : (
        <TextFilter name="purpose" label={label} width={190} />
      )}
    </div>
  );
}
