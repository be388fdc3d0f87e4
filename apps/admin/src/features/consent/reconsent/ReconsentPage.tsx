import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Reconsent } from '../consent.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { usePermission } from '../../../session/permissions.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Meter } from '../../../ui/Meter.js';
import { Num } from '../../../ui/Num.js';
import { Page } from '../../../ui/Page.js';
import { PageTabs } from '../../../ui/PageTabs.js';
import { Panel } from '../../../ui/Panel.js';
import { Time } from '../../../ui/Time.js';
import { reconsentQuery } from '../consents.queries.js';
import css from '../consents.module.css';

/** Revisions that needed fresh consent, and how far consenting again has come. */
export function ReconsentPage() {
  const { t } = useTranslation();
  const progress = useQuery(reconsentQuery);
  return (
    <Page
      title={t('consents.reconsent.title')}
      trail={<Link to="/consent">{t('frame.entries.consent')}</Link>}
      purpose={t('consents.reconsent.purpose')}
    >
      <PageTabs of="consent" label={t('consent.tabs')} />
      <Loaded query={progress}>{({ items }) => <Revisions items={items} />}</Loaded>
    </Page>
  );
}

function Revisions({ items }: { items: readonly Reconsent[] }) {
  const { t } = useTranslation();
  if (items.length === 0) return <EmptyState text={t('consents.reconsent.empty')} />;
  return [...Map.groupBy(items, ({ policy, revision }) => `${policy} ${revision}`)].map(([key, own]) => (
    <Revision key={key} rows={own} />
  ));
}

function Revision({ rows }: { rows: readonly Reconsent[] }) {
  const { t } = useTranslation();
  const [first] = rows;
  if (!first) return null;
  const title = t('consents.reconsent.revision', { policy: first.policy, revision: first.revision });
  const since = first.effectiveAt && (
    <>
      {t('consents.reconsent.inForceSince')} <Time at={first.effectiveAt} />
    </>
  );
  return (
    <Panel
      title={title}
      note={since}
      extra={<Link to={`/policies/${first.policy}`}>{t('consents.search.policy')}</Link>}
    >
      <div className={css['scroll']}>
        <table className={css['progress']}>
          <thead>
            <tr>
              <th scope="col">{t('consents.purpose')}</th>
              <th scope="col">{t('consents.reminders.progress')}</th>
              <th scope="col" className={css['figure']}>
                {t('consents.reconsent.renewed')}
              </th>
              <th scope="col" className={css['figure']}>
                {t('consents.reconsent.stale')}
              </th>
              <th scope="col">{t('consents.reconsent.asOf')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('ui.acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <PurposeRow key={row.purpose} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function PurposeRow({ row }: { row: Reconsent }) {
  const { t } = useTranslation();
  const name = useLocalized()(row.name);
  const mayRead = usePermission('subject.read');
  const mayRemind = usePermission('consent.remind');
  const query = `purpose=${row.purpose}&state=stale`;
  const isCounted = row.asOf !== null;
  return (
    <tr>
      <th scope="row" title={row.purpose}>
        {name}
      </th>
      <td>
        {isCounted ? (
          <Meter
            label={t('consents.reconsent.progress', { purpose: name })}
            value={row.renewed}
            of={row.renewed + row.stale}
          />
        ) : (
          t('consents.reconsent.counting')
        )}
      </td>
      <td className={css['figure']}>{isCounted && <Num value={row.renewed} />}</td>
      <td className={css['figure']}>
        {isCounted &&
          (mayRead ? (
            <Link to={`/consent/search?${query}`}>
              <Num value={row.stale} />
            </Link>
          ) : (
            <Num value={row.stale} />
          ))}
      </td>
      <td>
        <Time at={row.asOf} />
      </td>
      <td>
        {mayRemind && row.stale > 0 && (
          <Link to={`/consent/reminders/new?${query}`}>{t('consents.reconsent.remind')}</Link>
        )}
      </td>
    </tr>
  );
}
