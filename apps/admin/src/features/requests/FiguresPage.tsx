import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '@abide/client';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import type { ChartSeries } from '../../ui/chart-scale.js';
import { SelectFilter } from '../../ui/filters.js';
import { Loaded } from '../../ui/Loaded.js';
import { Meter } from '../../ui/Meter.js';
import { Num } from '../../ui/Num.js';
import { Page } from '../../ui/Page.js';
import { PageTabs } from '../../ui/PageTabs.js';
import { Panel } from '../../ui/Panel.js';
import { shortDay, zoneAhead } from '../../ui/time-text.js';
import { TimeChart } from '../../ui/TimeChart.js';
import { ageWords } from './figure-filters.js';
import { requestsKey } from './requests.queries.js';
import css from './requests.module.css';

type Figures = Schemas['RequestStatisticsResponse'];
type Week = Figures['weeks'][number];

const spans = [12, 26, 52] as const;

/** Requests over time: arrivals and answers, how many were in time, how old the open ones are. */
export function FiguresPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const weeks = spans.find((span) => String(span) === search.get('weeks')) ?? 12;
  const figures = useQuery({
    queryKey: [...requestsKey, 'figures', weeks],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/operator/requests/figures', { params: { query: { weeks } }, signal })),
  });
  return (
    <Page title={t('frame.entries.requests')} purpose={t('requests.over.purpose')}>
      <PageTabs of="requests" label={t('frame.entries.requests')} />
      <div className={css['span']}>
        <SelectFilter
          name="weeks"
          label={t('requests.over.span')}
          options={spans.map((span) => ({ value: String(span), label: t('requests.over.weeks', { count: span }) }))}
          placeholder={t('requests.over.weeks', { count: 12 })}
        />
      </div>
      <Loaded query={figures}>{(answer: Figures) => <Charts figures={answer} />}</Loaded>
    </Page>
  );
}

function Charts({ figures: { weeks, ages, utcOffsetHours } }: { figures: Figures }) {
  const { t } = useTranslation();
  const zone = zoneAhead(utcOffsetHours);
  const series = (key: 'arrived' | 'answered'): ChartSeries => ({
    key,
    label: t(`requests.over.${key}`),
    points: weeks.map((week) => ({
      at: week.startsAt,
      value: week[key],
      to: `/requests?${key}In=${shortDay(new Date(week.startsAt), zone)}`,
    })),
  });
  return (
    <>
      <Panel title={t('requests.over.flow')} note={t('requests.over.weekNote')}>
        <TimeChart
          title={t('requests.over.flow')}
          series={[series('arrived'), series('answered')]}
          unit={t('requests.over.unit')}
          zone={zone}
        />
      </Panel>
      <Panel title={t('requests.over.inTime')} note={t('requests.over.inTimeNote')}>
        <TimeChart
          title={t('requests.over.inTime')}
          series={[{ key: 'inTime', label: t('requests.over.inTime'), points: inTimeShares(weeks) }]}
          unit="%"
          across={weeks.map(({ startsAt }) => startsAt)}
          zone={zone}
        />
      </Panel>
      <Panel title={t('requests.over.ages')}>
        <Ages ages={ages} />
      </Panel>
    </>
  );
}

/** Weeks in which nothing was answered have no share. */
function inTimeShares(weeks: readonly Week[]): ChartSeries['points'] {
  return weeks.flatMap(({ startsAt, inTime, timed }) =>
    timed === 0 ? [] : [{ at: startsAt, value: (inTime / timed) * 100 }],
  );
}

function Ages({ ages }: { ages: Figures['ages'] }) {
  const { t } = useTranslation();
  const all = ages.reduce((sum, { count }) => sum + count, 0);
  const rows = ages.map(({ upToDays, count }) => {
    const age = String(upToDays ?? 'older');
    return { age, count, label: ageWords(age, t) };
  });
  return (
    <table className={css['table']}>
      <thead>
        <tr>
          <th scope="col">{t('requests.over.age')}</th>
          <th scope="col" className={css['count']}>
            {t('requests.over.unit')}
          </th>
          <th scope="col">{t('requests.over.share')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ age, count, label }) => (
          <tr key={age}>
            <th scope="row">{label}</th>
            <td className={css['count']}>
              <Link to={`/requests?age=${age}`}>
                <Num value={count} />
              </Link>
            </td>
            <td>
              <Meter label={label} value={count} of={all} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
