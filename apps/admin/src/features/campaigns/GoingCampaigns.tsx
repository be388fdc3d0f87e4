import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLocalized } from '../../i18n/language.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Meter } from '../../ui/Meter.js';
import { Panel } from '../../ui/Panel.js';
import css from '../../ui/Rows.module.css';
import { StateTag } from '../../ui/StateTag.js';
import type { Campaign } from './campaigns.types.js';

/** Campaigns that are not over, with how many people they have reached. */
export function GoingCampaigns({ rows }: { rows: readonly Campaign[] }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  return (
    <Panel title={t('frame.entries.campaigns')} extra={<Link to="/campaigns">{t('campaigns.all')}</Link>}>
      {rows.length === 0 ? (
        <EmptyState text={t('campaigns.noneGoing')} />
      ) : (
        <ul className={css['rows']}>
          {rows.map((campaign) => (
            <li key={campaign.id}>
              <div className={css['what']}>
                <div>
                  <Link to={`/campaigns/${campaign.id}`}>{localized(campaign.title)}</Link>{' '}
                  <StateTag state={campaign.state} />
                </div>
                <Meter
                  label={t('campaigns.coverageOf', { title: localized(campaign.title) })}
                  value={campaign.coverage}
                  of={1}
                />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
