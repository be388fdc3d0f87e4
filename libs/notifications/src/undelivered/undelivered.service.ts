import { Injectable } from '@nestjs/common';
import { Audit } from '@abide/audit';
import { DomainError } from '@abide/kernel';
import { Database, Jobs, Webhooks, type WebhookDelivery } from '@abide/platform';

/** Sends again, or runs again, what failed every time. */
@Injectable()
export class Undelivered {
  constructor(
    private readonly db: Database,
    private readonly webhooks: Webhooks,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError `webhook.not_found` `webhook.not_dead` */
  replayWebhook(id: string): Promise<WebhookDelivery> {
    return this.db.transaction(async () => {
      const delivery = await this.webhooks.replay(id);
      const { kind, destinationId } = delivery;
      await this.audit.record({
        act: 'webhook.replayed',
        object: { type: 'webhook', id },
        details: { kind, destinationId },
      });
      return delivery;
    });
  }

  /** @throws DomainError `job.not_found` */
  replayJob(id: string): Promise<void> {
    return this.db.transaction(async () => {
      if (!(await this.jobs.revive(id)))
        throw new DomainError('notFound', 'job.not_found', {
          detail: 'There is no such work any more. Nothing was changed.',
        });
      await this.audit.record({ act: 'job.replayed', object: { type: 'job', id } });
    });
  }
}
