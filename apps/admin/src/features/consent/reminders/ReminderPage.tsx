import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Reminder } from '../consent.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { usePermission } from '../../../session/permissions.js';
import { Facts } from '../../../ui/Facts.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Meter } from '../../../ui/Meter.js';
import { Num } from '../../../ui/Num.js';
import { Page } from '../../../ui/Page.js';
import { Panel, TwoColumns } from '../../../ui/Panel.js';
import { StateTag } from '../../../ui/StateTag.js';
import { Time } from '../../../ui/Time.js';
import { reminderQuery, usePurposeName } from '../consents.queries.js';
import css from '../consents.module.css';

const figures = ['matched', 'told', 'sent'] as const;

/** One reminder with how far it has come. */
export function ReminderPage() {
  const { id = '' } = useParams();
  const reminder = useQuery(reminderQuery(id));
  return <Loaded query={reminder}>{(found) => <ReminderView reminder={found} />}</Loaded>;
}

function ReminderView({ reminder }: { reminder: Reminder }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  return (
    <Page
      title={localized(reminder.title)}
      trail={
        <>
          <Link to="/consent">{t('frame.entries.consent')}</Link> /{' '}
          <Link to="/consent/reminders">{t('consents.reminders.title')}</Link>
        </>
      }
      tags={<StateTag state={reminder.done ? 'completed' : 'sending'} />}
      purpose={t(reminder.done ? 'consents.reminders.done' : 'consents.reminders.running')}
    >
      <TwoColumns
        left={
          <Panel title={t('consents.reminders.progress')} note={t('consents.reminders.progressHint')}>
            <Meter label={t('consents.reminders.told')} value={reminder.told} of={reminder.matched} />
            <Facts
              rows={figures.map((figure) => [
                t(`consents.reminders.${figure}`),
                <Num key={figure} value={reminder[figure]} />,
              ])}
            />
          </Panel>
        }
        right={
          <>
            <ReminderFacts reminder={reminder} />
            <Panel title={t('consents.reminders.text')}>
              <p className={css['message']}>{localized(reminder.summary)}</p>
            </Panel>
          </>
        }
      />
    </Page>
  );
}

function ReminderFacts({ reminder: { id, purpose, state, createdAt, finishedAt } }: { reminder: Reminder }) {
  const { t } = useTranslation();
  const mayReadAudit = usePermission('audit.read');
  const purposeName = usePurposeName();
  return (
    <Panel
      title={t('consents.reminders.facts')}
      extra={mayReadAudit && <Link to={`/audit?objectId=${id}`}>{t('consents.reminders.auditEntries')}</Link>}
    >
      <Facts
        rows={[
          [t('consents.purpose'), purposeName(purpose)],
          [t('consents.reminders.whom'), t(`consents.reminders.whoms.${state}`)],
          [t('consents.reminders.createdAt'), <Time key="created" at={createdAt} />],
          [t('consents.reminders.finishedAt'), finishedAt && <Time at={finishedAt} />],
        ]}
      />
    </Panel>
  );
}
