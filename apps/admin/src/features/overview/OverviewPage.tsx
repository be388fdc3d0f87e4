import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { waitingChangesQuery } from '../../api/waiting-changes.js';
import { usePermission } from '../../session/permissions.js';
import { Loaded } from '../../ui/Loaded.js';
import { Page } from '../../ui/Page.js';
import { TwoColumns } from '../../ui/Panel.js';
import { CampaignsPanel } from '../campaigns/GoingCampaigns.js';
import { openRevisionsQuery } from './overview.queries.js';
import { ScheduledPanel } from '../policies/overview/ScheduledPanel.js';
import { WaitingPanel } from './WaitingPanel.js';

/** What waits for this operator first, then what is announced and how its notices stand. */
export function OverviewPage() {
  const { t } = useTranslation();
  const mayReadPolicies = usePermission('policy.read');
  const mayReadCampaigns = usePermission('campaign.read');
  const revisions = useQuery({ ...openRevisionsQuery, enabled: mayReadPolicies });
  const changes = useQuery(waitingChangesQuery).data ?? [];
  return (
    <Page title={t('frame.entries.overview')} purpose={t('overview.purpose')}>
      {mayReadPolicies && (
        <Loaded query={revisions}>
          {(items) => (
            <TwoColumns
              left={<WaitingPanel revisions={items} changes={changes} />}
              right={
                <>
                  <ScheduledPanel revisions={items} />
                  {mayReadCampaigns && <CampaignsPanel />}
                </>
              }
            />
          )}
        </Loaded>
      )}
    </Page>
  );
}
