import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, DomainError, newId, type Page } from '@abide/kernel';
import { Database } from '../database/database.js';
import { toPage } from '../http/page.js';
import { Jobs } from '../jobs/jobs.js';
import { ScheduledTasks } from '../jobs/scheduled-tasks.js';
import { OutgoingFailure } from './outgoing-failure.js';
import type { OutgoingAnswer } from './outgoing-requests.js';
import {
  WebhookDeliveries,
  type Settlement,
  type WebhookDelivery,
  type WebhookState,
} from './webhook-deliveries.queries.js';
import { WebhookSender, type WebhookPost } from './webhook-sender.js';

/** What a module says by webhook, put together at the moment of sending. */
export interface WebhookSource {
  readonly kind: string;
  /** Outside of transactions; null where it is not to be sent any more. What it throws counts as a failed attempt. */
  compose(delivery: WebhookDelivery): Promise<WebhookPost | null>;
  /** In the transaction that keeps the success. What it throws undoes it, and counts as a failed attempt. */
  delivered?(delivery: WebhookDelivery, answer: OutgoingAnswer): Promise<void>;
  /** In the transaction that gives it up. */
  dead?(delivery: WebhookDelivery): Promise<void>;
}

export interface NewWebhook {
  readonly kind: string;
  /** Whom it goes to: what is withdrawn together, and what shares its turns. The name is shown to operators. */
  readonly destination: { readonly id: string; readonly name: string };
  /** The row of the module that sends it, from which `compose` puts it together. Never a person's id. */
  readonly reference: string;
}

type Ending = Pick<Settlement, 'failure' | 'answeredStatus'>;

const queue = 'platform.webhook';
const [second, minute, hour] = [1000, 60_000, 3_600_000];
/** The pauses after the failed attempts: about three days, as Standard Webhooks proposes. After the last one it is given up. */
const pauses = [
  5 * second,
  30 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];
/** Longer than any attempt takes: whoever has not settled by then is thought dead. */
const leaseMilliseconds = 2 * minute;
const duePerRound = 1000;
const keptMilliseconds = 90 * 24 * hour;

/**
 * Signed webhooks that arrive at least once: a row and a job in the caller's transaction, tried until the receiver takes it,
 * with the same id each time. What nobody takes is given up, shows, and can be sent again. Their order is not promised.
 */
