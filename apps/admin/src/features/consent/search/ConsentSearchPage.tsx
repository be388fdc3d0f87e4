import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answerOf, api } from '../../../api/client.js';
import type { FoundConsent } from '../consent.types.js';
import { usePermission } from '../../../session/permissions.js';
import { DataTable } from '../../../ui/DataTable.js';
import type { Column } from '../../../ui/column.js';
import { InstantFilter, SelectFilter, TextFilter } from '../../../ui/filters.js';
import { LinkButton } from '../../../ui/LinkButton.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { StateTag } from '../../../ui/StateTag.js';
import { Time } from '../../../ui/Time.js';
import { usePurposeChoices, usePurposeName } from '../consents.queries.js';

const states: readonly FoundConsent['state'][] = ['granted', 'stale', 'expired', 'withdrawn'];
const lapsed: readonly (string | null)[] = ['stale', 'expired'];
const filterNames = ['purpose', 'policy', 'clause', 'from', 'to'];

/** Consents as they stand; the filters are the address, so that a finding can be sent to a colleague. */
export function ConsentSearchPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const hasPurpose = Boolean(search.get('purpose'));
  return (
    <Page
      title={t('consents.search.title')}
      trail={<Link to="/consent">{t('frame.entries.consent')}</Link>}
      purpose={t('consents.search.purpose')}
      actions={<RemindThem />}
    >
      <PageTabs of="consent" label={t('consent.tabs')} />
      <DataTable<FoundConsent>
        name="consents"
        label={t('consents.search.title')}
        columns={useConsentColumns()}
        rowKey={({ subjectId, purpose, ...rest }) => [subjectId, purpose, scopeOf(rest), rest.changedAt].join(' ')}
        queryKey={['consents', 'search']}
        filterNames={hasPurpose ? [...filterNames, 'state'] : filterNames}
        filters={<SearchFilters hasPurpose={hasPurpose} />}
        load={({ filters, cursor, signal }) =>
          answerOf(
            api.GET('/api/v1/operator/consents', {
              params: { query: { ...filters, ...(cursor ? { cursor } : {}) } },
              signal,
            }),
          )
        }
        empty={{ text: t('consents.search.empty') }}
      />
    </Page>
  );
}

/** Leads from those whose consent for a purpose has lapsed to a reminder to all of them. */
function RemindThem() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const mayRemind = usePermission('consent.remind');
  const [purpose, state] = [search.get('purpose'), search.get('state')];
  if (!mayRemind || !purpose || !state || !lapsed.includes(state)) return null;
  return (
    <LinkButton to={`/consent/reminders/new?${new URLSearchParams({ purpose, state }).toString()}`}>
      {t('consents.reconsent.remind')}
    </LinkButton>
  );
}

/** A state can be looked for within a purpose only. */
function SearchFilters({ hasPurpose }: { hasPurpose: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <SelectFilter
        name="purpose"
        label={t('consents.purpose')}
        options={usePurposeChoices()}
        placeholder={t('consents.everyPurpose')}
      />
      {hasPurpose && (
        <SelectFilter
          name="state"
          label={t('consents.search.state')}
          options={states.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      )}
      <TextFilter name="policy" label={t('consents.search.policy')} width={120} />
      <TextFilter name="clause" label={t('consents.search.clause')} />
      <InstantFilter name="from" label={t('consents.search.from')} />
      <InstantFilter name="to" label={t('consents.search.to')} />
    </>
  );
}

function useConsentColumns(): Column<FoundConsent>[] {
  const { t } = useTranslation();
  const purposeName = usePurposeName();
  return [
    {
      key: 'subject',
      title: t('consents.search.subject'),
      fixed: true,
      render: (row) => <SubjectLink id={row.subjectId} />,
      csv: (row) => row.subjectId,
    },
    {
      key: 'purpose',
      title: t('consents.purpose'),
      render: (row) => <span title={row.purpose}>{purposeName(row.purpose)}</span>,
      csv: (row) => row.purpose,
    },
    {
      key: 'state',
      title: t('consents.search.state'),
      render: (row) => <StateTag state={row.state} />,
      csv: (row) => row.state,
    },
    {
      key: 'since',
      title: t('consents.search.since'),
      render: (row) => <Time at={row.since} />,
      csv: (row) => row.since,
    },
    {
      key: 'scope',
      title: t('consents.search.scope'),
      render: (row) => <Scope row={row} />,
      csv: (row) => scopeOf(row),
    },
    {
      key: 'revision',
      title: t('consents.search.grantedUnder'),
      render: (row) => <GrantedUnder row={row} />,
      csv: (row) => (row.policy ? `${row.policy} ${row.revision ?? ''}` : ''),
    },
    {
      key: 'clause',
      title: t('consents.search.clause'),
      render: (row) => (row.clause ? <span className="code">{row.clause}</span> : <span aria-hidden>–</span>),
      csv: (row) => row.clause,
    },
    { key: 'expiresAt', title: t('consents.search.expiresAt'), render: (row) => <Time at={endOf(row)} />, csv: endOf },
    {
      key: 'changedAt',
      title: t('consents.search.changedAt'),
      render: (row) => <Time at={row.changedAt} />,
      csv: (row) => row.changedAt,
    },
  ];
}

/** The end of an id tells neighbours apart; its beginning is the time it was made. */
function SubjectLink({ id }: { id: string }) {
  return (
    <Link to={`/subjects/${id}`} title={id} className="code">
      …{id.slice(-8)}
    </Link>
  );
}

function Scope({ row }: { row: FoundConsent }) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  const { categories, service, recipient, region } = row;
  const names = [
    ...(categories ?? []).map((code) => nameOf('categories', code)),
    service && nameOf('services', service),
    recipient && nameOf('recipients', recipient),
    region,
  ];
  const scope = names.filter(Boolean).join(' · ');
  return scope ? (
    <span title={scopeOf(row)}>{scope}</span>
  ) : (
    <span className="secondary">{t('consents.search.everything')}</span>
  );
}

function GrantedUnder({ row }: { row: FoundConsent }) {
  const { t } = useTranslation();
  if (!row.policy) return <span aria-hidden>–</span>;
  return (
    <Link to={`/policies/${row.policy}`}>
      {t('consents.search.revision', { policy: row.policy, revision: row.revision })}
    </Link>
  );
}

/** When it ends by itself, which what was withdrawn no longer does. */
function endOf({ state, expiresAt }: FoundConsent): string | null {
  return state === 'withdrawn' ? null : expiresAt;
}

function scopeOf({
  categories,
  service,
  recipient,
  region,
}: Pick<FoundConsent, 'categories' | 'service' | 'recipient' | 'region'>): string {
  return [...(categories ?? []), service, recipient, region].filter(Boolean).join(' ');
}
