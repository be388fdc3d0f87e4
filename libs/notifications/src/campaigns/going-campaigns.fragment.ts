import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OverviewFragments } from '@abide/identity';
import { toCampaignResponse } from './campaign.dto.js';
import { CampaignList } from './campaign-list.queries.js';

/** The campaigns that are not over, on the overview. */
@Injectable()
export class GoingCampaignsFragment implements OnModuleInit {
  constructor(
    private readonly campaigns: CampaignList,
    private readonly overview: OverviewFragments,
  ) {}

  onModuleInit(): void {
    this.overview.register({
      name: 'campaigns',
      permission: 'campaign.read',
      load: async () => ({ standing: (await this.campaigns.going()).map(toCampaignResponse) }),
    });
  }
}