@Injectable()
export class Webhooks implements OnModuleInit {
  private readonly logger = new Logger('Webhooks');
  private readonly sources = new Map<string, WebhookSource>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly tasks: ScheduledTasks,
    private readonly deliveries: WebhookDeliveries,
    private readonly sender: WebhookSender,
  ) {}

  onModuleInit(): void {
    this.jobs.define<{ id: string }>(queue, ({ id }) => this.attempt(id), {
      atOnce: 8,
      atOncePerGroup: 2,
      keepsOneWaitingPerKey: true,
    });
    this.tasks.every(5, 'platform.webhooks_due', () => this.queueDue());
    this.tasks.every(3600, 'platform.forget_webhooks', () =>
      this.deliveries.forgetSettledBefore(new Date(this.clock.now().getTime() - keptMilliseconds)),
    );
  }

  /** Declares what one kind of webhook says. Call it while modules initialise. */
  define(source: WebhookSource): void {
    if (this.sources.has(source.kind)) throw new Error(`The webhook ${source.kind} is declared twice`);
    this.sources.set(source.kind, source);
  }

  /** Queues a webhook, in the open transaction if there is one; answers the id that the receiver will know it by. */
  async send({ kind, destination, reference }: NewWebhook): Promise<string> {
    if (!this.sources.has(kind)) throw new Error(`Nobody has declared the webhook ${kind}`);
    const id = newId();
    await this.db.transaction(async () => {
      const delivery = { id, kind, destinationId: destination.id, destinationName: destination.name, reference };
      await this.deliveries.add(delivery, this.clock.now());
      await this.queue({ id, destinationId: destination.id });
    });
    return id;
  }

  /** Nothing that waits for this destination leaves any more, in the open transaction if there is one. Answers how many. */
  withdrawFor(destinationId: string): Promise<number> {
    return this.deliveries.withdrawFor(destinationId, this.clock.now());
  }

  /**
   * Begins anew what was given up, under the id that it had, in the open transaction if there is one.
   * @throws DomainError `webhook.not_found` `webhook.not_dead`
   */
  replay(id: string): Promise<WebhookDelivery> {
    return this.db.transaction(async () => {
      const revived = await this.deliveries.revive(id, this.clock.now());
      if (revived) {
        await this.queue(revived);
        return revived;
      }
      if (await this.deliveries.find(id)) throw new DomainError('conflict', 'webhook.not_dead');
      throw new DomainError('notFound', 'webhook.not_found');
    });
  }

  /** Newest first. */
  async page(query: { state?: WebhookState; limit: number; cursor?: string }): Promise<Page<WebhookDelivery>> {
    const rows = await this.deliveries.list(query);
    return toPage(
      rows,
      query.limit,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      (row) => row,
    );
  }

  private async queueDue(): Promise<void> {
    for (const due of await this.deliveries.due(this.clock.now(), duePerRound)) await this.queue(due);
  }

  private queue({ id, destinationId }: { id: string; destinationId: string }): Promise<void> {
    return this.jobs.send(queue, { id }, { singletonKey: id, group: destinationId });
  }

  private async attempt(id: string): Promise<void> {
    const now = this.clock.now();
    const delivery = await this.deliveries.claim(id, now, new Date(now.getTime() + leaseMilliseconds));
    if (!delivery) return;
    const source = this.sources.get(delivery.kind);
    const post = source && (await this.composed(source, delivery));
    if (post === null) return void (await this.settle(delivery, 'withdrawn'));
    if (!source || !post) return this.fail(delivery, { failure: 'notComposed', answeredStatus: null });
    let answer: OutgoingAnswer;
    try {
      answer = await this.sender.post(delivery.id, post);
    } catch (error) {
      if (!(error instanceof OutgoingFailure)) throw error;
      return this.fail(delivery, { failure: error.code, answeredStatus: error.status });
    }
    await this.succeed(source, delivery, answer);
  }

  private async composed(source: WebhookSource, delivery: WebhookDelivery): Promise<WebhookPost | null | undefined> {
    try {
      return await source.compose(delivery);
    } catch (error) {
      this.log(delivery, 'could not be put together', error);
      return undefined;
    }
  }

  private async succeed(source: WebhookSource, delivery: WebhookDelivery, answer: OutgoingAnswer): Promise<void> {
    const ending = { failure: null, answeredStatus: answer.status };
    try {
      await this.db.transaction(async () => {
        if (await this.settle(delivery, 'delivered', ending)) await source.delivered?.(delivery, answer);
      });
    } catch (error) {
      this.log(delivery, 'was answered, and its sender made nothing of the answer', error);
      await this.fail(delivery, { failure: 'answerNotTaken', answeredStatus: answer.status });
    }
  }

  private async fail(delivery: WebhookDelivery, ending: Ending): Promise<void> {
    const pause = pauses[delivery.attempts - 1];
    if (pause !== undefined && ending.failure !== 'gone') {
      const nextAttemptAt = new Date(this.clock.now().getTime() + pause);
      return void (await this.settle(delivery, 'pending', { ...ending, nextAttemptAt }));
    }
    await this.db.transaction(async () => {
      if (await this.settle(delivery, 'dead', ending)) await this.sources.get(delivery.kind)?.dead?.(delivery);
    });
    this.log(delivery, `was given up (${ending.failure})`);
  }

  private settle(delivery: WebhookDelivery, state: WebhookState, ending: Partial<Settlement> = {}): Promise<boolean> {
    const nothing = { failure: null, answeredStatus: null, nextAttemptAt: null };
    return this.deliveries.settle(delivery, { ...nothing, ...ending, state, at: this.clock.now() });
  }

  private log({ id, kind }: WebhookDelivery, what: string, error?: unknown): void {
    const why = error instanceof Error ? `: ${error.message}` : '';
    this.logger.error(`The webhook ${id} (${kind}) ${what}${why}`);
  }
}
