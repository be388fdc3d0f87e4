import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../../api/client.js';
import type { DecisionSummary } from '../consent.types.js';
import { useDevelopment } from '../../../ui/development.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Num } from '../../../ui/Num.js';
import { Panel } from '../../../ui/Panel.js';
import { spanOf, type Period } from '../../../ui/period.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { zoneAhead } from '../../../ui/time-text.js';
import { TimeChart } from '../../../ui/TimeChart.js';
import { outcomeSeries, reasonSeries } from './decision-series.js';
import css from './decisions.module.css';

const mostRows = 12;

/** Allowed against refused, refused by reason, and what was asked most, in one period. */
export function DecisionCharts({ period, purpose }: { period: Period; purpose: string }) {
  const { t } = useTranslation();
  const { exists, now } = useDevelopment();
  const summary = useQuery({
    queryKey: ['decisions', 'summary', period, purpose, exists],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/operator/decisions/summary', {
          params: { query: { ...spanOf(period, now()), ...(purpose ? { purpose } : {}) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const labelOf = (code: string) => t(`decisions.codes.${code}`, { defaultValue: code });
  return (
    <Loaded query={summary}>
      {(counted) => {
        const reasons = reasonSeries(counted, labelOf);
        const zone = counted.bucket === 'day' ? zoneAhead(counted.utcOffsetHours) : undefined;
        return (
          <>
            <Panel title={t('decisions.figures.outcome')} note={t('decisions.figures.counted')}>
              <TimeChart
                zone={zone}
                title={t('decisions.figures.outcome')}
                unit={t('decisions.figures.unit')}
                series={outcomeSeries(counted, {
                  allowed: t('decisions.figures.allowed'),
                  refused: t('decisions.figures.refused'),
                })}
              />
            </Panel>
            <Panel title={t('decisions.figures.reasons')}>
              {reasons.length === 0 ? (
                <EmptyState text={t('decisions.figures.noReasons')} />
              ) : (
                <TimeChart
                  zone={zone}
                  title={t('decisions.figures.reasons')}
                  unit={t('decisions.figures.unit')}
                  series={reasons}
                />
              )}
            </Panel>
            {counted.counts.length > 0 && <MostAsked counts={counted.counts} labelOf={labelOf} />}
          </>
        );
      }}
    </Loaded>
  );
}

function MostAsked({ counts, labelOf }: { counts: DecisionSummary['counts']; labelOf: (code: string) => string }) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  return (
    <Panel title={t('decisions.figures.most')}>
      <div className={css['most']} role="region" aria-label={t('decisions.figures.most')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('decisions.figures.purposeFilter')}</th>
              <th scope="col">{t('decisions.figures.category')}</th>
              <th scope="col">{t('decisions.figures.code')}</th>
              <th scope="col">{t('decisions.figures.count')}</th>
            </tr>
          </thead>
          <tbody>
            {counts.slice(0, mostRows).map(({ purpose, category, code, decisions }) => (
              <tr key={`${purpose} ${category} ${code}`}>
                <td>{purpose === '' ? <span aria-hidden>–</span> : nameOf('purposes', purpose)}</td>
                <td>{category === '' ? <span aria-hidden>–</span> : nameOf('categories', category)}</td>
                <td>{labelOf(code)}</td>
                <td>
                  <Num value={decisions} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
