import { refusalCodes } from '@abide/rulebook';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../../api/client.js';
import type { SampledRefusal } from '../consent.types.js';
import { DataTable } from '../../../ui/DataTable.js';
import type { Column } from '../../../ui/column.js';
import { SelectFilter, TextFilter } from '../../../ui/filters.js';
import { Panel } from '../../../ui/Panel.js';
import { useDevelopment } from '../../../ui/development.js';
import { spanOf, type Period } from '../../../ui/period.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { Time } from '../../../ui/Time.js';

/** Refusals kept as examples, of nobody; the filters are the address. */
export function RefusalList({ period }: { period: Period }) {
  const { t } = useTranslation();
  const { exists, now } = useDevelopment();
  return (
    <Panel title={t('decisions.figures.refusals')} note={t('decisions.figures.refusalsNote')}>
      <DataTable<SampledRefusal>
        name="refusals"
        label={t('decisions.figures.refusals')}
        columns={useRefusalColumns()}
        rowKey={({ id }) => id}
        queryKey={['decisions', 'refusals', period, exists]}
        filterNames={['purpose', 'category', 'code']}
        filters={<RefusalFilters />}
        load={({ filters, cursor, signal }) =>
          answerOf(
            api.GET('/api/v1/operator/decisions/refusals', {
              params: { query: { ...filters, from: spanOf(period, now()).from, ...(cursor ? { cursor } : {}) } },
              signal,
            }),
          )
        }
        empty={{ text: t('decisions.figures.noRefusals') }}
      />
    </Panel>
  );
}

function RefusalFilters() {
  const { t } = useTranslation();
  const categories = useRegistryNames().optionsOf('categories');
  const label = t('decisions.figures.category');
  return (
    <>
      <SelectFilter
        name="code"
        label={t('decisions.figures.code')}
        options={refusalCodes.map((code) => ({ value: code, label: t(`decisions.codes.${code}`) }))}
      />
      {categories ? (
        <SelectFilter name="category" label={label} options={categories} />
      ) : (
        <TextFilter name="category" label={label} width={190} />
      )}
    </>
  );
}

function useRefusalColumns(): Column<SampledRefusal>[] {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  const where = ({ service, recipient, region }: SampledRefusal) =>
    [service && nameOf('services', service), recipient && nameOf('recipients', recipient), region]
      .filter(Boolean)
      .join(' · ');
  const dash = <span aria-hidden>–</span>;
  return [
    {
      key: 'at',
      title: t('decisions.figures.at'),
      fixed: true,
      render: ({ at }) => <Time at={at} />,
      csv: ({ at }) => at,
      sortBy: ({ at }) => at,
    },
    {
      key: 'code',
      title: t('decisions.figures.code'),
      fixed: true,
      render: ({ code }) => <span title={code}>{t(`decisions.codes.${code}`, { defaultValue: code })}</span>,
      csv: ({ code }) => code,
      sortBy: ({ code }) => code,
    },
    {
      key: 'action',
      title: t('decisions.figures.action'),
      render: ({ action }) => t(`decisions.actions.${action}`, { defaultValue: action }),
      csv: ({ action }) => action,
      sortBy: ({ action }) => action,
    },
    {
      key: 'purpose',
      title: t('decisions.figures.purposeFilter'),
      render: ({ purpose }) => (purpose === '' ? dash : nameOf('purposes', purpose)),
      csv: ({ purpose }) => purpose,
      sortBy: ({ purpose }) => purpose,
    },
    {
      key: 'category',
      title: t('decisions.figures.category'),
      render: ({ category }) => nameOf('categories', category),
      csv: ({ category }) => category,
      sortBy: ({ category }) => category,
    },
    {
      key: 'where',
      title: t('decisions.figures.where'),
      render: (row) => where(row) || dash,
      csv: ({ service, recipient, region }) => [service, recipient, region].filter(Boolean).join(' '),
    },
    {
      key: 'clause',
      title: t('decisions.figures.clause'),
      render: (row) => <Clause refusal={row} />,
      csv: ({ policy, revision, clauseId }) => [policy, revision, clauseId].filter(Boolean).join(' '),
    },
    {
      key: 'why',
      title: t('decisions.why.title'),
      render: (row) => <Link to={whyLink(row)}>{t('decisions.figures.askWhy')}</Link>,
    },
  ];
}

function Clause({ refusal: { policy, revision, clauseId } }: { refusal: SampledRefusal }) {
  const { t } = useTranslation();
  if (policy === null) return <span aria-hidden>–</span>;
  return (
    <>
      <Link to={`/policies/${policy}`}>{t('decisions.why.revision', { policy, revision })}</Link>{' '}
      <span className="code">{clauseId}</span>
    </>
  );
}

/** The same question, to be asked about a subject. */
function whyLink({ action, purpose, category, service, recipient, region }: SampledRefusal): string {
  const said = Object.entries({ action, purpose, category, service, recipient, region }).flatMap(([name, value]) =>
    value ? [[name, value] as [string, string]] : [],
  );
  return `/consent/why?${new URLSearchParams(said).toString()}`;
}
