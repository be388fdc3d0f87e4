import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Database, type Channel } from '@abide/platform';
import type { NoticeDelivery } from '../notices/notice.entity.js';
import type { Campaign } from './campaign.entity.js';
import { afterFailure } from '../audience-run/hand-over.rules.js';

export type DeliveryRow = Pick<NoticeDelivery, 'subjectId' | 'channel' | 'state' | 'tries'>;
export type MessageKey = Pick<NoticeDelivery, 'subjectId' | 'channel'>;

/**
 * How one claimed message ended. `unreachable`: the subject has no working address on the channel; `gone`: the subject is
 * no longer active, there is nobody left to tell.
 */
export interface Outcome extends MessageKey {
  readonly tries: number;
  readonly result: 'attempted' | 'notHandedOver' | 'unreachable' | 'gone';
}

type Settled = DeliveryRow & { readonly nextTryAt: Date };

const columns = 'subject_id AS "subjectId", channel, state, tries';

/**
 * The messages of campaigns: rows, and in step with them the campaign's figures. Callers hold the campaign's lock, so
 * what is read here stays as it is.
 */
@Injectable()
export class Deliveries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async queue(campaignId: string, messages: readonly MessageKey[], at: Date): Promise<void> {
    await this.db.execute(
      `INSERT INTO notifications.deliveries (subject_id, campaign_id, channel, state, tries, next_try_at, at)
       SELECT m.subject_id, $1, m.channel, 'queued', 0, $4, $4 FROM unnest($2::uuid[], $3::text[]) AS m (subject_id, channel)
       ON CONFLICT DO NOTHING`,
      [campaignId, ...keysOf(messages), at],
    );
  }

  /** Messages whose time has come, longest due first. The query is what the index answers in order, whatever is known of the rows. */
  due(campaignId: string, at: Date, limit: number): Promise<DeliveryRow[]> {
    return this.db.query<DeliveryRow>(
      `SELECT ${columns} FROM notifications.deliveries
       WHERE campaign_id = $1 AND state <> 'attempted' AND next_try_at <= $2 ORDER BY next_try_at, subject_id LIMIT $3`,
      [campaignId, at, limit],
    );
  }

  /** The same, without those given up for now. */
  dueQueued(campaignId: string, at: Date, limit: number): Promise<DeliveryRow[]> {
    return this.db.query<DeliveryRow>(
      `SELECT ${columns} FROM notifications.deliveries WHERE campaign_id = $1 AND state = 'queued' AND next_try_at <= $2 ORDER BY next_try_at, subject_id LIMIT $3`,
      [campaignId, at, limit],
    );
  }

  /** Counts one more try of each message and keeps everybody else from it until `until`. */
  async claim(campaignId: string, messages: readonly MessageKey[], until: Date): Promise<void> {
    await this.db.execute(
      `UPDATE notifications.deliveries AS d SET state = 'queued', tries = d.tries + 1, next_try_at = $4
       FROM unnest($2::uuid[], $3::text[]) AS m (subject_id, channel)
       WHERE d.campaign_id = $1 AND d.subject_id = m.subject_id AND d.channel = m.channel`,
      [campaignId, ...keysOf(messages), until],
    );
  }

  async remove(campaignId: string, messages: readonly MessageKey[]): Promise<void> {
    await this.db.execute(
      `DELETE FROM notifications.deliveries AS d USING unnest($2::uuid[], $3::text[]) AS m (subject_id, channel)
       WHERE d.campaign_id = $1 AND d.subject_id = m.subject_id AND d.channel = m.channel`,
      [campaignId, ...keysOf(messages)],
    );
  }

  /** Books what became of claimed messages. */
  async settle(campaign: Campaign, outcomes: readonly Outcome[]): Promise<void> {
    await this.settleTries(
      campaign,
      outcomes.filter(({ result }) => result === 'attempted' || result === 'notHandedOver'),
    );
    for (const outcome of outcomes) {
      if (outcome.result === 'unreachable') await this.lose(campaign, outcome);
      if (outcome.result === 'gone') await this.leave(campaign, outcome.subjectId);
    }
  }

  /** Takes a subject who can no longer be told out of those who must be attempted; what was attempted stays. Answers the messages dropped. */
  async leave(campaign: Campaign, subjectId: string): Promise<number> {
    const rows = await this.ofSubjects(campaign.id, [subjectId]);
    const unsent = rows.filter(({ state }) => state !== 'attempted');
    if (unsent.length === 0) return 0;
    await this.remove(campaign.id, unsent);
    for (const { channel, state } of unsent) campaign.drop(channel, state);
    if (unsent.length === rows.length) campaign.reachable -= 1;
    return unsent.length;
  }

  /** A hand-over counts even where the claim ran out; a failure only while nobody else has claimed the message since. */
  private async settleTries(campaign: Campaign, outcomes: readonly Outcome[]): Promise<void> {
    const now = this.clock.now();
    const rows = await this.ofSubjects(
      campaign.id,
      outcomes.map(({ subjectId }) => subjectId),
    );
    const attempted = new Set(rows.filter(({ state }) => state === 'attempted').map(({ subjectId }) => subjectId));
    const settled: Settled[] = [];
    for (const { subjectId, channel, tries, result } of outcomes) {
      const row = rows.find((candidate) => candidate.subjectId === subjectId && candidate.channel === channel);
      if (!row || row.state === 'attempted' || (result === 'notHandedOver' && row.tries !== tries)) continue;
      const after = result === 'attempted' ? { state: result, nextTryAt: now } : afterFailure(tries, now);
      campaign.move(channel, row.state, after.state);
      settled.push({ ...row, ...after });
      if (after.state !== 'attempted') continue;
      if (!attempted.has(subjectId)) campaign.attempted += 1;
      attempted.add(subjectId);
    }
    await this.store(campaign.id, settled, now);
  }

  /** Gives one message up for good, for the next channel of its choice; a subject without another one was not reachable after all. */
  private async lose(campaign: Campaign, { subjectId, channel }: MessageKey): Promise<void> {
    const rows = await this.ofSubjects(campaign.id, [subjectId]);
    const lost = rows.find((row) => row.channel === channel && row.state !== 'attempted');
    if (!lost) return;
    await this.remove(campaign.id, [lost]);
    campaign.drop(channel, lost.state);
    const instead = campaign.insteadOf(channel);
    if (instead && !rows.some((row) => row.channel === instead)) {
      await this.queue(campaign.id, [{ subjectId, channel: instead }], this.clock.now());
      campaign.queueInstead(instead);
    } else if (rows.length === 1) campaign.turnUnreachable();
  }

  private ofSubjects(campaignId: string, subjectIds: readonly string[]): Promise<DeliveryRow[]> {
    return this.db.query<DeliveryRow>(
      `SELECT ${columns} FROM notifications.deliveries WHERE campaign_id = $1 AND subject_id = ANY($2)`,
      [campaignId, subjectIds],
    );
  }

  private async store(campaignId: string, messages: readonly Settled[], at: Date): Promise<void> {
    await this.db.execute(
      `UPDATE notifications.deliveries AS d SET state = m.state, next_try_at = m.next_try_at, at = $6
       FROM unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) AS m (subject_id, channel, state, next_try_at)
       WHERE d.campaign_id = $1 AND d.subject_id = m.subject_id AND d.channel = m.channel`,
      [
        campaignId,
        ...keysOf(messages),
        messages.map(({ state }) => state),
        messages.map(({ nextTryAt }) => nextTryAt),
        at,
      ],
    );
  }
}

function keysOf(messages: readonly MessageKey[]): [string[], Channel[]] {
  return [messages.map(({ subjectId }) => subjectId), messages.map(({ channel }) => channel)];
}
