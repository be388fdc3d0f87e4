import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../../api/client.js';
import type { Reminder } from '../consent.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { usePermission } from '../../../session/permissions.js';
import { DataTable } from '../../../ui/DataTable.js';
import type { Column } from '../../../ui/column.js';
import { LinkButton } from '../../../ui/LinkButton.js';
import { Num } from '../../../ui/Num.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { StateTag } from '../../../ui/StateTag.js';
import { Time } from '../../../ui/Time.js';
import { remindersKey, usePurposeName } from '../consents.queries.js';

/** Reminders sent, and how far each has come. */
export function RemindersPage() {
  const { t } = useTranslation();
  const mayRemind = usePermission('consent.remind');
  const begin = mayRemind && (
    <LinkButton to="/consent/reminders/new" type="primary">
      {t('consents.reminders.begin')}
    </LinkButton>
  );
  return (
    <Page
      title={t('consents.reminders.title')}
      trail={<Link to="/consent">{t('frame.entries.consent')}</Link>}
      purpose={t('consents.reminders.purpose')}
      actions={begin}
    >
      <PageTabs of="consent" label={t('consent.tabs')} />
      <DataTable<Reminder>
        name="consent-reminders"
        label={t('consents.reminders.title')}
        columns={useReminderColumns()}
        rowKey={({ id }) => id}
        queryKey={[...remindersKey, 'list']}
        load={({ cursor, signal }) =>
          answerOf(
            api.GET('/api/v1/operator/consents/reminders', {
              params: { query: { ...(cursor ? { cursor } : {}) } },
              signal,
            }),
          )
        }
        empty={{ text: t('consents.reminders.empty'), action: begin }}
      />
    </Page>
  );
}

function useReminderColumns(): Column<Reminder>[] {
  const { t } = useTranslation();
  const localized = useLocalized();
  const purposeName = usePurposeName();
  const figure = (key: 'matched' | 'told' | 'sent'): Column<Reminder> => ({
    key,
    title: t(`consents.reminders.${key}`),
    align: 'end',
    render: (row) => <Num value={row[key]} />,
    csv: (row) => row[key],
    sortBy: (row) => row[key],
  });
  return [
    {
      key: 'title',
      title: t('consents.reminders.subject'),
      fixed: true,
      render: (row) => <Link to={`/consent/reminders/${row.id}`}>{localized(row.title)}</Link>,
      csv: (row) => localized(row.title),
      sortBy: (row) => localized(row.title),
    },
    {
      key: 'purpose',
      title: t('consents.purpose'),
      render: (row) => purposeName(row.purpose),
      csv: (row) => row.purpose,
      sortBy: (row) => row.purpose,
    },
    {
      key: 'lapsed',
      title: t('consents.reminders.whom'),
      render: (row) => <StateTag state={row.state} />,
      csv: (row) => row.state,
      sortBy: (row) => row.state,
    },
    {
      key: 'done',
      title: t('consents.reminders.state'),
      render: (row) => <StateTag state={row.done ? 'completed' : 'sending'} />,
      csv: (row) => row.done,
    },
    figure('matched'),
    figure('told'),
    figure('sent'),
    {
      key: 'createdAt',
      title: t('consents.reminders.createdAt'),
      render: (row) => <Time at={row.createdAt} />,
      csv: (row) => row.createdAt,
      sortBy: (row) => row.createdAt,
    },
  ];
}
