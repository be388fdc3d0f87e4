import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, Jobs, Webhooks, type WebhookDelivery, type WebhookPost } from '@abide/platform';
import { RequestRecords } from '../requests/request-records.js';
import { webhookEvents, WebhookSubscriptions, type WebhookEvent } from './webhook-subscriptions.service.js';

/** Tells other systems that a request was opened or closed: what it is called, of which kind, how it stands and when. Nothing about a person. */
@Injectable()
export class RequestWebhooks implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly jobs: Jobs,
    private readonly webhooks: Webhooks,
    private readonly records: RequestRecords,
    private readonly subscriptions: WebhookSubscriptions,
  ) {}

  onModuleInit(): void {
    for (const kind of webhookEvents)
      this.webhooks.define({ kind, compose: (delivery) => this.compose(kind, delivery) });
    this.jobs.subscribe('rights.request_opened', 'webhooks', ({ requestId }) => this.tell('request.opened', requestId));
    this.jobs.subscribe('rights.request_closed', 'webhooks', ({ requestId }) => this.tell('request.closed', requestId));
  }

  private async tell(kind: WebhookEvent, reference: string): Promise<void> {
    await this.db.transaction(async () => {
      for (const { id, name } of await this.subscriptions.listFor(kind))
        await this.webhooks.send({ kind, destination: { id, name }, reference });
    });
  }

  private async compose(
    type: WebhookEvent,
    { destinationId, reference }: WebhookDelivery,
  ): Promise<WebhookPost | null> {
    const address = await this.subscriptions.findAddress(destinationId);
    if (!address) return null;
    const { id, number, type: kind, state, openedAt, dueAt, closedAt } = await this.records.get(reference);
    const request = { id, number, kind, state, openedAt, dueAt, closedAt };
    return { url: address.url, secrets: [address.secret], body: { type, request } };
  }
}
