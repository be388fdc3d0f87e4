import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, PageQuery } from '@abide/platform';
import { CampaignResponse, toCampaignResponse } from './campaign.dto.js';
import { CampaignList } from './campaign-list.queries.js';

/** Campaigns with their live figures, for operators. */
@ApiTags('Operators')
@Controller('operator/campaigns')
@ForOperator('campaign.read')
export class CampaignsController {
  constructor(private readonly campaigns: CampaignList) {}

  @Get()
  @ApiOperation({ summary: 'Notice campaigns, newest first', operationId: 'listCampaigns' })
  @ApiPageOf(CampaignResponse)
  @ApiProblems(400, 'request.bad_cursor', 'request.invalid')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  async list(@Query() query: PageQuery): Promise<Page<CampaignResponse>> {
    const { items, nextCursor } = await this.campaigns.page(query);
    return { items: items.map(toCampaignResponse), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One campaign with its live figures', operationId: 'getCampaign' })
  @ApiOkResponse({ type: CampaignResponse })
  @ApiProblems(400, 'request.malformed')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  @ApiProblems(404, 'campaign.not_found')
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<CampaignResponse> {
    return toCampaignResponse(await this.campaigns.get(id));
  }
}
