import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '@abide/kernel';
import { ApiPageOf, ApiProblems, ForOperator, Webhooks } from '@abide/platform';
import { Undelivered } from './undelivered.service.js';
import { toWebhookResponse, WebhookQuery, WebhookResponse } from './webhook-delivery.dto.js';

/** Webhooks on their way to other systems, for operators. */
@ApiTags('Operators')
@Controller('operator/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly undelivered: Undelivered,
  ) {}

  @Get()
  @ForOperator('delivery.read')
  @ApiOperation({ summary: 'Webhooks and how far they have come, newest first', operationId: 'listWebhooks' })
  @ApiPageOf(WebhookResponse)
  @ApiProblems(400, 'request.bad_cursor', 'request.invalid')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  async list(@Query() query: WebhookQuery): Promise<Page<WebhookResponse>> {
    const { items, nextCursor } = await this.webhooks.page(query);
    return { items: items.map(toWebhookResponse), nextCursor };
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ForOperator('delivery.replay')
  @ApiOperation({ summary: 'Send a webhook again that was given up', operationId: 'replayWebhook' })
  @ApiOkResponse({ type: WebhookResponse })
  @ApiProblems(400, 'request.malformed')
  @ApiProblems(401, 'session.expired')
  @ApiProblems(403, 'operator.forbidden')
  @ApiProblems(404, 'webhook.not_found')
  @ApiProblems(409, 'webhook.not_dead')
  async replay(@Param('id', ParseUUIDPipe) id: string): Promise<WebhookResponse> {
    return toWebhookResponse(await this.undelivered.replayWebhook(id));
  }
}
