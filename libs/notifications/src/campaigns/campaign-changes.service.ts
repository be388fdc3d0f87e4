import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Audit } from '@abide/audit';
import { Clock, DomainError } from '@abide/kernel';
import { Database, Jobs } from '@abide/platform';
import { Repository } from 'typeorm';
import { Campaign, type Milestone } from './campaign.entity.js';

export const firstPassQueue = 'notifications.first_pass';

/**
 * The one way a campaign changes: locked, changed, stored, and what it reached told and put on record, in one
 * transaction. Changes to the same campaign wait for each other.
 */
@Injectable()
export class CampaignChanges {
  constructor(
    @InjectRepository(Campaign) private readonly campaignRepository: Repository<Campaign>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** Runs `work` on the locked campaign, in the open transaction or a new one. @throws DomainError `campaign.not_found` */
  async change<T>(campaignId: string, work: (campaign: Campaign) => Promise<T> | T): Promise<T> {
    return this.db.transaction(async () => {
      const campaign = await this.campaignRepository.findOne({
        where: { id: campaignId },
        lock: { mode: 'for_no_key_update' },
      });
      if (!campaign) throw campaignNotFound();
      const result = await work(campaign);
      await this.store(campaign, this.clock.now());
      return result;
    });
  }

  /** Stores a new or changed campaign after moving it on; inside the open transaction. */
  async store(campaign: Campaign, at: Date): Promise<void> {
    const milestones = campaign.advance(at);
    await this.campaignRepository.save(campaign);
    for (const milestone of milestones) await this.tell(campaign, milestone, at);
  }

  private async tell(campaign: Campaign, milestone: Milestone, at: Date): Promise<void> {
    const { audience, reachable, unreachable, attempted } = campaign;
    const act = milestone === 'completed' ? 'campaign.completed' : 'campaign.first_pass_completed';
    await this.audit.record({
      act,
      object: { type: 'campaign', id: campaign.id },
      details: { audience, reachable, unreachable, attempted },
    });
    if (milestone !== 'completed') return;
    await this.jobs.publish('notifications.campaign_completed', { campaignId: campaign.id, at: at.toISOString() });
  }
}

export function campaignNotFound(): DomainError {
  return new DomainError('notFound', 'campaign.not_found', { detail: 'There is no such campaign.' });
}
