import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Heat } from '../collection.types.js';
import { useDevelopment } from '../../../ui/development.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { SelectFilter, TextFilter } from '../../../ui/filters.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { Panel } from '../../../ui/Panel.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { Time } from '../../../ui/Time.js';
import { heatQuery } from './heat.queries.js';
import { HeatLegend, HeatMap } from './HeatMap.js';
import { HeatTable } from './HeatTable.js';
import css from './heat.module.css';

/** In weeks, this one among them. */
const spans = [1, 4, 13] as const;
/** Of the H3 grid, with the square kilometres that a cell of each covers on average. */
const areas = [
  [5, 250],
  [4, 1_800],
  [3, 12_000],
  [2, 87_000],
] as const;
const weekMilliseconds = 7 * 86_400_000;

/** Where subjects were, in groups: a map of cells for one purpose, drawn here and from nobody else's tiles. */
export function HeatPage() {
  const { t } = useTranslation();
  const { now, isKnown } = useDevelopment();
  const [search] = useSearchParams();
  const purpose = search.get('purpose') ?? '';
  const weeks = spans.find((span) => String(span) === search.get('weeks')) ?? 1;
  const resolution = areas.find(([one]) => String(one) === search.get('resolution'))?.[0] ?? 5;
  const heat = useQuery(
    heatQuery({
      purpose,
      weeks,
      from: () => (weeks === 1 ? undefined : new Date(now().getTime() - (weeks - 1) * weekMilliseconds).toISOString()),
      resolution,
      isClockKnown: isKnown,
    }),
  );
  return (
    <Page
      title={t('heat.title')}
      trail={<Link to="/collection">{t('frame.entries.collection')}</Link>}
      purpose={t('heat.purpose')}
    >
      <PageTabs of="collection" label={t('collection.tabs')} />
      <HeatFilters />
      {purpose === '' ? (
        <EmptyState text={t('heat.choosePurpose')} />
      ) : (
        <Loaded query={heat}>{(answer: Heat) => <HeatPanel heat={answer} />}</Loaded>
      )}
    </Page>
  );
}

function HeatFilters() {
  const { t, i18n } = useTranslation();
  const areaText = (area: number) => t('heat.area', { area: new Intl.NumberFormat(i18n.language).format(area) });
  const purposes = useRegistryNames().optionsOf('purposes');
  return (
    <div className={css['filters']}>
      {purposes ? (
        <SelectFilter
          name="purpose"
          label={t('heat.purposeFilter')}
          options={purposes}
          placeholder={t('heat.choose')}
        />
      ) : (
        <TextFilter name="purpose" label={t('heat.purposeFilter')} width={220} />
      )}
      <SelectFilter
        name="weeks"
        label={t('heat.weeks')}
        options={spans.map((span) => ({
          value: String(span),
          label: span === 1 ? t('heat.thisWeek') : t('heat.lastWeeks', { count: span }),
        }))}
        placeholder={t('heat.thisWeek')}
      />
      <SelectFilter
        name="resolution"
        label={t('heat.resolution')}
        options={areas.map(([one, area]) => ({ value: String(one), label: areaText(area) }))}
        placeholder={areaText(250)}
      />
    </div>
  );
}

function HeatPanel({ heat }: { heat: Heat }) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const name = useRegistryNames().nameOf('purposes', heat.purpose);
  if (heat.cells.length === 0)
    return (
      <EmptyState
        text={heat.suppressedCells ? t('heat.allSuppressed', { count: heat.minimumGroup }) : t('heat.empty')}
      />
    );
  return (
    <Panel
      title={name}
      note={
        <>
          <Time at={heat.from} /> – <Time at={heat.to} />
        </>
      }
      extra={
        <Button size="small" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'heat.asMap' : 'heat.asTable')}
        </Button>
      }
    >
      {asTable ? (
        <HeatTable title={name} cells={heat.cells} />
      ) : (
        <figure className={css['figure']}>
          <HeatMap title={name} cells={heat.cells} />
          <HeatLegend cells={heat.cells} />
        </figure>
      )}
      <p className="secondary">{t('heat.counted')}</p>
      <p className="secondary">
        {t(heat.suppressedCells ? 'heat.someSuppressed' : 'heat.noneSuppressed', { count: heat.minimumGroup })}
      </p>
    </Panel>
  );
}
