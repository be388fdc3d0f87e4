import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLocalized } from '../../i18n/language.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Loaded } from '../../ui/Loaded.js';
import { Meter } from '../../ui/Meter.js';
import { Panel } from '../../ui/Panel.js';
import { StateTag } from '../../ui/StateTag.js';
import { campaignsQuery } from '../overview/overview.queries.js';
import css from '../../ui/Rows.module.css';

/** Campaigns that are not over, with how many people they have reached. */
export function CampaignsPanel() {
  const { t } = useTranslation();
  const localized = useLocalized();
  const campaigns = useQuery(campaignsQuery);
  return (
    <Panel title={t('frame.entries.campaigns')} extra={<Link to="/campaigns">{t('overview.allCampaigns')}</Link>}>
      <Loaded query={campaigns}>
        {(items) => {
          const going = items.filter(({ state }) => state === 'running' || state === 'live');
          if (going.length === 0) return <EmptyState text={t('overview.noCampaigns')} />;
          return (
            <ul className={css['rows']}>
              {going.map((campaign) => (
                <li key={campaign.id}>
                  <div className={css['what']}>
                    <div>
                      <Link to={`/campaigns/${campaign.id}`}>{localized(campaign.title)}</Link>{' '}
                      <StateTag state={campaign.state} />
                    </div>
                    <Meter
                      label={t('overview.coverageOf', { title: localized(campaign.title) })}
                      value={campaign.coverage}
                      of={1}
                    />
                  </div>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Panel>
  );
}
