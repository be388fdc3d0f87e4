import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { PurposeRates } from '../consent.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { SelectFilter } from '../../../ui/filters.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { Panel } from '../../../ui/Panel.js';
import { Time } from '../../../ui/Time.js';
import { zoneAhead } from '../../../ui/time-text.js';
import { TimeChart } from '../../../ui/TimeChart.js';
import { ratesQuery, usePurposeChoices } from '../consents.queries.js';
import css from '../consents.module.css';
import { rateSeries, spokenOfFirst, type Measure } from './rate-series.js';

const spans = [14, 30, 60] as const;
const measures: readonly Measure[] = ['share', 'people'];

interface Answer {
  readonly items: readonly PurposeRates[];
  readonly utcOffsetHours: number;
  readonly asOf: string | null;
}

/** Consent over time, purpose by purpose: the share of active subjects or how many they are. */
export function RatesPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const days = spans.find((span) => String(span) === search.get('days')) ?? 30;
  const measure = measures.find((one) => one === search.get('measure')) ?? 'share';
  const rates = useQuery(ratesQuery({ purpose: search.get('purpose'), days }));
  return (
    <Page
      title={t('consents.rates.title')}
      trail={<Link to="/consent">{t('frame.entries.consent')}</Link>}
      purpose={t('consents.rates.purpose')}
    >
      <PageTabs of="consent" label={t('consent.tabs')} />
      <RateFilters />
      <Loaded query={rates}>{(answer: Answer) => <Rates answer={answer} measure={measure} />}</Loaded>
    </Page>
  );
}

function RateFilters() {
  const { t } = useTranslation();
  return (
    <div className={css['filters']}>
      <SelectFilter
        name="purpose"
        label={t('consents.purpose')}
        options={usePurposeChoices()}
        placeholder={t('consents.everyPurpose')}
      />
      <SelectFilter
        name="days"
        label={t('consents.rates.days')}
        options={spans.map((span) => ({ value: String(span), label: t('consents.rates.lastDays', { count: span }) }))}
        placeholder={t('consents.rates.lastDays', { count: 30 })}
      />
      <SelectFilter
        name="measure"
        label={t('consents.rates.measure')}
        options={measures.map((value) => ({ value, label: t(`consents.rates.measures.${value}`) }))}
        placeholder={t('consents.rates.measures.share')}
      />
    </div>
  );
}

function Rates({ answer, measure }: { answer: Answer; measure: Measure }) {
  const { t } = useTranslation();
  if (answer.items.length === 0) return <EmptyState text={t('consents.rates.empty')} />;
  return (
    <>
      <p className={css['asOf']}>
        {t('consents.rates.asOf')} <Time at={answer.asOf} />
      </p>
      <div className={css['charts']}>
        {spokenOfFirst(answer.items).map((rates) => (
          <PurposePanel key={rates.purpose} rates={rates} answer={answer} measure={measure} />
        ))}
      </div>
    </>
  );
}

function PurposePanel({ rates, answer, measure }: { rates: PurposeRates; answer: Answer; measure: Measure }) {
  const { t, i18n } = useTranslation();
  const name = useLocalized()(rates.name);
  const labels = { granted: t('consents.rates.granted'), withdrawn: t('consents.rates.withdrawn') };
  const last = rates.points.at(-1);
  const figure = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  return (
    <Panel
      title={name}
      note={
        last &&
        t('consents.rates.now', {
          granted: figure(last.granted),
          subjects: figure(last.subjects),
          withdrawn: figure(last.withdrawn),
        })
      }
      extra={<Link to={`/consent/search?purpose=${rates.purpose}`}>{t('consents.rates.find')}</Link>}
    >
      <TimeChart
        title={name}
        series={rateSeries(rates, { ...answer, measure, labels })}
        unit={measure === 'share' ? '%' : t('consents.rates.people')}
        zone={zoneAhead(answer.utcOffsetHours)}
      />
    </Panel>
  );
}
