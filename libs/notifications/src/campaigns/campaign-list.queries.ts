import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Localized, Page } from '@abide/kernel';
import { Database, readCursor, toPage, type PageQuery } from '@abide/platform';
import { In, Repository } from 'typeorm';
import { campaignNotFound } from './campaign-changes.service.js';
import type { CampaignView } from './campaign.dto.js';
import { Campaign } from './campaign.entity.js';

interface NoticeSummary {
  readonly campaignId: string;
  readonly title: Localized;
  readonly reads: number;
}

const mostGoing = 10;

/** Reads campaigns with their titles and figures: a few rows each, however many subjects there are. */
@Injectable()
export class CampaignList {
  constructor(
    @InjectRepository(Campaign) private readonly campaignRepository: Repository<Campaign>,
    private readonly db: Database,
  ) {}

  async page(query: PageQuery): Promise<Page<CampaignView>> {
    const after = readCursor(query.cursor);
    const ids = await this.db.query<{ id: string }>(
      `SELECT id FROM notifications.campaigns WHERE $1::timestamptz IS NULL OR (created_at, id) < ($1, $2::uuid)
       ORDER BY created_at DESC, id DESC LIMIT $3`,
      [after?.at ?? null, after?.id ?? null, query.limit + 1],
    );
    const views = await this.views(ids.map(({ id }) => id));
    return toPage(
      views,
      query.limit,
      ({ campaign }) => ({ at: campaign.createdAt, id: campaign.id }),
      (view) => view,
    );
  }

  /** Those that are not over, newest first. */
  async going(): Promise<CampaignView[]> {
    const ids = await this.db.query<{ id: string }>(
      `SELECT id FROM notifications.campaigns WHERE state IN ('running', 'live') ORDER BY created_at DESC, id DESC LIMIT $1`,
      [mostGoing],
    );
    return this.views(ids.map(({ id }) => id));
  }

  /** @throws DomainError `campaign.not_found` */
  async get(id: string): Promise<CampaignView> {
    const [view] = await this.views([id]);
    if (!view) throw campaignNotFound();
    return view;
  }

  private async views(ids: readonly string[]): Promise<CampaignView[]> {
    const campaigns = await this.campaignRepository.find({
      where: { id: In([...ids]) },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
    const notices = await this.db.query<NoticeSummary>(
      `SELECT n.campaign_id AS "campaignId", n.title,
         (SELECT COALESCE(sum(reads), 0)::integer FROM notifications.notice_read_counts counts WHERE counts.notice_id = n.id) AS reads
       FROM notifications.notices n WHERE n.campaign_id = ANY($1)`,
      [ids],
    );
    const byCampaign = new Map(notices.map((notice) => [notice.campaignId, notice]));
    return campaigns.map((campaign) => {
      const { title, reads } = byCampaign.get(campaign.id) ?? { title: { 'zh-CN': '', en: '' }, reads: 0 };
      return { campaign, title, reads };
    });
  }
}
