import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { withFilter } from './list-state.js';
import { periods, readPeriod, type Period } from './period.js';

/** How far back figures go; it is in the address. */
export function PeriodFilter({ otherwise = 'day' }: { otherwise?: Period }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  return (
    <Segmented
      style={{ maxWidth: '100%', overflowX: 'auto' }}
      aria-label={t('ui.period')}
      options={periods.map((period) => ({ value: period, label: t(`ui.periods.${period}`) }))}
      value={readPeriod(search, otherwise)}
      onChange={(period) => setSearch(withFilter(search, 'period', period))}
    />
  );
}
