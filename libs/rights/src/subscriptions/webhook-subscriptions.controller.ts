import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { PendingChangeAnswer, respondToOutcome } from '@abide/identity';
import {
  ApiProblems,
  CurrentOperator,
  Flag,
  ForOperator,
  Id,
  Instant,
  ListOf,
  SecretAnswer,
  SomeOf,
  Text,
  type OperatorPrincipal,
} from '@abide/platform';
import {
  webhookEvents,
  WebhookSubscriptions,
  type WebhookEvent,
  type WebhookSubscription,
} from './webhook-subscriptions.service.js';

class AddWebhookSubscription {
  @Text({ max: 100, description: 'What operators call the receiver' }) readonly name: string = '';
  @Text({ max: 500, example: 'https://desk.example.com/hooks' }) readonly url: string = '';
  @SomeOf(webhookEvents) readonly events: readonly WebhookEvent[] = [];
}

class WebhookSubscriptionResponse extends AddWebhookSubscription {
  @Id() readonly id: string = '';
  @Instant() readonly createdAt: string = '';
  @Flag({ description: 'Whether whoever asks may have the secret shown, once' }) readonly secretDue: boolean = false;
}

class WebhookSubscriptionsResponse {
  @ListOf(() => WebhookSubscriptionResponse, { max: 100 }) readonly items: readonly WebhookSubscriptionResponse[] = [];
}

class WebhookSecretResponse {
  @Text({ max: 200, description: 'What the receiver checks signatures with' }) readonly secret: string = '';
}

/** Which systems are told of requests. */
@ApiTags('Operators')
@Controller('operator/webhook-subscriptions')
export class WebhookSubscriptionsController {
  constructor(private readonly subscriptions: WebhookSubscriptions) {}

  @Get()
  @ForOperator('delivery.read')
  @ApiOperation({ summary: 'Who is told of requests', operationId: 'listWebhookSubscriptions' })
  @ApiOkResponse({ type: WebhookSubscriptionsResponse })
  async list(@CurrentOperator() { operatorId }: OperatorPrincipal): Promise<WebhookSubscriptionsResponse> {
    return { items: (await this.subscriptions.list()).map((one) => toSubscription(one, operatorId)) };
  }

  @Post()
  @ForOperator('delivery.replay', { needsStepUp: true })
  @ApiOperation({
    summary: 'Tell another system when requests are opened or closed; a second operator confirms',
    description: 'Signed as docs/webhooks.md says: number, kind, state and times, nothing about a person.',
    operationId: 'addWebhookSubscription',
  })
  @ApiCreatedResponse({ type: WebhookSubscriptionResponse })
  @ApiAcceptedResponse({ type: PendingChangeAnswer })
  @ApiProblems(400, 'request.bad_webhook_address')
  async add(
    @Body() body: AddWebhookSubscription,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<WebhookSubscriptionResponse | PendingChangeAnswer> {
    const outcome = await this.subscriptions.propose({ ...body }, operatorId);
    return respondToOutcome(outcome, (one) => toSubscription(one, operatorId));
  }

  @Post(':id/secret')
  @HttpCode(200)
  @SecretAnswer()
  @ForOperator('delivery.replay', { needsStepUp: true })
  @ApiOperation({ summary: 'The secret, once, for whoever proposed it', operationId: 'showWebhookSecret' })
  @ApiOkResponse({ type: WebhookSecretResponse })
  @ApiProblems(404, 'request.webhook_not_found')
  async secret(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentOperator() { operatorId }: OperatorPrincipal,
  ): Promise<WebhookSecretResponse> {
    return { secret: await this.subscriptions.showSecret(id, operatorId) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ForOperator('delivery.replay')
  @ApiOperation({ summary: 'Tell it nothing any more, at once', operationId: 'endWebhookSubscription' })
  @ApiNoContentResponse()
  @ApiProblems(404, 'request.webhook_not_found')
  async end(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.subscriptions.end(id);
  }
}

function toSubscription(
  { secretFor, createdAt, id, name, url, events }: WebhookSubscription,
  operatorId: string,
): WebhookSubscriptionResponse {
  return { id, name, url, events, createdAt: createdAt.toISOString(), secretDue: secretFor === operatorId };
}
