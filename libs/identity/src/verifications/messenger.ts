import { Injectable, Logger } from '@nestjs/common';
import { Config, Database, Delivery, type Message } from '@abide/platform';

const retryMilliseconds = [0, 2000, 10_000];

/**
 * Hands messages over after the act that caused them. In production nobody waits for it, so that an answer takes the
 * same time whether or not there was somebody to tell; elsewhere the development mailbox is complete when the answer arrives.
 */
@Injectable()
export class Messenger {
  private readonly logger = new Logger('Messenger');

  constructor(
    private readonly delivery: Delivery,
    private readonly db: Database,
    private readonly config: Config,
  ) {}

  /** Sends once the open transaction has committed, or now. */
  async send(message: Message): Promise<void> {
    if (this.db.isInTransaction) return this.db.afterCommit(() => void this.handOver(message));
    const handedOver = this.handOver(message);
    if (!this.config.isProduction) await handedOver;
  }

  private async handOver(message: Message): Promise<void> {
    for (const delay of retryMilliseconds) {
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay).unref());
      try {
        return await this.db.outside(() => this.delivery.send(message));
      } catch {
        this.logger.warn(`A message by ${message.channel} could not be handed over`);
      }
    }
    this.logger.error(`A message by ${message.channel} was given up; its receiver can ask for another code`);
  }
}
