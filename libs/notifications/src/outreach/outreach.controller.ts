import { Body, Controller, Get, HttpCode, HttpStatus, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import {
  ApiPageOf,
  ApiProblems,
  CurrentOperator,
  ForOperator,
  PageQuery,
  type OperatorPrincipal,
} from '@abide/platform';
import { OutreachResponse, SendOutreach, toOutreachResponse } from './outreach.dto.js';
import { OutreachList } from './outreach-list.queries.js';
import { Outreach } from './outreach.service.js';

/** Survey invitations and offers, for operators. */
@ApiTags('Operators')
@Controller('operator/outreaches')
export class OutreachController {
  constructor(
    private readonly outreach: Outreach,
    private readonly outreaches: OutreachList,
  ) {}

  @Post()
  @ForOperator('outreach.send', { needsStepUp: true })
  @ApiOperation({
    summary: 'Send a survey invitation or an offer to those who allow it, each with a link to unsubscribe',
    operationId: 'sendOutreach',
  })
  @ApiCreatedResponse({ type: OutreachResponse })
  @ApiProblems(400, 'request.invalid')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden', 'session.step_up_required')
  @ApiProblems(409, 'outreach.channel_not_configured', 'outreach.sent_lately')
  async send(
    @CurrentOperator() { operatorId }: OperatorPrincipal,
    @Body() body: SendOutreach,
  ): Promise<OutreachResponse> {
    return toOutreachResponse(await this.outreach.start({ ...body, link: body.link ?? null }, operatorId));
  }

  @Get()
  @ForOperator('campaign.read')
  @ApiOperation({ summary: 'Surveys and marketing sent, newest first', operationId: 'listOutreaches' })
  @ApiPageOf(OutreachResponse)
  @ApiProblems(400, 'request.bad_cursor', 'request.invalid')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  async list(@Query() query: PageQuery): Promise<Page<OutreachResponse>> {
    const { items, nextCursor } = await this.outreaches.page(query);
    return { items: items.map(toOutreachResponse), nextCursor };
  }

  @Get(':id')
  @ForOperator('campaign.read')
  @ApiOperation({ summary: 'One outreach with its live figures', operationId: 'getOutreach' })
  @ApiOkResponse({ type: OutreachResponse })
  @ApiProblems(400, 'request.malformed')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  @ApiProblems(404, 'outreach.not_found')
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<OutreachResponse> {
    return toOutreachResponse(await this.outreaches.get(id));
  }

  @Post(':id/cancellation')
  @HttpCode(HttpStatus.OK)
  @ForOperator('outreach.send')
  @ApiOperation({
    summary: 'Send nothing more of an outreach; what is under way at this moment still goes',
    operationId: 'cancelOutreach',
  })
  @ApiOkResponse({ type: OutreachResponse })
  @ApiProblems(400, 'request.malformed')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  @ApiProblems(404, 'outreach.not_found')
  @ApiProblems(409, 'outreach.already_finished')
  async cancel(@Param('id', ParseUUIDPipe) id: string): Promise<OutreachResponse> {
    return toOutreachResponse(await this.outreach.cancel(id));
  }
}
