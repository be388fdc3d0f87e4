import {
  Id,
  Instant,
  OneOf,
  PageQuery,
  Text,
  Whole,
  webhookStates,
  type WebhookDelivery,
  type WebhookState,
} from '@abide/platform';

export class WebhookQuery extends PageQuery {
  @OneOf(webhookStates, { optional: true }) readonly state?: WebhookState;
}

/** A webhook on its way: to whom, and how far it has come. */
export class WebhookResponse {
  @Id({ description: 'The receiver knows it by this id' }) readonly id: string = '';
  @Text({ max: 100, example: 'request.closed' }) readonly kind: string = '';
  @Text({ max: 200, description: 'The name of whom it goes to' }) readonly destination: string = '';
  @OneOf(webhookStates) readonly state: WebhookState = 'pending';
  @Whole({ min: 0, max: 1000 }) readonly attempts: number = 0;
  @Text({ max: 50, nullable: true, description: 'Why the last attempt failed', example: 'timedOut' })
  readonly failure: string | null = null;
  @Whole({ min: 100, max: 999, nullable: true, description: 'The status that the receiver answered last' })
  readonly answeredStatus: number | null = null;
  @Instant({ nullable: true }) readonly nextAttemptAt: string | null = null;
  @Instant() readonly createdAt: string = '';
  @Instant({ nullable: true }) readonly settledAt: string | null = null;
}

export function toWebhookResponse(delivery: WebhookDelivery): WebhookResponse {
  const { id, kind, destinationName, state, attempts, failure, answeredStatus } = delivery;
  return {
    id,
    kind,
    destination: destinationName,
    state,
    attempts,
    failure,
    answeredStatus,
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    createdAt: delivery.createdAt.toISOString(),
    settledAt: delivery.settledAt?.toISOString() ?? null,
  };
}
