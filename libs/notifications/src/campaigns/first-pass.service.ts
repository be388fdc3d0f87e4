import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Subjects } from '@abide/identity';
import { Clock, type Locale } from '@abide/kernel';
import { Config, Database, Delivery, Jobs, ScheduledTasks, type Channel } from '@abide/platform';
import { Repository } from 'typeorm';
import { AudienceRun, claimedUntil, messagesPerBatch, type Claimed } from '../audience-run/audience-run.js';
import { lossOf } from '../audience-run/hand-over.rules.js';
import { composeNotice, type PolicyChange } from '../notices/notice-message.rules.js';
import { Notifier } from '../notifier.service.js';
import { CampaignChanges, firstPassQueue } from './campaign-changes.service.js';
import { Campaign } from './campaign.entity.js';
import { Deliveries, type DeliveryRow, type Outcome } from './deliveries.service.js';

const subjectsPerBatch = 1000;
const nothing: Claimed<DeliveryRow> = { claims: [], hasMore: false };

/** Whom a page of subjects holds, and on which of the campaign's channels each is reached. */
interface Page {
  /** How many the audience has; counted with the first page. */
  readonly audience: number | null;
  readonly reached: readonly { readonly subjectId: string; readonly channels: readonly Channel[] }[];
}

/** The first pass over a campaign's audience: everybody who can be reached is attempted once. */
@Injectable()
export class FirstPass extends AudienceRun<Campaign, Page, DeliveryRow, Outcome> {
  constructor(
    jobs: Jobs,
    tasks: ScheduledTasks,
    @InjectRepository(Campaign) private readonly campaignRepository: Repository<Campaign>,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly delivery: Delivery,
    private readonly subjects: Subjects,
    private readonly notifier: Notifier,
    private readonly changes: CampaignChanges,
    private readonly deliveries: Deliveries,
  ) {
    super(jobs, tasks, { queue: firstPassQueue, everySeconds: 10 });
  }

  protected async unfinished(): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM notifications.campaigns
       WHERE queued > 0 OR (state <> 'cancelled' AND (enumerated_at IS NULL OR first_pass_completed_at IS NULL)) ORDER BY id LIMIT 100`,
    );
    return rows.map(({ id }) => id);
  }

  protected read(id: string): Promise<Campaign | null> {
    return this.campaignRepository.findOneBy({ id });
  }

  protected isEnumerating({ state, enumeratedAt }: Campaign): boolean {
    return state !== 'cancelled' && enumeratedAt === null;
  }

  protected async look(campaign: Campaign): Promise<Page> {
    const { createdAt, lastSubjectId, outside, meantFor } = campaign;
    const audience = lastSubjectId === null ? await this.subjects.countActive(createdAt, meantFor) : null;
    const batch =
      outside.length > 0 ? await this.subjects.activeAfter(lastSubjectId, subjectsPerBatch, createdAt, meantFor) : [];
    const reached = batch.map(({ subjectId, reachable }) => ({
      subjectId,
      channels: campaign.messagesFor(reachable),
    }));
    return { audience, reached };
  }

  protected async keep(campaign: Campaign, { audience, reached }: Page): Promise<void> {
    if (audience !== null) campaign.audience = audience;
    const messages = reached.flatMap(({ subjectId, channels }) => channels.map((channel) => ({ subjectId, channel })));
    await this.deliveries.queue(campaign.id, messages, this.clock.now());
    campaign.enumerate(reached);
    if (reached.length < subjectsPerBatch) campaign.finishEnumeration(this.clock.now());
  }

  protected async claim(campaign: Campaign): Promise<Claimed<DeliveryRow>> {
    if (campaign.state === 'cancelled') return this.discard(campaign);
    const now = this.clock.now();
    const due = await this.due(campaign, now);
    if (due.length === 0) return nothing;
    for (const { channel } of due.filter(({ state }) => state === 'failed')) campaign.move(channel, 'failed', 'queued');
    await this.deliveries.claim(campaign.id, due, claimedUntil(now));
    return { claims: due.map((row) => ({ ...row, tries: row.tries + 1 })), hasMore: true };
  }

  protected async send(claims: readonly DeliveryRow[], { id }: Campaign): Promise<Outcome[]> {
    const change = await this.changeOf(id);
    return Promise.all(claims.map((claim) => this.tell(claim, change)));
  }

  protected settle(campaign: Campaign, outcomes: readonly Outcome[]): Promise<void> {
    return this.deliveries.settle(campaign, outcomes);
  }

  protected change<T>(id: string, work: (campaign: Campaign) => Promise<T>): Promise<T> {
    return this.changes.change(id, work);
  }

  /** Once everybody was attempted, what was given up stays given up. */
  private due({ id, isFirstPassUnderWay, queued }: Campaign, now: Date): Promise<readonly DeliveryRow[]> {
    if (isFirstPassUnderWay) return this.deliveries.due(id, now, messagesPerBatch);
    return queued > 0 ? this.deliveries.dueQueued(id, now, messagesPerBatch) : Promise.resolve([]);
  }

  /** Drops a cancelled campaign's waiting messages; those that a channel is taking right now are booked first. */
  private async discard(campaign: Campaign): Promise<Claimed<DeliveryRow>> {
    const waiting = await this.deliveries.dueQueued(campaign.id, this.clock.now(), subjectsPerBatch);
    if (waiting.length === 0) return nothing;
    await this.deliveries.remove(campaign.id, waiting);
    for (const { channel, state } of waiting) campaign.drop(channel, state);
    return { claims: [], hasMore: true };
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

  private async tell(claim: DeliveryRow, change: PolicyChange): Promise<Outcome> {
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
    const result = await this.handOver(
      () =>
        this.notifier.send('policyChange', subjectId, {
          channel,
          compose: (locale: Locale) => composeNotice(change, locale),
        }),
      tries,
    );
    return result === 'handedOver' ? 'attempted' : lossOf(result, this.delivery.isConfigured(channel));
  }
}
