import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IngestSummary } from '../collection.types.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { LinkButton } from '../../../ui/LinkButton.js';
import { Num } from '../../../ui/Num.js';
import { Panel } from '../../../ui/Panel.js';
import { zoneAhead } from '../../../ui/time-text.js';
import { TimeChart } from '../../../ui/TimeChart.js';
import { durationText, lagSeries, outcomeParts, totalsOf } from './ingest-series.js';
import { ReasonTable } from './ReasonTable.js';
import { useReasonName } from './use-reason-name.js';
import css from '../collection.module.css';

/** The figures of one period: at a glance, over time, and why events were refused. */
export function IngestStatistics({ counted }: { counted: IngestSummary }) {
  const { t } = useTranslation();
  const labelOf = useReasonName();
  const { accepted, refused } = totalsOf(counted);
  if (accepted + refused === 0) return <NothingCameIn />;
  const outcome = t('collection.live.outcome');
  const lag = t('collection.live.lag');
  const zone = counted.step === 'day' ? zoneAhead(counted.utcOffsetHours) : undefined;
  return (
    <>
      <Tiles counted={counted} />
      <Panel title={outcome}>
        <TimeChart
          as="stacked"
          zone={zone}
          title={outcome}
          unit={t('collection.events')}
          series={outcomeParts(counted, {
            accepted: t('collection.live.accepted'),
            other: t('collection.codes.other'),
            labelOf,
          })}
        />
      </Panel>
      {counted.byReason.length > 0 && <ReasonTable reasons={counted.byReason} arrived={accepted + refused} />}
      {accepted > 0 && (
        <Panel title={lag} note={t('collection.live.lagNote')}>
          <TimeChart
            zone={zone}
            title={lag}
            unit={t('collection.live.seconds')}
            series={[lagSeries(counted, lag)]}
            across={counted.points.map(({ at }) => at)}
          />
        </Panel>
      )}
    </>
  );
}

function NothingCameIn() {
  const { t } = useTranslation();
  return (
    <Panel>
      <EmptyState
        text={t('collection.live.nothing')}
        action={<LinkButton to="/collection/schemas">{t('collection.live.howToSend')}</LinkButton>}
      />
    </Panel>
  );
}

function Tiles({ counted }: { counted: IngestSummary }) {
  const { t, i18n } = useTranslation();
  const { accepted, refused, lagMilliseconds } = totalsOf(counted);
  const share = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(
    refused / (accepted + refused),
  );
  const rate = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: counted.perSecond < 10 ? 2 : 0 }).format(
    counted.perSecond,
  );
  return (
    <dl className={css['tiles']}>
      <Tile label={t('collection.live.rate')} under={t('collection.live.rateNote')}>
        {t('collection.live.perSecond', { rate })}
      </Tile>
      <Tile label={t('collection.live.accepted')} under={t('collection.live.acceptedNote')}>
        <Num value={accepted} />
      </Tile>
      <Tile label={t('collection.live.refused')} under={t('collection.live.share', { share })}>
        <Num value={refused} />
      </Tile>
      {counted.alreadyStored > 0 && (
        <Tile label={t('collection.live.again')} under={t('collection.live.againNote')}>
          <Num value={counted.alreadyStored} />
        </Tile>
      )}
      <Tile label={t('collection.live.meanLag')}>
        {lagMilliseconds === null ? <span aria-hidden>–</span> : durationText(lagMilliseconds, i18n.language)}
      </Tile>
    </dl>
  );
}

function Tile({ label, under, children }: { label: string; under?: string; children: ReactNode }) {
  return (
    <div className={css['tile']}>
      <dt>{label}</dt>
      <dd>
        {children}
        {under && <div className={css['under']}>{under}</div>}
      </dd>
    </div>
  );
}
