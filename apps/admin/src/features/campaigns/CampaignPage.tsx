import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../../api/client.js';
import type { Campaign } from './campaigns.types.js';
import { useLocalized } from '../../i18n/language.js';
import { Facts } from '../../ui/Facts.js';
import { Loaded } from '../../ui/Loaded.js';
import { Num } from '../../ui/Num.js';
import { Page } from '../../ui/Page.js';
import { Panel, TwoColumns } from '../../ui/Panel.js';
import { usePolicyName } from '../../ui/policy-names.js';
import { StateTag } from '../../ui/StateTag.js';
import { DaysLeft, Time } from '../../ui/Time.js';
import { CampaignStatistics } from './CampaignStatistics.js';

const pollMilliseconds = 5_000;

/** One campaign with its figures, asked for again every few seconds while its first pass runs. */
export function CampaignPage() {
  const { id = '' } = useParams();
  const campaign = useQuery({
    queryKey: ['campaigns', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operator/campaigns/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? pollMilliseconds : false),
  });
  return <Loaded query={campaign}>{(found) => <CampaignView campaign={found} />}</Loaded>;
}

function CampaignView({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const policy = usePolicyName()(campaign.policySlug);
  const revision = t('campaigns.ofRevision', { policy, number: campaign.revisionNumber });
  return (
    <Page
      title={localized(campaign.title)}
      trail={
        <>
          <Link to="/campaigns">{t('frame.entries.campaigns')}</Link> /{' '}
          <Link to={`/revisions/${campaign.revisionId}/facts`}>{revision}</Link>
        </>
      }
      tags={<StateTag state={campaign.state} />}
      purpose={t(`campaigns.stands.${campaign.state}`)}
    >
      <TwoColumns
        left={
          <Panel title={t('campaigns.progress')}>
            <CampaignStatistics campaign={campaign} />
          </Panel>
        }
        right={
          <Panel title={t('campaigns.facts')}>
            <Facts
              rows={[
                [
                  t('campaigns.revision'),
                  <Link key="revision" to={`/revisions/${campaign.revisionId}/facts`}>
                    {revision}
                  </Link>,
                ],
                [t('campaigns.class'), campaign.materiality && <StateTag state={campaign.materiality} />],
                [t('campaigns.leadDays'), <Num key="days" value={campaign.leadDays} />],
                [t('campaigns.liveAt'), campaign.liveAt && <Time at={campaign.liveAt} />],
                [
                  t('campaigns.firstPassCompletedAt'),
                  campaign.firstPassCompletedAt && <Time at={campaign.firstPassCompletedAt} />,
                ],
                [t('campaigns.leadEndsAt'), campaign.leadEndsAt && <LeadEnd at={campaign.leadEndsAt} />],
                [t('campaigns.effectiveAt'), <Time key="effect" at={campaign.effectiveAt} />],
                [t('campaigns.inEffectAt'), campaign.inEffectAt && <Time at={campaign.inEffectAt} />],
              ]}
            />
          </Panel>
        }
      />
    </Page>
  );
}

function LeadEnd({ at }: { at: string }) {
  return (
    <>
      <Time at={at} /> · <DaysLeft until={at} />
    </>
  );
}
