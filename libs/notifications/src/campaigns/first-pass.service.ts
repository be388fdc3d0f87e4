import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { Clock, type Locale } from '@abide/kernel';
import { BatchRuns, Config, Database, Delivery, Jobs, ScheduledTasks } from '@abide/platform';
import { CampaignChanges, firstPassQueue } from './campaign-changes.service.js';
import type { Campaign } from './campaign.entity.js';
import { Deliveries, type DeliveryRow, type Outcome } from './deliveries.service.js';
import { errorCodeOf, isAddressDead } from '../audience-run/hand-over.rules.js';
import { composeNotice, type PolicyChange } from '../notices/notice-message.rules.js';
import { Notifier } from '../notifier.service.js';

const subjectsPerBatch = 1000;
/** How many messages one process has under way: what a kill can repeat at most. */
const messagesPerBatch = 10;
const intervalSeconds = 10;
const claimSeconds = 120;

/** What a batch took: messages to send now, and whether there is more behind them. */
interface Batch {
  readonly claims: readonly DeliveryRow[];
  readonly hasMore: boolean;
}

const lastBatch: Batch = { claims: [], hasMore: false };

/**
 * The first pass over a campaign's audience, in bounded batches that any process can take up where another was
 * killed: first the audience by keyset, cursor and message rows in one transaction; then the messages, each claimed
 * before it is sent and settled after, nothing sent inside a transaction. A job starts it, a scheduled task resumes it.
 */
@Injectable()
export class FirstPass implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('FirstPass');
  private readonly runs = new BatchRuns({
    takeBatch: (campaignId) => this.takeBatch(campaignId),
    goOnLater: (campaignId) => this.jobs.send(firstPassQueue, { campaignId }),
  });

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly tasks: ScheduledTasks,
    private readonly delivery: Delivery,
    private readonly subjects: Subjects,
    private readonly notifier: Notifier,
    private readonly changes: CampaignChanges,
    private readonly deliveries: Deliveries,
  ) {}

  onModuleInit(): void {
    this.jobs.define<{ campaignId: string }>(firstPassQueue, ({ campaignId }) => this.runs.run(campaignId));
    this.tasks.every(intervalSeconds, firstPassQueue, () => this.resumeUnfinished());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runs.stop();
  }

  /** Takes up every pass that is not finished: after a kill, and when failed messages are due again. */
  async resumeUnfinished(): Promise<void> {
    const unfinished = await this.db.query<{ id: string }>(
      `SELECT id FROM notifications.campaigns
       WHERE queued > 0 OR (state <> 'cancelled' AND (enumerated_at IS NULL OR first_pass_completed_at IS NULL)) ORDER BY id LIMIT 100`,
    );
    for (const { id } of unfinished) await this.runs.run(id);
  }

  private async takeBatch(campaignId: string): Promise<boolean> {
    const { claims, hasMore } = await this.changes.change(campaignId, (campaign) => this.take(campaign));
    await this.sendAll(campaignId, claims);
    return hasMore;
  }

  private async take(campaign: Campaign): Promise<Batch> {
    if (campaign.state === 'cancelled') return this.discard(campaign);
    return campaign.enumeratedAt === null ? this.enumerate(campaign) : this.claim(campaign);
  }

  private async enumerate(campaign: Campaign): Promise<Batch> {
    if (campaign.lastSubjectId === null) campaign.audience = await this.subjects.countActive(campaign.createdAt);
    const batch =
      campaign.outside.length > 0
        ? await this.subjects.activeAfter(campaign.lastSubjectId, subjectsPerBatch, campaign.createdAt)
        : [];
    const reached = batch.map(({ subjectId, reachable }) => ({
      subjectId,
      channels: campaign.outside.filter((channel) => reachable.includes(channel)),
    }));
    const messages = reached.flatMap(({ subjectId, channels }) => channels.map((channel) => ({ subjectId, channel })));
    await this.deliveries.queue(campaign.id, messages, this.clock.now());
    campaign.enumerate(reached);
    if (batch.length < subjectsPerBatch) campaign.finishEnumeration(this.clock.now());
    return { claims: [], hasMore: true };
  }

  private async claim(campaign: Campaign): Promise<Batch> {
    const now = this.clock.now();
    const due = await this.due(campaign, now);
    if (due.length === 0) return lastBatch;
    for (const { channel } of due.filter(({ state }) => state === 'failed')) campaign.move(channel, 'failed', 'queued');
    await this.deliveries.claim(campaign.id, due, new Date(now.getTime() + claimSeconds * 1000));
    return { claims: due.map((row) => ({ ...row, tries: row.tries + 1 })), hasMore: true };
  }

  /** Once everybody was attempted, what was given up stays given up. */
  private due({ id, isFirstPassUnderWay, queued }: Campaign, now: Date): Promise<readonly DeliveryRow[]> {
    if (isFirstPassUnderWay) return this.deliveries.due(id, now, messagesPerBatch);
    return queued > 0 ? this.deliveries.dueQueued(id, now, messagesPerBatch) : Promise.resolve([]);
  }

  /** Drops a cancelled campaign's waiting messages; those that a channel is taking right now are booked first. */
  private async discard(campaign: Campaign): Promise<Batch> {
    const waiting = await this.deliveries.dueQueued(campaign.id, this.clock.now(), subjectsPerBatch);
    if (waiting.length === 0) return lastBatch;
    await this.deliveries.remove(campaign.id, waiting);
    for (const { channel, state } of waiting) campaign.drop(channel, state);
    return { claims: [], hasMore: true };
  }

  private async sendAll(campaignId: string, claims: readonly DeliveryRow[]): Promise<void> {
    if (claims.length === 0) return;
    const change = await this.changeOf(campaignId);
    const outcomes = await Promise.all(claims.map((claim) => this.handOver(claim, change)));
    await this.changes.change(campaignId, (campaign) => this.deliveries.settle(campaign, outcomes));
  }

  private async changeOf(campaignId: string): Promise<PolicyChange> {
    const [change] = await this.db.query<PolicyChange>(
      `SELECT n.title, n.summary, n.link, c.effective_at AS "effectiveAt"
       FROM notifications.notices n JOIN notifications.campaigns c ON c.id = n.campaign_id WHERE c.id = $1`,
      [campaignId],
    );
    if (!change) throw new Error('A campaign is left without its notice');
    return { ...change, link: new URL(change.link, `${this.config.publicUrl}/`).toString() };
  }

  private async handOver(claim: DeliveryRow, change: PolicyChange): Promise<Outcome> {
    const { subjectId, channel, tries } = claim;
    const result = await this.tryToSend(claim, change);
    if (result === 'attempted') return { subjectId, channel, tries, result };
    const subject = await this.subjects.find(subjectId);
    return { subjectId, channel, tries, result: subject?.status === 'active' ? result : 'gone' };
  }

  private async tryToSend(
    { subjectId, channel, tries }: DeliveryRow,
    change: PolicyChange,
  ): Promise<Outcome['result']> {
    try {
      const sent = await this.notifier.send('policyChange', subjectId, {
        channel,
        compose: (locale: Locale) => composeNotice(change, locale),
      });
      if (sent === 'handedOver') return 'attempted';
      return this.delivery.isConfigured(channel) ? 'unreachable' : 'notHandedOver';
    } catch (error) {
      if (isAddressDead(error)) return 'unreachable';
      this.logger.warn(`A hand-over by ${channel} failed at try ${tries}: ${errorCodeOf(error)}`);
      return 'notHandedOver';
    }
  }
}
