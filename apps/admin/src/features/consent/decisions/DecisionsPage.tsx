import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { SelectFilter, TextFilter } from '../../../ui/filters.js';
import { withFilter } from '../../../ui/list-state.js';
import { Page } from '../../../ui/Page.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { ConsentTabs } from '../ConsentTabs.js';
import { DecisionCharts } from './DecisionCharts.js';
import { periods, readPeriod } from './period.js';
import { RefusalList } from './RefusalList.js';
import css from './decisions.module.css';

/** What the gate allowed and refused over time, and examples of refusals. */
export function DecisionsPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const period = readPeriod(search);
  const purpose = search.get('purpose') ?? '';
  return (
    <Page title={t('decisions.figures.title')} trail={<Link to="/consent">{t('frame.entries.consent')}</Link>} purpose={t('decisions.figures.purpose')}>
      <ConsentTabs />
      <Filters />
      <DecisionCharts period={period} purpose={purpose} />
      <RefusalList period={period} />
    </Page>
  );
}

function Filters() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const purposes = useRegistryNames().optionsOf('purposes');
  const label = t('decisions.figures.purposeFilter');
  return (
    <div className={css['filters']}>
      <Segmented
        className={css['periods'] ?? ''}
        aria-label={t('decisions.figures.period')}
        options={periods.map((period) => ({ value: period, label: t(`decisions.figures.periods.${period}`) }))}
        value={readPeriod(search)}
        onChange={(period) => setSearch(withFilter(search, 'period', period))}
      />
      {purposes ? <SelectFilter name="purpose" label={label} options={purposes} placeholder={t('consents.everyPurpose')} /> : <TextFilter name="purpose" label={label} width={190} />}
    </div>
  );
}
