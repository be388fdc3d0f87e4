import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SeenEvent } from '../subjects.types.js';
import { DataTable } from '../../../ui/DataTable.js';
import type { Column } from '../../../ui/column.js';
import { InstantFilter, SelectFilter, TextFilter } from '../../../ui/filters.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { Time } from '../../../ui/Time.js';
import { EventDialog } from './EventDialog.js';
import type { Look } from './look.js';
import { lookAtEvents } from './subject-telemetry.queries.js';
import css from './telemetry.module.css';

/** A subject's events, newest first; one opens with the reasons why it is kept and its sealed values. */
export function EventTable({ subjectId, look }: { subjectId: string; look: Look }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<SeenEvent | null>(null);
  return (
    <>
      <p className={css['why']}>{t('subjectTelemetry.looking', { reason: look.reason })}</p>
      <DataTable
        isLook
        name="telemetry"
        label={t('subjects.tabs.telemetry')}
        columns={useEventColumns(setOpened)}
        rowKey={({ eventId }) => eventId}
        queryKey={['subjects', subjectId, 'telemetry', look.number]}
        filterNames={['category', 'service', 'from', 'to']}
        filters={<EventFilters />}
        load={(asked) => lookAtEvents(subjectId, look.reason, asked)}
        empty={{
          text: t('subjectTelemetry.empty'),
          action: <Link to={`/subjects/${subjectId}/consents`}>{t('subjectTelemetry.toConsents')}</Link>,
        }}
      />
      {opened && (
        <EventDialog subjectId={subjectId} event={opened} reason={look.reason} close={() => setOpened(null)} />
      )}
    </>
  );
}

function EventFilters() {
  const { t } = useTranslation();
  const { optionsOf } = useRegistryNames();
  const categories = optionsOf('categories');
  const services = optionsOf('services');
  return (
    <>
      {categories ? (
        <SelectFilter name="category" label={t('subjectTelemetry.category')} options={categories} />
      ) : (
        <TextFilter name="category" label={t('subjectTelemetry.category')} />
      )}
      {services ? (
        <SelectFilter name="service" label={t('subjectTelemetry.service')} options={services} />
      ) : (
        <TextFilter name="service" label={t('subjectTelemetry.service')} />
      )}
      <InstantFilter name="from" label={t('subjectTelemetry.from')} />
      <InstantFilter name="to" label={t('subjectTelemetry.before')} />
    </>
  );
}

function useEventColumns(open: (event: SeenEvent) => void): Column<SeenEvent>[] {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  return [
    {
      key: 'occurredAt',
      title: t('subjectTelemetry.occurredAt'),
      fixed: true,
      render: ({ occurredAt }) => <Time at={occurredAt} />,
      csv: ({ occurredAt }) => occurredAt,
      sortBy: ({ occurredAt }) => occurredAt,
    },
    {
      key: 'category',
      title: t('subjectTelemetry.category'),
      fixed: true,
      render: (row) => <Category event={row} />,
      csv: ({ category }) => category,
      sortBy: ({ category }) => nameOf('categories', category),
    },
    {
      key: 'service',
      title: t('subjectTelemetry.service'),
      render: ({ service }) => nameOf('services', service),
      csv: ({ service }) => service,
      sortBy: ({ service }) => nameOf('services', service),
    },
    {
      key: 'purposes',
      title: t('subjectTelemetry.purposes'),
      render: ({ lineage }) => lineage.map(({ purpose }) => nameOf('purposes', purpose)).join(t('ui.listSeparator')),
      csv: ({ lineage }) => lineage.map(({ purpose }) => purpose).join(' '),
    },
    {
      key: 'retainUntil',
      title: t('subjectTelemetry.retainUntil'),
      render: (row) => <KeptUntil event={row} />,
      csv: ({ retainUntil }) => retainUntil,
      sortBy: ({ retainUntil }) => retainUntil ?? '',
    },
    { key: 'values', title: t('subjectTelemetry.values'), render: (row) => <Values event={row} /> },
    {
      key: 'open',
      title: t('ui.acts'),
      fixed: true,
      render: (row) => (
        <Button size="small" onClick={() => open(row)}>
          {t('subjectTelemetry.open')}
        </Button>
      ),
    },
  ];
}

/** Its day, and that the day has come. */
function KeptUntil({ event: { retainUntil, due } }: { event: SeenEvent }) {
  const { t } = useTranslation();
  if (!retainUntil) return <>{t('subjectTelemetry.untilEvent')}</>;
  return (
    <>
      <Time at={retainUntil} /> {due && <Tag color="warning">{t('subjectTelemetry.due')}</Tag>}
    </>
  );
}

function Category({ event: { category, sensitive } }: { event: SeenEvent }) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  return (
    <>
      {nameOf('categories', category)} {sensitive && <Tag color="warning">{t('collection.sensitive')}</Tag>}
    </>
  );
}

/** How many values there are; never what they are. */
function Values({ event: { attributes, sealedFields, withheld } }: { event: SeenEvent }) {
  const { t } = useTranslation();
  if (withheld) return <span className="secondary">{t(`subjectTelemetry.withheld.${withheld}`)}</span>;
  return (
    <>{t('subjectTelemetry.counts', { plain: Object.keys(attributes ?? {}).length, sealed: sealedFields.length })}</>
  );
}
