import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError } from '@abide/kernel';
import { Database, Delivery, Jobs, type Channel } from '@abide/platform';
import { Repository } from 'typeorm';
import { startAudienceRun } from '../audience-run/audience-run.js';
import { CampaignChanges, campaignNotFound, firstPassQueue } from './campaign-changes.service.js';
import {
  Campaign,
  type CampaignChannel,
  type CampaignState,
  type CampaignTerms,
  type ChannelCounts,
} from './campaign.entity.js';
import { Notice, type NoticeText } from '../notices/notice.entity.js';

export type CampaignStart = CampaignTerms & NoticeText;

/** How far a campaign has come. `attempted` counts subjects; `channels` counts messages. */
export interface CampaignProgress {
  readonly state: CampaignState;
  readonly liveAt: Date | null;
  readonly firstPassCompletedAt: Date | null;
  /** When the lead time began: the later of the two above; null until both are known. */
  readonly leadStartedAt: Date | null;
  readonly leadEndsAt: Date | null;
  readonly audience: number;
  readonly reachable: number;
  readonly unreachable: number;
  readonly attempted: number;
  /** 0 to 1: attempted of reachable. */
  readonly coverage: number;
  readonly channels: Readonly<Partial<Record<Channel, ChannelCounts>>>;
}

/** Telling everybody of a revision: started by policy when it schedules one, watched until the lead time is over. */
@Injectable()
export class Campaigns {
  constructor(
    @InjectRepository(Campaign) private readonly campaignRepository: Repository<Campaign>,
    @InjectRepository(Notice) private readonly noticeRepository: Repository<Notice>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly delivery: Delivery,
    private readonly changes: CampaignChanges,
  ) {}

  /** Whether a notice may promise this channel: in the app and on the public pages always, the others where they are configured. */
  canPromise(channel: CampaignChannel): boolean {
    if (channel === 'inApp' || channel === 'website') return true;
    return channel !== 'webPush' && this.delivery.isConfigured(channel);
  }

  /** The promised channels for want of which a campaign cannot start: those used in any case, and choices of which none is configured. */
  missingFor({ channels, anyOf = [] }: Pick<CampaignTerms, 'channels' | 'anyOf'>): CampaignChannel[] {
    const isMissing = (channel: CampaignChannel) => !this.canPromise(channel);
    const choices = anyOf.filter((choice) => choice.every(isMissing));
    return [...new Set([...channels.filter(isMissing), ...choices.flat()])];
  }

  /**
   * Starts the campaign in the caller's transaction: its notice is live for everybody at commit, the first pass over
   * the audience follows as a job. Answers the campaign's id.
   * @throws DomainError `campaign.channel_not_configured`, `campaign.already_started`
   */
  async start({ title, summary, link, ...terms }: CampaignStart): Promise<string> {
    this.requirePromisable(terms);
    const now = this.clock.now();
    const anyOf = terms.anyOf?.map((choice) => choice.filter((channel) => this.canPromise(channel)));
    const campaign = Campaign.start({ ...terms, anyOf }, now);
    await this.db.transaction(async () => {
      await this.requireFirst(terms.revisionId);
      await this.record('campaign.started', campaign);
      await this.changes.store(campaign, now);
      await this.noticeRepository.insert(Notice.publish(campaign, { title, summary, link }, now));
      await this.jobs.publish('notifications.campaign_started', { campaignId: campaign.id, at: now.toISOString() });
      await startAudienceRun(this.jobs, firstPassQueue, campaign.id);
    });
    return campaign.id;
  }

  /** @throws DomainError `campaign.not_found` */
  async progress(campaignId: string): Promise<CampaignProgress> {
    const campaign = await this.campaignRepository.findOneBy({ id: campaignId });
    if (!campaign) throw campaignNotFound();
    const {
      state,
      liveAt,
      firstPassCompletedAt,
      leadStartedAt,
      leadEndsAt,
      audience,
      reachable,
      unreachable,
      attempted,
      coverage,
    } = campaign;
    return {
      state,
      liveAt,
      firstPassCompletedAt,
      leadStartedAt,
      leadEndsAt,
      audience,
      reachable,
      unreachable,
      attempted,
      coverage,
      channels: campaign.channelCounts,
    };
  }

  /**
   * The revision will not take effect: the notice disappears and nothing more is claimed for sending, from commit on.
   * Messages that a channel is taking at that moment still go. A completed campaign only loses its notice.
   */
  async cancel(campaignId: string): Promise<void> {
    const now = this.clock.now();
    await this.changes.change(campaignId, async (campaign) => {
      const before = campaign.state;
      campaign.cancel(now);
      await this.db.execute(
        'UPDATE notifications.notices SET withdrawn_at = $2 WHERE campaign_id = $1 AND withdrawn_at IS NULL',
        [campaignId, now],
      );
      if (campaign.state === before) return;
      await this.record('campaign.cancelled', campaign);
      await startAudienceRun(this.jobs, firstPassQueue, campaignId);
    });
  }

  /** The revision is in effect since `at`; the campaign is completed once its first pass is. Idempotent. */
  async markEffective(campaignId: string, at: Date): Promise<void> {
    await this.changes.change(campaignId, async (campaign) => {
      campaign.takeEffect(at);
      if (!campaign.inEffectAt) return;
      await this.db.execute('UPDATE notifications.notices SET shown_until = $2 WHERE campaign_id = $1', [
        campaignId,
        Notice.shownUntilAfter(campaign.inEffectAt),
      ]);
    });
  }

  private requirePromisable(terms: CampaignTerms): void {
    const missing = this.missingFor(terms);
    if (missing.length === 0) return;
    throw new DomainError('conflict', 'campaign.channel_not_configured', {
      detail: 'A channel that the notice promises is not configured. Nothing was started.',
      extra: { channels: missing },
    });
  }

  /** Reads before the unique index has to speak, so that the caller's transaction stays usable. */
  private async requireFirst(revisionId: string): Promise<void> {
    const running = await this.db.query(
      `SELECT 1 FROM notifications.campaigns WHERE revision_id = $1 AND state <> 'cancelled'`,
      [revisionId],
    );
    if (running.length === 0) return;
    throw new DomainError('conflict', 'campaign.already_started', {
      detail: 'There is a campaign for this revision already. Nothing was started.',
    });
  }

  private async record(act: string, { id, policySlug, revisionNumber, audience, attempted }: Campaign): Promise<void> {
    await this.audit.record({
      act,
      object: { type: 'campaign', id },
      details: { policySlug, revisionNumber, audience, attempted },
    });
  }
}
