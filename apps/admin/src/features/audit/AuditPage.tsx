import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import type { AuditEntry } from './audit.types.js';
import { DataTable } from '../../ui/DataTable.js';
import type { Column } from '../../ui/column.js';
import { InstantFilter, SelectFilter, TextFilter } from '../../ui/filters.js';
import { Page } from '../../ui/Page.js';
import { Time } from '../../ui/Time.js';
import { EntryDetails } from './EntryDetails.js';
import { useKnownActs } from './known-acts.js';

const filterNames = ['act', 'actorId', 'objectType', 'objectId', 'subjectId', 'from', 'to'];

/** Who did what to what, when and why; the filters are the address, so that a finding can be sent to a colleague. */
export function AuditPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('frame.entries.audit')} purpose={t('audit.purpose')}>
      <DataTable
        name="audit"
        label={t('frame.entries.audit')}
        columns={useAuditColumns()}
        rowKey={(entry) => entry.id}
        queryKey={['audit', 'entries']}
        filterNames={filterNames}
        filters={<AuditFilters />}
        load={({ filters, cursor, signal }) =>
          answerOf(
            api.GET('/api/v1/operator/audit/entries', {
              params: { query: { ...filters, ...(cursor ? { cursor } : {}) } },
              signal,
            }),
          )
        }
        empty={{ text: t('audit.empty') }}
      />
    </Page>
  );
}

function AuditFilters() {
  const { t } = useTranslation();
  return (
    <>
      <SelectFilter name="act" label={t('audit.act')} options={useKnownActs()} />
      <TextFilter name="actorId" label={t('audit.actorId')} />
      <TextFilter name="objectType" label={t('audit.objectType')} width={110} />
      <TextFilter name="objectId" label={t('audit.objectId')} />
      <TextFilter name="subjectId" label={t('audit.subjectId')} />
      <InstantFilter name="from" label={t('audit.from')} />
      <InstantFilter name="to" label={t('audit.to')} />
    </>
  );
}

function useAuditColumns(): Column<AuditEntry>[] {
  const { t } = useTranslation();
  return [
    { key: 'at', title: t('audit.at'), fixed: true, render: (row) => <Time at={row.at} />, csv: (row) => row.at },
    { key: 'act', title: t('audit.act'), fixed: true, render: (row) => <Act entry={row} />, csv: (row) => row.act },
    {
      key: 'actor',
      title: t('audit.actor'),
      render: (row) => <Actor entry={row} />,
      csv: (row) => `${row.actor.kind} ${row.actor.id ?? ''}`,
    },
    {
      key: 'object',
      title: t('audit.object'),
      render: (row) => <ObjectLink entry={row} />,
      csv: (row) => `${row.object?.type ?? ''} ${row.object?.id ?? ''}`,
    },
    {
      key: 'reason',
      title: t('audit.reason'),
      render: (row) => row.reason ?? <span aria-hidden>–</span>,
      csv: (row) => row.reason,
    },
    {
      key: 'details',
      title: t('audit.details'),
      render: (row) => <EntryDetails details={row.details} />,
      csv: (row) => JSON.stringify(row.details),
    },
    {
      key: 'correlationId',
      title: t('audit.correlationId'),
      render: (row) => <span className="code">{shortId(row.correlationId)}</span>,
      csv: (row) => row.correlationId,
    },
  ];
}

function Act({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  return (
    <>
      <span title={entry.act}>{t(`acts.${entry.act}`, { defaultValue: entry.act })}</span>{' '}
      {entry.isIntact === false && <Tag color="error">{t('audit.notIntact')}</Tag>}
    </>
  );
}

function Actor({ entry: { actor } }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  if (actor.kind === 'subject' && actor.id) return <Link to={`/subjects/${actor.id}`}>{t('actors.subject')}</Link>;
  return <span title={actor.id ?? ''}>{actor.name ?? t(`actors.${actor.kind}`)}</span>;
}

/** The end of an id tells neighbours apart; its beginning is the time it was made. */
function shortId(id: string | null): string {
  return id === null ? '–' : id.length > 12 ? `…${id.slice(-8)}` : id;
}

const pagesOf: Readonly<Record<string, string>> = {
  revision: '/revisions/',
  subject: '/subjects/',
  policy: '/policies/',
  campaign: '/campaigns/',
  consentReminder: '/consent/reminders/',
};

function ObjectLink({ entry: { object } }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  if (!object) return <span aria-hidden>–</span>;
  const page = pagesOf[object.type];
  const name = `${t(`objects.${object.type}`, { defaultValue: object.type })} ${shortId(object.id)}`;
  return page && object.id && !object.id.startsWith('sha256:') ? (
    <Link to={`${page}${object.id}`}>{name}</Link>
  ) : (
    <span title={object.id ?? ''}>{name}</span>
  );
}
